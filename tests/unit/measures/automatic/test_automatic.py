"""The automatic reader in memory, from a diagnosis to a level; oracle: the simulator's truth."""

from dataclasses import replace

import pytest
from made_patient import made, patient, reference

from residua.measures.automatic.measured import level_from, measure_sample
from residua.measures.automatic.patient import within
from residua.measures.second_readers.opinion import TO_READERS, Opinion
from residua.standards.mrd_counting import find_policy


def measured(**given):
    sample, truth = made(patient=7, sample=9, drift=1.0, **given)
    return measure_sample(sample, patient(), reference(), policy=find_policy(None)), truth


def test_blasts_at_one_in_a_thousand_are_counted_and_labelled():
    found, truth = measured(blasts=60)
    fraction = found.level.level.fraction
    assert fraction == pytest.approx(truth.mean(), rel=0.1)
    assert (found.blasts & truth).sum() >= 0.95 * truth.sum()
    assert (found.blasts & ~truth).sum() <= 0.05 * truth.sum()
    assert found.level.level.status == "quantified"
    low, high = found.level.total_interval.low, found.level.total_interval.high
    assert low <= truth.mean() <= high


def test_a_small_sample_without_blasts_is_no_negative():
    """10 events of the policy in 60 000 cells are 1.9e-4, above the 1e-4 that a negative needs."""
    found, _ = measured(blasts=0, events=60_000)
    assert found.level.level.status == "not assessable"
    assert found.level.level.reason.startswith("negative with insufficient sensitivity")
    assert found.level.level.numerator == 0


def test_blasts_that_lost_an_antigen_nobody_aimed_at_are_no_negative():
    """They lie in the box still, or the model that allows for the loss sees them."""
    found, truth = measured(blasts=80, loss={"CD19": 1.0})
    level = found.level.level
    assert level.status != "not detected"
    assert level.fraction == pytest.approx(truth.mean(), rel=0.2) or (
        "LAIP with lost CD19?" in level.flags
    )


def test_where_the_map_may_be_wrong_the_interval_reaches_to_readers_that_differ():
    """The model's own interval knows of no bend; each reader errs in another way there."""
    evidence = measured(blasts=60)[0].evidence
    other = Opinion("wide LAIP", evidence.fraction / 10, 1e-5, True)
    assert level_from(evidence, [other], ()).total_interval == evidence.total
    bent = replace(evidence, alarms=("misfit index 1.48 above 0.93; CD22 fits worst",))
    reached = level_from(bent, [other], ()).total_interval
    assert (reached.low, reached.high) == (other.fraction, evidence.total.high)
    assert reached.kind.startswith(evidence.total.kind)
    assert TO_READERS in reached.kind
    assert level_from(bent, [], ()).total_interval == evidence.total


def test_a_rerun_is_the_same_to_the_bit():
    one, other = measured(blasts=20)[0], measured(blasts=20)[0]
    assert one.posterior.tobytes() == other.posterior.tobytes()
    assert one.level == other.level


def test_the_box_is_open_only_where_an_antigen_may_be_lost():
    laip = patient().losses.model.laip
    (cd19,) = laip.losable
    assert laip.box.low[cd19] == -1
    assert within(laip, ()).box.low[cd19] > -1
    assert within(laip, laip.losable) is laip
