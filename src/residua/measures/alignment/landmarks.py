"""Landmarks of the references, and their places in a sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.measures.alignment.landmark_table import LandmarkTable, Mask, Values
from residua.measures.mixture.gaussian import (
    GaussianMixture,
    component_log_densities,
    marginal,
    moved,
)

ENOUGH = 80.0  # events of a population: its mean is known to a ninth of its width
OUTLIERS = 0.01  # share of events of no population: debris, doublets, what references lack
CUBE = 5.0  # decades on a side, over which those are spread
WEIGHT_STEPS = 4  # of re-estimating the shares of populations; later ones change little
WIDE = 2.0
"""Times the width that references give a population, above which it holds another one as well. The
widest of 11 simulated diagnoses had 1.3 to 1.7; 2.5 to 3.7 where blasts passed for red cells."""
ALIKE_WIDTH = 2.0  # standard deviations: what lies that near is taken for one population


@dataclass(frozen=True, eq=False)
class Landmarks:
    """k populations of the references in d channels, on the scale of the references.

    `targets` (k, d) are their mean places and `spread` (k, d) the standard deviation of these
    between persons and samples; `scatter` (d,) marks channels without dye.
    """

    mixture: GaussianMixture
    targets: Values
    spread: Values
    scatter: Mask


@dataclass(frozen=True, eq=False)
class SeenLandmarks:
    """Of each landmark in a sample: events (k,), mean and variance (k, d) on its own scale."""

    masses: Values
    means: Values
    variances: Values
    outliers: float


def of_channels(landmarks: Landmarks, columns: Sequence[int]) -> Landmarks:
    """The landmarks of a panel that has only these channels, in this order.

    Raises `ValueFault` as `marginal` does.
    """
    mixture = marginal(landmarks.mixture, columns)
    kept = list(columns)
    spread, scatter = landmarks.spread[:, kept], landmarks.scatter[kept]
    return Landmarks(mixture, landmarks.targets[:, kept], spread, scatter)


def see_landmarks(
    events: Values,
    aligned: Values,
    mixture: GaussianMixture,
    *,
    blur: float = 0.0,
    rivals: GaussianMixture | None = None,
) -> SeenLandmarks:
    """Where the populations of `mixture` are in `events` (n, d), known by their `aligned` places.

    Shares of populations are estimated anew. `blur` in decades widens the populations, for maps
    that are still rough. `rivals` are populations of this sample alone, on its own scale: events
    of theirs are of no landmark.
    """
    wide = moved(mixture, np.zeros(mixture.channels), blur**2 * np.eye(mixture.channels))
    logs = component_log_densities(aligned.astype(np.float32), wide)
    weights = mixture.weights
    if rivals is not None:
        others = component_log_densities(events.astype(np.float32), rivals)
        logs = np.concatenate([logs, others], axis=1)
        weights = np.concatenate([weights, rivals.weights]) / 2
    stray = np.full((len(logs), 1), np.log(OUTLIERS) - mixture.channels * np.log(CUBE))
    highest = np.maximum(logs.max(axis=1, keepdims=True), stray)
    likely = np.exp(logs - highest)
    stray = np.exp(stray - highest)[:, 0]
    shares = weights.copy()
    for _ in range(WEIGHT_STEPS):
        shares = shares * (likely.T @ (1 / (likely @ shares * (1 - OUTLIERS) + stray)))
        shares /= shares.sum()
    joint = likely * ((1 - OUTLIERS) * shares)
    total = joint.sum(axis=1) + stray
    own = joint[:, : mixture.components] / total[:, None]
    return _moments(own, events, float(np.mean(stray / total)))


def _moments(share: Values, events: Values, outliers: float) -> SeenLandmarks:
    masses = share.sum(axis=0)
    weight = np.maximum(masses, 1e-9)[:, None]
    middle = events.mean(axis=0)
    centred = events - middle
    means = share.T @ centred / weight
    variances = np.maximum(share.T @ centred**2 / weight - means**2, 0.0)
    return SeenLandmarks(masses, means + middle, variances, outliers)


def present(seen: SeenLandmarks, usable: Mask) -> Mask:
    """The landmarks (k,) that may be used and have events enough."""
    return np.asarray(usable & (seen.masses > ENOUGH))


def mixed(seen: SeenLandmarks, landmarks: Landmarks) -> Mask:
    """The landmarks (k,) that are too wide in some channel to be one population of the references.

    Their means lie between those of the populations that they hold.
    """
    usual = np.einsum("kdd->kd", landmarks.mixture.covariances)
    return np.asarray((seen.variances > WIDE**2 * usual).any(axis=1))


def table_of(seen: SeenLandmarks, landmarks: Landmarks, used: Mask) -> LandmarkTable:
    """The landmarks `used` (k,) as what a map is fitted to.

    Raises `ValueFault` where they are too few.
    """
    return LandmarkTable(
        means=seen.means[used],
        variances=seen.variances[used],
        targets=landmarks.targets[used],
        spread=landmarks.spread[used],
        counting=seen.variances[used] / np.maximum(seen.masses[used], 1.0)[:, None],
        alike=overlap(landmarks.mixture)[np.ix_(used, used)],
        scatter=landmarks.scatter,
    )


def overlap(mixture: GaussianMixture) -> Values:
    """The Bhattacharyya coefficients (k, k) of the populations, weights apart.

    1 for the same, towards 0 for separate ones. Two components that share a population share what
    makes it differ between persons: taken as its correlation, which this may be, being the scalar
    product of the roots of two densities (Jebara 2004, J Mach Learn Res 5:819).
    """

    covariances = ALIKE_WIDTH**2 * mixture.covariances
    middle = (covariances[:, None] + covariances[None, :]) / 2
    apart = mixture.means[:, None] - mixture.means[None, :]
    distance = (apart * np.linalg.solve(middle, apart[..., None])[..., 0]).sum(axis=-1) / 8
    volume = np.linalg.slogdet(covariances)[1]
    wider = np.linalg.slogdet(middle)[1] - (volume[:, None] + volume[None, :]) / 2
    return np.asarray(np.exp(-distance - wider / 2))
