"""Oracle: the classes of PMID 30240162 at their edges; the exact interval of a proportion."""

import pytest

from residua.errors import ValueFault
from residua.facts.quality import Enough
from residua.measures.haemodilution import measure_haemodilution, why_unknown
from residua.measures.limits import clopper_pearson
from residua.measures.sensitivity import measure_sensitivity
from residua.standards.mrd_counting import find_policy


@pytest.mark.parametrize(
    ("immature", "neutrophils", "grade", "provenance"),
    [
        (1200, 1000, "highly pure", "read"),
        (1199, 1000, "moderately pure", "read"),
        (500, 1000, "moderately pure", "read"),
        (499, 1000, "haemodiluted", "computed"),
        (0, 1000, "haemodiluted", "computed"),
    ],
)
def test_grades_below_at_and_above_every_boundary(immature, neutrophils, grade, provenance):
    found = measure_haemodilution(immature, neutrophils)
    assert (found.grade, found.provenance) == (grade, provenance)
    assert found.clause
    assert found.cite


def test_the_interval_is_that_of_the_share_as_odds():
    share = clopper_pearson(90, 150)
    found = measure_haemodilution(90, 60)
    assert found.ratio == 1.5
    assert found.interval.low == pytest.approx(share.low / (1 - share.low))
    assert found.interval.high == pytest.approx(share.high / (1 - share.high))
    assert found.notes == ("the interval also reaches moderately pure",)


def test_without_neutrophils_there_is_no_ratio():
    found = measure_haemodilution(50, 0)
    assert (found.grade, found.ratio, found.reason) == (
        None,
        None,
        "no neutrophils were counted, so there is no ratio",
    )


def test_negative_counts_are_refused():
    with pytest.raises(ValueFault):
        measure_haemodilution(-1, 3)


def test_what_the_panel_lacks():
    assert why_unknown(cd16=False, cd45=True, side_scatter=True) == "the panel lacks CD16"
    assert why_unknown(cd16=False, cd45=False, side_scatter=True) == "the panel lacks CD16 and CD45"
    assert "gates" in why_unknown(cd16=True, cd45=True, side_scatter=True)


def test_cells_needed_are_those_of_the_published_table():
    """N for 10 and 40 events at 1e-4 and 1e-5: 1.0e5, 4.0e5, 1.0e6, 4.0e6."""
    four, five = measure_sensitivity(999_999, find_policy("euroflow-bcp-all-10-40"), usable=99_999)
    assert (four.level, four.detect.needed, four.quantify.needed) == (1e-4, 100_000, 400_000)
    assert (five.level, five.detect.needed, five.quantify.needed) == (1e-5, 1_000_000, 4_000_000)
    assert (four.detect.enough, five.detect.enough, five.detect.missing) == (True, False, 1)
    assert (four.detect_after_quality.enough, four.detect_after_quality.missing) == (False, 1)


def test_as_many_as_needed_are_enough():
    assert Enough(100, 100).enough
    assert Enough(100, 100).missing == 0
