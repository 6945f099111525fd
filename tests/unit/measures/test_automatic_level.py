"""Oracle: the rules of mrd.json and of a refused negative, every combination of what they name.

A negative needs sensitivity, a positive does not: the expected status is worked out here from
the rules in words, one by one, for all 1 536 combinations.
"""

from dataclasses import replace
from itertools import product

import pytest

from residua.facts.gating import EventPolicy
from residua.facts.interval import Interval
from residua.measures.automatic_level import (
    ALIKE,
    BLIND,
    CLUSTER,
    FEW,
    MOVED,
    UNCERTAIN,
    Evidence,
    Limits,
    LossReading,
    decide,
    decide_without_diagnosis,
)
from residua.measures.mrd_level import INSUFFICIENT
from residua.standards.mrd_counting import find_policy

N = 1_000_000  # the policy's 10 and 40 events: 1e-5 and 4e-5
POLICY = find_policy("euroflow-bcp-all-10-40")
ALARM = "misfit index 2.10 above 1.70; channel 4 fits worst"
GOOD = Limits(blank=5e-6, lod=2e-5, laip_lod=3e-5, separability=0.9)
LOSS = LossReading(("CD19",), 5e-4, 1e-5)


def evidence(fraction, **more):
    total = Interval(0.95, fraction / 2, min(fraction * 2 + 1e-6, 1.0), "total")
    return Evidence(fraction, N, "nucleated", POLICY, GOOD, total, **more)


def limits(**changed):
    return replace(GOOD, **changed)


AXES = {
    "events": (0, 4, 9, 10, 39, 40, 4000, 300_000),
    "lod": (2e-5, 1.1e-4),
    "laip_lod": (3e-5, 1.5e-4, 2.5e-4),
    "separability": (0.51, 0.49, 0.31, 0.29),
    "alarmed": (False, True),
    "reviewed": (False, True),
    "lost": (False, True),
}


@pytest.mark.parametrize("reviewed", AXES["reviewed"])
@pytest.mark.parametrize("alarmed", AXES["alarmed"])
def test_every_combination(reviewed, alarmed):
    rest = [AXES[key] for key in ("events", "lod", "laip_lod", "separability", "lost")]
    for events, lod, laip_lod, separable, lost in product(*rest):
        found = evidence(
            events / N,
            alarms=(ALARM,) if alarmed else (),
            reviewed=reviewed,
            losses=(LOSS,) if lost else (),
        )
        found = replace(found, limits=limits(lod=lod, laip_lod=laip_lod, separability=separable))
        level = decide(found).level
        alike = separable < (0.30 if reviewed else 0.50)
        refused = laip_lod > (2e-4 if reviewed else 1e-4) or alike or alarmed
        moved = events >= 10 and alarmed and separable < 0.30
        assert (MOVED in level.flags) == moved
        if events >= 10 and not moved:
            uncertain = refused
            wanted = "quantified" if events >= 40 and not uncertain else "detected below LLOQ"
            assert (UNCERTAIN in level.flags) == uncertain
            assert (BLIND in level.flags) == (lod > 1e-4)
            assert level.reason == ""
        else:
            wanted = "not assessable" if refused or lod > 1e-4 or lost else "not detected"
            assert (INSUFFICIENT in level.reason) == (
                lod > 1e-4 or laip_lod > (2e-4 if reviewed else 1e-4)
            )
            assert (FEW in level.flags) == (events == 9)
            assert ("LAIP with lost CD19?" in level.flags) == (lost and events <= 40)
            assert (level.reason == "") == (wanted == "not detected")
        assert level.status == wanted
        assert level.numerator == events
        assert level.fraction == (events / N if events else None)


def test_the_limit_of_the_policy_asks_for_sensitivity_too():
    """10 events of 99 999 cells are more than 1e-4, of 100 000 are not."""
    few = replace(evidence(0.0), cells=99_999)
    assert decide(few).level.status == "not assessable"
    assert decide(few).level.reason == INSUFFICIENT
    assert decide(replace(few, cells=100_000)).level.status == "not detected"


def test_events_within_the_limit_of_blank_are_no_detection():
    found = replace(evidence(5e-5), limits=limits(blank=5e-5))
    assert decide(found).level.status == "not detected"
    assert decide(found).level.numerator == 50
    above = replace(found, limits=limits(blank=4.9e-5))
    assert decide(above).level.status == "quantified"


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (2e-4, 2e-3, "quantified"),
        (1.9e-4, 2e-3, "detected below LLOQ"),
        (0.0, 9e-4, "detected below LLOQ"),
    ],
)
def test_a_quantity_needs_a_bounded_total_interval(low, high, status):
    found = replace(evidence(5e-4), total=Interval(0.95, low, high, "total"))
    level = decide(found).level
    assert level.status == status
    assert level.lloq == (4e-5 if status == "quantified" else high)
    assert UNCERTAIN not in level.flags


