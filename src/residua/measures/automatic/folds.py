"""Normals in a patient's box, and densities of them of which each has not seen what it reads.

A density that knows a normal explains its precursors better than those of a stranger: a limit of
blank found on it would be too low. So the normals are dealt into folds, and each is read by a
density of the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.measures.blast_share.normal import fit_normal
from residua.measures.blast_share.share import ShareModel
from residua.measures.calibration.calibrate import BoxedNormal
from residua.measures.laip.box import rows_in
from residua.measures.laip.laip import Laip
from residua.measures.mixture import GaussianMixture
from residua.measures.reference.reference import NormalReference
from residua.measures.side_by_side import side_by_side

_NONE = -1  # left out
FOLDS = 4  # three quarters of the normals explain a fourth; more folds gain little and cost more


@dataclass(frozen=True, eq=False)
class Field:
    """A patient's box with the normals in it: `densities` one for each fold, `whole` of all."""

    laip: Laip
    normals: tuple[BoxedNormal, ...]
    densities: tuple[GaussianMixture, ...]
    whole: GaussianMixture

    def unseen(self, place: int, open_: tuple[int, ...]) -> ShareModel:
        """The model that has not seen the normal at `place`."""
        return ShareModel(self.laip, self.densities[place % FOLDS], open_)

    def model(self, open_: tuple[int, ...]) -> ShareModel:
        """The model of all normals."""
        return ShareModel(self.laip, self.whole, open_)


def field_of(laip: Laip, reference: NormalReference, *, seed: int) -> Field:
    """The normals of a reference in the box of `laip`, and what describes them."""
    return field_among(laip, tuple(_boxed(reference, laip)), seed=seed)


def field_among(laip: Laip, normals: tuple[BoxedNormal, ...], *, seed: int) -> Field:
    """The same of normals whose events in the box of `laip` are given."""

    def fitted(left_out: int) -> GaussianMixture:
        members = [one.events for place, one in enumerate(normals) if place % FOLDS != left_out]
        return fit_normal(laip, members, seed=seed)

    whole, *densities = side_by_side(fitted, (_NONE, *range(FOLDS)))
    return Field(laip, normals, tuple(densities), whole)


def _boxed(reference: NormalReference, laip: Laip) -> list[BoxedNormal]:
    found = []
    for normal in reference.normals:
        inside = np.asarray(normal.events[rows_in(laip.box, normal.events)], np.float32)
        found.append(BoxedNormal(inside, len(normal.events), normal.misfit))
    return found
