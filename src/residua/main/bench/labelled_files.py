"""Labelled FCS files by centre, as FR-FCM-ZYVT (vie14, bln, bue) is when its gates are exported.

DIR/CENTRE/.../NAME.fcs with NAME.labels.csv beside it (one row per event, column `blast`), and
where there is one, NAME.diagnosis.fcs. DIR/normals/*.fcs are normals of the same panel.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from residua.errors import Fault, InputError, UsageError, ValueFault
from residua.main.automatic.prepare import prepare_file
from residua.main.bench.store import Lines
from residua.measures.benchmark.cell_score import (
    CellScore,
    cell_score,
    cell_score_document,
    cell_score_of,
)
from residua.measures.benchmark.tool import Outcome, Tool, check_outcome
from residua.measures.preflight.prepared import PreparedSample
from residua.progress import Progress, silent
from residua.readers.event_labels import read_event_labels

_LABELS, _DIAGNOSIS, _NORMALS = ".labels.csv", ".diagnosis.fcs", "normals"


@dataclass(frozen=True)
class LabelledFile:
    """One file; `name` is its path in the folder, `centre` the first part of it."""

    name: str
    centre: str
    fcs: Path
    labels: Path
    diagnosis: Path | None


def labelled_files(folder: Path) -> tuple[LabelledFile, ...]:
    """Every FCS file with labels beside it, by name; raises `UsageError` where there is none."""
    found = tuple(_found(folder))
    if not found:
        raise UsageError(
            f"{folder.name} holds no NAME.fcs with NAME{_LABELS} beside it: "
            "export the gates of each file first"
        )
    return found


def labelled_scores(
    folder: Path,
    tool: Tool,
    *,
    kept: Lines,
    reviewed: bool = False,
    progress: Progress = silent,
) -> tuple[CellScore, ...]:
    """A reader's score on every file; those in `kept` are not read again."""
    done = {score.file: score for score in map(cell_score_of, kept.read())}
    normals: tuple[PreparedSample, ...] | None = None
    for one in labelled_files(folder):
        if one.name in done:
            continue
        progress(one.name)
        if normals is None:
            paths = sorted((folder / _NORMALS).glob("*.fcs"))
            normals = tuple(prepare_file(path) for path in paths)
        done[one.name] = _scored(one, tool, normals, reviewed)
        kept.add(cell_score_document(done[one.name]))
    return tuple(done[name] for name in sorted(done))


def _found(folder: Path) -> Iterator[LabelledFile]:
    for labels in sorted(folder.rglob(f"*{_LABELS}")):
        stem = labels.name.removesuffix(_LABELS)
        fcs, diagnosis = labels.with_name(f"{stem}.fcs"), labels.with_name(f"{stem}{_DIAGNOSIS}")
        if fcs.is_file():
            name = fcs.relative_to(folder)
            centre = name.parts[0] if len(name.parts) > 1 else folder.name
            yield LabelledFile(
                name.as_posix(), centre, fcs, labels, diagnosis if diagnosis.is_file() else None
            )


def _scored(
    one: LabelledFile, tool: Tool, normals: tuple[PreparedSample, ...], reviewed: bool
) -> CellScore:
    sample, labels = prepare_file(one.fcs), read_event_labels(one.labels)
    if len(labels) != sample.total:
        expected, do = f"{sample.total}, one for each event", "export the labels of this file"
        raise InputError(Fault(one.labels.name, "the rows", expected, f"{len(labels)}", do))
    diagnosis = () if one.diagnosis is None else (prepare_file(one.diagnosis),)
    began = time.perf_counter()
    try:
        said = tool(normals, diagnosis, sample, after=(), reviewed=reviewed)
    except ValueFault:
        none = np.zeros(len(sample), bool)
        said = Outcome("not assessable", None, None, None, None, none, reason="refused its input")
    seconds = time.perf_counter() - began
    outcome, blasts = check_outcome(said, sample), labels[sample.rows]
    elsewhere = int(labels.sum()) - int(blasts.sum())
    return cell_score(
        outcome, blasts, file=one.name, group=one.centre, elsewhere=elsewhere, seconds=seconds
    )