def test_the_lloq_of_an_uncertain_quantity_lies_above_it():
    """What reads the document takes "detected below LLOQ" as a bound, which has to hold."""
    doubted = replace(evidence(0.3), limits=limits(separability=0.1))
    assert decide(doubted).level.lloq == pytest.approx(0.600001)
    assert decide(evidence(0.3, alarms=(ALARM,))).level.lloq == 1.0
    low = replace(doubted, total=Interval(0.95, 0.0, 0.2, "total"))
    assert 0.3 < decide(low).level.lloq < 0.3001


def test_what_speaks_against_a_model_is_named():
    level = decide(replace(evidence(0.0), limits=limits(separability=0.2))).level
    assert ALIKE in level.reason
    assert ALARM in decide(evidence(0.0, alarms=(ALARM,))).level.reason


def test_a_preflight_refusal_gives_no_number():
    refused = decide(evidence(0.3, refusals=("the panel lacks CD19", "not compensated")))
    assert refused.level.status == "not assessable"
    assert refused.level.reason == "the panel lacks CD19; not compensated"
    assert (refused.level.numerator, refused.level.fraction) == (0, None)
    assert (refused.level.interval, refused.total_interval, refused.predicted_lod) == (None,) * 3
    empty = decide(replace(evidence(0.0), cells=0)).level
    assert (empty.status, empty.reason) == ("not assessable", "the denominator holds no events")


def test_a_lost_antigen_that_was_allowed_for_is_no_flag():
    opened = evidence(0.0, losses=(LOSS,), opened=("CD19", "CD22"))
    assert decide(opened).level.status == "not detected"
    blank = evidence(0.0, losses=(replace(LOSS, fraction=1e-5),))
    assert decide(blank).level.status == "not detected"


def test_a_positive_tells_of_loss_only_beyond_its_interval():
    within = evidence(4e-4, losses=(LOSS,))
    assert decide(within).level.flags == ()
    beyond = evidence(1e-4, losses=(replace(LOSS, markers=("CD19", "CD22")),))
    assert decide(beyond).level.flags == ("LAIP with lost CD19 and CD22?",)
    assert decide(beyond).level.status == "quantified"


def test_second_readers_flag_and_never_override():
    said = decide(evidence(0.0, seconds=("wide LAIP",))).level
    assert (said.status, said.flags) == ("not detected", ("review: wide LAIP reads blasts",))
    assert decide(evidence(1e-3, seconds=("wide LAIP",))).level.flags == ()


def test_limits_and_intervals_are_handed_on():
    found = evidence(1e-3)
    decided = decide(found)
    assert (decided.limit_of_blank, decided.predicted_lod) == (5e-6, 2e-5)
    assert decided.total_interval == found.total
    assert decided.level.lod == pytest.approx(1e-5)
    low, high = decided.level.interval.low, decided.level.interval.high
    assert low < 1e-3 < high < 1.1e-3


@pytest.mark.parametrize(
    ("fraction", "status"),
    [(0.0, "not assessable"), (9e-4, "not assessable"), (1e-3, "detected below LLOQ")],
)
def test_without_a_diagnosis_a_cluster_is_never_a_quantity(fraction, status):
    level = decide_without_diagnosis(
        fraction, N, kind="nucleated", policy=POLICY, reason="no sample of the leukaemia"
    ).level
    assert level.status == status
    assert level.flags == ((CLUSTER,) if fraction == 1e-3 else ())
    assert (level.reason == "") == (fraction == 1e-3)
    assert fraction < 1e-3 or level.lloq == 1.0


def test_a_policy_for_myeloma_says_so():
    myeloma = replace(evidence(0.0), policy=find_policy("iccs-mm-30-50"))
    assert "written for myeloma" in decide(myeloma).level.flags[0]
    stated = replace(evidence(2e-5), policy=find_policy(EventPolicy(30, 60)))
    assert decide(stated).level.status == "not detected"


def test_intact_blasts_too_few_to_call_are_no_lost_antigen():
    """8 of a million are read intact, 7 might have lost CD19: those are the same cells."""
    same = replace(evidence(8e-6), losses=(LossReading(("CD19",), 7e-6, 5e-6),))
    assert decide(same).level.status == "not detected"
    more = replace(evidence(8e-6), losses=(LOSS,))
    assert "LAIP with lost CD19?" in decide(more).level.flags
    assert decide(more).level.status == "not assessable"
