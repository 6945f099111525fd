"""The options tables in words, one row for each option in the order of the alphabet.

What an option asks of the patient stands at each decision; its burden, harms, results and label do
not depend on the decision and stand once for the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

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
from residua.views.plain_words import plain_words
from residua.views.report_details import Plain
from residua.views.report_verdicts import subject_words
from residua.views.wording import id_words

T = TypeVar("T")


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
    """One option at one decision."""

    title: str
    target: str
    gates: tuple[GateLine, ...]
    flags: tuple[GateLine, ...]
    choices: tuple[str, ...]
    availability: tuple[str, ...]


@dataclass(frozen=True)
class OptionBackground:
    """What is known of an option whatever the decision; `sources` are those of its gates."""

    title: str
    burdens: tuple[str, ...]
    harms: tuple[RateLine, ...]
    evidence: tuple[RateLine, ...]
    labels: tuple[str, ...]
    sources: tuple[str, ...]


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
    plain = plain_words(course)
    return tuple(_section(course, table, plain) for table in tables)


def option_backgrounds(tables: Iterable[OptionTable]) -> tuple[OptionBackground, ...]:
    """One for each option of any table, in the order of the alphabet."""
    rows: dict[str, list[OptionRow]] = {}
    for table in tables:
        for row in table.rows:
            rows.setdefault(row.title, []).append(row)
    return tuple(_background(title, same) for title, same in sorted(rows.items()))


def _background(title: str, rows: list[OptionRow]) -> OptionBackground:
    asked: list[GateResult | FlagResult] = []
    for row in rows:
        asked += [*row.gates, *row.flags, *row.vod_factors]
    return OptionBackground(
        title,
        _once(_burden(burden) for row in rows for burden in row.burdens),
        _once(_rate(rate) for row in rows for rate in row.harms),
        _once(_rate(rate) for row in rows for rate in row.evidence),
        _once(_label(label) for row in rows for label in row.labels),
        _once(gate.cite for gate in asked),
    )


def _once(lines: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(lines))


def _section(course: Course, table: OptionTable, plain: Plain) -> OptionSection:
    title = subject_words(course, table.at)[0] or id_words(table.at)
    basis = "at a recorded decision" if table.basis == "decision" else "at a relapse"
    return OptionSection(
        title,
        plain(table.date),
        basis,
        tuple((line.name, plain(line.words), line.stated) for line in table.inputs),
        tuple(_line(row, plain) for row in table.rows),
        tuple(_choice(choice) for choice in table.others),
    )


def _line(row: OptionRow, plain: Plain) -> OptionLine:
    return OptionLine(
        row.title,
        row.target,
        tuple(_gate(gate, plain) for gate in row.gates),
        tuple(_gate(flag, plain) for flag in (*row.flags, *row.vod_factors)),
        tuple(_choice(choice) for choice in row.choices),
        tuple(_availability(line, plain) for line in row.availability),
    )


def _gate(gate: GateResult | FlagResult, plain: Plain) -> GateLine:
    return GateLine(
        verdict_anchor(gate.id), gate.result, gate.words, plain(gate.reason),
        _marks(gate.provenance),
    )  # fmt: skip


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


def _availability(line: AvailabilityLine, plain: Plain) -> str:
    where = ", ".join(part for part in (line.country, plain(line.date)) if part)
    return f"{line.option}: {line.status or 'not stated'}{f' ({where})' if where else ''}"
