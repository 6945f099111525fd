"""Which planes are shown; oracle: panels and aberrancies by hand."""

from residua.measures.gate_polygons.planes import (
    first_plane,
    further_planes,
    planes_apart,
    usual_planes,
)
from residua.measures.laip.aberrancies import Aberrancy

PANEL = ("FSC-A", "SSC-A", "CD45", "CD19", "CD10", "CD20")


def test_a_tube_without_cd10_shows_cd45_against_side_scatter():
    assert usual_planes(PANEL) == (("CD19", "SSC-A"), ("CD10", "CD20"), ("CD45", "CD10"))
    assert usual_planes(("SSC-A", "CD45", "CD19")) == (("CD19", "SSC-A"), ("CD45", "SSC-A"))


def aberrancy(marker: str, sd: float) -> Aberrancy:
    return Aberrancy(marker, sd, sd - 1, sd + 1, sd / 5, 0.95)


def test_the_most_unlike_antigens_are_paired_once_and_no_usual_pair_again():
    given = [
        aberrancy("CD10", 6),
        aberrancy("CD20", -5),
        aberrancy("CD58", 4),
        aberrancy("CD34", 3),
    ]
    found = planes_apart(given, [("CD20", "CD10")])
    assert found == (("CD10", "CD58"), ("CD20", "CD34"))


def test_of_antigens_like_those_of_normal_precursors_one_pair_is_shown_at_most():
    given = [
        aberrancy("CD10", 3),
        aberrancy("CD20", 1),
        aberrancy("CD58", 0.5),
        aberrancy("CD34", 0),
    ]
    assert planes_apart(given, []) == (("CD10", "CD20"),)
    assert planes_apart(given[1:], []) == (("CD20", "CD58"),)
    assert planes_apart([], []) == ()


def test_lineage_is_gated_by_an_antigen_that_the_blasts_carry():
    lowest = {"CD19": 1.0, "CD10": 1.5}
    assert first_plane(PANEL, lowest) == ("CD19", "SSC-A")
    assert first_plane(PANEL, lowest | {"CD19": 0.1}) == ("CD10", "SSC-A")
    assert first_plane(PANEL, {"CD19": 0.1, "CD10": 0.1}) == ("CD19", "SSC-A")
    assert first_plane(("CD19", "CD10"), lowest) is None


def test_further_planes_are_pairs_of_antigens_and_the_blast_gate():
    planes = further_planes(PANEL)
    assert len(planes) == 4 * 3 // 2 + 1
    assert ("CD45", "SSC-A") in planes
