"""Oracle: the XML schema of Gating-ML 2.0; the faults planted below, by line, counted by hand."""

import numpy as np
import pytest

import residua
from residua.errors import InputError
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit
from residua.facts.gating import Dimension
from residua.facts.scales import Arcsinh, Linear, Log, Logicle, ScaledArcsinh
from residua.measures.gates import apply_gates

HOME = "http://www.isac-net.org/std/Gating-ML/v2.0"
HEAD = (
    f'<gating:Gating-ML xmlns:gating="{HOME}/gating" '
    f'xmlns:transforms="{HOME}/transformations" xmlns:data-type="{HOME}/datatypes">'
)
TAIL = "</gating:Gating-ML>"
INF = float("inf")


def dimension(name="A", comp="uncompensated", rest=""):
    inside = f'<data-type:fcs-dimension data-type:name="{name}"/>'
    return f'<gating:dimension gating:compensation-ref="{comp}" {rest}>{inside}</gating:dimension>'


def rectangle(name, *dimensions, rest=""):
    inside = "".join(dimensions) or dimension()
    return f'<gating:RectangleGate gating:id="{name}" {rest}>{inside}</gating:RectangleGate>'


def transformation(name, inside, rest=""):
    return (
        f'<transforms:transformation transforms:id="{name}" {rest}>'
        f"{inside}</transforms:transformation>"
    )


def dyes(part, *names):
    inside = "".join(f'<data-type:fcs-dimension data-type:name="{name}"/>' for name in names)
    return f"<transforms:{part}>{inside}</transforms:{part}>"


def matrix(name, of, seen_by, rows, rest=""):
    spectra = "".join(
        "<transforms:spectrum>"
        + "".join(f'<transforms:coefficient transforms:value="{value}"/>' for value in row)
        + "</transforms:spectrum>"
        for row in rows
    )
    return (
        f'<transforms:spectrumMatrix transforms:id="{name}" {rest}>{dyes("fluorochromes", *of)}'
        f"{dyes('detectors', *seen_by)}{spectra}</transforms:spectrumMatrix>"
    )


def boolean(name, operation, *references, rest=""):
    inside = "".join(f'<gating:gateReference gating:ref="{ref}"/>' for ref in references)
    return (
        f'<gating:BooleanGate gating:id="{name}" {rest}><gating:{operation}>{inside}'
        f"</gating:{operation}></gating:BooleanGate>"
    )


@pytest.fixture
def read(tmp_path):
    def reader(*lines, head=HEAD, tail=TAIL):
        file = tmp_path / "gates.xml"
        file.write_text("\n".join([head, *lines, tail]))
        return residua.read_gates(file, name="gates.xml")

    return reader


def faults_of(read, *lines, **parts):
    with pytest.raises(InputError) as caught:
        read(*lines, **parts)
    return [(fault.line, fault.where, fault.received) for fault in caught.value.faults]


def test_a_dimension_says_channel_compensation_and_transformation(read):
    strategy = read(
        transformation("log 5", '<transforms:flog transforms:T="1e4" transforms:M="5"/>'),
        rectangle("a", dimension(rest='gating:transformation-ref="log 5" gating:min="0.2"')),
        rectangle("b", dimension("FL1", "FCS"), dimension("FL1")),
    )
    assert strategy.dimensions == (
        Dimension("A, log 5", ("A",), Log(1e4, 5), "none", label="A"),
        Dimension("FL1, FCS", ("FL1",), Linear(), "file", label="FL1 compensated"),
        Dimension("FL1", ("FL1",), Linear(), "none", label="FL1"),
    )
    assert strategy.gates[0].limits == (Limit("A, log 5", 0.2, INF),)
    assert len(strategy.sha256) == 64


