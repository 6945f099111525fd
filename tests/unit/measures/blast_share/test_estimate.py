"""The share of blasts in a box.

Oracles: counts of events that were made, the plain estimator, invariances, and closed forms.
"""

from dataclasses import replace

import numpy as np
import pytest
from tests.unit.measures.blast_share.made_models import D, drawn, laip_of, mixture, model_of

from residua.measures.blast_share.estimate import estimate_share
from residua.measures.blast_share.plain import plain_share
from residua.measures.blast_share.share import ShareModel
from residua.measures.laip.box import Box
from residua.measures.laip.laip import Drift, Laip
from residua.measures.mixture import GaussianMixture

NORMAL = mixture([1, 1, 1, 1], [1.6, 1, 1, 1.5])
FAR = mixture([3.2, 3, 3, 3])
NEAR = mixture([1.9, 1.7, 1.0, 1.5], [2.0, 1.8, 1.2, 1.5])


def _rng():
    return np.random.Generator(np.random.PCG64(7))


def _sample(blasts, n_blasts, n_normal=4000, shift=0.0):
    rng = _rng()
    events = [drawn(rng, blasts, n_blasts, shift), drawn(rng, NORMAL, n_normal)]
    return np.concatenate(events), np.arange(n_blasts + n_normal) < n_blasts


@pytest.mark.parametrize("blasts", [1, 7, 40, 900])
def test_far_from_the_normal_it_is_counting(blasts):
    events, truth = _sample(FAR, blasts)
    found = estimate_share(events, model_of(NORMAL, FAR))
    assert found.blasts * len(events) == pytest.approx(blasts, abs=0.02 + 0.001 * blasts)
    assert np.array_equal(found.posterior > 0.5, truth)


def test_without_blasts_there_are_none():
    events, _ = _sample(FAR, 0)
    found = estimate_share(events, model_of(NORMAL, FAR))
    assert found.blasts * len(events) < 0.01
    assert found.first * len(events) < 0.01


@pytest.mark.parametrize("open_columns", [(), (1,), (1, 2)])
def test_as_the_plain_estimator(open_columns):
    events, _ = _sample(NEAR, 150, 3000, shift=np.array([0.1, -0.15, 0.1, 0.2]))
    model = model_of(NORMAL, NEAR, open=open_columns)
    found = estimate_share(events, model)
    plain = plain_share(events.astype(float), model, found.precursors)
    assert found.blasts == pytest.approx(plain.blasts, rel=0.02)
    assert found.first == pytest.approx(plain.first, rel=0.02)
    assert np.abs(found.posterior - plain.posterior).max() < 0.03
    assert np.abs(found.shift - plain.drift.mean).max() < 0.01


def test_overlapping_blasts_are_counted_within_their_noise():
    """Truth: how many were made; the bound is four times the root of as many."""
    events, _ = _sample(NEAR, 400, 5000, shift=np.array([0.1, -0.15, 0.1, 0.2]))
    found = estimate_share(events, model_of(NORMAL, NEAR))
    assert found.blasts * len(events) == pytest.approx(400, abs=4 * np.sqrt(400))


@pytest.mark.parametrize(
    ("antigens", "apart", "sd", "drifted"), [(3, 0.3, 0.06, 1), (6, 0.3, 0.1, 3), (4, 0.5, 0.06, 3)]
)
def test_blasts_that_drifted_towards_normal_cells_are_weighed(antigens, apart, sd, drifted):
    """In 14 channels a density as wide as drift is thin everywhere; oracle: the plain estimator."""
    rng, channels = _rng(), 14
    place, drift = np.ones(channels), np.zeros(channels)
    place[:antigens] += apart
    drift[:drifted] = -0.25
    drift[7] = 0.2
    normal, blasts = mixture([1.0] * channels), mixture(place, sd=sd)
    events = np.concatenate([drawn(rng, blasts, 300, drift), drawn(rng, normal, 6000)])
    model = model_of(normal, blasts)
    found = estimate_share(events, model)
    plain = plain_share(events.astype(float), model, found.precursors)
    assert found.blasts == pytest.approx(plain.blasts, rel=0.02)
    assert found.blasts * len(events) == pytest.approx(300, rel=0.05)


