"""Mixtures fitted to events. Oracles: the plain EM in float64, and the truth that made them."""

import os
import subprocess
import sys

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.mixture import GaussianMixture, fit_mixture, log_density
from residua.measures.mixture.em import expected, maximised, refilled
from residua.measures.mixture.merging import merged
from residua.measures.mixture.plain import plain_em
from residua.measures.mixture.standardise import standard_of


def _truth(rng, *, k, d, spread=0.1):
    roots = rng.normal(0, spread, (k, d, d))
    covariances = roots @ roots.transpose(0, 2, 1) + 0.01 * np.eye(d)
    weights = rng.dirichlet(np.full(k, 2.0))
    return GaussianMixture(weights, rng.uniform(0, 4.5, (k, d)), covariances)


def _events(truth, n, rng):
    component = rng.choice(truth.components, n, p=truth.weights)
    roots = np.linalg.cholesky(truth.covariances)[component]
    normal = rng.normal(size=(n, truth.channels, 1))
    return (truth.means[component] + (roots @ normal)[:, :, 0]).astype(np.float32)


def _mean_log(x, mixture):
    return float(log_density(x, mixture).mean())


@pytest.mark.parametrize("weighted", [False, True])
def test_a_pass_is_the_plain_pass(weighted):
    """In float32 the same step to 1e-4 of the spread: float32 has seven digits."""
    rng = np.random.default_rng(1)
    truth = _truth(rng, k=6, d=8)
    x = _events(truth, 20_000, rng)
    counted = rng.uniform(0, 3, len(x)) if weighted else np.ones(len(x))
    standard = standard_of(x, counted)
    z = standard.columns(x)
    start = GaussianMixture(truth.weights, truth.means + 0.1, truth.covariances * 2)
    units = GaussianMixture(
        start.weights,
        (start.means - standard.mean) / standard.sd,
        start.covariances / np.outer(standard.sd, standard.sd),
    )
    sums = expected(z, counted, units)
    ours = standard.raw(maximised(sums, units, 0.002 / standard.sd**2))
    plain = plain_em(x, start, passes=1, weights=counted)
    assert np.allclose(ours.weights, plain.weights, atol=1e-5)
    assert np.allclose(ours.means, plain.means, atol=1e-4)
    assert np.allclose(ours.covariances, plain.covariances, atol=1e-4)
    mean_log = counted @ log_density(x, start) / counted.sum()
    assert sums.mean_log == pytest.approx(mean_log + np.log(standard.sd).sum(), abs=1e-4)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_optimum_is_that_of_plain_em_begun_at_the_truth(seed):
    rng = np.random.default_rng(100 + seed)
    truth = _truth(rng, k=8, d=6)
    x, held_out = _events(truth, 30_000, rng), _events(truth, 20_000, rng)
    ours, plain = fit_mixture(x, 8, seed=seed), plain_em(x, truth, passes=30)
    assert _mean_log(x, ours) > _mean_log(x, plain) - 1e-3
    assert _mean_log(held_out, ours) > _mean_log(held_out, plain) - 1e-3


def test_plain_em_finds_no_more_in_what_was_fitted():
    """Populations that overlap: thirty plain passes more gain less than 1e-3 nats per event."""
    rng = np.random.default_rng(7)
    x = _events(_truth(rng, k=5, d=5, spread=0.3), 20_000, rng)
    ours = fit_mixture(x, 5, seed=3)
    assert _mean_log(x, plain_em(x, ours, passes=30)) < _mean_log(x, ours) + 1e-3


def test_the_same_seed_gives_the_same_bytes_and_the_order_of_memory_does_not_matter():
    rng = np.random.default_rng(3)
    x = _events(_truth(rng, k=4, d=5), 30_000, rng)
    first, second = fit_mixture(x, 6, seed=9), fit_mixture(np.asfortranarray(x), 6, seed=9)
    assert first.covariances.tobytes() == second.covariances.tobytes()
    assert first.weights.tobytes() == second.weights.tobytes()
    assert first.means.dtype == np.float64


FIT = """
import hashlib, numpy as np
from residua.measures.mixture import fit_mixture
x = np.random.default_rng(1).normal(size=(30_000, 8)).astype(np.float32)
made = fit_mixture(x, 6, seed=1)
print(hashlib.sha256(made.means.tobytes() + made.covariances.tobytes()).hexdigest())
"""


