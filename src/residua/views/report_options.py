"""The options tables in words, one row for each option in the order of the alphabet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.judgements.options.table import (
    AvailabilityLine,
    BurdenLine,
    Choice,
    FlagResult,
    GateResult,
    LabelLine,
    OptionRow,
    OptionTable,
    Rate,
)
from residua.views.anchors import verdict_anchor
from residua.views.evidence_words import MARKS
from residua.views.report_verdicts import subject_words
from residua.views.wording import id_words


@dataclass(frozen=True)
class GateLine:
    """A gate or a risk factor with its result."""

    anchor: str
    result: str
    words: str
    reason: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class RateLine:
    """A harm or a result of a study."""

    words: str
    text: str
    note: str
    cite: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class OptionLine:
    """One option."""

    title: str
    target: str
    gates: tuple[GateLine, ...]
    flags: tuple[GateLine, ...]
    burdens: tuple[str, ...]
    harms: tuple[RateLine, ...]
    evidence: tuple[RateLine, ...]
    labels: tuple[str, ...]
    choices: tuple[str, ...]
    availability: tuple[str, ...]


@dataclass(frozen=True)
class OptionSection:
    """All options at one decision."""

    title: str
    date: str
    basis: str
    inputs: tuple[tuple[str, str, bool], ...]
    rows: tuple[OptionLine, ...]
    others: tuple[str, ...]


def option_sections(course: Course, tables: Iterable[OptionTable]) -> tuple[OptionSection, ...]:
    """One section for each table, in the order given."""
    return tuple(_section(course, table) for table in tables)


def _section(course: Course, table: OptionTable) -> OptionSection:
    title = subject_words(course, table.at)[0] or id_words(table.at)
    basis = "at a recorded decision" if table.basis == "decision" else "at a relapse"
    return OptionSection(
        title,
        table.date,
        basis,
        tuple((line.name, line.words, line.stated) for line in table.inputs),
        tuple(_line(row) for row in table.rows),
        tuple(_choice(choice) for choice in table.others),
    )


def _line(row: OptionRow) -> OptionLine:
    return OptionLine(
        row.title,
        row.target,
        tuple(_gate(gate) for gate in row.gates),
        tuple(_gate(flag) for flag in (*row.flags, *row.vod_factors)),
        tuple(_burden(burden) for burden in row.burdens),
        tuple(_rate(rate) for rate in row.harms),
        tuple(_rate(rate) for rate in row.evidence),
        tuple(_label(label) for label in row.labels),
        tuple(_choice(choice) for choice in row.choices),
        tuple(_availability(line) for line in row.availability),
    )


def _gate(gate: GateResult | FlagResult) -> GateLine:
    return GateLine(
        verdict_anchor(gate.id), gate.result, gate.words, gate.reason, _marks(gate.provenance)
    )


def _marks(provenance: str) -> tuple[str, ...]:
    mark = MARKS[provenance]
    return (mark,) if mark else ()


def _burden(burden: BurdenLine) -> str:
    return f"{burden.words} ({burden.arithmetic})" if burden.arithmetic else burden.words


def _rate(rate: Rate) -> RateLine:
    return RateLine(rate.words, rate.text, rate.note, rate.cite, _marks(rate.provenance))


def _label(label: LabelLine) -> str:
    mark = MARKS[label.provenance]
    return f"{label.words}{f' ({mark})' if mark else ''}"


def _choice(choice: Choice) -> str:
    by = f" by {choice.by}" if choice.by else ""
    why = f": {choice.reason}" if choice.reason else ""
    return f"{choice.choice or 'choice not stated'}{by} ({choice.option}){why}"


def _availability(line: AvailabilityLine) -> str:
    where = ", ".join(part for part in (line.country, line.date) if part)
    return f"{line.option}: {line.status or 'not stated'}{f' ({where})' if where else ''}"
