"""Reads a standard of grades from its TOML; what lacks its source does not load."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from residua.errors import Fault, InputError, ValueFault
from residua.facts.day import Day
from residua.facts.quantity import Quantity, kind_of
from residua.standards.grade_book import (
    BaselineState,
    Bound,
    Cell,
    Comparison,
    FindingKind,
    GradeBook,
    Scale,
    Term,
)
from residua.standards.grading import GRADES
from residua.standards.rulebook import PROVENANCE

COMPARISONS: tuple[Comparison, ...] = ("at_least", "above", "at_most", "below")
_SOURCE = ("clause", "cite", "provenance")
_CELL_KEYS = {"id", "term", "grade", "baseline", "findings", "reading", *_SOURCE, *COMPARISONS}
_STATES: tuple[BaselineState, ...] = ("", "high", "not high", "low", "not low")
_SCALES: dict[str, Scale] = {"LLN": "lln", "ULN": "uln", "BL": "baseline"}
_CHANGE = re.compile(r"([\d.]+) (%|\S+) (fall|rise)\Z")
_WORDS = {"lln": "LLN", "uln": "ULN", "baseline": "baseline"}


@cache
def load_grades(name: str) -> GradeBook:
    """The standard ``standards/NAME.toml``; raises `InputError` with all its faults."""
    file = f"{name}.toml"
    text = resources.files("residua.standards").joinpath(file).read_text("utf-8")
    return parse_grades(text, file=file)


def parse_grades(text: str, *, file: str) -> GradeBook:
    """Read a standard of grades from TOML; raises `InputError` with all its faults."""
    data = tomllib.loads(text, parse_float=Decimal)
    faults = [fault for record in data["rule"] for fault in _faults(file, record, data)]
    if faults:
        raise InputError(faults)
    kinds = {name: _finding(name, record) for name, record in data.get("finding", {}).items()}
    cells: dict[str, list[Cell]] = {}
    for record in data["rule"]:
        try:
            cell = _cell(record, kinds)
        except ValueFault as error:
            raise InputError(error.at(file, f"rule {record['id']}")) from error
        cells.setdefault(cell.term, []).append(cell)
    return GradeBook(
        standard=data["standard"],
        version=data["version"],
        published=Day.parse(data["published"]) if data["published"] else None,
        cite=data["cite"],
        doi=data["doi"],
        checked_by=data["checked_by"],
        terms=tuple(_term(record, cells.get(record["id"], []), kinds) for record in data["term"]),
    )


def _faults(file: str, record: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[Fault]:
    where, do = f"rule {record.get('id', '(without id)')}", "complete the rule from its source"
    for key in ("id", "term", *_SOURCE):
        if not str(record.get(key, "")).strip():
            yield Fault(file, f"{where}: {key}", "a text", "nothing", do)
    for key in record.keys() - _CELL_KEYS:
        yield Fault(file, where, "a known key", f"key {key!r}", do)
    if record.get("provenance", "read") not in PROVENANCE:
        yield Fault(file, f"{where}: provenance", f"one of {PROVENANCE}", "another word", do)
    if record.get("grade", 0) not in GRADES:
        yield Fault(file, f"{where}: grade", "a grade from 0 to 5", "another number", do)
    if record.get("baseline", "") not in _STATES:
        yield Fault(file, f"{where}: baseline", f"one of {_STATES}", "another word", do)
    if record.get("term") not in {term["id"] for term in data["term"]}:
        yield Fault(file, f"{where}: term", "the id of a term of the file", "another", do)
    for name in record.get("findings", {}).keys() - data.get("finding", {}).keys():
        yield Fault(file, f"{where}: findings", "a finding of the file", f"{name!r}", do)


def _finding(name: str, record: Mapping[str, Any]) -> FindingKind:
    return FindingKind(
        name=name,
        asks=record["asks"],
        words=tuple(record.get("words", ())),
        also={word: tuple(words) for word, words in record.get("also", {}).items()},
        absent=record.get("absent", ""),
        unit=record.get("unit", ""),
    )


def _cell(record: Mapping[str, Any], kinds: Mapping[str, FindingKind]) -> Cell:
    bounds = [
        _bound("value", comparison, text)
        for comparison in COMPARISONS
        for text in _texts(record.get(comparison, []))
    ]
    findings: list[tuple[str, tuple[str, ...]]] = []
    for name, raw in record.get("findings", {}).items():
        if kinds[name].unit:
            comparison, _, limit = raw.partition(" ")
            bounds.append(_bound(name, comparison, limit))
        else:
            findings.append((name, _texts(raw)))
    source = {key: record[key] for key in ("id", "term", *_SOURCE)}
    return Cell(
        **source,
        grade=record.get("grade"),
        bounds=tuple(bounds),
        baseline=record.get("baseline", ""),
        findings=tuple(findings),
        reading=record.get("reading", ""),
    )


def _texts(raw: str | list[str]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def _bound(of: str, comparison: Any, limit: str) -> Bound:
    words = f"{comparison.replace('_', ' ')} "
    number, _, unit = limit.partition(" ")
    if unit in _SCALES:
        scale = _SCALES[unit]
        once = "the " if Decimal(number) == 1 else f"{number} x the "
        return Bound(of, comparison, Decimal(number), scale, f"{words}{once}{_WORDS[scale]}")
    change = _CHANGE.match(limit)
    if change:
        kind: Scale = "fall" if change[3] == "fall" else "rise"
        text = f"a {kind} {words}{change[1]} {change[2]}"
        return Bound(of, comparison, Decimal(change[1]), kind, text)
    quantity = Quantity.parse(limit)
    named = "" if of == "value" else f"{of.replace('_', ' ')} "
    return Bound(of, comparison, quantity.value, "", f"{named}{words}{quantity}")


def _term(record: Mapping[str, Any], cells: list[Cell], kinds: Mapping[str, FindingKind]) -> Term:
    if record.get("unit"):
        kind_of(record["unit"])
    worst_first = sorted(cells, key=lambda cell: -9 if cell.grade is None else -cell.grade)
    used = frozenset().union(*(cell.names for cell in cells))
    return Term(
        id=record["id"],
        name=record["name"],
        kinds=tuple(record.get("kinds", ())),
        unit=record.get("unit", ""),
        divided_by={unit: Decimal(n) for unit, n in record.get("divided_by", {}).items()},
        conversion=record.get("conversion", ""),
        whole=record.get("whole", False),
        confounded_by_baseline=record.get("confounded_by_baseline", False),
        note=record.get("note", ""),
        cells=tuple(worst_first),
        findings=tuple(kind for name, kind in kinds.items() if name in used),
    )
