"""Oracle: FlowKit, which reads our Gating-ML by the XML schema of the standard and applies it.

The masks of FlowKit from the exported document equal those of Residua from the strategy before
it was exported, for every kind of gate and scale, on files with and without a matrix.
"""

import flowkit as fk
import numpy as np
import pytest

import residua
from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Dimension, Strategy
from residua.facts.scales import Arcsinh, Biex, Hyperlog, Linear, Log, Logicle, ScaledArcsinh
from residua.measures.gates import apply_gates
from residua.views.gatingml_export import gatingml_text, write_gatingml

INF = float("inf")
MATRIX = Spillover(
    ("FL1-H", "FL2-H", "FL3-H"),
    np.array([[1, 0.02, 0.06], [0.11, 1, 0.07], [0.09, 0.01, 1]]),
    ("FITC", "PE", "PerCP"),
)
SCALES = {
    "log": Log(10000, 5),
    "arcsinh": Arcsinh(5),
    "arcsinh of Gating-ML": ScaledArcsinh(10000, 4, 1),
    "logicle": Logicle(10000, 0.5, 4.5, 0),
    "hyperlog": Hyperlog(10000, 1, 4.5, 0),
    "linear": Linear(10000, 500),
}
ENDS = {"arcsinh": (1.0, 4.2), "linear": (0.0481, 0.0555)}
DIMENSIONS = tuple(
    Dimension(f"{dye}, {kind}", (dye,), scale, compensation)
    for dye, compensation in (("FITC", "dyes, 3 colours"), ("FL2-H", "none"))
    for kind, scale in SCALES.items()
)
# FlowKit scales a column in place, so a gate there cannot look at one channel on two scales.
PE = Dimension("PE, hyperlog", ("PE",), SCALES["hyperlog"], "dyes, 3 colours")
RATIO = Dimension("2H / 2A", ("FL2-H", "FL2-A"), Log(100, 2), "none", (1.0, 0.0, -1.0))
BY_SCALE = tuple(
    RectangleGate(
        name=f"{one.name} (range)", limits=(Limit(one.name, *ENDS.get(kind, (0.351, 0.649))),)
    )
    for one in DIMENSIONS
    for kind in [one.name.partition(", ")[2]]
)
SHAPES = (
    RectangleGate(name="B cells/1", limits=(Limit("FSC-H", 20.5, INF), Limit("SSC-H", 5, 80))),
    PolygonGate(
        name="polygon",
        parent="B cells/1",
        x="FITC, logicle",
        y="PE, hyperlog",
        points=((0.1, 0.1), (0.9, 0.2), (0.5, 0.9)),
        reason="drawn <by> hand & eye",
    ),
    PolygonGate(
        name="2 scales", x="FL2-H, logicle", y="SSC-H", points=((0.1, 0), (0.9, 20), (0.4, 100))
    ),
    EllipsoidGate(
        name="root",
        parent="B cells/1",
        dimensions=("FL2-H, arcsinh", "SSC-H", "FSC-H"),
        center=(1.5, 20, 60),
        covariance=((1, 0.5, 0), (0.5, 90, 30), (0, 30, 900)),
        distance2=2.5,
    ),
    RectangleGate(name="ratio", limits=(Limit("2H / 2A", 0.40625, INF),)),
    BooleanGate(name="none of", parent="B cells/1", operation="not", of=("polygon", "root")),
    BooleanGate(name="one not", operation="not", of=("polygon",)),
    BooleanGate(name="one alone", operation="any", of=("root",)),
    BooleanGate(
        name="some", operation="any", of=("polygon", "ratio", "root"), negated=(False, True, False)
    ),
)
STRATEGY = Strategy(
    gates=(*BY_SCALE, *SHAPES),
    dimensions=(*DIMENSIONS, PE, RATIO, Dimension("FSC-H", ("FSC-H",), compensation="none")),
    matrices=(("dyes, 3 colours", MATRIX),),
)


