"""MRD without a person's gates: from FCS files of a follow-up and a diagnosis to a result."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, UsageError, ValueFault
from residua.facts.acquisition import plain_name
from residua.facts.event_labels import EventLabels
from residua.facts.mrd_result import EventCounts, FileDigest, MrdResult, TubeResult
from residua.facts.specimen import Specimen
from residua.main.automatic.file_facts import specimen_facts
from residua.main.automatic.known import Asked, Known, known_patient
from residua.main.automatic.normals import normals_of
from residua.main.automatic.reference_models import models_of
from residua.main.automatic.sources import Normals, Sources, digest_of, normals_in
from residua.main.automatic.tube_reading import Given, TubeReading, read_tube
from residua.main.automatic.tubes import Tube, group_tubes
from residua.main.automatic.words import blast_words
from residua.main.flow.quality import CountedQuality, events_left, usable_cells
from residua.main.mrd_flags import hidden_markers, policy_notes
from residua.main.mrd_policy import (
    Policy,
    policy_inputs,
    stated_policy,
    validation_flags,
    validation_notes,
)
from residua.main.specimen_facts import each_once
from residua.main.tube_levels import leading_level
from residua.measures.laip.drift import losable_in
from residua.measures.second_readers.reader import FitReader, reader_named
from residua.measures.sensitivity import measure_sensitivity
from residua.progress import Progress, silent
from residua.standards.mrd_counting import CountingPolicy, find_policy

SCOPE = (
    "interval covers counting only; total_interval covers counting, drift, alignment and false"
    " positives, not haemodilution or sampling"
)
LIMITS = "limits were measured on {count} {kind}normal marrows with this patient's own model"


@dataclass(frozen=True, eq=False)
class FileLabels:
    """What an automatic reading says of every event of one file."""

    path: Path
    sha256: str
    labels: EventLabels


@dataclass(frozen=True, eq=False)
class AutomaticResult:
    """The `result` with the labels of every file, and what pictures of the tubes are made of."""

    result: MrdResult
    labels: tuple[FileLabels, ...]
    tubes: tuple[TubeReading, ...]


def measure_automatic(
    files: Sequence[Path | str],
    *,
    diagnoses: Sequence[Path | str] = (),
    normals: Normals = None,
    after: Collection[str] = (),
    policy: Policy | Path | None = None,
    reviewed: bool = False,
    readers: Sequence[str] = (),
    specimen: Specimen | None = None,
    masked: Collection[str] | None = None,
    sources: Sources | None = None,
    progress: Progress = silent,
) -> AutomaticResult:
    """MRD of one specimen from its FCS files, the blasts known from the files of `diagnoses`.

    `normals` is a built reference, FCS files or a folder of them (default: the simulated ones that
    are brought along), `after` the markers that therapy has aimed at, `masked` those that its drug may still
    hide (default: CD22 where `after` names it), `policy` a counting policy, `readers` second
    readers as "module:function"; `reviewed` says that a person looks at a negative. What
    cannot be told is "not assessable", with the reason. Raises `InputError` with every fault of
    files that cannot be read or are of other tubes, `UsageError` for a policy, reader or folder
    that is not there.
    """
    chosen = stated_policy(policy)
    run = _Run(
        tuple(after),
        find_policy(chosen),
        reviewed,
        tuple(readers),
        tuple(_reader(name) for name in readers),
        sources or Sources(),
        progress,
    )
    known = tuple(Path(path) for path in diagnoses)
    built, own = normals_in(normals)
    progress("reading the headers")
    paths = tuple(Path(path) for path in files)
    grouped = group_tubes(paths, diagnoses=known, normals=own, markers=run.sources.markers)
    digests = {path: digest_of(path) for path in known}
    tubes = _read_all(grouped.tubes, built, digests, run)
    about = _About(specimen, hidden_markers(after, masked), chosen, grouped.notes)
    beside = (*digests.values(), *_normal_files(tubes), *policy_inputs(chosen))
    labels = tuple(
        FileLabels(file.path, file.facts.digest.sha256, file.labels)
        for tube in tubes
        for file in tube.files
    )
    return AutomaticResult(_result(tubes, beside, run, about), labels, tubes)


@dataclass(frozen=True, eq=False)
class _Run:
    """How every tube is measured."""

    after: tuple[str, ...]
    policy: CountingPolicy
    reviewed: bool
    names: tuple[str, ...]
    readers: tuple[FitReader, ...]
    sources: Sources
    progress: Progress


@dataclass(frozen=True)
class _About:
    """What is known beside the files."""

    specimen: Specimen | None
    hidden: Collection[str]
    policy: Policy | None
    notes: tuple[str, ...]


def _reader(name: str) -> FitReader:
    try:
        return reader_named(name)
    except ValueFault as fault:
        raise UsageError(f"--reader {name}: {fault}") from fault


def _read_all(
    tubes: Sequence[Tube], built: Path | None, known: Mapping[Path, FileDigest], run: _Run
) -> tuple[TubeReading, ...]:
    """Every tube read; all faults of all files together."""
    read: list[TubeReading] = []
    faults: list[Fault] = []
    for tube in tubes:
        try:
            read.append(_read(tube, built, known, run))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(dict.fromkeys(faults))
    return tuple(read)


def _read(
    tube: Tube, built: Path | None, known: Mapping[Path, FileDigest], run: _Run
) -> TubeReading:
    sources, progress = run.sources, run.progress
    try:
        normals = normals_of(tube.dimensions, built, tube.normals, sources, progress)
    except ValueFault as fault:
        said = f"the normal reference needs {fault.expected}, but has {fault.received}"
        given = Given(tube.name, None, None, Known(None), run.policy, run.reviewed, (said,))
        return read_tube(tube.files, given, sources, progress)
    models = models_of(normals.reference, progress)
    dimensions = normals.reference.dimensions
    wanted = {plain_name(marker).lower() for marker in run.after}
    open_ = tuple(c for c in losable_in(dimensions) if plain_name(dimensions[c]).lower() in wanted)
    diagnoses = [(path, known[path]) for path in tube.diagnoses]
    asked = Asked(open_, run.readers, run.names, progress)
    patient = known_patient(diagnoses, (normals, models), sources, asked)
    given = Given(tube.name, normals, models, patient, run.policy, run.reviewed)
    return read_tube(tube.files, given, sources, progress)


def _normal_files(tubes: Sequence[TubeReading]) -> Iterator[FileDigest]:
    for tube in tubes:
        if tube.normals is not None:
            yield from tube.normals.inputs


def _result(
    tubes: Sequence[TubeReading], beside: Sequence[FileDigest], run: _Run, about: _About
) -> MrdResult:
    results = tuple(_tube_result(tube, run.policy) for tube in tubes)
    place, level = leading_level(results)
    chosen = tubes[place]
    words = blast_words(chosen, masked=about.hidden)
    facts = specimen_facts(
        [file.facts for tube in tubes for file in tube.files],
        policy=run.policy,
        counted=[file.facts for file in chosen.files],
        after=run.after,
        specimen=about.specimen,
        beside=beside,
    )
    patient, normals = chosen.known.patient, chosen.normals
    flags = (
        *_flags(tubes),
        *_after_flags(chosen, run.after),
        *words.flags,
        *facts.flags,
        *validation_flags(about.policy, approach="automatic"),
    )
    notes = (SCOPE, *_limit_notes(chosen), *policy_notes(level), *validation_notes(about.policy))
    return MrdResult(
        level=level,
        specimen=facts.specimen,
        approach="automatic",
        total_interval=chosen.level.total_interval,
        limit_of_blank=chosen.level.limit_of_blank,
        predicted_lod=chosen.level.predicted_lod,
        antigens=words.antigens,
        aberrancies=() if patient is None else tuple(one.words for one in patient.aberrancies),
        events=facts.events,
        quality=facts.quality,
        haemodilution=facts.haemodilution,
        tubes=results,
        instrument=facts.instrument,
        acquired=facts.acquired,
        flags=tuple(dict.fromkeys(flags)),
        notes=tuple(
            dict.fromkeys((*notes, *words.notes, *about.notes, *_notes(tubes), *facts.notes))
        ),
        inputs=each_once(facts.inputs),
        reference=None if normals is None else normals.reference.digest,
        model=chosen.known.digest,
    )


def _tube_result(tube: TubeReading, policy: CountingPolicy) -> TubeResult:
    level, facts = tube.level.level, [file.facts for file in tube.files]
    qualities = [CountedQuality(one.quality, one.cells, None) for one in facts]
    return TubeResult(
        tube=tube.name,
        level=level,
        files=tuple(one.digest for one in facts),
        events=EventCounts(
            total=sum(one.total for one in facts),
            after_quality=events_left(qualities),
            nucleated=sum(one.cells for one in facts),
        ),
        verdicts=measure_sensitivity(
            level.denominator.count, policy, usable=usable_cells(qualities)
        ),
    )


def _flags(tubes: Sequence[TubeReading]) -> Iterator[str]:
    """What is unusual about normals and diagnosis, of every tube."""
    for tube in tubes:
        if tube.normals is not None:
            yield from tube.normals.flags
        yield from tube.known.refusals
        if tube.known.patient is not None:
            yield from tube.known.patient.flags


def _after_flags(tube: TubeReading, after: Sequence[str]) -> Iterator[str]:
    """Antigens that therapy has aimed at and whose loss the model cannot allow for."""
    if tube.normals is None or tube.known.patient is None:
        return
    dimensions = tube.normals.reference.dimensions
    names = {plain_name(dimensions[column]).lower() for column in losable_in(dimensions)}
    why = "no detector of its own, or no model of its loss"
    for marker in after:
        if plain_name(marker).lower() not in names:
            yield f"blasts that lost {marker} are not looked for: {why}"


def _limit_notes(tube: TubeReading) -> Iterator[str]:
    if tube.normals is None or tube.known.patient is None:
        return
    reference = tube.normals.reference
    kind = "simulated " if reference.simulated else ""
    yield LIMITS.format(count=len(reference.normals), kind=kind)


def _notes(tubes: Sequence[TubeReading]) -> Iterator[str]:
    for tube in tubes:
        if tube.normals is not None:
            yield from tube.normals.notes
        yield from tube.known.notes
