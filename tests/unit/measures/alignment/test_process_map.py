"""The Gaussian process of one channel. Oracles: the dense formulas of Rasmussen and Williams 2006
written out with an inverse, scipy's multivariate normal, quadrature, and maps that are known."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from residua.errors import ValueFault
from residua.measures.alignment.landmark_table import LandmarkTable
from residua.measures.alignment.process_map import (
    AFFINE,
    Places,
    Warp,
    added,
    fit_channel,
    kernel,
    log_marginal,
    posterior_sd,
    spillover,
)

SCATTER = np.array([True, False, False, False])
WARP = Warp(0.1, 0.8, 0.012)


def table(k=12, *, seed=1, shift=None, spread=0.05, counting=1e-4, scatter=SCATTER, variance=0.04):
    random = np.random.Generator(np.random.PCG64(seed))
    means = random.uniform(0.3, 4.2, (k, 4))
    shifts = random.normal(0, 0.2, (k, 4)) if shift is None else shift(means)
    near = np.exp(-2 * np.abs(np.subtract.outer(np.arange(k), np.arange(k))))
    return LandmarkTable(
        means,
        np.full((k, 4), variance),
        means + shifts,
        np.full((k, 4), spread),
        np.full((k, 4), counting),
        near,
        scatter,
    )


def plain_kernel(a, b, channel, warp):
    """Term by term as the recipe states it, single events, channel 0 scatter."""
    x, y = a[channel] - 2, b[channel] - 2
    bent = warp.smooth**2 * np.exp(-((x - y) ** 2) / (2 * warp.length**2))
    others = [j for j in (1, 2, 3) if j != channel] if channel else []
    leaks = sum((a[j] - 2) * (b[j] - 2) for j in others)
    return 0.3**2 + 0.15**2 * x * y + bent + warp.spill**2 * leaks


@pytest.mark.parametrize("channel", range(4))
def test_kernel_and_prediction_are_the_dense_formulas(channel):
    given = table(variance=0.0)
    events = np.random.Generator(np.random.PCG64(5)).uniform(0, 5, (7, 4))
    own = fit_channel(given, channel, WARP, rounds=0)
    m = given.means
    k_mm = np.array([[plain_kernel(a, b, channel, WARP) for b in m] for a in m])
    k_xm = np.array([[plain_kernel(a, b, channel, WARP) for b in m] for a in events])
    noise = 0.05**2 * given.alike + 1e-4 * np.eye(12)
    inverse = np.linalg.inv(k_mm + noise)
    mean = k_xm @ inverse @ given.shifts[:, channel]
    prior = np.array([plain_kernel(a, a, channel, WARP) for a in events])
    variance = prior - np.einsum("ij,jk,ik->i", k_xm, inverse, k_xm)
    leaks = spillover(own)
    found = added(own, events[:, channel]) + (events - 2) @ leaks
    assert found == pytest.approx(mean, abs=1e-9)
    assert posterior_sd(own, events) == pytest.approx(np.sqrt(variance), abs=1e-7)
    left_out = inverse @ given.shifts[:, channel] / np.sqrt(np.diag(inverse))
    assert own.z == pytest.approx(left_out, rel=1e-6)
    assert leaks[channel] == 0
    assert leaks[0] == 0


@pytest.mark.parametrize("channel", range(4))
def test_marginal_likelihood_is_scipys(channel):
    given = table()
    places = Places(given.means, given.variances)
    covariance = kernel(places, places, channel, WARP, SCATTER) + given.noise(channel)
    oracle = multivariate_normal(np.zeros(12), covariance).logpdf(given.shifts[:, channel])
    assert log_marginal(given, channel, WARP) == pytest.approx(oracle, rel=1e-10)


def test_covariance_of_populations_is_the_mean_over_their_events():
    """Oracle: the average of the kernel of single events over 200 000 pairs of them."""
    random = np.random.Generator(np.random.PCG64(3))
    a = np.column_stack([random.normal(m, 0.3, 200_000) for m in (1.0, 2.0, 3.0, 1.5)])
    b = np.column_stack([random.normal(m, 0.5, 200_000) for m in (1.4, 2.5, 1.0, 3.0)])
    expected = np.mean([plain_kernel(a.T, b.T, 1, WARP)])
    left = Places(np.array([[1.0, 2.0, 3.0, 1.5]]), np.full((1, 4), 0.09))
    right = Places(np.array([[1.4, 2.5, 1.0, 3.0]]), np.full((1, 4), 0.25))
    found = kernel(left, right, 1, WARP, SCATTER)[0, 0]
    assert found == pytest.approx(expected, abs=2e-4)


def test_offset_gain_and_spillover_are_recovered():
    """Oracle: the map itself, small noise, 60 landmarks."""
    leak = np.array([0.0, 0.015, 0.0, -0.01])

    def shift(m):
        return np.repeat((0.2 + 0.08 * (m[:, 2] - 2) + (m - 2) @ leak)[:, None], 4, axis=1)

    given = table(60, shift=shift, spread=1e-3, counting=1e-6)
    own = fit_channel(given, 2, Warp(0.02, 1.2, 0.02))
    x = np.linspace(0.3, 4.2, 20)
    assert spillover(own) == pytest.approx(leak, abs=1e-3)
    assert added(own, x) == pytest.approx(0.2 + 0.08 * (x - 2), abs=3e-3)


def test_a_far_landmark_loses_its_weight():
    """Oracle: the true offset 0.1; one of 15 landmarks is a decade off."""
    given = table(15, shift=lambda m: np.full(m.shape, 0.1), spread=0.03)
    targets = given.targets.copy()
    targets[4] += 1.0
    wrong = LandmarkTable(
        given.means, given.variances, targets, given.spread, given.counting, np.eye(15), SCATTER
    )
    at = np.array([2.0])
    robust = abs(added(fit_channel(wrong, 1, AFFINE), at)[0] - 0.1)
    trusting = abs(added(fit_channel(wrong, 1, AFFINE, rounds=0), at)[0] - 0.1)
    assert robust < trusting / 4
    assert np.argmax(fit_channel(wrong, 1, AFFINE).doubt) == 4


@pytest.mark.parametrize("warp", [Warp(0.05, 1.2, 0.0), Warp(0.12, 0.8, 0.012)])
def test_stated_uncertainty_covers(warp):
    """Oracle: 400 tables drawn from the prior; 68 and 95 % of true values lie within 1 and 2 sd."""
    random = np.random.Generator(np.random.PCG64(11))
    z = []
    for seed in range(400):
        base = table(12, seed=seed)
        events = random.uniform(0.2, 4.5, (3, 4))
        all_places = Places(
            np.vstack([base.means, events]), np.vstack([base.variances, np.zeros((3, 4))])
        )
        prior = kernel(all_places, all_places, 1, warp, SCATTER) + 1e-10 * np.eye(15)
        drawn = np.linalg.cholesky(prior) @ random.normal(size=15)
        noise = np.linalg.cholesky(base.noise(1)) @ random.normal(size=12)
        targets = base.means + (drawn[:12] + noise)[:, None]
        given = LandmarkTable(
            base.means, base.variances, targets, base.spread, base.counting, base.alike, SCATTER
        )
        own = fit_channel(given, 1, warp)
        found = added(own, events[:, 1]) + (events - 2) @ spillover(own)
        z.extend((found - drawn[12:]) / posterior_sd(own, events))
    within = np.abs(z)
    assert np.mean(within < 1) == pytest.approx(0.683, abs=0.04)
    assert np.mean(within < 1.96) == pytest.approx(0.95, abs=0.02)


def test_a_channel_without_landmarks_keeps_the_prior():
    """Oracle: the prior by hand at x = 2 in all channels: 0.3^2 + 0.1^2."""
    given = table()
    spread = given.spread.copy()
    spread[2:, 3] = np.inf
    few = LandmarkTable(
        given.means, given.variances, given.targets, spread, given.counting, given.alike, SCATTER
    )
    own = fit_channel(few, 3, WARP)
    assert added(own, np.array([1.0, 4.0])) == pytest.approx([0, 0])
    assert spillover(own) == pytest.approx(np.zeros(4))
    assert posterior_sd(own, np.full((1, 4), 2.0)) == pytest.approx([np.sqrt(0.1)])
    assert log_marginal(few, 3, WARP) == 0


@pytest.mark.parametrize("field", ["means", "targets", "variances", "spread", "counting"])
def test_numbers_that_are_none_are_refused(field):
    given = table()
    parts = {name: getattr(given, name).copy() for name in given.__dataclass_fields__}
    parts[field][3, 1] = np.nan
    with pytest.raises(ValueFault, match="no number"):
        LandmarkTable(**parts)


def test_two_landmarks_are_too_few():
    with pytest.raises(ValueFault, match="at least 3 internal normal populations, received 2"):
        table(2)


def test_columns_of_another_shape_are_refused():
    given = table()
    with pytest.raises(ValueFault, match="other shapes"):
        LandmarkTable(
            given.means,
            given.variances,
            given.targets[:, :3],
            given.spread,
            given.counting,
            given.alike,
            SCATTER,
        )
