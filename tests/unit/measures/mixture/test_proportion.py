"""The share of blasts between known densities.

Oracles: closed forms of two densities in one dimension, scipy's own constrained optimiser for
many, and the shares that made simulated events.
"""

import numpy as np
import pytest
from scipy.optimize import brentq, minimize
from scipy.special import xlogy
from scipy.stats import binom, chi2, norm

from residua.errors import ValueFault
from residua.measures.mixture import (
    FixedDensities,
    GaussianMixture,
    fit_proportion,
    fixed_densities,
    log_density,
    proportion_interval,
)


def _two(blast, normal):
    """Blasts against one normal density, without 'neither'."""
    n = len(blast)
    return FixedDensities(blast, np.full(n, -np.inf), normal[:, None], np.ones(1))


def _apart(blasts, others):
    """Events of two densities that do not overlap at all."""
    is_blast = np.arange(blasts + others) < blasts
    return _two(np.where(is_blast, 0.0, -np.inf), np.where(is_blast, -np.inf, 0.0))


def _binomial_ends(k, n, level=0.95):
    """The likelihood interval of a binomial share, from its formula."""

    def lost(p):
        best = xlogy(k, k / n) + xlogy(n - k, 1 - k / n)
        return 2 * (best - xlogy(k, p) - xlogy(n - k, 1 - p)) - chi2.ppf(level, 1)

    low = 0.0 if k == 0 else brentq(lost, 1e-12, k / n)
    return low, (1.0 if k == n else brentq(lost, max(k / n, 1e-12), 1 - 1e-12))


@pytest.mark.parametrize(("k", "n"), [(0, 1000), (1, 5000), (30, 1000), (500, 800), (40, 40)])
def test_where_nothing_overlaps_it_is_counting(k, n):
    densities = _apart(k, n - k)
    found = fit_proportion(densities)
    assert found.blasts == pytest.approx(k / n, abs=1e-7)
    assert np.allclose(found.posterior, np.arange(n) < k, atol=1e-5)
    ends = proportion_interval(densities, found)
    assert ends == pytest.approx(_binomial_ends(k, n), rel=1e-3, abs=1e-9)


@pytest.mark.parametrize(("high", "n"), [(120, 1000), (300, 1000), (60, 1000)])
def test_two_densities_on_two_bins_that_overlap(high, n):
    """pi = (share in the bin - b) / (a - b), and its interval from the binomial one's ends."""
    a, b = 0.8, 0.1
    first = np.arange(n) < high
    densities = _two(np.log(np.where(first, a, 1 - a)), np.log(np.where(first, b, 1 - b)))
    found = fit_proportion(densities)
    assert found.blasts == pytest.approx(max((high / n - b) / (a - b), 0), abs=1e-6)
    if high / n > b:
        low, up = ((end - b) / (a - b) for end in _binomial_ends(high, n))
        ends = proportion_interval(densities, found)
        assert ends == pytest.approx((max(low, 0), up), rel=2e-3)


def _many(rng, n=4000, blasts=0.02):
    """Three normal populations in two dimensions, blasts that overlap one of them."""
    wide = np.tile(0.09 * np.eye(2), (3, 1, 1))
    means = np.array([[1.0, 1.0], [3.0, 1.5], [2.0, 3.5]])
    normal = GaussianMixture(np.array([0.5, 0.3, 0.2]), means, wide)
    f = GaussianMixture(np.ones(1), np.array([[3.4, 2.2]]), 0.06 * np.eye(2)[None])
    truth = [blasts, 0.01, *((0.99 - blasts) * np.array([0.3, 0.45, 0.25]))]
    part = rng.choice(5, n, p=truth)
    centres = np.vstack([f.means, [[0, 0]], means])
    x = centres[part] + rng.normal(size=(n, 2)) * np.where(part == 0, 0.06, 0.09)[:, None] ** 0.5
    x[part == 1] = rng.uniform(0, 5, ((part == 1).sum(), 2))
    return fixed_densities(x, blasts=f, normal=normal, log_neither=-np.log(25)), x, f, part


