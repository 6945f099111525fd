"""Normals in a patient's box, and densities of them of which each has not seen what it reads.

A density that knows a normal explains its precursors better than those of a stranger: a limit of
blank found on it would be too low. So the normals are dealt into folds, and each is read by a
density of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from residua.measures.blast_share.normal import fit_normal
from residua.measures.calibration.calibrate import BoxedNormal
from residua.measures.laip.box import rows_in
from residua.measures.laip.laip import Laip
from residua.measures.mixture import GaussianMixture
from residua.measures.reference.reference import NormalReference

FOLDS = 4  # three quarters of the normals explain a fourth; more folds gain little and cost more


def boxed_normals(reference: NormalReference, laip: Laip) -> tuple[BoxedNormal, ...]:
    """The events of each normal that lie in the patient's box."""
    found = []
    for normal in reference.normals:
        inside = np.asarray(normal.events[rows_in(laip.box, normal.events)], np.float32)
        found.append(BoxedNormal(inside, len(normal.events), normal.misfit))
    return tuple(found)


def fold_densities(
    laip: Laip, normals: Sequence[BoxedNormal], *, seed: int
) -> tuple[GaussianMixture, ...]:
    """One density for each fold, of the normals of the other folds."""
    return tuple(
        fit_normal(
            laip,
            [one.events for place, one in enumerate(normals) if place % FOLDS != fold],
            seed=seed,
        )
        for fold in range(FOLDS)
    )
