"""The evidence of a course by study; what the case's paper says stands beside the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from residua.judgements.evidence import CitedBeside, EvidenceRow
from residua.views.evidence_words import (
    MARKS,
    denominator_words,
    endpoint_words,
    mark_words,
    number_words,
    remark_words,
)


@dataclass(frozen=True)
class CitedLine:
    """What the case's paper says, what its source says, and the verdict on it."""

    number: str
    says: str
    attributed_to: str
    source_says: str
    verdict: str
    words: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceLine:
    """One result in words."""

    arm: str
    endpoint: str
    denominator: str
    numbers: str
    remarks: str
    place: str
    marks: tuple[str, ...]
    cited: tuple[CitedLine, ...]


@dataclass(frozen=True)
class EvidenceStudy:
    """One study with its results; its name is empty for statements without a result."""

    name: str
    population: str
    cite: str
    lines: tuple[EvidenceLine, ...]

    @property
    def disputed(self) -> bool:
        """Whether the case's paper says something of it."""
        return any(line.cited for line in self.lines)


def evidence_studies(rows: Iterable[EvidenceRow]) -> tuple[EvidenceStudy, ...]:
    """The studies in the order of the rows."""
    groups = groupby(rows, key=lambda row: row.trial.id if row.trial else "")
    return tuple(_study(tuple(group)) for _, group in groups)


def _study(rows: tuple[EvidenceRow, ...]) -> EvidenceStudy:
    lines, trial = tuple(_line(row) for row in rows), rows[0].trial
    if trial is None:
        return EvidenceStudy("", "", "", lines)
    return EvidenceStudy(trial.name, trial.population, trial.cite, lines)


def _line(row: EvidenceRow) -> EvidenceLine:
    result, cited = row.result, tuple(_cited(beside) for beside in row.cited)
    if result is None:
        places = "; ".join(beside.cited.cite for beside in row.cited)
        return EvidenceLine("", "", "", "", "", places, (), cited)
    mark = mark_words(result)
    return EvidenceLine(
        result.arm,
        endpoint_words(result),
        denominator_words(result),
        number_words(result),
        remark_words(result),
        f"{result.clause}; {result.cite}",
        (mark,) if mark else (),
        cited,
    )


def _cited(beside: CitedBeside) -> CitedLine:
    cited, mark = beside.cited, MARKS[beside.cited.provenance]
    return CitedLine(
        f"{cited.number}" if cited.number is not None else "",
        cited.says,
        cited.attributed_to,
        cited.source_says,
        cited.verdict_words,
        cited.words,
        (mark,) if mark else (),
    )