def by_flowkit(file, text, folder):
    """Masks by the names in Residua: FlowKit knows gates by their ids."""
    document = folder / "gates.xml"
    document.write_text(text)
    results = fk.parse_gating_xml(str(document)).gate_sample(fk.Sample(str(file)))
    strategy = residua.read_gates(document)
    ids = [element.split('"')[0] for element in text.split('gating:id="')[1:]]
    names = [gate.name for gate in strategy.gates]
    return {name: results.get_gate_membership(key) for name, key in zip(names, ids, strict=True)}


def opened(file):
    """The events as FlowKit reads them, so that only gates are compared."""
    sample = fk.Sample(str(file))
    spill = sample.metadata.get("spill", sample.metadata.get("spillover"))
    channels = tuple(map(Channel, sample.pnn_labels, sample.pns_labels))
    matrix = None
    if spill:
        words = spill.split(",")
        count = int(words[0])
        values = np.array(words[count + 1 :], float).reshape(count, count)
        matrix = Spillover(tuple(words[1 : count + 1]), values)
    return Acquisition(sample.get_events(source="raw"), channels, {}, matrix)


@pytest.fixture(scope="module")
def data1(test_data):
    return test_data / "flowkit/gate_ref/data1.fcs"


@pytest.mark.data
@pytest.mark.filterwarnings("ignore:invalid value encountered in log10")  # in FlowKit
def test_flowkit_counts_the_exported_gates_alike(data1, tmp_path):
    expected = apply_gates(opened(data1), STRATEGY)
    found = by_flowkit(data1, gatingml_text(STRATEGY, compensation=None), tmp_path)
    assert set(found) == set(expected)
    assert all(0 < mask.sum() < len(mask) for mask in expected.values())
    for name, mask in expected.items():
        np.testing.assert_array_equal(found[name], mask, err_msg=name)


@pytest.mark.data
def test_the_exported_gates_read_back_count_alike(data1, tmp_path):
    """Oracle: the same strategy before it was written."""
    write_gatingml(STRATEGY, tmp_path / "gates.xml")
    expected = apply_gates(opened(data1), STRATEGY)
    found = apply_gates(opened(data1), residua.read_gates(tmp_path / "gates.xml"))
    for name, mask in expected.items():
        np.testing.assert_array_equal(found[name], mask, err_msg=name)


@pytest.mark.data
def test_the_matrix_of_a_file_is_named_and_markers_become_channels(test_data, tmp_path):
    file = test_data / "flowkit/100715.fcs"
    sample = opened(file)
    gate = RectangleGate(name="bright", limits=(Limit("CD19", 1.5, INF), Limit("SSC-A", 0, 1e5)))
    strategy = Strategy(scales=(("CD 19", Arcsinh(150)),), gates=(gate,))
    expected = apply_gates(sample, strategy)["bright"]
    text = gatingml_text(strategy, channels=sample.channels)
    assert "CD19" not in text
    assert 'data-type:name="G710-A"' in text
    found = by_flowkit(file, text, tmp_path)["bright"]
    assert 0 < expected.sum() < len(expected)
    np.testing.assert_array_equal(found, expected)


def test_what_gating_ml_cannot_hold_is_refused_by_name():
    gate = RectangleGate(name="a", limits=(Limit("CD19", 0.2, 0.8),))
    biex = Strategy(gates=(gate,), scales=(("CD19", Biex()),))
    with pytest.raises(ValueFault, match="biex, of 'CD19'"):
        gatingml_text(biex)
    tubes = Strategy(gates=(RectangleGate(name="a", tube="one", limits=gate.limits),))
    with pytest.raises(ValueFault, match="the tube to write the gates of"):
        gatingml_text(tubes)
    assert 'gating:id="a"' in gatingml_text(tubes, tube="one")
    alone = Spillover(("FL1-A",), np.ones((1, 1)))
    with pytest.raises(ValueFault, match="a matrix of two dyes or more"):
        gatingml_text(Strategy(gates=(gate,), matrices=(("m", alone),)))
    odd = RectangleGate(name="a\x01", limits=gate.limits)
    with pytest.raises(ValueFault, match="characters that XML can hold"):
        gatingml_text(Strategy(gates=(odd,)))