def test_a_ratio_with_a_scale_and_bounds(read):
    new = '<data-type:new-dimension data-type:transformation-ref="r"/>'
    two = "".join(f'<data-type:fcs-dimension data-type:name="{name}"/>' for name in "XY")
    ratio = f'<transforms:fratio transforms:A="2" transforms:B="1" transforms:C="-1">{two}'
    strategy = read(
        f'<gating:RectangleGate gating:id="a"><gating:dimension gating:compensation-ref="FCS" '
        f'gating:transformation-ref="t" gating:max="INF">{new}</gating:dimension>'
        "</gating:RectangleGate>",
        transformation("r", f"{ratio}</transforms:fratio>"),
        transformation(
            "t",
            '<transforms:fasinh transforms:T="100" transforms:M="4" transforms:A="1"/>',
            'transforms:boundMin="0" transforms:boundMax="1.5"',
        ),
    )
    (one,) = strategy.dimensions
    assert (one.of, one.ratio, one.compensation) == (("X", "Y"), (2, 1, -1), "file")
    assert (one.scale, one.bounds) == (ScaledArcsinh(100, 4, 1), (0, 1.5))
    assert one.label == "X / Y compensated"


def test_values_beyond_the_bounds_count_as_the_bounds(read):
    """Oracle: boundMin and boundMax by hand, 0 raised to 0.25 and 9 lowered to 0.75."""
    bounds = 'transforms:boundMin="0.25" transforms:boundMax="0.75"'
    linear = '<transforms:flin transforms:T="1" transforms:A="0"/>'
    strategy = read(
        transformation("t", linear, bounds),
        rectangle(
            "a", dimension(rest='gating:transformation-ref="t" gating:min="0.25" gating:max="0.8"')
        ),
        rectangle("b", dimension(rest='gating:transformation-ref="t" gating:min="0.8"')),
    )
    events = np.array([[0.0], [0.5], [9.0]])
    masks = apply_gates(Acquisition(events, (Channel("A"),), {}), strategy)
    assert (masks["a"].tolist(), masks["b"].tolist()) == ([True] * 3, [False] * 3)


@pytest.mark.parametrize("inverted", [False, True])
def test_a_matrix_unmixes_by_the_names_of_its_dyes(read, inverted):
    """Oracle: seen = true @ spillover, counted by hand; the inverse of [[1, .5], [0, 1]]."""
    rows, rest = [[1, 0.5], [0, 1]], ""
    if inverted:
        rows, rest = [[1, -0.5], [0, 1]], 'transforms:matrix-inverted-already="true"'
    strategy = read(
        rectangle("dye", dimension("PE", "m", 'gating:min="2.9" gating:max="3.1"')),
        rectangle("detector", dimension("FL2", "m", 'gating:min="2.9" gating:max="3.1"')),
        rectangle("seen", dimension("FL2", "uncompensated", 'gating:min="7.9" gating:max="8.1"')),
        matrix("m", ("FITC", "PE"), ("FL1", "FL2"), rows, rest),
    )
    events = np.array([[10.0, 8.0]])  # FITC 10, PE 3
    masks = apply_gates(Acquisition(events, (Channel("FL1"), Channel("FL2")), {}), strategy)
    assert all(mask.all() for mask in masks.values())


@pytest.mark.parametrize("inverted", [False, True])
def test_more_detectors_than_dyes_are_unmixed_by_least_squares(read, inverted):
    """Oracle: events made of 4 of the one dye and 2 of the other, without noise."""
    spectra = np.array([[1, 0.5, 0.1], [0.2, 1, 0.6]])
    rows, rest = spectra, ""
    if inverted:
        rows, rest = np.linalg.pinv(spectra), 'transforms:matrix-inverted-already="1"'
    strategy = read(
        rectangle("a", dimension("FITC", "m", 'gating:min="3.9" gating:max="4.1"')),
        rectangle("b", dimension("PE", "m", 'gating:min="1.9" gating:max="2.1"')),
        matrix("m", ("FITC", "PE"), ("D1", "D2", "D3"), rows.tolist(), rest),
    )
    events = np.array([[4, 2]]) @ spectra
    channels = tuple(Channel(name) for name in ("D1", "D2", "D3"))
    masks = apply_gates(Acquisition(events, channels, {}), strategy)
    assert masks["a"].all()
    assert masks["b"].all()


