"""The LAIP of given blasts; oracles: their own moments, the written drift, the rule of the box."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.laip.box import rows_in
from residua.measures.laip.fit import fit_laip, united
from residua.measures.mixture import log_density
from residua.standards.laip_drift import laip_drift

DIMENSIONS = ("FSC-A", "SSC-A", "CD19", "CD10", "CD34", "CD45", "CD73+CD304", "CD22+CD24")
CENTRE = np.array([3.0, 2.3, 1.2, 1.9, 1.8, 0.8, 1.0, 0.9])


def _blasts(size, *, seed=3, shift=0.0):
    random = np.random.Generator(np.random.PCG64(seed))
    return (CENTRE + shift + 0.2 * random.standard_normal((size, 8))).astype(np.float32)


def _fit(blasts, map_sd=0.1):
    return fit_laip(blasts, DIMENSIONS, map_sd=np.full(8, map_sd), seed=1)


def test_moments_of_the_mixture_are_those_of_the_blasts():
    laip = _fit(_blasts(4_000))
    mean = laip.mixture.weights @ laip.mixture.means
    np.testing.assert_allclose(mean, CENTRE, atol=0.02)
    around = laip.mixture.means - mean
    total = np.einsum("k,kij->ij", laip.mixture.weights, laip.mixture.covariances)
    total += np.einsum("k,ki,kj->ij", laip.mixture.weights, around, around)
    np.testing.assert_allclose(np.sqrt(np.diag(total)), 0.2, atol=0.02)


def test_held_out_blasts_are_not_among_those_of_the_mixture():
    """A fifth, at least 100 where half allows, at most 5 000; no event is in both."""
    for size, held in ((4_000, 800), (300, 100), (120, 60), (30_000, 5_000)):
        blasts = _blasts(size)
        laip = _fit(blasts)
        assert len(laip.held_out) == held
        assert len(np.unique(np.concatenate([laip.held_out, blasts]), axis=0)) == size


def test_few_blasts_make_few_components_and_a_flag():
    assert _fit(_blasts(4_000)).mixture.components == 5
    small = _fit(_blasts(150))
    assert small.mixture.components == 1
    assert small.flags == ("LAIP from 150 blasts, fewer than 300",)


def test_drift_is_the_written_one_and_what_the_map_leaves():
    drift = _fit(_blasts(500), map_sd=0.3).drift
    book = laip_drift()
    assert dict(zip(DIMENSIONS, drift.mean, strict=True)) == {
        name: (-0.15 if name in ("CD10", "CD34") else 0.0) for name in DIMENSIONS
    }
    written = [0.08, 0.08, 0.15, 0.25, 0.25, book.antigens["CD45"].sd, 0.15, 0.15]
    wanted = np.array(written) ** 2 + 0.05**2 + 0.3**2
    np.testing.assert_allclose(np.diag(drift.covariance), wanted)
    np.testing.assert_array_equal(drift.covariance, np.diag(np.diag(drift.covariance)))


def test_the_box_holds_drifted_blasts_and_is_open_towards_loss():
    blasts = _blasts(5_000)
    laip = _fit(blasts)
    assert laip.losable == (2,)  # CD22 shares its detector with CD24
    lost = blasts.copy()
    lost[:, 2] = 0.0
    assert len(rows_in(laip.box, lost)) > 0.98 * len(lost)
    sd = np.sqrt(np.diag(laip.drift.covariance))
    gone = blasts + np.where(np.arange(8) == 4, -0.15 - 2 * sd[4], 0.0)
    assert len(rows_in(laip.box, gone)) > 0.98 * len(gone)
    low, high = np.quantile(blasts.astype(np.float64), [0.001, 0.999], axis=0)
    np.testing.assert_allclose(laip.box.high[0], high[0] + 0.5)
    np.testing.assert_allclose(laip.box.low[1], low[1] - 0.5)
    assert laip.box.low[2] == -1.0


def test_samples_united_weigh_alike():
    one, two = _fit(_blasts(3_000)), _fit(_blasts(600, seed=9, shift=1.5), map_sd=0.3)
    both = united([one, two])
    events = _blasts(200, seed=11)
    halves = [np.exp(log_density(events, each.mixture)) / 2 for each in (one, two)]
    np.testing.assert_allclose(np.exp(log_density(events, both.mixture)), sum(halves), rtol=1e-6)
    assert (both.box.low <= np.minimum(one.box.low, two.box.low)).all()
    assert (both.box.high >= np.maximum(one.box.high, two.box.high)).all()
    np.testing.assert_array_equal(both.drift.covariance, two.drift.covariance)
    far = both.held_out[:, 0] > 3.75
    assert far.sum() == len(both.held_out) / 2
    assert united([one]) is one


def test_what_cannot_be_fitted_is_a_fault():
    with pytest.raises(ValueFault):
        _fit(_blasts(10))
    with pytest.raises(ValueFault):
        fit_laip(_blasts(500), DIMENSIONS[:4], map_sd=np.zeros(4), seed=1)
    with pytest.raises(ValueFault):
        fit_laip(_blasts(500), DIMENSIONS, map_sd=np.zeros(3), seed=1)
    with pytest.raises(ValueFault):
        united([])
