"""The files of a case's ``flow/flow.toml`` that are measured without a person's gates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import InputError
from residua.facts.gating import FileEntry, Strategy
from residua.facts.mrd_result import FileDigest, MrdResult
from residua.facts.specimen import Specimen
from residua.main.automatic.measure import measure_automatic
from residua.main.automatic.sources import Sources
from residua.main.flow.opened import open_file
from residua.main.flow.plan import Plan, PlannedFile, automatic_faults, counted
from residua.measures.gates import gate_events
from residua.progress import Progress, silent


@dataclass(frozen=True)
class AutomaticFiles:
    """The `entries` of one specimen with the diagnoses and normals that they are read by."""

    entries: tuple[FileEntry, ...]
    diagnoses: tuple[FileEntry, ...]
    normals: tuple[FileEntry, ...]


def automatic_files(
    strategy: Strategy, entries: Sequence[FileEntry], earlier: Collection[str | None]
) -> AutomaticFiles:
    """What the follow-up `entries` of a specimen are read by.

    Diagnoses are those of its tubes among the specimens in `earlier`; one that gates measure gives
    the blasts of its gate. Normals are those with the automatic approach.
    """
    tubes = {entry.tube for entry in entries}
    beside = [entry for entry in strategy.files if entry.tube in tubes]
    return AutomaticFiles(
        tuple(entries),
        tuple(one for one in beside if one.role == "diagnosis" and one.specimen in earlier),
        tuple(one for one in beside if one.role == "normal" and one.approach == "automatic"),
    )


def measure_automatic_files(
    strategy: Strategy,
    gates: Path,
    files: AutomaticFiles,
    *,
    after: Collection[str],
    masked: Collection[str],
    specimen: Specimen | None,
    progress: Progress = silent,
) -> MrdResult:
    """The result of one specimen; raises `InputError` as `measure_automatic` does."""
    every = (*files.entries, *files.diagnoses, *files.normals)
    faults = [*automatic_faults(every, gates)]
    if faults:
        raise InputError(faults)
    markers = {gates.parent / one.path: dict(one.markers) for one in every}
    gated = dict(_gated(strategy, gates, files.diagnoses))
    digest = FileDigest(gates.name, strategy.sha256)
    found = measure_automatic(
        [gates.parent / one.path for one in files.entries],
        diagnoses=[gates.parent / one.path for one in files.diagnoses],
        normals=[gates.parent / one.path for one in files.normals] or None,
        after=after,
        masked=masked,
        specimen=specimen,
        sources=Sources(markers, gated, digest),
        progress=progress,
    )
    return found.result


def _gated(
    strategy: Strategy, gates: Path, diagnoses: Sequence[FileEntry]
) -> Iterator[tuple[Path, NDArray[np.intp]]]:
    """The places of the blasts in diagnoses that a person has gated."""
    plan = Plan(strategy, gates, ())
    for entry in diagnoses:
        spec = counted(strategy, entry.tube)
        if entry.approach != "gates" or spec is None:
            continue
        path = gates.parent / entry.path
        readout = open_file(plan, PlannedFile(path, entry.path, entry), tube=entry.tube).readout
        yield path, np.flatnonzero(gate_events(readout, tube=entry.tube)[spec.numerator])