def test_the_threads_of_the_matrix_library_do_not_change_a_byte():
    told = {
        subprocess.run(
            [sys.executable, "-c", FIT],
            env=os.environ
            | {"OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop().strip()) == 64


def test_an_event_counts_as_often_as_its_weight_says():
    """Oracle: the same events written out as often, by plain EM from the same fit."""
    rng = np.random.default_rng(4)
    x = _events(_truth(rng, k=3, d=4), 3000, rng)
    times = rng.integers(0, 4, len(x))
    ours = fit_mixture(x, 3, seed=1, weights=times)
    plain = plain_em(np.repeat(x, times, axis=0), ours, passes=30)
    assert np.allclose(ours.weights, plain.weights, atol=1e-3)
    assert np.allclose(ours.means, plain.means, atol=2e-3)


def test_scale_and_offset_of_the_channels_do_not_matter_beyond_the_ridge():
    rng = np.random.default_rng(5)
    x = 100 * _events(_truth(rng, k=4, d=4), 20_000, rng)
    factor, offset = np.array([1, 10, 0.5, 3]), np.array([0, 1000, -50, 7])
    ours = fit_mixture(x, 4, seed=2)
    turned = fit_mixture((x * factor + offset).astype(np.float32), 4, seed=2)
    assert np.allclose(turned.means, ours.means * factor + offset, rtol=1e-3)


def test_components_without_events_come_back_with_half_of_the_heaviest():
    rng = np.random.default_rng(6)
    x = np.vstack([rng.normal(m, 0.1, (5000, 2)) for m in (0.0, 4.0)]).astype(np.float32)
    far = GaussianMixture(
        np.array([0.5, 0.25, 0.25]),
        np.array([[0.0, 0.0], [4.0, 4.0], [50.0, 50.0]]),
        np.tile(np.eye(2), (3, 1, 1)),
    )
    sums = expected(np.ascontiguousarray(x.T), np.ones(len(x)), far)
    kept = maximised(sums, far, np.full(2, 1e-3))
    assert kept.weights[2] < 1e-6
    assert np.array_equal(kept.means[2], [50, 50])
    back = refilled(kept, sums)
    assert back.weights.sum() == pytest.approx(1)
    assert back.weights.min() > 0.2
    assert np.abs(back.means).max() < 5


def test_more_components_than_populations_leave_a_proper_mixture():
    """Even where most events are the same one: densities stay finite, weights sum to 1."""
    rng = np.random.default_rng(8)
    x = np.vstack([np.full((500, 3), 2.0), rng.normal(1, 0.2, (20, 3))])
    made = fit_mixture(x, 12, seed=1)
    assert made.weights.shape == (12,)
    assert made.weights.sum() == pytest.approx(1)
    assert np.linalg.eigvalsh(made.covariances).min() >= 0.0019
    assert np.isfinite(log_density(x, made)).all()


def test_merging_keeps_mean_and_covariance_of_the_whole():
    """Closed form: the first two moments of a mixture do not change when two parts merge."""
    whole = _truth(np.random.default_rng(9), k=6, d=3)
    one = merged(whole, 1)
    mean = whole.weights @ whole.means
    apart = whole.means - mean
    spread = np.einsum("k,kij->ij", whole.weights, whole.covariances)
    spread += np.einsum("k,ki,kj->ij", whole.weights, apart, apart)
    assert np.allclose(one.means[0], mean)
    assert np.allclose(one.covariances[0], spread)


def test_what_cannot_be_fitted_is_refused():
    rng = np.random.default_rng(10)
    x = rng.normal(size=(50, 3)).astype(np.float32)
    constant = x.copy()
    constant[:, 1] = 2.1
    missing = x.copy()
    missing[3, 0] = np.nan
    bad = [
        (x[:4], 5, None),
        (x, 0, None),
        (x[:0], 1, None),
        (constant, 2, None),
        (missing, 2, None),
    ]
    bad += [(x, 2, w) for w in (np.ones(3), np.full(50, -1.0), np.zeros(50), np.full(50, np.nan))]
    for events, components, weights in bad:
        with pytest.raises(ValueFault):
            fit_mixture(events, components, seed=1, weights=weights)
