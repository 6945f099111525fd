"""How far a laboratory's maps bend, from the marginal likelihood of its reference samples.

A laboratory whose batches differ by offset and gain alone learns a small warp, one whose
voltages or transforms differ learns a large one, each channel for itself. A follow-up sample
may bend more than any reference did: it votes too, against the references' mean as prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np

from residua.measures.alignment.landmark_table import LandmarkTable, Values
from residua.measures.alignment.process_map import CENTRE, GAIN_SD, OFFSET_SD, Warp, bend, spilling

SMOOTH = (0.02, 0.05, 0.08, 0.12, 0.18, 0.25, 0.35)
LENGTH = (0.5, 0.8, 1.2)
SPILL = (0.0, 0.006, 0.012, 0.02)
WARPS = tuple(Warp(*numbers) for numbers in product(SMOOTH, LENGTH, SPILL))
REFERENCES_WEIGH = 2.0  # samples: what all references together weigh against one that bends more


def evidence(tables: Sequence[LandmarkTable]) -> Values:
    """The log marginal likelihood (w, t, d) of each of `WARPS` for each table and channel."""
    size = max(len(table.means) for table in tables)
    parts = [_parts(table, size) for table in tables]
    line, apart, spread, others, shifts, told = (
        np.stack([part[place] for part in parts]) for place in range(6)
    )
    both = told > 0
    pair = both[..., :, None] & both[..., None, :]
    fixed = np.where(pair, line, np.eye(size))
    constant = both.sum(axis=-1) * np.log(2 * np.pi)
    unit = {size: Warp(1.0, size, 0.0) for size in LENGTH}
    bends = {
        size: np.where(pair, bend(apart, size**2 + spread, one), 0.0) for size, one in unit.items()
    }
    others = np.where(pair, others, 0.0)
    made = (fixed + warp.smooth**2 * bends[warp.length] + warp.spill**2 * others for warp in WARPS)
    return np.stack([_log_likelihood(one, shifts) - 0.5 * constant for one in made])


def best_warps(total: Values) -> tuple[Warp, ...]:
    """The warp of each channel that `total` (w, d) prefers; the first of `WARPS` where none is."""
    return tuple(WARPS[place] for place in np.argmax(total, axis=0))


def with_sample(references: Values, sample: LandmarkTable) -> Values:
    """The evidence (w, d) of a sample on top of its references' (w, d), summed over them.

    `references` is the mean over reference samples; it counts as `REFERENCES_WEIGH` samples.
    """
    return REFERENCES_WEIGH * references + evidence([sample])[:, 0]


def _parts(table: LandmarkTable, size: int) -> tuple[Values, ...]:
    """What every kernel of a table is made of, (d, size, size) and (d, size), padded.

    What is padded has no covariance, no shift and the variance 1: it adds nothing.
    """
    padded = ((0, size - len(table.means)), (0, 0))
    means, variances = np.pad(table.means, padded).T, np.pad(table.variances, padded).T
    channels = range(len(means))
    told = np.pad(np.stack([table.told(one) for one in channels], axis=1), padded).T
    shifts = np.where(told, np.pad(table.shifts, padded).T, 0.0)
    centred = means - CENTRE
    line = OFFSET_SD**2 + GAIN_SD**2 * centred[:, :, None] * centred[:, None, :]
    line += np.stack([_noise(table, channel, size) for channel in channels])
    apart = (means[:, :, None] - means[:, None, :]) ** 2
    spread = variances[:, :, None] + variances[:, None, :]
    dyes = [spilling(channel, table.scatter) for channel in channels]
    others = np.stack([centred[dye].T @ centred[dye] for dye in dyes])
    return line, apart, spread, others, shifts, told.astype(np.float64)


def _noise(table: LandmarkTable, channel: int, size: int) -> Values:
    """The noise among all landmarks (size, size), zero where one is not told."""
    told = np.flatnonzero(table.told(channel))
    found = np.zeros((size, size))
    found[np.ix_(told, told)] = table.noise(channel)
    return found


def _log_likelihood(covariance: Values, shifts: Values) -> Values:
    factor = np.linalg.cholesky(covariance)
    white = np.linalg.solve(factor, shifts[..., None])[..., 0]
    spread = np.log(np.diagonal(factor, axis1=-2, axis2=-1)).sum(axis=-1)
    return np.asarray(-0.5 * (white**2).sum(axis=-1) - spread)
