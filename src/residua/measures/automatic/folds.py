"""Normals in a patient's box, and models of which each has not seen the normals that it reads.

A density that knows a normal explains its precursors better than those of a stranger: a limit of
blank found on it would be too low. So the normals are dealt into folds, and each is read by a
model of the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from residua.measures.blast_share.normal import fit_normal
from residua.measures.blast_share.share import ShareModel
from residua.measures.calibration.calibrate import BoxedNormal
from residua.measures.laip.box import rows_in
from residua.measures.laip.laip import Laip
from residua.measures.reference.reference import NormalReference

FOLDS = 4  # three quarters of the normals explain a fourth; more folds gain little and cost more


def boxed_normals(reference: NormalReference, laip: Laip) -> tuple[BoxedNormal, ...]:
    """The events of each normal that lie in the patient's box."""
    found = []
    for normal in reference.normals:
        events = normal.events[rows_in(laip.box, normal.events)].astype("float32")
        found.append(BoxedNormal(events, len(normal.events), normal.misfit))
    return tuple(found)


def fold_models(
    laip: Laip, normals: Sequence[BoxedNormal], *, open: tuple[int, ...], seed: int
) -> tuple[ShareModel, ...]:
    """One model for each fold, of the normals of the other folds."""
    return tuple(
        ShareModel(
            laip,
            fit_normal(
                laip,
                [one.events for place, one in enumerate(normals) if place % FOLDS != fold],
                seed=seed,
            ),
            open,
        )
        for fold in range(FOLDS)
    )
