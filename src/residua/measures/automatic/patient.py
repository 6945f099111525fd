"""All that is fitted once for a patient: blasts, normal cells like them, limits, second readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from residua.measures.automatic.folds import Field, field_of
from residua.measures.blast_share.estimate import estimate_share
from residua.measures.blast_share.share import Share, ShareModel
from residua.measures.calibration.calibrate import calibrate
from residua.measures.calibration.calibration import Calibration
from residua.measures.laip.drift import box_about
from residua.measures.laip.laip import Events, Laip
from residua.measures.reference.reference import NormalReference
from residua.measures.second_readers.discriminative import fit_discriminative
from residua.measures.second_readers.opinion import CalibratedReader, calibrated
from residua.measures.second_readers.reader import FitReader
from residua.measures.second_readers.wide_laip import fit_wide_laip
from residua.measures.side_by_side import side_by_side
from residua.progress import Progress, silent

ALGORITHM = 7  # raised with every change that gives the same files other numbers
READERS: tuple[FitReader, ...] = (fit_wide_laip, fit_discriminative)


@dataclass(frozen=True, eq=False)
class LossModel:
    """A model with more columns open, and the blanks of what it reads as having lost those."""

    model: ShareModel
    calibration: Calibration


@dataclass(frozen=True, eq=False)
class PatientModel:
    """A patient's LAIP against one normal reference, whose digest is `reference`.

    The box of `model` is open in the columns that it allows to be lost and closed in the others.
    `losses` is the same where the loss of any losable antigen counts; None where nothing more may
    be lost than `model` allows for.
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


def fit_patient(
    laip: Laip,
    reference: NormalReference,
    *,
    open_: tuple[int, ...] = (),
    seed: int = 1,
    more: Sequence[FitReader] = (),
    progress: Progress = silent,
) -> PatientModel:
    """The model of a patient's `laip`, on the scale and in the dimensions of `reference`.

    `open_` are the columns of antigens that therapy has aimed at; `more` are second readers that
    a laboratory brings. The same input gives the same model. Raises `ValueFault` for fewer than
    six normals.
    """
    progress("normal cells where the blasts were")
    field = field_of(within(laip, open_), reference, seed=seed)
    progress("limits: blanks and pseudo-spikes")
    calibration = _calibrated(field, open_, seed)
    progress("blasts that may have lost an antigen")
    losses = None
    if not set(laip.losable) <= set(open_):
        losses = _losses(field_of(laip, reference, seed=seed), open_, calibration)
    progress("second readers")
    readers = _readers(field, more, seed)
    return PatientModel(reference.digest, field.model(open_), calibration, losses, readers)


def within(laip: Laip, open_: tuple[int, ...]) -> Laip:
    """The same blasts in a box that is open towards the loss of these columns only.

    What may not be lost need not be looked for among cells without it, of which there are many.
    """
    if set(laip.losable) <= set(open_):
        return laip
    return replace(laip, box=box_about(laip.held_out, laip.drift, open_))


def lost_share(found: Share, open_: tuple[int, ...]) -> float:
    """The share of the events that are blasts without an antigen that is not among `open_`."""
    lost = sum(share for state, share in found.states.items() if not set(state) <= set(open_))
    return found.blasts * float(lost)


def _calibrated(field: Field, open_: tuple[int, ...], seed: int) -> Calibration:
    def read(place: int, events: Events) -> float:
        return estimate_share(events, field.unseen(place, open_)).blasts

    return calibrate(field.normals, field.laip, read, open=open_, seed=seed, normal=field.whole)


def _losses(field: Field, open_: tuple[int, ...], calibration: Calibration) -> LossModel:
    """What is read in blanks as blasts that have lost an antigen nobody has aimed at."""
    every = field.laip.losable
    exposures = np.array([len(normal.events) / normal.cells for normal in field.normals])

    def lost(place: int) -> float:
        found = estimate_share(field.normals[place].events, field.unseen(place, every))
        return lost_share(found, open_)

    blanks = np.array(side_by_side(lost, range(len(exposures)))) * exposures
    own = replace(calibration, blanks=blanks, exposures=exposures)
    return LossModel(field.model(every), own)


def _readers(field: Field, more: Sequence[FitReader], seed: int) -> tuple[CalibratedReader, ...]:
    """Our own two side by side; others, which may not stand that, one after the other."""
    events, cells = zip(*((one.events, one.cells) for one in field.normals), strict=True)
    if not sum(len(one) for one in events):
        return ()

    def made(fit: FitReader) -> CalibratedReader:
        return calibrated(fit, field.laip, events, cells, seed=seed)

    return (*side_by_side(made, READERS), *map(made, more))
