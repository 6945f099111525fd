"""MRD without a person's gates: from FCS files of a follow-up and a diagnosis to a result."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, UsageError, ValueFault
from residua.facts.acquisition import plain_name
from residua.facts.event_labels import EventLabels
from residua.facts.mrd_result import FileDigest, MrdResult
from residua.facts.specimen import Specimen
from residua.main.automatic.known import Asked, Known, known_patient
from residua.main.automatic.normals import normals_of
from residua.main.automatic.reference_models import models_of
from residua.main.automatic.result import About, automatic_result
from residua.main.automatic.show import shown_of
from residua.main.automatic.sources import Normals, Sources, digest_of, normals_in
from residua.main.automatic.tube_reading import Given, TubeReading, read_tube
from residua.main.automatic.tubes import Tube, group_tubes
from residua.main.automatic.words import blast_words
from residua.main.mrd_flags import hidden_markers
from residua.main.mrd_policy import (
    Policy,
    stated_policy,
)
from residua.measures.laip.drift import losable_in
from residua.measures.second_readers.reader import FitReader, reader_named
from residua.progress import Progress, silent
from residua.standards.mrd_counting import CountingPolicy, find_policy
from residua.views.automatic.shown import Shown


@dataclass(frozen=True, eq=False)
class FileLabels:
    """What an automatic reading says of every event of one file."""

    path: Path
    sha256: str
    labels: EventLabels


@dataclass(frozen=True, eq=False)
class AutomaticResult:
    """The `result` with the labels of every file, and what pictures of each tube are made of."""

    result: MrdResult
    labels: tuple[FileLabels, ...]
    shown: tuple[Shown, ...] = ()


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
    pictures: bool = False,
    progress: Progress = silent,
) -> AutomaticResult:
    """MRD of one specimen from its FCS files, the blasts known from the files of `diagnoses`.

    `normals` is a built reference, FCS files or a folder of them (default: the simulated ones that
    are brought along), `after` the markers that therapy has aimed at, `masked` those that its drug
    may still hide (default: CD22 where `after` names it), `policy` a counting policy, `readers`
    second readers as "module:function"; `reviewed` says that a person looks at a negative;
    `sources` what is known of files beside their content; `pictures` asks for what plots and gates
    are made of. What cannot be told is "not assessable", with the reason. Raises `InputError` with
    every fault of files that cannot be read or are of other tubes, `UsageError` for a policy,
    reader or folder that is not there.
    """
    chosen = stated_policy(policy)
    run = _Run(
        tuple(after),
        find_policy(chosen),
        reviewed,
        tuple(readers),
        tuple(_reader(name) for name in readers),
        sources or Sources(),
        pictures,
        progress,
    )
    known = tuple(Path(path) for path in diagnoses)
    built, own = normals_in(normals)
    progress("reading the headers")
    paths = tuple(Path(path) for path in files)
    grouped = group_tubes(paths, diagnoses=known, normals=own, markers=run.sources.markers)
    digests = {path: digest_of(path) for path in known}
    tubes = _read_all(grouped.tubes, built, digests, run)
    hidden = hidden_markers(after, masked)
    beside = tuple(digests.values())
    about = About(specimen, hidden, chosen, run.after, beside, grouped.notes)
    labels = tuple(
        FileLabels(file.path, file.facts.digest.sha256, file.labels)
        for tube in tubes
        for file in tube.files
    )
    words = [blast_words(tube, masked=hidden) for tube in tubes]
    result = automatic_result(tubes, words, about)
    shown = [
        shown_of(tube, said, result, run.after) for tube, said in zip(tubes, words, strict=True)
    ]
    return AutomaticResult(result, labels, tuple(shown) if pictures else ())


@dataclass(frozen=True, eq=False)
class _Run:
    """How every tube is measured."""

    after: tuple[str, ...]
    policy: CountingPolicy
    reviewed: bool
    names: tuple[str, ...]
    readers: tuple[FitReader, ...]
    sources: Sources
    pictures: bool
    progress: Progress


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
    given = Given(
        tube.name,
        normals,
        models,
        patient,
        run.policy,
        run.reviewed,
        pictures=run.pictures,
        markers=tuple(sources.markers.get(tube.files[0], {}).items()),
    )
    return read_tube(tube.files, given, sources, progress)
