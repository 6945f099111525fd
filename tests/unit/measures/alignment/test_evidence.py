"""How far maps bend. Oracle: `log_marginal`, itself held to scipy, warp by warp; and tables drawn
from a known warp."""

import numpy as np
import pytest

from residua.measures.alignment.evidence import WARPS, best_warps, evidence, with_sample
from residua.measures.alignment.landmark_table import LandmarkTable
from residua.measures.alignment.process_map import Places, Warp, kernel, log_marginal

SCATTER = np.array([True, False, False])


def drawn(k, warp, seed):
    """A table whose maps bend by `warp`."""
    random = np.random.Generator(np.random.PCG64(seed))
    means, variances = random.uniform(0.3, 4.2, (k, 3)), np.full((k, 3), 0.03)
    places = Places(means, variances)
    noise = 0.03**2 + 1e-4
    shifts = [
        np.linalg.cholesky(kernel(places, places, channel, warp, SCATTER) + noise * np.eye(k))
        @ random.normal(size=k)
        for channel in range(3)
    ]
    return LandmarkTable(
        means,
        variances,
        means + np.stack(shifts, axis=1),
        np.full((k, 3), 0.03),
        np.full((k, 3), 1e-4),
        np.eye(k),
        SCATTER,
    )


def test_all_at_once_is_each_alone():
    tables = [drawn(7, WARPS[5], 1), drawn(11, WARPS[40], 2)]
    spread = tables[1].spread.copy()
    spread[:3, 1] = np.inf  # three landmarks that say nothing of a channel
    tables[1] = LandmarkTable(
        tables[1].means,
        tables[1].variances,
        tables[1].targets,
        spread,
        tables[1].counting,
        tables[1].alike,
        SCATTER,
    )
    found = evidence(tables)
    for w in (0, 5, 40, 83):
        for t, table in enumerate(tables):
            for channel in range(3):
                alone = log_marginal(table, channel, WARPS[w])
                assert found[w, t, channel] == pytest.approx(alone, rel=1e-8)


def test_a_laboratory_learns_whether_its_maps_bend():
    straight = best_warps(
        evidence([drawn(20, Warp(0.02, 1.2, 0.0), s) for s in range(6)]).sum(axis=1)
    )
    bent = best_warps(evidence([drawn(20, Warp(0.25, 0.8, 0.0), s) for s in range(6)]).sum(axis=1))
    assert max(warp.smooth for warp in straight) <= 0.05
    assert min(warp.smooth for warp in bent) >= 0.18


def test_a_sample_that_bends_more_than_its_references_is_heard():
    references = evidence([drawn(20, Warp(0.02, 1.2, 0.0), s) for s in range(6)]).mean(axis=1)
    usual = best_warps(with_sample(references, drawn(20, Warp(0.02, 1.2, 0.0), 9)))
    bent = best_warps(with_sample(references, drawn(20, Warp(0.25, 0.5, 0.0), 9)))
    assert max(warp.smooth for warp in usual) <= 0.08
    assert np.median([warp.smooth for warp in bent]) >= 0.12