def test_complements_and_references_to_later_gates(read):
    text = (
        '<gating:BooleanGate gating:id="n"><gating:or><gating:gateReference gating:ref="a" '
        'gating:use-as-complement="true"/><gating:gateReference gating:ref="b"/></gating:or>'
        "</gating:BooleanGate>"
    )
    first, *_ = read(text, rectangle("a", rest='gating:parent_id="b"'), rectangle("b")).gates
    assert first == BooleanGate(name="n", operation="any", of=("a", "b"), negated=(True, False))


def test_a_matrix_as_the_standards_own_reference_gate_has_it_is_taken_as_written(read):
    def entries(*values):
        inside = "".join(f'<gating:entry data-type:value="{value}"/>' for value in values)
        return f"<gating:row>{inside}</gating:row>"

    (gate,) = read(
        f'<gating:EllipsoidGate gating:id="e">{dimension("A")}{dimension("B")}<gating:mean>'
        '<gating:coordinate data-type:value="1"/><gating:coordinate data-type:value="2"/>'
        f"</gating:mean><gating:covarianceMatrix>{entries(1, 2)}{entries(3, 1)}"
        '</gating:covarianceMatrix><gating:distanceSquare data-type:value="1"/>'
        "</gating:EllipsoidGate>"
    ).gates
    assert isinstance(gate, EllipsoidGate)
    assert gate.as_written
    assert gate.reason.endswith("taken as written")


def test_what_residua_wrote_beside_the_standard_is_read_again(read):
    own = 'xmlns:residua="urn:residua:gating-ml"'
    cofactor = Arcsinh(150.0)
    scaled = cofactor.scaled
    numbers = f'transforms:T="{scaled.T!r}" transforms:M="{scaled.M!r}" transforms:A="0"'
    strategy = read(
        transformation("t", f'<transforms:fasinh {own} {numbers} residua:cofactor="150.0"/>'),
        rectangle("B_cells", rest=f'{own} residua:called="B cells"'),
        rectangle(
            "c", dimension(rest='gating:transformation-ref="t"'), rest='gating:parent_id="B_cells"'
        ),
    )
    assert [(gate.name, gate.parent) for gate in strategy.gates] == [
        ("B cells", None),
        ("c", "B cells"),
    ]
    assert strategy.dimensions[1].scale == cofactor


def test_a_cofactor_that_another_program_left_behind_is_not_believed(read):
    own = 'xmlns:residua="urn:residua:gating-ml" residua:cofactor="150"'
    text = f'<transforms:fasinh {own} transforms:T="9" transforms:M="4" transforms:A="0"/>'
    gate = rectangle("a", dimension(rest='gating:transformation-ref="t"'))
    assert read(transformation("t", text), gate).dimensions[0].scale == ScaledArcsinh(9, 4, 0)


def test_all_faults_come_in_one_pass_with_their_lines(read):
    found = faults_of(
        read,
        transformation("t", '<transforms:flog transforms:T="x" transforms:M="5"/>'),
        transformation("u", '<transforms:flog transforms:T="-1" transforms:M="5"/>'),
        matrix("m", ("a", "b"), ("c", "d"), [[1, 1], [1, 1]]),
        matrix("n", ("a", "b"), ("c", "d"), [[1, 0], [0]]),
        rectangle("one", rest='gating:parent_id="nobody"'),
        rectangle("two", dimension(comp="spill")),
        rectangle("three", dimension(rest='gating:transformation-ref="zz"')),
        rectangle("four", dimension(rest='gating:min="5" gating:max="1"')),
        rectangle("five", dimension(rest='gating:minimum="5"')),
        rectangle("six", dimension(rest='gating:min="NaN"')),
        rectangle("two"),
        rectangle("seven"),
        rectangle("seven"),
        boolean("eight", "not", "seven", "one"),
        boolean("nine", "xor", "seven", "one"),
        "<gating:PolygonGate gating:id='p'/>",
        "<sample/>",
    )
    assert sorted(found) == [
        (2, "transformation 't', flog 1, T", "another text"),
        (3, "transformation 'u', flog 1", "another number"),
        (4, "spectrumMatrix 'm'", "a singular one"),
        (5, "spectrumMatrix 'n'", "others"),
        (6, "RectangleGate 'one', parent", "'nobody'"),
        (7, "RectangleGate 'two', dimension 1, compensation-ref", "'spill'"),
        (8, "RectangleGate 'three', dimension 1, transformation-ref", "'zz'"),
        (9, "RectangleGate 'four'", "limits turned round or equal"),
        (10, "RectangleGate 'five', dimension 1", "'minimum'"),
        (11, "RectangleGate 'six', dimension 1, min", "another text"),
        (14, "RectangleGate 'seven', name", "'seven' again"),
        (15, "BooleanGate 'eight', not 1", "2"),
        (16, "BooleanGate 'nine'", "0"),
        (16, "BooleanGate 'nine'", "<xor>"),
        (17, "PolygonGate 'p'", "0"),
        (18, "the document", "<sample>"),
    ]


