"""Blasts as a follow-up may show them: drifted, and some without an antigen."""

from __future__ import annotations

import numpy as np

from residua.measures.laip.laip import Laip
from residua.measures.mixture import GaussianMixture
from residua.measures.second_readers.reader import Events, Values

BLOCK = 100  # events with one draw of the drift: within a sample all blasts move together
LOST = 0.12  # share of blasts trained on without CD19, and as many without CD22


def drawn_blasts(laip: Laip, events: int, random: np.random.Generator) -> Events:
    """`events` blasts (n, d) of the LAIP's mixture, drifted in blocks and some with a loss."""
    return with_drift(laip, _drawn(laip.mixture, events, random), random)


def with_drift(laip: Laip, blasts: Values | Events, random: np.random.Generator) -> Events:
    """`blasts` (n, d) after drift, each block with its own, and after losses."""
    drifts = random.multivariate_normal(
        laip.drift.mean, laip.drift.covariance, -(-len(blasts) // BLOCK), method="cholesky"
    )
    moved = blasts + np.repeat(drifts, BLOCK, axis=0)[: len(blasts)]
    for column in laip.losable:
        lost = random.random(len(blasts)) < LOST
        high = float(np.median(blasts[:, column]))
        low = min(float(laip.box.low[column]), high)
        moved[lost, column] = random.uniform(low, high, int(lost.sum()))
    return moved.astype(np.float32)


def _drawn(mixture: GaussianMixture, events: int, random: np.random.Generator) -> Values:
    kind = random.choice(mixture.components, events, p=mixture.weights / mixture.weights.sum())
    roots = np.linalg.cholesky(mixture.covariances)
    noise = random.standard_normal((events, mixture.channels))
    return np.asarray(mixture.means[kind] + np.einsum("nij,nj->ni", roots[kind], noise))
