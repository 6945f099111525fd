"""Oracle: the status rules of the interface, just below, at and above each boundary."""

import pytest

from residua.facts.gating import EventPolicy
from residua.measures.mrd_level import INSUFFICIENT, fractions_disagree, leading, measure_level
from residua.standards.mrd_counting import find_policy

POLICY = find_policy("euroflow-bcp-all-10-40")


def level(numerator, denominator, policy=POLICY):
    return measure_level(numerator, denominator, kind="nucleated", policy=policy)


@pytest.mark.parametrize(
    ("blasts", "cells", "status"),
    [
        (9, 1_000_000, "not detected"),
        (10, 1_000_000, "detected below LLOQ"),
        (39, 1_000_000, "detected below LLOQ"),
        (40, 1_000_000, "quantified"),
        (0, 100_000, "not detected"),
        (0, 99_999, "not assessable"),
        (9, 99_999, "not assessable"),
        (10, 99_999, "detected below LLOQ"),
        (40, 99_999, "quantified"),
        (0, 0, "not assessable"),
    ],
)
def test_status(blasts, cells, status):
    assert level(blasts, cells).status == status


def test_a_negative_without_sensitivity_says_why():
    assert level(3, 50_000).reason == INSUFFICIENT
    assert level(0, 0).reason == "the denominator holds no events"


def test_a_positive_without_sensitivity_is_reported_and_flagged():
    measured = level(50, 50_000)
    assert measured.fraction == 1e-3
    assert measured.flags == (
        "the limit of detection lies above 1e-4; a negative could not be told",
    )


def test_limits_of_four_million_cells():
    """mrd.md A3: N = 4e6 gives LOD 2.5e-6 and LLOQ 1e-5 under the 10/40 policy."""
    measured = level(0, 4_000_000)
    assert (measured.lod, measured.lloq) == (2.5e-6, 1e-5)
    assert measured.lod95 == pytest.approx(15.7 / 4e6, rel=1e-3)


def test_a_fraction_is_given_below_the_limit_but_never_for_zero():
    assert level(3, 1_000_000).fraction == 3e-6
    assert level(0, 1_000_000).fraction is None
    assert level(0, 1_000_000).interval.high == pytest.approx(3.689e-6, rel=1e-3)


def test_own_events_as_policy():
    measured = level(30, 1_000_000, find_policy(EventPolicy(30, 60)))
    assert (measured.status, measured.policy.name) == ("detected below LLOQ", "custom-30-60")


@pytest.mark.parametrize("name", ["euroflow-mm-20-50", "iccs-mm-30-50"])
def test_a_myeloma_policy_is_flagged(name):
    assert any("myeloma" in flag for flag in level(60, 1_000_000, find_policy(name)).flags)


@pytest.mark.parametrize(
    ("counts", "differ"),
    [
        ([(10, 100_000), (12, 100_000)], False),
        ([(10, 100_000), (25, 100_000)], False),
        ([(10, 100_000), (35, 100_000)], True),
        ([(10, 100_000), (60, 100_000)], True),
        ([(10, 100_000), (12, 100_000), (60, 100_000)], True),
        ([(0, 100_000), (3, 100_000)], False),
        ([(10, 100_000), (0, 0)], False),
        ([(10, 100_000)], False),
    ],
)
def test_files_that_disagree(counts, differ):
    """Fisher's exact test: 10 against 60 of 100 000 has p below 1e-9, 10 against 12 above 0.5.

    Of 35 and 45 events, all but a coin's tosses: 10 heads have 0.017 and 0.0002, two-sided.
    """
    assert fractions_disagree(counts) is differ


def test_the_leading_tube_is_the_positive_one_with_the_highest_fraction():
    few, many, none = level(5, 1_000), level(50, 1_000_000), level(0, 2_000_000)
    assert leading([few, many, none]) == 1
    assert leading([none, level(3, 1_000_000)]) == 1
    assert leading([level(0, 100), none]) == 1