def test_gates_that_go_round(read):
    found = faults_of(
        read,
        rectangle("a", rest='gating:parent_id="c"'),
        boolean("b", "and", "a", "d"),
        boolean("c", "or", "b", "d"),
        rectangle("d"),
        rectangle("e", rest='gating:parent_id="e"'),
    )
    assert [(line, "in a cycle" in received) for line, _, received in found] == [
        (2, True),
        (3, True),
        (4, True),
        (6, True),
    ]


def test_a_long_chain_of_parents_is_no_cycle(read):
    links = [rectangle(f"g{n}", rest=f'gating:parent_id="g{n + 1}"') for n in range(3000)]
    assert len(read(*links, rectangle("g3000")).gates) == 3001


def test_a_whole_quadrant_gate_is_no_gate(read):
    text = (
        '<gating:QuadrantGate gating:id="q"><gating:divider gating:id="x" '
        'gating:compensation-ref="uncompensated"><data-type:fcs-dimension data-type:name="A"/>'
        '<gating:value>2</gating:value></gating:divider><gating:Quadrant gating:id="low">'
        '<gating:position gating:divider_ref="x" gating:location="1"/></gating:Quadrant>'
        "</gating:QuadrantGate>"
    )
    assert read(text, rectangle("a", rest='gating:parent_id="low"')).gates[0].limits == (
        Limit("A", -INF, 2),
    )
    found = faults_of(read, text, rectangle("a", rest='gating:parent_id="q"'))
    assert found == [(3, "RectangleGate 'a', parent", "'q', all quadrants")]
    wrong = text.replace('divider_ref="x"', 'divider_ref="y"')
    assert [where for _, where, _ in faults_of(read, wrong)] == [
        "QuadrantGate 'q', Quadrant 1, position 1, divider_ref"
    ]


@pytest.mark.parametrize(
    ("head", "tail", "received"),
    [
        (HEAD.replace("v2.0", "v1.5"), TAIL, "another version of it"),
        ("<gates>", "</gates>", "<gates>"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]>" + HEAD, TAIL, "a document type"),
        (HEAD, "", "no element found"),
        ('<?xml version="1.0" encoding="none"?>' + HEAD, TAIL, "an encoding that is not known"),
    ],
)
def test_another_kind_of_document(read, head, tail, received):
    assert [got for *_, got in faults_of(read, head=head, tail=tail)] == [received]


def test_parts_of_another_namespace(read):
    wrong = rectangle("a").replace("data-type:fcs", "gating:fcs")
    assert (2, "RectangleGate 'a', dimension 1", "another one") in faults_of(read, wrong)


def test_a_document_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="a readable XML file"):
        residua.read_gates(tmp_path / "gates.xml")


def test_scales_are_shared_by_gates_that_name_them(read):
    logicle = (
        '<transforms:logicle transforms:T="1e4" transforms:W="1" transforms:M="4" '
        'transforms:A="0.5"/>'
    )
    one = dimension(rest='gating:transformation-ref="t" gating:min="0.2"')
    strategy = read(transformation("t", logicle), rectangle("a", one), rectangle("b", one))
    assert [d.scale for d in strategy.dimensions] == [Logicle(1e4, 1, 4, 0.5)]
