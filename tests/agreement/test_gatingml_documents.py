"""Oracle: the truth masks of the ISAC compliance tests of Gating-ML 2.0, event for event.

The documents, the FCS file and the masks are read where they lie, never copied. The events come
from FlowIO, so that a fault of our own FCS reader cannot hide one of the gates.
"""

from functools import cache

import numpy as np
import pytest
from flowio import FlowData

import residua
from residua.facts.acquisition import Acquisition, Channel
from residua.measures.gates import apply_gates

WHOLE = "gml_all_gates"
QUADRANT_1 = ("FL2N-FL4N", "FL2N-FL4P", "FL2P-FL4N", "FL2P-FL4P")
QUADRANT_2 = ("FSCD-FL1P", "FSCD-SSCN-FL1N", "FSCN-SSCN", "FSCN-SSCP-FL1P", "FSCP-SSCN-FL1N")
OF_DOCUMENT = {
    "gml_boolean_and1_gate": ("And1", "Polygon1", "Range2"),
    "gml_boolean_and2_gate": ("And2", "Ellipse1", "Range1"),
    "gml_boolean_and3_complement_gate": ("And3",),
    "gml_boolean_and4_not_gate": ("And4", "Not1"),
    "gml_boolean_not1_gate": ("Not1",),
    "gml_boolean_or1_gate": ("Or1",),
    "gml_boolean_or2_gate": ("Or2", "Rectangle2"),
    "gml_ellipse1_gate": ("Ellipse1",),
    "gml_ellipsoid3d_gate": ("Ellipsoid3D",),
    "gml_log_ratio_range1_gate": ("RatRange1a",),
    "gml_matrix_poly4_gate": ("Polygon4",),
    "gml_matrix_rect3_gate": ("Rectangle3",),
    "gml_matrix_rect4_gate": ("Rectangle4",),
    "gml_matrix_rect5_gate": ("Rectangle5",),
    "gml_matrix_transform_asinh_range1c_gate": ("ScaleRange1c",),
    "gml_matrix_transform_asinh_range6c_gate": ("ScaleRange6c",),
    "gml_matrix_transform_hyperlog_range2c_gate": ("ScaleRange2c",),
    "gml_matrix_transform_hyperlog_range7c_gate": ("ScaleRange7c",),
    "gml_matrix_transform_linear_range3c_gate": ("ScaleRange3c",),
    "gml_matrix_transform_logicle_range4c_gate": ("ScaleRange4c",),
    "gml_matrix_transform_logicle_range5c_gate": ("ScaleRange5c",),
    "gml_matrix_transform_logicle_range8c_gate": ("ScaleRange8c",),
    "gml_matrix_transform_logicle_rect1_gate": ("ScaleRect1",),
    "gml_parent_poly1_boolean_and2_gate": ("ParAnd2",),
    "gml_parent_quadrant_rect_gate": ("ParQuadRect",),
    "gml_parent_range1_boolean_and3_gate": ("ParAnd3",),
    "gml_parent_rect1_rect_par1_gate": ("ScalePar1",),
    "gml_poly1_gate": ("Polygon1",),
    "gml_poly2_gate": ("Polygon2",),
    "gml_poly3ns_gate": ("Polygon3NS",),
    "gml_quadrant1_gate": QUADRANT_1,
    "gml_quadrant2_gate": QUADRANT_2,
    "gml_range_gate": ("Range1",),
    "gml_ratio_range1_gate": ("RatRange1",),
    "gml_ratio_range2_gate": ("RatRange2",),
    "gml_rect1_gate": ("Rectangle1",),
    "gml_rect2_gate": ("Rectangle2",),
    "gml_time_range_gate": ("Range2",),
    "gml_transform_asinh_range1_gate": ("ScaleRange1",),
    "gml_transform_hyperlog_range2_gate": ("ScaleRange2",),
    "gml_transform_linear_range3_gate": ("ScaleRange3",),
    "gml_transform_log_range6_gate": ("ScaleRange6",),
    "gml_transform_logicle_range4_gate": ("ScaleRange4",),
    "gml_transform_logicle_range5_gate": ("ScaleRange5",),
}
"""The results that each document of one test is for."""
IDS = {"ParQuadRect": "ParRectangle1"}  # the gate's id, where the result has another name
RESULTS = sorted({result for results in OF_DOCUMENT.values() for result in results})
ALONE = ("Ellipsoid3D", "ParQuadRect")  # not in the document of all gates
PAIRS = [(document, result) for document, results in OF_DOCUMENT.items() for result in results]
PAIRS += [(WHOLE, result) for result in RESULTS if result not in ALONE]


@pytest.fixture(scope="module")
def masks_of(test_data):
    folder = test_data / "flowkit/gate_ref"
    raw = FlowData(str(folder / "data1.fcs"))
    names = zip(raw.pnn_labels, raw.pns_labels, strict=True)
    channels = tuple(Channel(name, marker) for name, marker in names)
    sample = Acquisition(raw.as_array(), channels, {})

    @cache
    def masks(document):
        return apply_gates(sample, residua.read_gates(folder / f"gml/{document}.xml"))

    return masks


@pytest.mark.data
def test_every_result_has_a_document(test_data):
    files = (test_data / "flowkit/gate_ref/truth").glob("Results_*.txt")
    assert sorted(file.stem.removeprefix("Results_") for file in files) == RESULTS
    assert len(RESULTS) == 51


@pytest.mark.data
@pytest.mark.parametrize(("document", "result"), PAIRS)
def test_a_document_gives_the_reference_mask(masks_of, test_data, document, result):
    truth = np.genfromtxt(
        test_data / f"flowkit/gate_ref/truth/Results_{result}.txt", dtype=int
    ).astype(bool)
    np.testing.assert_array_equal(masks_of(document)[IDS.get(result, result)], truth)


@pytest.mark.data
def test_our_own_reader_of_the_file_gives_the_same_masks(masks_of, test_data):
    """Oracle: FlowIO's events, through the same gates."""
    folder = test_data / "flowkit/gate_ref"
    strategy = residua.read_gates(folder / f"gml/{WHOLE}.xml")
    found = apply_gates(residua.read_fcs(folder / "data1.fcs"), strategy)
    for name, mask in masks_of(WHOLE).items():
        np.testing.assert_array_equal(found[name], mask, err_msg=name)


@pytest.mark.data
def test_a_document_that_the_schema_refuses_is_refused(test_data):
    """Oracle: the XML schema of Gating-ML 2.0, which has no element of that name."""
    file = test_data / "flowkit/gate_ref/gml/gml_range_gate_attr_testing.xml"
    with pytest.raises(residua.InputError) as caught:
        residua.read_gates(file)
    (fault,) = caught.value.faults
    assert (fault.line, fault.received) == (7, "<sample>")
