"""Densities of a mixture. Oracle: scipy.stats.multivariate_normal, and closed forms."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_normal

from residua.errors import ValueFault
from residua.measures.mixture import GaussianMixture, log_densities, log_density, marginal, moved


def _mixture(rng, *, k=5, d=6):
    roots = rng.normal(0, 0.3, (k, d, d))
    covariances = roots @ roots.transpose(0, 2, 1) + 0.01 * np.eye(d)
    return GaussianMixture(rng.dirichlet(np.ones(k)), rng.uniform(0, 5, (k, d)), covariances)


def _oracle(x, mixture):
    parts = zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    return np.stack([np.log(w) + multivariate_normal(m, c).logpdf(x) for w, m, c in parts], axis=1)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize(("k", "d"), [(5, 6), (3, 12), (1, 2)])
def test_densities_are_scipys(kind, k, d):
    rng = np.random.default_rng(1)
    mixture = _mixture(rng, k=k, d=d)
    x = rng.uniform(0, 5, (20_000, d)).astype(kind)  # more than one block
    expected = _oracle(x.astype(np.float64), mixture)
    assert np.allclose(log_densities(x, mixture), expected, rtol=1e-9, atol=1e-9)
    assert np.allclose(log_density(x, mixture), logsumexp(expected, axis=1), rtol=1e-9, atol=1e-9)


def test_many_events_are_the_few_of_which_they_consist():
    """Across the borders of blocks: an event's density is the same wherever it stands."""
    rng = np.random.default_rng(6)
    mixture = _mixture(rng, d=4)
    few = rng.uniform(0, 5, (1001, 4))
    many = log_density(np.tile(few, (140, 1)), mixture)
    assert np.allclose(many, np.tile(log_density(few, mixture), 140), rtol=1e-10, atol=1e-10)
    assert log_density(few[:0], mixture).shape == (0,)
    assert log_densities(few[:1], mixture).shape == (1, 5)


def test_a_component_without_weight_adds_nothing():
    rng = np.random.default_rng(2)
    whole = _mixture(rng, k=2)
    empty = GaussianMixture(np.array([1.0, 0.0]), whole.means, whole.covariances)
    x = rng.uniform(0, 5, (10, 6))
    expected = multivariate_normal(whole.means[0], whole.covariances[0]).logpdf(x)
    assert np.allclose(log_density(x, empty), expected)
    assert np.isneginf(log_densities(x, empty)[:, 1]).all()


def test_a_marginal_has_the_density_of_its_channels_alone():
    rng = np.random.default_rng(3)
    mixture, columns = _mixture(rng), [4, 0, 2]
    x = rng.uniform(0, 5, (50, 3))
    parts = zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    expected = sum(
        w * multivariate_normal(m[columns], c[np.ix_(columns, columns)]).pdf(x) for w, m, c in parts
    )
    assert np.allclose(np.exp(log_density(x, marginal(mixture, columns))), expected)


def test_moving_is_the_convolution_with_a_gaussian():
    """Closed form: the sum of two Gaussians has the sum of their means and covariances."""
    rng = np.random.default_rng(4)
    mixture, shift = _mixture(rng, d=3), rng.normal(size=3)
    added = np.diag([0.1, 0.2, 0.3])
    x = rng.uniform(0, 5, (50, 3))
    parts = zip(mixture.weights, mixture.means, mixture.covariances, strict=True)
    expected = sum(w * multivariate_normal(m + shift, c + added).pdf(x) for w, m, c in parts)
    assert np.allclose(np.exp(log_density(x, moved(mixture, shift, added))), expected)
    assert np.allclose(log_density(x + shift, moved(mixture, shift)), log_density(x, mixture))


def test_what_does_not_fit_is_refused():
    mixture = _mixture(np.random.default_rng(5), d=3)
    for x in (
        np.zeros((4, 2)),
        np.zeros(3),
        np.array([[0, np.nan, 1]]),
        np.array([[0, 1, np.inf]]),
    ):
        with pytest.raises(ValueFault):
            log_density(x, mixture)
    for columns in ([], [3], [-1], [0, 0]):
        with pytest.raises(ValueFault):
            marginal(mixture, columns)
    for shift, added in ((np.zeros(2), None), (np.full(3, np.nan), None), (np.zeros(3), np.eye(2))):
        with pytest.raises(ValueFault):
            moved(mixture, shift, added)
