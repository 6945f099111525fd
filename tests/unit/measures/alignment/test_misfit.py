"""The misfit index. Oracles: 1 for tables drawn from what it assumes; its limit by hand."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.measures.alignment.landmark_table import LandmarkTable
from residua.measures.alignment.misfit import Misfit, measure_misfit, misfit_limit
from residua.measures.alignment.process_map import Places, Warp, kernel

SCATTER = np.zeros(2, bool)
WARP = Warp(0.05, 0.8, 0.0)


def _drawn(seed, *, told=(True, True)):
    random = np.random.Generator(np.random.PCG64(seed))
    means, variances = random.uniform(0.3, 4.2, (20, 2)), np.full((20, 2), 0.03)
    places = Places(means, variances)
    shifts = [
        np.linalg.cholesky(kernel(places, places, one, WARP, SCATTER) + 0.05**2 * np.eye(20))
        @ random.normal(size=20)
        for one in range(2)
    ]
    spread = np.where(told, np.full((20, 2), 0.05), np.inf)
    targets = means + np.stack(shifts, axis=1)
    nothing = np.zeros((20, 2))
    return LandmarkTable(means, variances, targets, spread, nothing, np.eye(20), SCATTER)


def test_the_index_is_one_where_all_is_as_assumed():
    found = [measure_misfit(_drawn(seed), [WARP, WARP]).index for seed in range(200)]
    assert np.mean(found) == pytest.approx(1.0, abs=0.12)


def test_a_channel_without_landmarks_has_no_index():
    found = measure_misfit(_drawn(1, told=(True, False)), [WARP, WARP])
    assert np.isnan(found.channels[1])
    assert found.index == found.channels[0]
    assert found.worst == 0


def test_no_channel_has_landmarks():
    found = Misfit((float("nan"), float("nan")))
    assert np.isnan(found.index)
    assert found.worst == 0


def test_the_limit_by_hand():
    assert misfit_limit([0.5, 1.0]) == pytest.approx(1.2)
    assert misfit_limit([0.5] * 20 + [2.0] * 4) == pytest.approx(0.85)


@pytest.mark.parametrize("normals", [[], [1.0, float("nan")]])
def test_no_normals_no_limit(normals):
    with pytest.raises(ValueFault, match="indices of the laboratory's normals"):
        misfit_limit(normals)