def test_the_drift_is_found():
    """The mean of n events lies within a few sd / sqrt(n) of the shift they were made with."""
    shift = np.array([0.2, -0.2, 0.1, 0.0])
    events, _ = _sample(FAR, 500, shift=shift)
    found = estimate_share(events, model_of(NORMAL, FAR))
    assert np.abs(found.shift - shift).max() < 5 * 0.2 / np.sqrt(500)


def test_a_few_events_do_not_steer_the_blasts():
    """Ten events are taken off: with fewer the drift stays what was expected."""
    events, _ = _sample(FAR, 9, shift=0.2)
    assert np.allclose(estimate_share(events, model_of(NORMAL, FAR)).shift, 0, atol=1e-9)


def test_more_uncertainty_lets_blasts_be_further_away():
    """With n - 10 events of precision 1 / s^2 the drift is (n - 10) v / (n - 10) v + s^2 of it."""
    events, _ = _sample(FAR, 60, shift=-0.12)
    model = model_of(NORMAL, FAR, sd=0.05)
    near = estimate_share(events, model).shift
    far = estimate_share(events, model, added_sd=np.full(D, 0.4)).shift
    mean = events[:60].astype(float).mean(axis=0) - FAR.means[0]
    for shift, variance in ((near, 0.05**2), (far, 0.05**2 + 0.4**2)):
        weight = 50 * variance / (50 * variance + 0.2**2)
        assert np.allclose(shift, weight * mean, atol=0.01)


@pytest.mark.parametrize("normal", [3000, 45_000])  # fewer and more than say where precursors lie
def test_reruns_are_identical_and_order_changes_nothing(normal):
    events, _ = _sample(NEAR, 150, normal)
    model = model_of(NORMAL, NEAR, open=(1,))
    found, again = estimate_share(events, model), estimate_share(events.copy(), model)
    assert found.blasts == again.blasts
    assert np.array_equal(found.posterior, again.posterior)
    order = _rng().permutation(len(events))
    other = estimate_share(events[order], model)
    assert other.blasts == pytest.approx(found.blasts, rel=1e-6)
    assert np.allclose(other.posterior, found.posterior[order], atol=1e-6)


def _turned(model, columns):
    def mixed(made):
        grid = np.ix_(range(made.components), columns, columns)
        return GaussianMixture(made.weights, made.means[:, columns], made.covariances[grid])

    laip = model.laip
    drift = Drift(laip.drift.mean[columns], laip.drift.covariance[np.ix_(columns, columns)])
    turned = Laip(
        dimensions=tuple(laip.dimensions[column] for column in columns),
        mixture=mixed(laip.mixture),
        drift=drift,
        box=Box(laip.box.low[columns], laip.box.high[columns]),
        held_out=laip.held_out[:, columns],
        losable=tuple(columns.index(column) for column in laip.losable),
    )
    lost = tuple(columns.index(column) for column in model.open)
    return ShareModel(turned, mixed(model.normal), lost)


def test_the_order_of_the_channels_changes_nothing():
    events, _ = _sample(NEAR, 150, 3000)
    model, columns = model_of(NORMAL, NEAR, open=(1,)), [2, 0, 3, 1]
    found = estimate_share(events, model)
    other = estimate_share(np.ascontiguousarray(events[:, columns]), _turned(model, columns))
    assert other.blasts == pytest.approx(found.blasts, rel=1e-4)
    assert np.allclose(other.shift, found.shift[columns], atol=1e-4)


def _without(events, column, rng, rows):
    events = events.copy()
    events[rows, column] = rng.normal(0.2, 0.25, rows.sum())
    return events


def test_blasts_that_lost_an_antigen_count_where_it_is_open():
    events, truth = _sample(FAR, 200)
    lost = truth & (np.arange(len(truth)) % 4 > 0)
    events = _without(events, 2, _rng(), lost)
    found = estimate_share(events, model_of(NORMAL, FAR, open=(2,)))
    assert found.blasts * len(events) == pytest.approx(200, abs=1)
    assert found.states[(2,)] == pytest.approx(150 / 200, abs=0.06)
    assert set(found.states) == {(), (2,)}
    closed = estimate_share(events, model_of(NORMAL, FAR))
    assert closed.blasts * len(events) == pytest.approx(50, abs=6)  # some are as good as neither
    assert closed.states == {(): 1.0}


