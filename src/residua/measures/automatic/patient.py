"""All that is fitted once for a patient: blasts, normal cells like them, limits, second readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from residua.measures.automatic.folds import FOLDS, boxed_normals, fold_densities
from residua.measures.blast_share.estimate import estimate_share
from residua.measures.blast_share.normal import fit_normal
from residua.measures.blast_share.share import Share, ShareModel
from residua.measures.calibration.calibrate import BoxedNormal, calibrate
from residua.measures.calibration.calibration import Calibration
from residua.measures.laip.laip import Events, Laip
from residua.measures.mixture import GaussianMixture, log_density
from residua.measures.reference.reference import NormalReference
from residua.measures.second_readers.discriminative import fit_discriminative
from residua.measures.second_readers.opinion import CalibratedReader, calibrated
from residua.measures.second_readers.reader import FitReader
from residua.measures.second_readers.wide_laip import fit_wide_laip
from residua.progress import Progress, silent

ALGORITHM = 1  # raised with every change that gives the same files other numbers
READERS: tuple[FitReader, ...] = (fit_wide_laip, fit_discriminative)


@dataclass(frozen=True, eq=False)
class PatientModel:
    """A patient's LAIP against one normal reference.

    `losses` is the same model where the loss of any losable antigen counts, with what it reads
    in blanks; None where nothing more may be lost than `model` allows for. `reference` is the
    digest of the normals.
    """

    reference: str
    model: ShareModel
    calibration: Calibration
    losses: LossModel | None
    readers: tuple[CalibratedReader, ...]

    @property
    def laip(self) -> Laip:
        """The blasts."""
        return self.model.laip


@dataclass(frozen=True, eq=False)
class LossModel:
    """A model with more columns open, and the blanks of what it reads as having lost those."""

    model: ShareModel
    calibration: Calibration


def fit_patient(
    laip: Laip,
    reference: NormalReference,
    *,
    open: tuple[int, ...] = (),
    seed: int = 1,
    more: Sequence[FitReader] = (),
    progress: Progress = silent,
) -> PatientModel:
    """The model of a patient's `laip`, on the scale and in the dimensions of `reference`.

    `open` are the columns of antigens that therapy has aimed at; `more` are second readers that a
    laboratory brings. The same input gives the same model. Raises `ValueFault` for fewer than two
    normals.
    """
    progress("normal cells where the blasts were")
    normals = boxed_normals(reference, laip)
    densities = fold_densities(laip, normals, seed=seed)
    whole = fit_normal(laip, [one.events for one in normals], seed=seed)
    progress("limits: blanks and pseudo-spikes")
    calibration = _calibrated(laip, normals, densities, whole, open, seed)
    losses = _losses(laip, normals, densities, whole, open, calibration)
    progress("second readers")
    events, cells = [one.events for one in normals], [one.cells for one in normals]
    readers = [
        calibrated(fit, laip, events, cells, seed=seed)
        for fit in (*READERS, *more)
        if sum(len(one) for one in events)
    ]
    model = ShareModel(laip, whole, open)
    return PatientModel(reference.digest, model, calibration, losses, tuple(readers))


def _calibrated(
    laip: Laip,
    normals: Sequence[BoxedNormal],
    densities: Sequence[GaussianMixture],
    whole: GaussianMixture,
    open: tuple[int, ...],
    seed: int,
) -> Calibration:
    models = [ShareModel(laip, density, open) for density in densities]

    def read(place: int, events: Events) -> float:
        return estimate_share(events, models[place % FOLDS]).blasts

    return calibrate(
        normals,
        laip,
        read,
        open=open,
        seed=seed,
        log_normal=lambda events: log_density(events, whole),
    )


def _losses(
    laip: Laip,
    normals: Sequence[BoxedNormal],
    densities: Sequence[GaussianMixture],
    whole: GaussianMixture,
    open: tuple[int, ...],
    calibration: Calibration,
) -> LossModel | None:
    """What is read in blanks as blasts that have lost an antigen nobody has aimed at."""
    if set(laip.losable) <= set(open):
        return None
    models = [ShareModel(laip, density, laip.losable) for density in densities]
    blanks = []
    for place, normal in enumerate(normals):
        found = estimate_share(normal.events, models[place % FOLDS])
        blanks.append(lost_share(found, open) * len(normal.events) / normal.cells)
    model = ShareModel(laip, whole, laip.losable)
    return LossModel(model, replace(calibration, blanks=np.array(blanks)))


def lost_share(found: Share, open: tuple[int, ...]) -> float:
    """The share of the events that are blasts without an antigen that is not among `open`."""
    lost = sum(share for state, share in found.states.items() if not set(state) <= set(open))
    return found.blasts * float(lost)
