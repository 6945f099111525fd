"""The page of a benchmark: what was to be reached, and every tier and scenario by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np

from residua.measures.benchmark.acceptance import Line, accepted
from residua.measures.benchmark.cell_score import CellScore
from residua.measures.benchmark.record import Record
from residua.measures.benchmark.scores import Score, score

IN_SILICO = (
    "In silico: simulated marrows. It ranks readers and finds their faults; it is no evidence of "
    "clinical performance."
)
_COLUMNS = {
    "error 1e-3": "error@1e-3",
    "1e-4": "error@1e-4",
    "2e-5": "error@2e-5",
    "2-fold": "twofold",
    "power 1e-3": "power@1e-3",
    "power 1e-4": "power@1e-4",
    "seen 2e-5": "seen@2e-5",
    "F1 1e-3": "f1@1e-3",
    "F1 1e-4": "f1@1e-4",
    "mean F1 1e-3": "f1-mean@1e-3",
    "5th F1 1e-3": "f1-5th@1e-3",
    "recall": "recall",
    "type-I": "type-1",
    "blanks >= 1e-4": "blanks-high",
    "covered": "coverage",
    "silent": "silent",
    "refused": "refused",
    "refused blanks": "refused-blanks",
    "refused, inseparable": "refused-inseparable",
    "or flagged": "unsure-inseparable",
    "PPA": "ppa",
    "NPA": "npa",
    "grey": "grey",
    "second reader on blanks": "second-reader",
    "flagged blanks": "flagged-blanks",
    "seconds": "seconds",
    "to fit": "seconds-patient",
    "same bits": "same",
}


@dataclass(frozen=True)
class BenchHead:
    """What was run: the suite, the reader, its mode, and of how many cases are there."""

    suite: str
    reader: str
    reviewed: bool
    cases: int


def bench_page(records: Sequence[Record], head: BenchHead, intact: Mapping[str, str]) -> str:
    """Markdown; the same for the same records."""
    mode = "with a reviewer (exposure rule)" if head.reviewed else "strict"
    title = f"# Suite {head.suite}, reader {head.reader}, {mode}"
    done = f"{len(records)} of {head.cases} cases. {IN_SILICO}"
    lines = accepted(records, intact)
    tiers = dict.fromkeys(record.tier for record in records)
    parts = [title, done, "## What is to be reached", _acceptance(lines)]
    for tier in tiers:
        own = [record for record in records if record.tier == tier]
        parts += [f"## Clones: {tier}", _tier(own, intact)]
    return "\n\n".join(parts) + "\n"


def _acceptance(lines: Sequence[Line]) -> str:
    head = ["score", "clones", "scenario", "measured", "n", "gate", "", "stretch", ""]
    rows = [
        [
            line.score,
            line.tier,
            line.scenario or "all together",
            _number(line.measured),
            str(line.measured.n),
            f"{'<=' if line.at_most else '>='} {line.gate:.3g}",
            line.gate_met,
            f"{line.stretch:.3g}",
            line.stretch_met,
        ]
        for line in lines
        if line.measured.n
    ]
    return table(head, rows)


def _tier(records: Sequence[Record], intact: Mapping[str, str]) -> str:
    names = dict.fromkeys(record.scenario for record in records)
    by = {name: [r for r in records if r.scenario == name] for name in names}
    kept = {head: name for head, name in _COLUMNS.items() if score(name, records).n}
    rows = [
        [name, str(len(part)), *(_short(score(column, part)) for column in kept.values())]
        for name, part in by.items()
    ]
    lost = [
        f"Recall of {name} over that of {intact[name]}: "
        f"{_short(score('recall-ratio', part, by[intact[name]]))}."
        for name, part in by.items()
        if intact.get(name) in by
    ]
    return "\n\n".join([table(["scenario", "cases", *kept], rows), *lost])


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _short(measured: Score) -> str:
    return "–" if measured.value is None else f"{measured.value:.3g} ({measured.n})"


def _number(measured: Score) -> str:
    if measured.value is None:
        return "–"
    if measured.low is None or measured.high is None:
        return f"{measured.value:.3g}"
    return f"{measured.value:.3g} ({measured.low:.3g} to {measured.high:.3g})"


def cells_page(scores: Sequence[CellScore], *, title: str, note: str, group: str) -> str:
    """Markdown of real cells with labels: F1 by `group` (centre, level), then file by file."""
    groups = dict.fromkeys(score.group for score in scores)
    by = {name: [s for s in scores if s.group == name] for name in groups}
    if len(by) > 1 and group == "centre":
        by["all"] = list(scores)
    head = [group, "files", "median F1", "mean", "5th percentile", "not assessable", "detected"]
    rows = [[name, str(len(part)), *_f1_cells(part)] for name, part in by.items()]
    files = [
        [s.file, f"{s.truth:.3g}", "–" if s.fraction is None else f"{s.fraction:.3g}",
         f"{s.f1:.3f}", s.status, f"{s.seconds:.1f}"]
        for s in scores
    ]  # fmt: skip
    listed = table(["file", "labelled", "read", "F1", "status", "seconds"], files)
    return "\n\n".join([f"# {title}", note, table(head, rows), "## Every file", listed]) + "\n"


def _f1_cells(scores: Sequence[CellScore]) -> list[str]:
    """F1 of the files that have a labelled blast; what became of all of them."""
    found = [s.f1 for s in scores if s.truth > 0]
    refused = sum(s.status == "not assessable" for s in scores)
    seen = sum(s.status not in ("not assessable", "not detected") for s in scores)
    if not found:
        return ["–", "–", "–", str(refused), str(seen)]
    low = float(np.quantile(found, 0.05))
    return [f"{median(found):.3f}", f"{fmean(found):.3f}", f"{low:.3f}", str(refused), str(seen)]
