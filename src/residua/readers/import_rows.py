"""Rows of a hospital's export as rows of a case folder's CSV, by a map of local names.

Nothing is guessed: what the map lacks is listed, every name once with how often and where.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from residua.errors import Fault, ValueFault
from residua.facts.case import CSV_TABLES
from residua.facts.laboratory import analyte_table
from residua.facts.quantity import kind_of_thing, unit_table
from residua.readers.case_csv import NUMBERS
from residua.readers.import_map import ImportMap, name_role
from residua.readers.tables import Table, TableRow

Cells = Mapping[str, str]
_SHOWN = 5


@dataclass(frozen=True)
class ImportedRow:
    """One row for the folder's CSV, and the line of the export that it comes from."""

    line: int
    cells: Cells


@dataclass(frozen=True)
class Imported:
    """Rows for the folder's CSV; `left_out` counts the rows and cells that the map leaves out."""

    rows: tuple[ImportedRow, ...]
    faults: tuple[Fault, ...]
    left_out: int


@dataclass(frozen=True)
class _Source:
    """Role -> local cell of one row to be, and role -> column that it stands in."""

    cells: Cells
    columns: Mapping[str, str]


@dataclass(frozen=True)
class _Reading:
    """The cells of one row to be, what is wrong with it, and what the map lacks for it."""

    cells: Cells
    problems: tuple[tuple[str, ValueFault], ...]
    lacking: tuple[tuple[str, str], ...]


def map_rows(table: Table, mapping: ImportMap, *, kind: str) -> Imported:
    """The rows of `table` under the names, units and words of the case folder.

    Never raises for bad input: unreadable cells and everything that the map lacks are faults.
    """
    faults = list(_column_faults(table, mapping))
    lacking: dict[tuple[str, str], list[int]] = {}
    rows, left_out = [], 0
    for row in table.rows:
        if any(row.cells.get(column) != value for column, value in mapping.only.items()):
            left_out += 1
            continue
        for source in _sources(row, mapping, kind):
            if mapping.ignore & set(source.cells.values()):
                left_out += 1
                continue
            reading = _reading(source, row.typed, mapping, kind)
            rows.append(ImportedRow(row.line, reading.cells))
            faults.extend(problem.at(table.name, at, row.line) for at, problem in reading.problems)
            for word in reading.lacking:
                lacking.setdefault(word, []).append(row.line)
    return Imported(tuple(rows), (*faults, *_lacking_faults(table.name, lacking)), left_out)


def _lacking_faults(name: str, lacking: Mapping[tuple[str, str], list[int]]) -> Iterator[Fault]:
    for (table, word), lines in lacking.items():
        shown = ", ".join(str(line) for line in lines[:_SHOWN])
        more = ", ..." if len(lines) > _SHOWN else ""
        times = f"{len(lines)} time{'' if len(lines) == 1 else 's'}"
        place = f"line{'' if len(lines) == 1 else 's'} {shown}{more}"
        expected, received = "what the map knows", f"{word!r} {times} ({place})"
        do = f"add it to [{table}] of the map or to its ignore list"
        yield Fault(name, table, expected, received, do, lines[0])


def _column_faults(table: Table, mapping: ImportMap) -> Iterator[Fault]:
    named = [*mapping.columns.values(), *(wide.column for wide in mapping.wide), *mapping.only]
    for column in named:
        if column not in table.columns:
            expected, received = f"the column {column!r} of the map", "no such column"
            do = "correct the map"
            yield Fault(table.name, "the header", expected, received, do, table.header_line)
    for column in table.columns:
        if column and column not in named and column not in mapping.ignore:
            expected, received = "columns that the map knows", f"column {column!r}"
            do = "add it to the map or to its ignore list"
            yield Fault(table.name, "the header", expected, received, do, table.header_line)


def _sources(row: TableRow, mapping: ImportMap, kind: str) -> Iterator[_Source]:
    """One source for a long row, and one per analyte for a wide one."""
    common = {
        role: row.cells[column] for role, column in mapping.columns.items() if column in row.cells
    }
    if mapping.layout == "long":
        yield _Source(common, mapping.columns)
        return
    role = name_role(kind) or ""
    for wide in mapping.wide:
        if wide.column in row.cells:
            cells = {role: wide.name, "value": row.cells[wide.column], "unit": wide.unit}
            yield _Source({**common, **cells}, {**mapping.columns, "value": wide.column})


