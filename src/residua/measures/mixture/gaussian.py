"""A mixture of Gaussians, its densities, its marginals, and the same mixture elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from residua.errors import ValueFault
from residua.measures.mixture.quadratic import (
    Array,
    Floats,
    coefficients,
    features,
    groups,
    in_blocks,
)

_AT_ONCE = 1 << 16  # events whose densities under each component are held together


@dataclass(frozen=True, eq=False)
class GaussianMixture:
    """k Gaussians in d channels: `weights` (k,) that sum to 1, `means` (k, d), `covariances`.

    All float64, on the display scale of the channels; `covariances` (k, d, d) are positive
    definite.
    """

    weights: Array
    means: Array
    covariances: Array

    @property
    def components(self) -> int:
        """k, how many Gaussians there are."""
        return len(self.weights)

    @property
    def channels(self) -> int:
        """d, how many channels they have."""
        return int(self.means.shape[1])


def log_densities(x: npt.ArrayLike, mixture: GaussianMixture) -> Array:
    """log w_k phi_k(x), (n, k), of events `x` (n, d); -inf where a weight is 0.

    Raises `ValueFault` where `x` has other channels or values that are not finite.
    """
    with np.errstate(divide="ignore"):
        return component_log_densities(x, mixture) + np.log(mixture.weights)


def log_density(x: npt.ArrayLike, mixture: GaussianMixture) -> Array:
    """log of the mixture's density (n,) at events `x` (n, d). Raises as `log_densities`."""
    events = checked_events(x, channels=mixture.channels)
    made = np.empty(len(events))
    for first in range(0, len(events), _AT_ONCE):
        here = slice(first, first + _AT_ONCE)
        made[here] = log_sum(log_densities(events[here], mixture))
    return made


def component_log_densities(x: npt.ArrayLike, mixture: GaussianMixture) -> Array:
    """log phi_k(x), (n, k), whatever the weights. Raises as `log_densities`."""
    events = checked_events(x, channels=mixture.channels)
    centre = mixture.weights @ mixture.means  # near the events, so that little cancels
    factors, constants = coefficients(mixture.means - centre, mixture.covariances)
    blocks = in_blocks(events.T - centre[:, None], mixture.components)
    made = np.empty((len(blocks), blocks.shape[-1], mixture.components))
    for group in groups(blocks):
        np.add((factors @ features(blocks[group])).transpose(0, 2, 1), constants, out=made[group])
    return made.reshape(-1, mixture.components)[: len(events)]


def log_sum(logs: Array) -> Array:
    """log of the sum of exp over each row (n, k); -inf where all of a row are."""
    highest = logs.max(axis=1)
    safe = np.where(np.isfinite(highest), highest, 0.0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(np.exp(logs - safe[:, None]).sum(axis=1)) + safe)


def marginal(mixture: GaussianMixture, columns: Sequence[int]) -> GaussianMixture:
    """The mixture of the channels `columns` alone, in that order; the others integrated out.

    Raises `ValueFault` where there is none, one twice, or one that the mixture has not.
    """
    kept = np.asarray(columns, dtype=np.intp).reshape(-1)
    inside = bool(((kept >= 0) & (kept < mixture.channels)).all())
    if not len(kept) or len(np.unique(kept)) != len(kept) or not inside:
        raise ValueFault("different channels of the mixture", "others", "give each once, from 0")
    return GaussianMixture(
        mixture.weights,
        np.ascontiguousarray(mixture.means[:, kept]),
        np.ascontiguousarray(mixture.covariances[:, kept[:, None], kept]),
    )


def moved(
    mixture: GaussianMixture, shift: npt.ArrayLike, added: npt.ArrayLike | None = None
) -> GaussianMixture:
    """Every component moved by `shift` (d,) and widened by the covariance `added` (d, d).

    That is the density of an event plus a Gaussian of mean `shift` and covariance `added`.
    Raises `ValueFault` where one of them has other channels or is not finite.
    """
    d = mixture.channels
    by = _finite(shift, (d,))
    wider = _finite(np.zeros((d, d)) if added is None else added, (d, d))
    return replace(mixture, means=mixture.means + by, covariances=mixture.covariances + wider)


def _finite(values: npt.ArrayLike, shape: tuple[int, ...]) -> Array:
    array = np.asarray(values, dtype=np.float64)
    if array.shape != shape or not np.isfinite(array).all():
        raise ValueFault("finite numbers of every channel", "others", "give them for each channel")
    return array


def checked_events(x: npt.ArrayLike, *, channels: int | None = None) -> Floats:
    """Events (n, d) as float32 or float64. Raises `ValueFault` as `log_densities` says."""
    given = np.asarray(x)
    events = given if given.dtype in (np.float32, np.float64) else given.astype(np.float64)
    wanted = "events by channels" if channels is None else f"events by {channels} channels"
    if events.ndim != 2 or not events.shape[1] or channels not in (None, events.shape[1]):
        raise ValueFault(wanted, "another shape", "give one row per event")
    if not np.isfinite(events).all():
        raise ValueFault("finite values", "some that are not", "leave those events out")
    return events
