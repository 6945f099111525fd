"""How well a patient's blasts stand apart from normal cells, before any sample is measured."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import expit

from residua.measures.laip.box import rows_in
from residua.measures.laip.laip import Events, Laip, Values
from residua.measures.mixture import log_density, moved

AT = 1e-4  # the level at which a posterior is asked for
_BLASTS, _DRIFTS = 2000, 40


def separability(
    laip: Laip, log_normal: Callable[[Events], Values], *, exposure: float, seed: int
) -> float:
    """The expected posterior of a drifted blast at 1e-4 of all cells; 0 outside the box.

    Mean of pi f / (pi f + exposure p) over held-out blasts in 40 draws of drift: `f` the density
    of the blasts, wide by the drift, `log_normal` that of normal cells inside the box (log, (n,)),
    `exposure` the share of normal cells that lie there.
    """
    random = np.random.Generator(np.random.PCG64([seed, 0x5E9]))
    count = max(1, min(_BLASTS, len(laip.held_out)) // _DRIFTS)
    wide = moved(laip.mixture, laip.drift.mean, laip.drift.covariance)
    found = []
    for drift in random.multivariate_normal(laip.drift.mean, laip.drift.covariance, size=_DRIFTS):
        rows = random.choice(len(laip.held_out), count, replace=False)
        events = (laip.held_out[rows] + drift).astype(np.float32)
        inside = events[rows_in(laip.box, events)]
        odds = log_density(inside, wide) - log_normal(inside) + np.log(AT / max(exposure, 1e-12))
        found.append(float(expit(odds).sum()) / count)
    return float(np.mean(found))