def _reading(source: _Source, typed: frozenset[str], mapping: ImportMap, kind: str) -> _Reading:
    cells: dict[str, str] = dict(mapping.fixed)
    problems: list[tuple[str, ValueFault]] = []
    lacking: list[tuple[str, str]] = []
    for role, local in source.cells.items():
        column = source.columns.get(role, role)
        try:
            if role == "date":
                clock = "time" in source.cells
                cells |= _date(local, mapping.date_format, typed=column in typed, clock=clock)
            elif role in NUMBERS:
                cells[role] = _number(local, mapping.decimal, typed=column in typed)
            else:
                cells[role], table = _word(role, local, mapping, kind)
                lacking += [(table, local)] if table else []
        except ValueFault as problem:
            problems.append((column, problem))
    return _Reading(cells, tuple(problems), tuple(lacking))


def _word(role: str, local: str, mapping: ImportMap, kind: str) -> tuple[str, str]:
    """The folder's word for a local one, and the table of the map that lacks it, or nothing."""
    if role == "unit":
        table, known, allowed = "units", mapping.units, frozenset(unit_table())
    elif role == name_role(kind):
        table, known, allowed = "names", mapping.names, _known_names(kind, mapping)
    else:
        table, known, allowed = "words", mapping.words, _allowed(kind, role)
    if local in known:
        return known[local], ""
    return local, table if allowed and local not in allowed else ""


def _known_names(kind: str, mapping: ImportMap) -> frozenset[str]:
    """Names that need no entry: those of the folder itself."""
    own = {"labs": "laboratory", "vitals": "vital"}.get(kind)
    known = analyte_table()[own] if own else {"": ""}
    return frozenset(known) | {wide.name for wide in mapping.wide}


@cache
def _allowed(kind: str, role: str) -> frozenset[str]:
    """The words that a column of the folder's CSV may hold; empty where any text may stand."""
    info = CSV_TABLES[f"{kind}.csv"].model_fields.get(role)
    return frozenset(_literals(info.annotation)) if info else frozenset()


def _literals(annotation: Any) -> Iterable[str]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from typing.get_args(annotation)
    for inner in typing.get_args(annotation):
        yield from _literals(inner)


def _date(text: str, form: str, *, typed: bool, clock: bool) -> dict[str, str]:
    """The date at its precision, with the time of day where the cell holds one."""
    try:
        moment = datetime.fromisoformat(text) if typed else datetime.strptime(text, form)
    except ValueError:
        expected = f"a date as {form}" if not typed else "a date"
        raise ValueFault(expected, kind_of_thing(text), "correct the cell or the map") from None
    if not typed and "%d" not in form and "%j" not in form:
        month = any(mark in form for mark in ("%m", "%b", "%B"))
        return {"date": moment.strftime("%Y-%m" if month else "%Y")}
    has_clock = "T" in text if typed else "%H" in form
    if has_clock and not clock:
        return {"date": moment.date().isoformat(), "time": moment.strftime("%H:%M")}
    return {"date": moment.date().isoformat()}


def _number(text: str, decimal: str, *, typed: bool) -> str:
    """The number with a decimal point; a thousands mark is refused, not guessed."""
    if typed or decimal == ".":
        if "," in text:
            raise ValueFault("a number with a decimal point", "one with a comma", _DECIMAL)
        return text
    if re.match(r"\s*[<>]?=?\s*[^\W\d]", text):
        raise ValueFault("a number", "a text", _TEXT)
    if "." in text:
        raise ValueFault("a number with a decimal comma", "one with a point", _DECIMAL)
    if text.count(",") > 1 or not re.search(r"\d", text):
        raise ValueFault("a number", kind_of_thing(text), _TEXT)
    return text.replace(",", ".")


_TEXT = "correct it, or add this text to ignore in the map"
_DECIMAL = "correct the cell, or decimal in the map"