def test_the_shares_are_those_of_a_general_optimiser():
    densities, *_ = _many(np.random.default_rng(1))
    parts = np.exp(np.column_stack([densities.blast, densities.neither, densities.normal]))

    def cost(c):
        normal = c[2:] / c[2:].sum()
        return -np.log(parts @ c).sum() - 200 * densities.expected @ np.log(normal)

    start = np.array([0.1, 0.1, 0.3, 0.3, 0.2])
    done = minimize(
        cost,
        start,
        method="SLSQP",
        bounds=[(1e-9, 1)] * 5,
        constraints={"type": "eq", "fun": lambda c: c.sum() - 1},
        options={"ftol": 1e-13, "maxiter": 500},
    )
    found = fit_proportion(densities)
    ours = np.array([found.blasts, found.neither])
    assert np.allclose(ours, done.x[:2], rtol=1e-2, atol=1e-5)
    assert np.allclose(found.weights, done.x[2:] / done.x[2:].sum(), atol=1e-3)
    assert found.log_posterior >= -done.fun - 1e-4


def test_the_normal_weights_are_those_of_the_sample_not_of_the_reference():
    densities, _, _, part = _many(np.random.default_rng(2), n=20_000)
    found = fit_proportion(densities)
    assert found.blasts == pytest.approx((part == 0).mean(), rel=0.15)
    assert found.neither == pytest.approx((part == 1).mean(), rel=0.3)
    assert np.allclose(found.weights, [0.3, 0.45, 0.25], atol=0.015)


def test_the_posterior_is_that_of_bayes():
    densities, x, f, _ = _many(np.random.default_rng(3))
    found = fit_proportion(densities)
    normal = np.exp(densities.normal) @ found.weights
    blasts = found.blasts * np.exp(log_density(x, f))
    rest = found.neither / 25 + (1 - found.blasts - found.neither) * normal
    assert np.allclose(found.posterior, blasts / (blasts + rest), rtol=1e-6)
    assert found.posterior.sum() == pytest.approx(len(x) * found.blasts, abs=0.01)


@pytest.mark.parametrize("share", [0.0, 0.005, 0.05])
def test_the_interval_holds_the_true_share_as_often_as_it_says(share):
    """200 simulated samples of two overlapping normals: at least 91 %, the least that 95 % gives
    but once in 200 such tests; at a share of 0 the bound is one-sided and holds more often."""
    rng = np.random.default_rng(int(1000 * share) + 1)
    runs, n, held = 200, 3000, 0
    for _ in range(runs):
        x = rng.normal(size=n) + 3.0 * (rng.random(n) < share)
        densities = _two(norm.logpdf(x, 3), norm.logpdf(x))
        low, high = proportion_interval(densities, fit_proportion(densities))
        held += low <= share <= high
    assert binom.ppf(0.005, runs, 0.95) <= held
    assert share == 0 or held <= binom.ppf(0.999, runs, 0.95)


def test_the_interval_holds_the_true_share_with_free_weights_too():
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(40):
        densities, *_ = _many(rng, n=3000)
        low, high = proportion_interval(densities, fit_proportion(densities))
        held += low <= 0.02 <= high
    assert held >= binom.ppf(0.005, 40, 0.95)


def test_what_has_no_density_is_refused():
    with pytest.raises(ValueFault):
        fit_proportion(_two(np.array([]), np.array([])))
    for wrong in (np.nan, np.inf, -np.inf):
        with pytest.raises(ValueFault):
            fit_proportion(_two(np.array([0.0, wrong]), np.array([0.0, wrong])))
    densities = _apart(3, 7)
    for held in (-0.1, 1.0, 2.0):
        with pytest.raises(ValueFault):
            fit_proportion(densities, held=held)
    for level in (0, 1, 95):
        with pytest.raises(ValueFault):
            proportion_interval(densities, fit_proportion(densities), level=level)