def test_two_lost_antigens():
    events, truth = _sample(FAR, 200)
    events = _without(_without(events, 2, _rng(), truth), 1, _rng(), truth)
    found = estimate_share(events, model_of(NORMAL, FAR, open=(1, 2)))
    assert found.blasts * len(events) == pytest.approx(200, abs=1)
    assert set(found.states) == {(), (1,), (2,), (1, 2)}
    assert found.states[(1, 2)] > 0.85


def test_what_is_neither_is_no_blast():
    events, _ = _sample(FAR, 50)
    model = model_of(NORMAL, FAR)
    strangers = _rng().uniform(model.laip.box.low, model.laip.box.high, (300, D))
    events = np.concatenate([events, strangers.astype(np.float32)])
    found = estimate_share(events, model)
    assert found.neither * len(events) > 250
    assert found.blasts * len(events) == pytest.approx(50, abs=15)


@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_a_handful_of_events(n):
    events = drawn(_rng(), FAR, n)
    found = estimate_share(events, model_of(NORMAL, FAR, open=(1,)))
    assert found.posterior.shape == (n,)
    assert np.isfinite([found.blasts, found.neither, found.first, *found.shift]).all()
    assert found.blasts == pytest.approx(float(n > 0), abs=0.05)
    assert sum(found.states.values()) == pytest.approx(1)


def test_normal_cells_that_all_moved_are_no_blasts():
    """Precursors moved half way towards the blasts: the translation follows, to the moment."""
    rng, shift = _rng(), np.array([0.25, 0.2, 0.0, 0.1])
    events = drawn(rng, NORMAL, 6000, shift)
    model = ShareModel(laip_of(NEAR), NORMAL, ())
    found = estimate_share(events, model)
    assert np.abs(found.precursors - shift).max() < 0.03
    assert found.blasts * len(events) < 10
    still = replace(model, normal=replace(NORMAL, means=NORMAL.means + shift))
    assert np.abs(estimate_share(events, still).precursors).max() < 0.03


def _donor_with_a_tail(rng):
    """A marrow with 40 of 4000 precursors two standard deviations out, towards the blasts."""
    tail = mixture([1.3, 1.25, 1.0, 1.1], sd=0.3)
    return np.concatenate([drawn(rng, NORMAL, 3960), drawn(rng, tail, 40)])


def test_the_tail_of_a_donor_is_no_blasts():
    events = _donor_with_a_tail(_rng())
    found = estimate_share(events, model_of(NORMAL, mixture([1.9, 1.7, 1.2, 1.3])))
    assert found.blasts * len(events) < 1  # a Gaussian alone: 2, and 2 that are neither


def test_blasts_that_fill_an_empty_box_carry_no_precursors_off():
    """Few normal cells, half a decade of drift towards them: the shift is not theirs."""
    rng = np.random.default_rng(17)
    normal, blasts = mixture([1.0] * 8, sd=0.3), mixture([2.0] * 8, sd=0.2)
    few = drawn(rng, normal, 12)
    many = drawn(rng, blasts, 400, shift=-0.25)
    found = estimate_share(np.concatenate([few, many]), model_of(normal, blasts))
    assert found.blasts * 412 == pytest.approx(400, abs=4)
    assert np.abs(found.precursors).max() < 0.2


@pytest.mark.parametrize("seed", [0, 1])
def test_blasts_that_are_nearly_all_of_a_box_are_not_shared_with_moved_precursors(seed):
    """2000 blasts, drifted by 3 standard deviations, beside 40 normal cells of a maturing path."""
    rng = np.random.default_rng(seed)
    steps = np.linspace(0, 1.2, 6)[:, None] * rng.choice([-0.5, 0.5, 1], size=(1, 8))
    normal = mixture(*(1 + steps), sd=0.25)
    away = rng.normal(0, 1, 8)
    away /= np.linalg.norm(away)
    blasts = mixture(normal.means[0] + 1.2 * away, sd=0.25)
    events = [drawn(rng, normal, 40), drawn(rng, blasts, 2000, shift=-0.45 * away)]
    found = estimate_share(np.concatenate(events), model_of(normal, blasts))
    assert found.blasts * 2040 == pytest.approx(2000, rel=0.1)
