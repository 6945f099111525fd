"""The law of one population: groups of a location and a spread per channel, drawn and evaluated.

A cell is ``median + spread * g(u)``: u is Gaussian, or Student's t (its copula), with the
correlation of one common factor, and g the sinh-arcsinh map (Jones, Pewsey 2009, Biometrika
96:761, tail 1) shifted and scaled so that its median is 0 and half the distance between its
15.9th and 84.1st percentile is 1. So medians and spreads mean the same in every family.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp, ndtr, stdtrit

Floats = NDArray[np.float64]
_CHUNK = 1 << 15


@dataclass(frozen=True, eq=False)
class Law:
    """`weights` (k,) of groups with `medians`, `spreads` (k, d); `loadings`, `skew` (d,).

    `freedom` is infinite for a Gaussian. `lacks` names, per group, the antigens it has lost.
    """

    name: str
    weights: Floats
    medians: Floats
    spreads: Floats
    loadings: Floats
    skew: Floats
    freedom: float = math.inf
    lacks: tuple[tuple[str, ...], ...] = ()

    @property
    def unit(self) -> float:
        """The value of u that 84.1 % lie below."""
        return 1.0 if math.isinf(self.freedom) else float(stdtrit(self.freedom, float(ndtr(1.0))))


def draw_cells(
    law: Law, sizes: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.float32]:
    """`sizes` (k,) cells of each group, (n, d) decades, group after group."""
    count, width = int(sizes.sum()), len(law.loadings)
    cells = random.standard_normal((count, width), dtype=np.float32)
    cells *= np.sqrt(1 - law.loadings**2).astype(np.float32)
    common = random.standard_normal((count, 1), dtype=np.float32)
    cells += common * law.loadings.astype(np.float32)
    if not math.isinf(law.freedom):
        cells *= np.sqrt(law.freedom / random.chisquare(law.freedom, (count, 1))).astype(np.float32)
    skew = law.skew.astype(np.float32)
    cells = cells * np.cosh(skew) + (np.sqrt(1 + cells * cells) - 1) * np.sinh(skew)
    cells /= (law.unit * np.cosh(law.skew)).astype(np.float32)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    cells *= law.spreads.astype(np.float32)[groups]
    cells += law.medians.astype(np.float32)[groups]
    return np.asarray(cells)


def marginal(law: Law, kept: Sequence[int]) -> Law:
    """The law of the coordinates `kept` alone: that of one factor's loadings stays one."""
    places = list(kept)
    return replace(
        law,
        medians=law.medians[:, places],
        spreads=law.spreads[:, places],
        loadings=law.loadings[places],
        skew=law.skew[places],
    )


def log_density(cells: NDArray[np.floating], law: Law) -> Floats:
    """(n,) natural log of the density at `cells` (n, d), per decade in each channel."""
    found = np.empty(len(cells))
    for first in range(0, len(cells), _CHUNK):
        rows = np.asarray(cells[first : first + _CHUNK], np.float64)
        groups = [_group(rows, law, group) for group in range(len(law.weights))]
        found[first : first + _CHUNK] = logsumexp(groups, axis=0, b=law.weights[:, None])
    return found


def _group(rows: Floats, law: Law, group: int) -> Floats:
    height = law.unit * np.cosh(law.skew)
    latent = rows * (height / law.spreads[group])
    latent -= law.medians[group] * height / law.spreads[group]
    slope = np.full(len(rows), np.log(height / law.spreads[group]).sum())
    for place in np.flatnonzero(law.skew):
        cosh, sinh = math.cosh(law.skew[place]), math.sinh(law.skew[place])
        moved = latent[:, place] + sinh
        root = np.sqrt(1 + moved * moved)
        latent[:, place] = moved * cosh - root * sinh
        slope += np.log(cosh - moved / root * sinh)
    return np.asarray(_latent(latent, law) + slope)


def _latent(latent: Floats, law: Law) -> Floats:
    """Log density of u with correlation L L' + diag(1 - L^2), by Sherman and Morrison."""
    own = 1 - law.loadings**2
    ratio = law.loadings / own
    inside = 1 + (law.loadings * ratio).sum()
    squares = (latent * latent) @ (1 / own) - (latent @ ratio) ** 2 / inside
    log_root = 0.5 * (np.log(own).sum() + math.log(inside))
    width = latent.shape[1]
    if math.isinf(law.freedom):
        return np.asarray(-0.5 * (squares + width * math.log(2 * math.pi)) - log_root)
    half, whole = law.freedom / 2, (law.freedom + width) / 2
    constant = gammaln(whole) - gammaln(half) - 0.5 * width * math.log(law.freedom * math.pi)
    return np.asarray(constant - log_root - whole * np.log1p(squares / law.freedom))
