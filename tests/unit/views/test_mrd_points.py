"""What is drawn of each reading: never a zero, never a number that was not given."""

from __future__ import annotations

import pytest
from made_courses import course_of

from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.views.mrd_points import mrd_points


def point(**fields):
    return mrd_points(course_of(MrdReading(id="m1", date="2020-01-01", **fields)))[0]


def test_not_detected_stands_at_its_lod():
    drawn = point(method="flow", status="not detected", lod="1e-5")
    assert (drawn.level, drawn.not_detected, drawn.strip) == (1e-5, True, None)
    assert drawn.short == "LOD 10⁻⁵"


@pytest.mark.parametrize("status", ["not detected", "negative"])
def test_without_a_stated_sensitivity_it_has_no_level(status):
    drawn = point(method="flow", status=status)
    assert drawn.level is None
    assert drawn.strip == "not detected, sensitivity not stated"


def test_a_zero_is_never_a_level():
    assert point(fraction="0").level is None
    assert point(numerator=0, denominator=1000, lod="1e-4").level == pytest.approx(1e-4)


def test_positive_without_a_number_goes_to_its_strip():
    assert point(status="positive").strip == "positive, no number"
    assert point(status="positive", fraction="1.6 %").level == pytest.approx(0.016)


def test_bounds_carry_an_arrow():
    assert point(fraction="<1e-4").arrow == "down"
    assert point(fraction=">1e-2").arrow == "up"
    below = point(status="detected below LLOQ", lloq="5e-5")
    assert (below.level, below.arrow) == (5e-5, "down")


def test_series_tell_method_denominator_and_tissue_apart():
    names = {
        point(method="flow", denominator_kind="nucleated", fraction="1e-3").series.name,
        point(method="flow", fraction="1e-3").series.name,
        point(method="flow", fraction="1e-3", tissue="blood").series.name,
        point(method="PCR", target="IGH", denominator_kind="dna", fraction="1e-3").series.name,
    }
    assert names == {
        "flow, of nucleated cells", "flow, denominator not stated",
        "flow, denominator not stated, blood", "PCR of IGH, of genome equivalents",
    }  # fmt: skip


def test_blasts_by_morphology_are_a_series_of_their_own():
    blasts = Assessment(id="a1", date="2020-01", kind="morphology", blasts="3 %")
    assert mrd_points(course_of(blasts)) == ()  # without any MRD there is no panel of MRD
    reading = MrdReading(id="m1", date="2020-02-01", method="flow", fraction="1e-3")
    drawn, _ = mrd_points(course_of(blasts, reading))
    assert not drawn.series.mrd
    assert (drawn.label, drawn.level) == ("C1", pytest.approx(0.03))
