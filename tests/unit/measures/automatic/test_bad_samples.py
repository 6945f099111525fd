"""Samples that are not what they seem, in memory; oracle: what was done to a simulated sample."""

from dataclasses import replace

import numpy as np
import pytest
from made_patient import made, patient, reference

from residua.errors import ValueFault
from residua.measures.alignment.blast_region import in_region
from residua.measures.alignment.exchanged import exchanged as exchange_of
from residua.measures.automatic.added import added, part_of
from residua.measures.automatic.diagnosis import learn_blasts
from residua.measures.automatic.measured import SAME, measure_sample
from residua.measures.reference.placing import place, place_follow_up, region_of
from residua.standards.mrd_counting import find_policy

DIMENSIONS = reference().dimensions


def placed(events):
    return place(events, reference())


def exchanged(events, one, other):
    order = list(range(len(DIMENSIONS)))
    first, second = (next(n for n in order if m in DIMENSIONS[n].split("+")) for m in (one, other))
    order[first], order[second] = second, first
    return events[:, order]


def brighter(events, marker, decades):
    """As with another voltage: every signal of the channel times the same."""
    found = events.astype(np.float64)
    column = DIMENSIONS.index(marker)
    signal = np.sinh(found[:, column] * np.log(10)) * 10**decades
    found[:, column] = np.arcsinh(signal) / np.log(10)
    return found.astype(np.float32)


@pytest.mark.parametrize("condition", ["adult", "regenerating", "child", "targeted"])
def test_a_good_sample_raises_nothing(condition):
    sample, _ = made(patient=80, condition=condition)
    found = placed(sample.events)
    assert found.alarms == found.notes == ()


@pytest.mark.parametrize("pair", [("CD10", "CD20"), ("CD19", "CD38"), ("CD34", "CD45")])
def test_exchanged_markers_are_named(pair):
    sample, _ = made(patient=81)
    words = placed(exchanged(sample.events, *pair)).alarms[0]
    assert "exchanged" in words
    assert all(marker in words for marker in pair)


@pytest.mark.parametrize("laboratory", [4, 6, 8, 9])
def test_another_laboratorys_sample_is_alarming_and_not_called_exchanged(laboratory):
    """Unlike the reference in many channels, it lies nearer to it by some exchange."""
    sample, _ = made(patient=82, laboratory=laboratory)
    found = placed(sample.events)
    assert exchange_of(sample.events, reference().frame.landmarks, found.alignment.usable)
    assert found.alarms
    assert not found.unfit
    assert not any("exchanged" in words for words in found.alarms)


def test_other_voltages_are_told_in_decades():
    sample, _ = made(patient=81)
    (note,) = placed(brighter(sample.events, "CD45", 0.45)).notes
    assert note.startswith("voltages differ from the reference: CD45 by +0.")


def test_voltages_far_away_are_an_alarm():
    sample, _ = made(patient=81)
    assert any("CD45" in words for words in placed(brighter(sample.events, "CD45", 0.9)).alarms)


@pytest.mark.parametrize(("seed", "size"), [(0, 0.45), (2, 0.6)])
def test_a_diagnosis_with_other_voltages_is_placed(seed, size):
    """Where blasts may be cannot be told before every detector is moved back."""
    sample, _ = made(patient=7, blast_fraction=0.85)
    region = region_of(DIMENSIONS)
    usual = place(sample.events, reference(), blasts=region)
    offsets = np.random.default_rng(seed).normal(0, size, len(DIMENSIONS)).astype(np.float32)
    found = place(sample.events + offsets, reference(), blasts=region)
    assert np.abs(found.events - usual.events).mean() < 0.02
    assert found.alarms


def test_an_alarm_of_the_diagnosis_forbids_a_negative():
    sample, _ = made(patient=7, blast_fraction=0.7)
    far = replace(sample, events=brighter(sample.events, "CD45", 0.9))
    laip = learn_blasts(far, reference()).laip
    assert any(words.startswith("diagnosis: ") for words in laip.alarms)
    model = patient()
    model = replace(model, model=replace(model.model, laip=replace(model.laip, alarms=laip.alarms)))
    blank, _ = made(patient=7, sample=12, blasts=0)
    found = measure_sample(blank, model, reference(), policy=find_policy(None))
    assert found.level.level.status == "not assessable"
    assert laip.alarms[0] in found.level.level.reason


def test_a_diagnosis_with_exchanged_markers_is_refused():
    sample, _ = made(patient=7, blast_fraction=0.7)
    turned = replace(sample, events=exchanged(sample.events, "CD19", "CD38"))
    with pytest.raises(ValueFault, match="CD19 and CD38 look exchanged"):
        learn_blasts(turned, reference())


@pytest.mark.parametrize("blasts", [0, 75])
def test_exchanged_markers_give_no_number(blasts):
    sample, _ = made(patient=7, sample=12, blasts=blasts)
    turned = replace(sample, events=exchanged(sample.events, "CD10", "CD20"))
    found = measure_sample(turned, patient(), reference(), policy=find_policy(None))
    level = found.level.level
    assert (level.status, level.fraction) == ("not assessable", None)
    assert "look exchanged" in level.reason
    assert not found.blasts.any()
    assert not any("review" in flag or "cluster" in flag for flag in level.flags)
    good = measure_sample(sample, patient(), reference(), policy=find_policy(None))
    both = added([part_of(good), part_of(found)], patient()).level
    assert both.status == "not assessable"
    assert "look exchanged" in both.reason


def test_a_normal_marrow_is_no_diagnosis():
    sample, _ = made(patient=82, condition="regenerating")
    with pytest.raises(ValueFault, match="sample of diagnosis or relapse"):
        learn_blasts(sample, reference())


def test_a_follow_up_full_of_blasts_is_positive_and_told_from_the_diagnosis():
    """Within 2-fold of the truth, or said to be no quantity."""
    sample, truth = made(patient=7, sample=13, blast_fraction=0.8)
    level = measure_sample(sample, patient(), reference(), policy=find_policy(None)).level.level
    assert level.status in ("quantified", "detected below LLOQ")
    close = truth.mean() / 2 < level.fraction < truth.mean() * 2
    assert close or level.status == "detected below LLOQ"
    assert SAME not in level.flags
    first, _ = made(patient=7, blast_fraction=0.7)
    again = measure_sample(first, patient(), reference(), policy=find_policy(None))
    assert SAME in again.level.level.flags


def test_a_sample_that_cannot_be_placed_as_a_diagnosis_is_placed_as_a_follow_up():
    """Almost all of its cells are precursors: what is left of other kinds is no landmark."""
    sample, _ = made(patient=70, condition="regenerating", haematogones=0.3)
    region, targets = region_of(DIMENSIONS), reference().frame.landmarks.targets
    early = in_region(placed(sample.events).events.astype(np.float64), region, targets)
    rows = np.sort(np.concatenate([np.flatnonzero(early), np.flatnonzero(~early)[:300]]))
    events = sample.events[rows]
    with pytest.raises(ValueFault):
        place(events, reference(), blasts=region)
    found = place_follow_up(events, reference())
    assert np.array_equal(found.events, placed(events).events)
