"""A patient's blasts learnt from the diagnosis files of a tube, and the model fitted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.antigen_expression import AntigenExpression
from residua.facts.mrd_result import FileDigest
from residua.main.automatic.cache import cache_key, fitted_once
from residua.main.automatic.normals import TubeNormals
from residua.main.automatic.reference_models import ReferenceModels
from residua.main.automatic.sources import Sources
from residua.measures.automatic.diagnosis import Diagnosis, learn_blasts
from residua.measures.automatic.patient import ALGORITHM, PatientModel, fit_patient
from residua.measures.blast_antigens import ReadSample, blast_antigens
from residua.measures.laip.aberrancies import Aberrancy, aberrancies_of
from residua.measures.laip.fit import FEWEST, united
from residua.measures.laip.laip import Events, Values
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.second_readers.discriminative import Border
from residua.measures.second_readers.reader import FitReader
from residua.measures.second_readers.wide_laip import WideLaip
from residua.progress import Progress, silent

SEED = 1
MOST = 5_000  # blasts of a diagnosis that are kept for pictures and for medians


@dataclass(frozen=True, eq=False)
class KnownPatient:
    """The `model` of a patient with what is told of the diagnosis beside it.

    `blasts` (m, d) are some of those at diagnosis on the scale of the reference, `map_sd` (d,) how
    well they are placed, `antigens` what they carried; `flags` name the diagnosis.
    """

    model: PatientModel
    blasts: Events
    map_sd: Values
    aberrancies: tuple[Aberrancy, ...]
    antigens: tuple[AntigenExpression, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Known:
    """`patient` is None where no diagnosis was given or `refusals` say why none could be used.

    `digest` stands for the patient's model and all that it rests on.
    """

    patient: KnownPatient | None
    digest: str | None = None
    refusals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class _Learnt:
    name: str
    diagnosis: Diagnosis
    antigens: tuple[AntigenExpression, ...]
    flags: tuple[str, ...]


class _NoneLearntError(Exception):
    """No diagnosis could be used, for the reasons in its arguments."""


@dataclass(frozen=True, eq=False)
class Asked:
    """How a patient is to be fitted: columns `open_` to a loss, second `readers` of one's own,

    `names` of those.
    """

    open_: tuple[int, ...]
    readers: tuple[FitReader, ...]
    names: tuple[str, ...]
    progress: Progress = silent


def known_patient(
    diagnoses: Sequence[tuple[Path, FileDigest]],
    against: tuple[TubeNormals, ReferenceModels],
    sources: Sources,
    asked: Asked,
) -> Known:
    """The patient whom the files of one tube show, from the cache or fitted and kept there.

    Files in which no blasts are found are flagged, and refuse where all are such.
    """
    if not diagnoses:
        return Known(None)
    ordered = sorted(diagnoses, key=lambda one: one[1].sha256)
    options = {
        "open": list(asked.open_),
        "sources": sources.options([path for path, _ in ordered]),
        "readers": list(asked.names),
        "seed": SEED,
    }
    digests = [*(digest.sha256 for _, digest in ordered), against[0].reference.digest]
    key = cache_key(f"patient {ALGORITHM}", digests, options)

    def fit() -> KnownPatient:
        return _fitted([path for path, _ in ordered], against, sources, asked)

    try:
        if asked.readers:  # what a reader of one's own holds cannot be kept
            return Known(fit(), key)
        kept = fitted_once(KnownPatient, key, fit, more=(WideLaip, Border))
    except _NoneLearntError as none:
        return Known(None, refusals=none.args)
    return Known(kept.value, key, notes=kept.notes)


def _fitted(
    paths: Sequence[Path],
    against: tuple[TubeNormals, ReferenceModels],
    sources: Sources,
    asked: Asked,
) -> KnownPatient:
    normals, models = against
    learnt: list[_Learnt] = []
    refusals: list[str] = []
    for path in paths:
        asked.progress(f"finding the blasts in {path.name}")
        try:
            learnt.append(_learnt(path, normals, sources))
        except ValueFault as fault:
            said = f"needs {fault.expected}, but has {fault.received}"
            refusals.append(f"diagnosis {path.name} {said}")
    if not learnt:
        raise _NoneLearntError(*refusals)
    laip = united([one.diagnosis.laip for one in learnt])
    model = fit_patient(
        laip,
        normals.reference,
        open_=asked.open_,
        seed=SEED,
        more=asked.readers,
        progress=asked.progress,
    )
    blasts = np.concatenate([_some(one.diagnosis.blasts) for one in learnt])
    placed = np.max([one.diagnosis.map_sd for one in learnt], axis=0)
    told = models.precursors and aberrancies_of(blasts, models.precursors, map_sd=placed)
    flags = [flag for one in learnt for flag in one.flags]
    return KnownPatient(
        model,
        blasts,
        placed,
        tuple(one for one in told or () if one.aberrant),
        learnt[0].antigens if len(learnt) == 1 else (),
        tuple(dict.fromkeys((*flags, *laip.flags, *model.calibration.flags, *refusals))),
    )


def _learnt(path: Path, normals: TubeNormals, sources: Sources) -> _Learnt:
    """The blasts of one file; raises `ValueFault` where it cannot be used, and says why."""
    sample = sources.opened(path).sample
    if sample.unfit:
        raise ValueFault("a file that can be measured", "; ".join(sample.unfit), "")
    gated = _gated(sample, sources.gated.get(path))
    found = learn_blasts(normals.of(sample), normals.reference, gated=gated, seed=SEED)
    blast = np.zeros(len(sample), bool)
    blast[found.rows] = True
    flags = [flag for flag in sample.flags if flag != "simulated"]
    said = [flag.removeprefix("diagnosis: ") for flag in (*flags, *found.flags)]
    named = tuple(f"diagnosis {path.name}: {flag}" for flag in said)
    return _Learnt(path.name, found, blast_antigens([ReadSample(sample, blast)]), named)


def _gated(sample: PreparedSample, rows: NDArray[np.intp] | None) -> NDArray[np.intp] | None:
    """The cells of a person's gate, which holds places in the file."""
    if rows is None:
        return None
    cells = np.flatnonzero(np.isin(sample.rows, rows))
    if len(cells) < FEWEST:
        raise ValueFault(f"at least {FEWEST} blasts in the gate", f"{len(cells)}", "")
    return cells


def _some(blasts: Events) -> Events:
    return np.asarray(blasts[:: -(-len(blasts) // MOST)], np.float32)
