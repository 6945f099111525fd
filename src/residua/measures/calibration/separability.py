"""How well a patient's blasts stand apart from normal cells, before any sample is measured."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from residua.measures.laip.box import rows_in
from residua.measures.laip.laip import Laip
from residua.measures.mixture import GaussianMixture, log_density, moved
from residua.standards.automatic_mrd import automatic_rules

AT = 1e-4  # the level at which a posterior is asked for
_BLASTS, _DRIFTS = 2000, 40


def separability(laip: Laip, normal: GaussianMixture, *, exposure: float, seed: int) -> float:
    """The expected posterior of a drifted blast at 1e-4 of all cells; 0 outside the box.

    Mean of pi f / (pi f + exposure p) over held-out blasts in 40 draws of drift: `f` the density
    of the blasts, wide by the drift, p that of `normal` cells inside the box, wide by what differs
    between persons, `exposure` the share of normal cells that lie there. Without that width blasts
    which are one with the patient's own precursors would count as separable, as no reference
    person's precursors lie just there.
    """
    random = np.random.Generator(np.random.PCG64([seed, 0x5E9]))
    count = max(1, min(_BLASTS, len(laip.held_out)) // _DRIFTS)
    wide = moved(laip.mixture, laip.drift.mean, laip.drift.covariance)
    person = automatic_rules().person_spread ** 2 * np.eye(normal.channels)
    persons = moved(normal, np.zeros(normal.channels), person)
    found = []
    for drift in random.multivariate_normal(laip.drift.mean, laip.drift.covariance, size=_DRIFTS):
        rows = random.choice(len(laip.held_out), count, replace=False)
        events = (laip.held_out[rows] + drift).astype(np.float32)
        inside = events[rows_in(laip.box, events)]
        odds = log_density(inside, wide) - log_density(inside, persons)
        odds += np.log(AT / max(exposure, 1e-12))
        found.append(float(expit(odds).sum()) / count)
    return float(np.mean(found))
