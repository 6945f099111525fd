"""The files of the options. Oracle: everything is cited, adds up, and advises nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from residua.errors import InputError, ValueFault
from residua.judgements.options.quantities import QUANTITIES
from residua.standards.option_file import parse_option
from residua.standards.option_shelf import find_option, option_shelf, options_called
from residua.standards.trial_shelf import find_result

FOLDER = Path(__file__).parents[3] / "src" / "residua" / "standards" / "options"
ADVICE = re.compile(r"recommend|\bbest\b|preferred|\bprefer\b|\bshould\b|superior|\bbetter\b", re.I)
HEAD = """
option = "made"
version = "1"
title = "Made"
target = "nothing"
checked_by = ""
names = []
"""
GATE = """
[[gate]]
id = "g"
kind = "hard"
words = "at most 10"
quantity = "age"
at_most = "10 a"
clause = "c"
cite = "Made 2020"
provenance = "read"
"""
OPTIONS = {
    "blinatumomab", "blinatumomab-dli", "cd22-car-t", "dli", "inotuzumab-ozogamicin",
    "second-cd19-car-t",
}  # fmt: skip


def test_the_six_options_are_encoded_in_alphabetical_order() -> None:
    assert {option.id for option in option_shelf()} == OPTIONS
    assert [o.id for o in option_shelf()] == sorted(OPTIONS)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_no_word_of_advice_stands_in_an_option(path) -> None:
    assert ADVICE.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("option", option_shelf(), ids=lambda option: option.id)
def test_everything_that_an_option_names_exists(option) -> None:
    asked = {rule.quantity for gate in option.gates for rule in gate.parts}
    asked |= {r.rule.quantity for gate in option.gates for r in gate.remarks}
    asked |= {flag.quantity for flag in option.flags if flag.quantity}
    assert asked <= set(QUANTITIES)
    for reference in (*option.evidence, *option.risk_evidence):
        find_result(reference)


def test_no_quantity_is_asked_for_by_nobody() -> None:
    asked = {r.quantity for o in option_shelf() for g in o.gates for r in g.parts}
    asked |= {m.rule.quantity for o in option_shelf() for g in o.gates for m in g.remarks}
    asked |= {flag.quantity for option in option_shelf() for flag in option.flags}
    assert set(QUANTITIES) <= asked


def test_the_burden_of_infusions() -> None:
    """28 days of 24 hours, and three infusions of one hour."""
    found = {o.id: [b.arithmetic for b in o.burdens if b.arithmetic] for o in option_shelf()}
    assert found["blinatumomab"] == ["28 x 24 h = 672 h"]
    assert found["inotuzumab-ozogamicin"][0] == "3 x 1 h = 3 h"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("donor lymphocyte infusion", {"dli"}),
        ("DLI", {"dli"}),
        ("InO", {"inotuzumab-ozogamicin"}),
        ("Second CD19 CAR-T", {"second-cd19-car-t"}),
        ("blinatumomab", {"blinatumomab"}),
        ("blinatumomab with or without donor lymphocytes", {"blinatumomab", "blinatumomab-dli"}),
        ("second transplant", set()),
    ],
)
def test_a_name_finds_the_options_that_it_means(name, found) -> None:
    assert {option.id for option in options_called(name)} == found


def test_the_combination_has_the_gates_of_both() -> None:
    both = {gate.id for name in ("blinatumomab", "dli") for gate in find_option(name).gates}
    assert {gate.id for gate in find_option("blinatumomab-dli").gates} == both


def test_a_whole_option_loads() -> None:
    assert parse_option(HEAD + GATE, file="made.toml").gates[0].parts[0].text == "at most 10 a"


@pytest.mark.parametrize("key", ["clause", "cite", "provenance"])
def test_a_gate_without_a_citation_does_not_load(key) -> None:
    text = HEAD + re.sub(rf"^{key} = .*\n", "", GATE, flags=re.M)
    with pytest.raises(InputError, match=f"gate g: {key}"):
        parse_option(text, file="made.toml")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('kind = "hard"', 'kind = "good"', "kind"),
        ('at_most = "10 a"', 'at_most = "10 a"\nabove = "5 a"', "one limit"),
        ('words = "at most 10"', 'words = ""', "words"),
        ('id = "g"', 'id = "g"\nscore = 3', "score"),
        ('provenance = "read"', 'provenance = "seen"', "provenance"),
        ('at_most = "10 a"', 'at_most = "10 furlongs"', "unit"),
    ],
)
def test_a_faulty_gate_is_refused_by_name(old, new, named) -> None:
    with pytest.raises(InputError, match=named):
        parse_option(HEAD + GATE.replace(old, new), file="made.toml")


def test_a_burden_that_does_not_add_up_and_a_harm_beyond_its_number_are_refused() -> None:
    source = 'clause = "c"\ncite = "c"\nprovenance = "read"\n'
    burden = f'[[burden]]\nwords = "w"\ncount = 3\neach = "1 h"\ntotal = "4 h"\n{source}'
    harm = f'[[risk]]\nwords = "w"\nn = 5\nof = 4\n{source}'
    for text in (burden, harm):
        with pytest.raises(InputError):
            parse_option(HEAD + text, file="made.toml")


def test_a_gate_told_twice_is_refused() -> None:
    with pytest.raises(InputError, match="twice"):
        parse_option(HEAD + GATE + GATE, file="made.toml")


def test_an_unknown_option_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueFault, match="blinatumomab"):
        find_option("blinatumomb")
