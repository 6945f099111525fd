"""The map of one channel to the references: a Gaussian process over landmarks.

What has to be added at a place x (decades of a display scale) is an offset, a gain, a smooth warp
of the channel itself and a residual spillover that is linear in the other dyes, each with a
Gaussian prior. A landmark tells the mean of this over its population, not its value at the
population's mean, which on a curved map is another number; the mean of a Gaussian process over a
Gaussian is a closed form. Rasmussen and Williams 2006, Gaussian Processes for Machine Learning,
equations 2.25, 2.26 (prediction), 2.30 (marginal likelihood), 5.12 (one landmark left out).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular

from residua.measures.alignment.landmark_table import LandmarkTable, Mask, Values

CENTRE = 2.0  # decades: where gain and spillover turn, the middle of the scale
OFFSET_SD = 0.3  # decades: batches differ by a fifth of a decade, other voltages by a half
GAIN_SD = 0.15  # of the scale: a width between negatives and positives 15 % off
ROUNDS = 2  # of weighing down landmarks that the others contradict
FAR = 3.0  # standard deviations from what the others say, from which a landmark counts less


@dataclass(frozen=True)
class Warp:
    """How far maps of a laboratory bend, and how far spillover is left.

    `smooth` is the standard deviation of the warp in decades, `length` the distance in decades
    over which it turns, `spill` the standard deviation of a coefficient of spillover.
    """

    smooth: float
    length: float
    spill: float


AFFINE = Warp(0.0, 1.0, 0.0)


Own = tuple[Values, Values]


@dataclass(frozen=True, eq=False)
class Places:
    """Populations by `means` and `variances` (k, d); single events have no variance."""

    means: Values
    variances: Values

    def own(self, channel: int) -> Own:
        """Means and variances (k,) of one channel."""
        return self.means[:, channel], self.variances[:, channel]


@dataclass(frozen=True, eq=False)
class ChannelMap:
    """The posterior of one channel: its landmarks' `places` (k), `alpha` (k,), `factor` (k, k).

    `factor` is the lower triangle L of L L' = kernel + noise, `alpha` that matrix's inverse times
    the shifts; `doubt` (k,) is by what the robust rounds multiplied the standard deviations of the
    noise, `z` (k,) how many of those given each landmark is from what the others say. Without
    landmarks (k = 0) this is the prior: nothing is added, with the prior's uncertainty.
    """

    channel: int
    warp: Warp
    scatter: Mask
    places: Places
    alpha: Values
    factor: Values
    doubt: Values
    z: Values


def kernel(left: Places, right: Places, channel: int, warp: Warp, scatter: Mask) -> Values:
    """The prior covariance (a, b) of what is added, averaged over populations, a and b of them."""
    own = own_kernel(left.own(channel), right.own(channel), warp)
    dyes = spilling(channel, scatter)
    others = (left.means[:, dyes] - CENTRE) @ (right.means[:, dyes] - CENTRE).T
    return np.asarray(own + warp.spill**2 * others)


def own_kernel(left: Own, right: Own, warp: Warp) -> Values:
    """The part of it that the channel's own means and variances, ((a,), (a,)) and (b,), decide."""
    line = OFFSET_SD**2 + GAIN_SD**2 * np.outer(left[0] - CENTRE, right[0] - CENTRE)
    apart = (left[0][:, None] - right[0][None, :]) ** 2
    wide = warp.length**2 + left[1][:, None] + right[1][None, :]
    return np.asarray(line + bend(apart, wide, warp))


def bend(apart: Values, wide: Values, warp: Warp) -> Values:
    """The covariance of the smooth part: `apart` squared distances, `wide` length^2 + variances."""
    return np.asarray(warp.smooth**2 * warp.length / np.sqrt(wide) * np.exp(-0.5 * apart / wide))


def spilling(channel: int, scatter: Mask) -> Mask:
    """The channels (d,) whose dye may spill into one; none into scatter."""
    dyes = ~scatter
    dyes[channel] = False
    return dyes if not scatter[channel] else np.zeros_like(dyes)


def fit_channel(
    table: LandmarkTable, channel: int, warp: Warp, *, rounds: int = ROUNDS
) -> ChannelMap:
    """The map of one channel; in each of `rounds`, landmarks that others contradict lose weight.

    Their standard deviation grows by |z| / `FAR` where that is above 1.
    """
    places, shifts = _told(table, channel)
    prior = kernel(places, places, channel, warp, table.scatter)
    noise, doubt, z = table.noise(channel), np.ones(len(shifts)), np.zeros(len(shifts))
    for step in range(rounds + 1):
        factor = np.asarray(np.linalg.cholesky(prior + noise * np.outer(doubt, doubt)), np.float64)
        alpha = cho_solve((factor, True), shifts) if len(shifts) else shifts
        far = alpha / np.sqrt(left_out_precision(factor))
        z = far if step == 0 else z
        if step < rounds:
            doubt = doubt * np.maximum(1.0, np.abs(far) / FAR)
    return ChannelMap(channel, warp, table.scatter, places, alpha, factor, doubt, z)


def _told(table: LandmarkTable, channel: int) -> tuple[Places, Values]:
    told = table.told(channel)
    return Places(table.means[told], table.variances[told]), table.shifts[told, channel]


def left_out_precision(factor: Values) -> Values:
    """One over the variance (k,) of each landmark given the others: the inverse's diagonal."""
    if not len(factor):
        return np.zeros(0)
    half = solve_triangular(factor, np.eye(len(factor)), lower=True)
    return np.asarray((half**2).sum(axis=0))


def log_marginal(table: LandmarkTable, channel: int, warp: Warp) -> float:
    """The logarithm of the marginal likelihood of a channel's shifts, without robust rounds."""
    places, shifts = _told(table, channel)
    if not len(shifts):
        return 0.0
    prior = kernel(places, places, channel, warp, table.scatter)
    factor, lower = cho_factor(prior + table.noise(channel), lower=True)
    fit = shifts @ cho_solve((factor, lower), shifts)
    volume = 2 * np.log(np.diag(factor)).sum() + len(shifts) * np.log(2 * np.pi)
    return float(-0.5 * (fit + volume))


def added(own: ChannelMap, values: Values) -> Values:
    """What the channel's own values (n,) have added by offset, gain and warp (n,)."""
    events = (values, np.zeros_like(values))
    return own_kernel(events, own.places.own(own.channel), own.warp) @ own.alpha


def spillover(own: ChannelMap) -> Values:
    """Coefficients (d,) by which `x - CENTRE` of the other channels adds to this one."""
    dyes = spilling(own.channel, own.scatter)
    found = own.warp.spill**2 * (own.places.means - CENTRE).T @ own.alpha
    return np.where(dyes, found, 0.0)


def posterior_sd(own: ChannelMap, events: Values) -> Values:
    """The standard deviation (n,) of what is added to events (n, d) of the sample's own scale."""
    dyes = spilling(own.channel, own.scatter)
    value = events[:, own.channel] - CENTRE
    prior = OFFSET_SD**2 + (GAIN_SD * value) ** 2 + own.warp.smooth**2
    prior = prior + own.warp.spill**2 * ((events[:, dyes] - CENTRE) ** 2).sum(axis=1)
    if not len(own.alpha):
        return np.asarray(np.sqrt(prior))
    at = Places(events, np.zeros_like(events))
    cross = kernel(own.places, at, own.channel, own.warp, own.scatter)
    known = solve_triangular(own.factor, cross, lower=True)
    return np.asarray(np.sqrt(np.maximum(prior - (known**2).sum(axis=0), 0.0)))
