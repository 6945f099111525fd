"""What is wrong in a workspace, by line. Oracle: the fault planted in each."""

import pytest
from made_workspaces import (
    BIEX,
    LINEAR,
    MATRIX,
    combination,
    corners,
    dimension,
    population,
    rectangle,
    sample,
    workspace,
)

from residua.errors import InputError
from residua.readers.flowjo import read_counts, read_workspace

FSC = rectangle(dimension("FSC", min=10, max=20))
BOTH = dimension("FSC") + dimension("FL1")


def polygon(*points):
    return f"<gating:PolygonGate>{BOTH}{corners(*points)}</gating:PolygonGate>"


def ellipse(foci, edge, dimensions=BOTH):
    return (
        f"<gating:EllipsoidGate>{dimensions}<gating:foci>{corners(*foci)}</gating:foci>"
        f"<gating:edge>{corners(*edge)}</gating:edge></gating:EllipsoidGate>"
    )


def one(gate):
    return sample(population("A", gate))


def scaled(text):
    return sample(population("A", rectangle(dimension("FL1", min=5))), transforms=[text])


def compensated(matrix):
    return sample(population("A", rectangle(dimension("Comp-FL1", min=5))), matrix=matrix)


SQUARE = ((0, 0), (9, 0), (9, 9), (0, 9))
WHOLE = MATRIX.format(name="M", spill=0.5)
GATES = {
    "an unknown parameter": (one(rectangle(dimension("FLL1", min=5))), 4, "'FLL1'"),
    "an uncompensated sample": (one(rectangle(dimension("Comp-FL1", min=5))), 4, "'Comp-FL1'"),
    "no transformation": (one(rectangle(dimension("Time", min=5))), 4, "none"),
    "no name of a parameter": (one(rectangle(dimension("", min=5))), 4, "none"),
    "a reference": (
        one(
            rectangle(
                dimension("FSC", min=5).replace(
                    "gating:min", 'gating:transformation-ref="t" gating:min'
                )
            )
        ),
        4,
        "a reference to another one",
    ),
    "no number": (one(rectangle(dimension("FSC", min="low"))), 4, "something else"),
    "an infinite number": (one(rectangle(dimension("FSC", min="inf"))), 4, "something else"),
    "limits turned round": (
        one(rectangle(dimension("FSC", min=5, max=4))),
        4,
        "limits turned round or equal",
    ),
    "no dimension": (one(rectangle()), 4, "none"),
    "another gate": (one("<gating:CurlyQuad/>"), 4, "'CurlyQuad'"),
    "two gates": (one(FSC + FSC), 4, "2"),
    "another side": (
        one(FSC.replace('eventsInside="1"', 'eventsInside="-1"')),
        4,
        "another number",
    ),
    "one corner": (one(polygon((1, 1))), 4, "1"),
    "a corner of three": (one(polygon((1, 1, 1), *SQUARE)), 4, "3"),
    "three dimensions": (one(polygon(*SQUARE).replace(BOTH, BOTH + dimension("FL2"))), 4, "3"),
    "one dimension twice": (
        one(polygon(*SQUARE).replace(BOTH, dimension("FSC") * 2)),
        4,
        "the same one twice",
    ),
    "one focus": (one(ellipse([(1, 1)], SQUARE)), 4, "1"),
    "foci without the axis": (one(ellipse([(0, 0), (99, 99)], SQUARE)), 4, "others"),
    "a flat ellipse": (one(ellipse([(1, 1), (1, 1)], [(1, 1)] * 4)), 4, "others"),
    "an ellipse beyond all numbers": (
        one(ellipse([(1e300, 1), (1e300, 2)], [(-1e300, 0), (1e300, 0), (0, 1), (0, 2)])),
        4,
        "a larger one",
    ),
    "no name": (sample(population(" ", FSC)), 4, "none"),
    "a name twice": (sample(population("A", FSC), population("A", FSC)), 5, "'A' again"),
    "another kind of node": (sample("\n<ClusterNode name='c'/>"), 4, "'ClusterNode'"),
    "itself": (
        sample(population("B", FSC), combination("NotNode", "A", "A")),
        5,
        "'A' in a cycle with itself",
    ),
    "a ring": (
        sample(combination("NotNode", "A", "B"), combination("NotNode", "B", "A")),
        4,
        "'A' in a cycle with itself",
    ),
    "an unknown population": (sample(combination("OrNode", "A", "gone/B")), 4, "'gone/B'"),
    "nothing to combine": (sample(combination("AndNode", "A")), 4, "none"),
    "no dependents": (sample("\n<OrNode name='A'/>"), 4, "none"),
}
SCALES = {
    "another scale": (LINEAR.replace("linear", "miltenyi").format("FL1"), "'miltenyi'"),
    "a negative top": (BIEX.replace("262144", "-262144").format("FL1"), "another number"),
    "a positive width": (BIEX.replace('"-10"', '"10"').format("FL1"), "another number"),
    "too many decades": (BIEX.replace("4.5", "1e30").format("FL1"), "another number"),
    "a negative length": (BIEX.replace('"256"', '"-256"').format("FL1"), "another number"),
    "no width": (BIEX.replace("width", "wide").format("FL1"), "none"),
    "no number": (BIEX.replace('"-10"', '"a"').format("FL1"), "something else"),
    "an axis turned round": (LINEAR.replace("1024", "-1024").format("FL1"), "other numbers"),
}
MATRICES = {
    "a missing coefficient": (
        WHOLE.replace(
            '<transforms:coefficient data-type:parameter="FL1" transforms:value="0"/>', ""
        ),
        "others",
    ),
    "no rows": (WHOLE.replace("transforms:spillover ", "transforms:gone "), None),
    "two matrices": (WHOLE * 2, "another one"),
    "no name": (WHOLE.replace('"M"', '""'), "none"),
    "no number": (WHOLE.replace('"0.5"', '"half"'), "something else"),
    "weights": (
        WHOLE.replace("prefix", 'spectral="1" weightOptAlgorithmType="WLS" prefix'),
        "another algorithm",
    ),
    "more dyes than detectors": (
        WHOLE.replace("prefix", 'spectral="1" prefix')
        .replace('<transforms:coefficient data-type:parameter="FL2" transforms:value="0.5"/>', "")
        .replace('<transforms:coefficient data-type:parameter="FL2" transforms:value="1"/>', ""),
        "one of 2 x 1",
    ),
}


