"""A validation's limits in a sample. Oracle: the larger of events / cells and the fraction."""

import pytest

from residua.errors import ValueFault
from residua.facts.validated_policy import ValidatedPolicy
from residua.measures.limits import events_for
from residua.measures.mrd_level import INSUFFICIENT, measure_level
from residua.standards.mrd_counting import find_policy

VALIDATED = ValidatedPolicy("own", "B-ALL", 10, 40, 3e-5, 1e-4, limit_of_blank=1e-5)


def level(numerator, denominator, policy=VALIDATED):
    return measure_level(numerator, denominator, kind="nucleated", policy=find_policy(policy))


@pytest.mark.parametrize(
    ("blasts", "cells", "status"),
    [
        (400, 4_000_000, "quantified"),
        (399, 4_000_000, "detected below LLOQ"),
        (41, 4_000_000, "detected below LLOQ"),
        (40, 4_000_000, "not detected"),
        (0, 4_000_000, "not detected"),
        (39, 200_000, "detected below LLOQ"),
        (40, 200_000, "quantified"),
        (0, 99_999, "not assessable"),
    ],
)
def test_status(blasts, cells, status):
    assert level(blasts, cells).status == status


def test_the_larger_limit_holds():
    many, few = level(0, 4_000_000), level(0, 200_000)
    assert (many.lod, many.lloq, many.lod95) == (3e-5, 1e-4, 3e-5)
    assert (few.lod, few.lloq, few.lod95) == (5e-5, 2e-4, events_for(10) / 200_000)


def test_a_count_between_blank_and_lod_is_never_a_silent_negative():
    assert "detected below the validated limit of detection" in level(100, 4_000_000).flags
    assert any("limit of blank" in flag for flag in level(40, 4_000_000).flags)


def test_an_assay_validated_above_1e_4_tells_no_negative():
    policy = ValidatedPolicy("own", "B-ALL", 10, 40, 2e-4, 1e-3)
    assert level(0, 4_000_000, policy).reason == INSUFFICIENT
    at = ValidatedPolicy("own", "B-ALL", 10, 40, 1e-4, 1e-3)
    assert level(0, 4_000_000, at).status == "not detected"


def test_a_limit_that_could_not_be_told_leaves_that_of_the_events():
    policy = ValidatedPolicy("own", "B-ALL", 10, 40)
    assert level(5, 1_000_000, policy).lod == 1e-5


@pytest.mark.parametrize(
    "wrong",
    [
        {"lod": 0}, {"lloq": 5}, {"validated_lod": 0.0}, {"validated_lloq": 1.5},
        {"validated_lod": 1e-3, "validated_lloq": 1e-4}, {"limit_of_blank": -1e-6},
    ],
)  # fmt: skip
def test_limits_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueFault):
        ValidatedPolicy(**({"name": "own", "disease": "B-ALL", "lod": 10, "lloq": 40} | wrong))
