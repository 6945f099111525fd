"""The normal mixture of a box. Oracles: the Gaussians and shifts that events were made with."""

import numpy as np
import pytest
from tests.unit.measures.blast_share.made_models import drawn, laip_of, mixture

from residua.measures.blast_share.normal import fit_normal
from residua.measures.blast_share.translation import translation
from residua.measures.mixture import log_density

ONE = mixture([1, 1, 1])
BLASTS = mixture([2.0, 1.6, 1.0])


def _rng():
    return np.random.Generator(np.random.PCG64(3))


def test_a_shift_of_the_precursors_is_found_in_spite_of_blasts():
    rng, shift = _rng(), np.array([0.15, -0.1, 0.05])
    laip = laip_of(BLASTS)
    events = np.concatenate([drawn(rng, ONE, 3000, shift), drawn(rng, BLASTS, 60)])
    found = translation(events, ONE, BLASTS, log_neither=-laip.box.log_volume)
    assert np.abs(found - shift).max() < 0.02


def test_no_shift_beyond_what_alignment_leaves_and_none_without_events():
    laip = laip_of(BLASTS)
    far = drawn(_rng(), ONE, 500, np.array([-0.8, 0, 0]))
    assert np.abs(translation(far, ONE, BLASTS, log_neither=-laip.box.log_volume)).max() <= 0.35
    none = translation(far[:0], ONE, BLASTS, log_neither=-laip.box.log_volume)
    assert np.array_equal(none, np.zeros(3))


def test_marrows_are_laid_on_each_other():
    """Ten marrows 0.2 decade apart: the mixture is as narrow as one of them."""
    rng, laip = _rng(), laip_of(BLASTS)
    shifts = [0.2 * rng.normal(size=3) for _ in range(10)]
    shifts = [shift - np.mean(shifts, axis=0) for shift in shifts]
    made = fit_normal(laip, [drawn(rng, ONE, 600, np.clip(s, -0.3, 0.3)) for s in shifts], seed=1)
    events = drawn(rng, ONE, 2000, np.mean([np.clip(s, -0.3, 0.3) for s in shifts], axis=0))
    lost = log_density(events, ONE).mean() - log_density(events, made).mean()
    assert lost < 0.15  # nats; laid side by side, the marrows lose 0.5 log(2) in each channel


@pytest.mark.parametrize("n", [0, 1, 3, 30])
def test_few_normal_events_make_one_wide_gaussian(n):
    laip = laip_of(BLASTS)
    made = fit_normal(laip, [drawn(_rng(), ONE, n), drawn(_rng(), ONE, 0)], seed=1)
    assert made.components == 1
    assert (np.linalg.eigvalsh(made.covariances[0]) > 0.01).all()
    width = laip.box.high - laip.box.low
    if not n:
        assert np.allclose(made.means[0], (laip.box.low + laip.box.high) / 2)
        assert np.allclose(np.diag(made.covariances[0]), width**2 / 12)


def test_the_same_seed_gives_the_same_mixture():
    laip = laip_of(BLASTS)
    normals = [drawn(_rng(), ONE, 400), drawn(_rng(), ONE, 90, 0.1)]
    made, again = (fit_normal(laip, normals, seed=5) for _ in range(2))
    assert np.array_equal(made.means, again.means)
    assert np.array_equal(made.covariances, again.covariances)
