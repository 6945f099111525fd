"""Any damage to a workspace gives a strategy or a fault of ours: no other error, no warning.

Oracle: the kinds of error that `residua.errors` holds.
"""

import random
import re
from contextlib import suppress

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from made_workspaces import (
    BIEX,
    LINEAR,
    LOG,
    MATRIX,
    combination,
    corners,
    dimension,
    population,
    rectangle,
    sample,
    workspace,
)

from residua.errors import InputError, ValueFault
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gating import Strategy
from residua.measures.gates import apply_gates
from residua.readers.flowjo import read_counts, read_workspace

BOTH = dimension("Comp-FL1") + dimension("FL2")
ASINH = (
    '<transforms:fasinh transforms:T="262144" transforms:A="0" transforms:M="4" '
    'transforms:length="256"><data-type:parameter data-type:name="Time"/></transforms:fasinh>'
)
LOGICLE = (
    '<transforms:logicle transforms:T="262144" transforms:A="0" transforms:M="4.5" '
    'transforms:W="1"><data-type:parameter data-type:name="FL2"/></transforms:logicle>'
)
TREE = population(
    "A",
    rectangle(dimension("FSC", min=0, max=900), dimension("P_A", min=2)),
    population(
        "B",
        f"<gating:PolygonGate>{BOTH}{corners((0, 0), (5, 9e4), (9e4, 9e4), (9e4, 7))}"
        "</gating:PolygonGate>",
    ),
    population(
        "C",
        f'<gating:EllipsoidGate eventsInside="0">{BOTH}<gating:foci>{corners((99, 80), (120, 90))}'
        f"</gating:foci><gating:edge>{corners((80, 70), (140, 99), (100, 95), (120, 75))}"
        "</gating:edge></gating:EllipsoidGate>",
    ),
    combination("OrNode", "D", "A/B", "A/C"),
    combination("NotNode", "E", "A/D"),
    population("F", rectangle(dimension("Time", min=3, max=700))),
)
TEXT = workspace(
    sample(
        TREE,
        transforms=[
            LINEAR.format("FSC"),
            BIEX.format("FL1"),
            LOGICLE,
            LOG.format("P_A"),
            ASINH,
        ],
        matrix=MATRIX.format(name="M", spill=0.2),
    )
)
VALUE = re.compile(r'"[^"]*"')
ODD = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1e300",
        "-1e308",
        "1e-300",
        "nan",
        "inf",
        "1_0",
        "A",
        "A/B",
        "FSC",
        "256",
        "x" * 40,
    ]
)
EVENTS = np.array([[1, 2, 3, 4, 5], [-1e5, 9e6, 1e300, -1e300, 0], [700, 40, 1e4, 3, 9]])
CHANNELS = tuple(map(Channel, ("FSC", "FL1", "FL2", "P/A", "Time")))


def damaged(text, seed, values):
    """The text with some of its values replaced, and here and there an element gone or doubled."""
    chance = random.Random(seed)
    for value in values:
        found = list(VALUE.finditer(text))
        place = chance.choice(found)
        text = text[: place.start()] + f'"{value}"' + text[place.end() :]
    if chance.random() < 0.5:
        elements = list(re.finditer(r"<([\w:]+)[^<>]*/>", text))
        place = chance.choice(elements)
        text = text[: place.start()] + place[0] * chance.choice((0, 2)) + text[place.end() :]
    return text


def check(path):
    """Read, and put events through what was read."""
    try:
        strategy = read_workspace(path)
    except InputError:
        return
    assert isinstance(strategy, Strategy)
    for file in strategy.files:
        with suppress(ValueFault):
            apply_gates(Acquisition(EVENTS, CHANNELS, {}), strategy, tube=file.tube)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.lists(ODD, min_size=1, max_size=4))
def test_a_damaged_workspace_is_read_or_refused(tmp_path_factory, seed, values):
    path = tmp_path_factory.getbasetemp() / "damaged.wsp"
    path.write_text(damaged(TEXT, seed, values))
    check(path)
    with suppress(InputError):
        read_counts(path)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(TEXT) - 1), st.binary(max_size=6), st.integers(0, 40))
def test_a_workspace_with_other_bytes_is_read_or_refused(tmp_path_factory, place, other, gone):
    path = tmp_path_factory.getbasetemp() / "bytes.wsp"
    raw = TEXT.encode()
    path.write_bytes(raw[:place] + other + raw[place + gone :])
    check(path)


def test_the_whole_workspace_is_read(tmp_path):
    path = tmp_path / "whole.wsp"
    path.write_text(TEXT)
    assert len(read_workspace(path).gates) == 7
