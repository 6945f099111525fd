"""The files of one tube, read one by one and added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError, ValueFault
from residua.facts.event_labels import EventLabels, label_events
from residua.main.automatic.file_facts import FileFacts, facts_of
from residua.main.automatic.known import Known, KnownPatient
from residua.main.automatic.normals import TubeNormals
from residua.main.automatic.pictures import KnownBlasts, pictured
from residua.main.automatic.prepare import PreparedFile
from residua.main.automatic.reference_models import ReferenceModels
from residua.main.automatic.sources import Sources
from residua.measures.automatic.added import Part, added, part_of
from residua.measures.automatic.measured import Measured, measure_sample
from residua.measures.automatic_level import AutomaticLevel, decide_without_diagnosis, refused
from residua.measures.blast_antigens import ReadSample
from residua.measures.laip.laip import Events, Values
from residua.measures.novelty.clusters import Cluster, find_clusters
from residua.measures.novelty.novelty import Novelty
from residua.measures.preflight.panel import SIDE
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.placing import place
from residua.progress import Progress
from residua.standards.automatic_mrd import automatic_rules
from residua.standards.mrd_counting import CountingPolicy
from residua.views.automatic.shown import ShownCells

NO_DIAGNOSIS = "no diagnostic sample: the blasts are not known"
NEEDED = ("CD19", "CD22", "CD45", SIDE)  # dimensions by which antigens of the blasts are told
_OTHERS = 300_000  # cells that are no blasts, kept of a file for antigens


@dataclass(frozen=True, eq=False)
class FileReading:
    """What is kept of one file: `labels` of its events, and its blasts.

    `blasts` (m, d) lie on the scale of the reference; `antigens` are the cells that tell the
    antigens of the blasts, `map_sd` (d,) how well they are placed, `shown` is for pictures. None
    where nothing could be read; then `reason` says why.
    """

    path: Path
    facts: FileFacts
    labels: EventLabels
    reason: str = ""
    blasts: Events | None = None
    antigens: ReadSample | None = None
    map_sd: Values | None = None
    clusters: tuple[Cluster, ...] = ()
    shown: ShownCells | None = None


@dataclass(frozen=True, eq=False)
class TubeReading:
    """A tube: what its files hold, by which normals and for which patient, and its level."""

    name: str
    files: tuple[FileReading, ...]
    normals: TubeNormals | None
    known: Known
    level: AutomaticLevel


@dataclass(frozen=True, eq=False)
class Given:
    """All that a tube is read by; `normals` is None where there are none, for `reasons`."""

    name: str
    normals: TubeNormals | None
    models: ReferenceModels | None
    known: Known
    policy: CountingPolicy
    reviewed: bool
    reasons: tuple[str, ...] = ()
    pictures: bool = False
    markers: tuple[tuple[str, str], ...] = ()


def read_tube(
    paths: Sequence[Path], given: Given, sources: Sources, progress: Progress
) -> TubeReading:
    """The reading of a tube's files, one in memory at a time.

    Raises `InputError` with the faults of all files that cannot be read.
    """
    read: list[tuple[FileReading, Part | None]] = []
    faults: list[Fault] = []
    for path in paths:
        progress(f"reading {path.name}")
        try:
            file = sources.opened(path)
        except InputError as error:
            faults += error.faults
            continue
        if not faults:
            progress(f"looking for blasts in {path.name}")
            read.append(_read(path, replace(file, name=path.name), given))
            del file  # before the next one is opened
    if faults:
        raise InputError(faults)
    level = _with_left_aside(_level(read, given), [file for file, _ in read])
    return TubeReading(
        given.name, tuple(file for file, _ in read), given.normals, given.known, level
    )


def _read(path: Path, file: PreparedFile, given: Given) -> tuple[FileReading, Part | None]:
    facts, sample = facts_of(file), file.sample
    blank = EventLabels(np.zeros(sample.total, bool), np.zeros(sample.total, np.float32))
    reasons = (*sample.unfit, *given.reasons)
    normals, patient = given.normals, given.known.patient
    if reasons or normals is None:
        return FileReading(path, facts, blank, "; ".join(reasons)), None
    try:
        if patient is None:
            return _searched(path, facts, sample, given), None
        found = measure_sample(
            normals.of(sample),
            patient.model,
            normals.reference,
            policy=given.policy,
            novelty=_novelty(given),
            reviewed=given.reviewed,
        )
    except ValueFault as fault:
        said = f"needs {fault.expected}, but has {fault.received}"
        return FileReading(path, facts, blank, said), None
    reading = _measured(path, facts, sample, (found, patient))
    if given.pictures:
        reading = replace(reading, shown=_pictured(file, found, given))
    return reading, part_of(found)


def _pictured(file: PreparedFile, found: Measured, given: Given) -> ShownCells | None:
    """What pictures of the file are made of; None where no gate can be drawn."""
    normals, patient = given.normals, given.known.patient
    assert normals is not None
    assert patient is not None
    known = KnownBlasts(patient.blasts, patient.aberrancies)
    try:
        return pictured(
            file,
            found,
            known,
            normals.reference,
            path=file.name,
            markers=given.markers,
            policy=given.policy,
        )
    except ValueFault:
        return None


def _novelty(given: Given) -> Novelty | None:
    return None if given.models is None else given.models.novelty


def _measured(
    path: Path, facts: FileFacts, sample: PreparedSample, read: tuple[Measured, KnownPatient]
) -> FileReading:
    found, patient = read
    sd = found.map_sd(patient.model)
    labels = label_events(
        rows=sample.rows, total=sample.total, posterior=found.posterior, blast=found.blasts
    )
    return _kept(
        FileReading(path, facts, labels, map_sd=sd), sample, found.placed.events, found.blasts
    )


def _searched(path: Path, facts: FileFacts, sample: PreparedSample, given: Given) -> FileReading:
    """A file without a known leukaemia: only what no normal explains; its cells are labelled."""
    assert given.normals is not None
    novelty = _novelty(given)
    placed = place(given.normals.of(sample).events, given.normals.reference)
    found = find_clusters(placed.events, novelty) if novelty else ()
    told = tuple(one for one in found if one.fraction >= automatic_rules().cluster)
    blast = np.zeros(len(sample), bool)
    for cluster in told:
        blast[cluster.rows] = True
    labels = label_events(
        rows=sample.rows, total=sample.total, posterior=blast.astype(np.float32), blast=blast
    )
    kept = replace(FileReading(path, facts, labels), clusters=told)
    return _kept(kept, sample, placed.events, blast)


def _kept(
    reading: FileReading, sample: PreparedSample, placed: Events, blast: NDArray[np.bool_]
) -> FileReading:
    """The reading with those of its cells that pictures, medians and antigens need."""
    others = np.flatnonzero(~blast)
    return replace(
        reading,
        blasts=placed[blast],
        antigens=_antigen_cells(sample, blast, others),
    )


def _antigen_cells(
    sample: PreparedSample, blast: NDArray[np.bool_], others: NDArray[np.intp]
) -> ReadSample:
    rows = np.union1d(np.flatnonzero(blast), others[:: -(-len(others) // _OTHERS) or 1])
    columns = [
        place for place, name in enumerate(sample.dimensions) if set(name.split("+")) & set(NEEDED)
    ]
    few = replace(
        sample,
        dimensions=tuple(sample.dimensions[place] for place in columns),
        events=sample.events[rows][:, columns],
        rows=sample.rows[rows],
    )
    return ReadSample(few, blast[rows])


def _level(read: Sequence[tuple[FileReading, Part | None]], given: Given) -> AutomaticLevel:
    files = [file for file, _ in read if not file.reason]
    cells = sum(file.facts.cells for file in files)
    parts = [part for _, part in read if part is not None]
    if parts and given.known.patient is not None:
        return added(parts, given.known.patient.model)
    reasons = [file.reason for file, _ in read if file.reason]
    if not files:
        every = sum(file.facts.cells for file, _ in read)
        return refused(every, kind="nucleated", policy=given.policy, reasons=reasons)
    events = sum(cluster.events for file in files for cluster in file.clusters)
    return decide_without_diagnosis(
        events / cells if cells else 0.0,
        cells,
        kind="nucleated",
        policy=given.policy,
        reason="; ".join(given.known.refusals) or NO_DIAGNOSIS,
    )


def _with_left_aside(found: AutomaticLevel, files: Collection[FileReading]) -> AutomaticLevel:
    """The level, with a flag for each file that was left aside beside others."""
    aside = [file for file in files if file.reason]
    if not aside or len(aside) == len(files):
        return found
    said = [f"{file.path.name} is left aside: {file.reason}" for file in aside]
    return replace(found, level=replace(found.level, flags=(*found.level.flags, *said)))