def fault(tmp_path, text, reader=read_workspace):
    path = tmp_path / "a.wsp"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        reader(path, name="a.wsp")
    assert all(str(one).startswith("a.wsp:") and one.line for one in caught.value.faults)
    return caught.value.faults[0]


@pytest.mark.parametrize("name", GATES)
def test_a_faulty_gate_is_refused_by_name_and_line(tmp_path, name):
    text, line, received = GATES[name]
    found = fault(tmp_path, workspace(text))
    assert (found.line, found.received) == (line, received)


@pytest.mark.parametrize("name", SCALES)
def test_a_faulty_scale_is_refused_by_name_and_line(tmp_path, name):
    text, received = SCALES[name]
    found = fault(tmp_path, workspace(scaled(text)))
    assert (found.where, found.line, found.received) == ("gate 'A'", 3, received)


@pytest.mark.parametrize("name", MATRICES)
def test_a_faulty_matrix_is_refused_by_name_and_line(tmp_path, name):
    text, received = MATRICES[name]
    if received is None:
        text, received = (
            WHOLE.replace("transforms:spillover ", "transforms:gone ").replace(
                "</transforms:spillover>", "</transforms:gone>"
            ),
            "others",
        )
    found = fault(tmp_path, workspace(compensated(text)))
    assert (found.where, found.received) == ("a sample", received)


@pytest.mark.parametrize(
    ("text", "line", "received"),
    [
        (workspace(sample(), version="2.0"), 2, "an older one"),
        (workspace(sample()).replace('version="20.0"', ""), 2, "none"),
        (workspace(sample()).replace("SampleList", "Samples"), 2, "none"),
        (workspace(sample(), sample()), 3, "that of another sample"),
        (workspace(sample(name=" ")), 3, "none"),
        (workspace(sample()).replace("SampleNode", "Node"), 3, "none"),
        ("<gating:Gating-ML xmlns:gating='g'/>", 1, "a document 'Gating-ML'"),
        ('<!DOCTYPE w [<!ENTITY a "b">]>\n<Workspace/>', 1, "a document type"),
        ("<Workspace>", 1, "no element found"),
    ],
)
def test_a_document_that_is_no_whole_workspace_is_refused(tmp_path, text, line, received):
    found = fault(tmp_path, text)
    assert (found.line, found.received) == (line, received)


def test_a_count_that_is_no_number_is_refused(tmp_path):
    text = workspace(sample(population("A", FSC, count="many")))
    assert fault(tmp_path, text, read_counts).received == "something else"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="a readable XML file"):
        read_workspace(tmp_path / "none.wsp")


def test_no_fault_names_a_sample(tmp_path):
    """Samples may be called after patients."""
    path = tmp_path / "a.wsp"
    texts = [sample(population("A", "<gating:Odd/>"), name="Jane Doe.fcs")] * 2
    path.write_text(workspace(*texts))
    with pytest.raises(InputError) as caught:
        read_workspace(path)
    assert "Doe" not in str(caught.value)
