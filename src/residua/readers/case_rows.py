"""Rows of a case with their places, and the faults that a row's own checks find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from residua.errors import Fault, ValueFault, nearest
from residua.facts.case import CSV_TABLES, ROW_TABLES
from residua.facts.fact import Fact
from residua.facts.quantity import kind_of_thing
from residua.readers.toml_places import PathOf

_WITH_UNIT = frozenset({"value", "lower", "upper", "lloq", "uloq"})
MEASURED_ONLY = frozenset({"interval", "flags", "measured_from"})


@dataclass(frozen=True)
class Place:
    """Where a row stands: file, line, its name such as ``treatment[2]``, lines of its keys."""

    file: str
    line: int
    where: str = ""
    lines: Mapping[PathOf, int] = field(default_factory=dict)

    def fault(self, path: PathOf, problem: ValueFault) -> Fault:
        """`problem` at the key `path` of this row."""
        where = self.where
        for step in path:
            where += f"[{step}]" if isinstance(step, int) else f".{step}" if where else step
        return problem.at(self.file, where or "the row", self._line(path))

    def _line(self, path: PathOf) -> int:
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return self.line


@dataclass(frozen=True)
class Row:
    """One row of one table; where it has faults, `fact` holds what is sound of it, or None."""

    id: str
    table: type[Fact]
    place: Place
    fact: Fact | None
    given_id: bool


def columns_of(table: type[Fact]) -> tuple[str, ...]:
    """The keys that a row of `table` may have in a file."""
    names = [info.alias or name for name, info in table.model_fields.items()]
    extra = ["unit"] if table in CSV_TABLES.values() and "value" in names else []
    return tuple(name for name in (*names, *extra) if name not in MEASURED_ONLY)


def make_row(
    table: type[Fact],
    data: Mapping[str, Any],
    place: Place,
    *,
    made_id: str,
    source: str,
    simulated: bool,
) -> tuple[Row, tuple[Fault, ...]]:
    """The row that `data` describes, and its faults.

    `made_id` and `source` stand in where `data` gives none; `simulated` marks the row, whatever
    it says itself.
    """
    given = data.get("id")
    row_id = given if isinstance(given, str) else made_id
    full = {"id": made_id, "source": source, **data}
    if simulated:
        full["simulated"] = True
    foreign = [key for key in MEASURED_ONLY & full.keys() if key in table.model_fields]
    faults = [place.fault((key,), _unknown_key(key, columns_of(table))) for key in foreign]
    for key in foreign:
        del full[key]
    fact, found = _validate(table, full, place)
    return Row(row_id, table, place, fact, given is not None), (*faults, *found)


def _validate(
    table: type[Fact], data: Mapping[str, Any], place: Place
) -> tuple[Fact | None, tuple[Fault, ...]]:
    """The fact, as far as the sound keys of `data` make one, and all its faults.

    Keys with faults are left out and the rest is tried again, so that a wrong unit does not
    hide an impossible order and the row still takes part in the checks between rows.
    """
    faults: list[Fault] = []
    dropped: set[str | int] = set()
    while True:
        sound = {key: value for key, value in data.items() if key not in dropped}
        try:
            return table.model_validate(sound), tuple(faults)
        except ValidationError as error:
            found = [
                (path, fault)
                for path, fault in _faults(error, table, sound, place)
                if path[:1] not in {(key,) for key in dropped}
            ]
        faults.extend(fault for _, fault in found)
        wrong = {path[0] for path, _ in found if path and path[0] in sound}
        if not wrong:
            return _bare(sound), tuple(faults)
        dropped |= wrong | (_WITH_UNIT if "unit" in wrong else set())


def _bare(data: Mapping[str, Any]) -> Fact | None:
    """Only what every fact has: id, date, links."""
    try:
        return Fact.model_validate({key: data[key] for key in Fact.model_fields if key in data})
    except ValidationError:
        return None


def _unknown_key(key: str, known: tuple[str, ...]) -> ValueFault:
    """The nearest known key; where none is near, the tables that have it (a header is missing)."""
    do = nearest(key, known)
    homes = [f"[[{table.table}]]" for table in ROW_TABLES if key in columns_of(table)]
    if homes and do.startswith("use one of"):
        do = f"put it under {' or '.join(homes)}, or {do}"
    return ValueFault("a known key", f"key {key!r}", do)


def _faults(
    error: ValidationError, table: type[Fact], data: Mapping[str, Any], place: Place
) -> Iterator[tuple[PathOf, Fault]]:
    seen: set[tuple[PathOf, str]] = set()
    for detail in error.errors(include_url=False):
        path = _path(detail, data)
        problem = _problem(detail, path, table)
        if problem.field and not path:
            path = (problem.field,)
        mark = (path, problem.expected)
        if mark not in seen:
            seen.add(mark)
            yield path, place.fault(path, problem)


def _path(detail: ErrorDetails, data: Any) -> PathOf:
    """The part of pydantic's location that exists in the data, and a missing key itself."""
    path: list[str | int] = []
    at: Any = data
    for step in detail["loc"]:
        inside = isinstance(at, Mapping) or (isinstance(at, list | tuple) and isinstance(step, int))
        if not inside:
            break
        try:
            at = at[step]
        except (KeyError, IndexError):
            if detail["type"] == "missing":
                path.append(step)
            break
        path.append(step)
    return tuple(path)


def _problem(detail: ErrorDetails, path: PathOf, table: type[Fact]) -> ValueFault:
    context = detail.get("ctx", {})
    kind, received = detail["type"], kind_of_thing(detail["input"])
    original = context.get("error")
    if isinstance(original, ValueFault):
        return original
    if kind == "literal_error":
        words = re.findall(r"'([^']*)'", str(context["expected"]))
        if isinstance(detail["input"], str):
            return ValueFault("a known word", "another word", nearest(detail["input"], words))
        return ValueFault("a known word", received, f"use one of: {', '.join(words)}")
    if kind == "missing":
        return ValueFault(f"the key {path[-1]!r}", "nothing", "add it")
    if kind == "extra_forbidden":
        return _unknown_key(str(detail["loc"][-1]), _known_at(table, path))
    expected = _EXPECTED.get(kind, "a value of another kind")
    received = _RECEIVED.get(kind, received)
    return ValueFault(expected.format(**context), received, "correct it")


def _known_at(table: type[Fact], path: PathOf) -> tuple[str, ...]:
    """The keys that may stand beside the last step of `path`."""
    model: type[BaseModel] = table
    for step in path[:-1]:
        if isinstance(step, str):
            inner = model.model_fields[step].annotation
            model = next(
                arg
                for arg in getattr(inner, "__args__", ())
                if isinstance(arg, type) and issubclass(arg, BaseModel)
            )
    if issubclass(model, Fact):
        return columns_of(model)
    return tuple(info.alias or name for name, info in model.model_fields.items())


_EXPECTED = {
    "string_type": "a text",
    "string_too_short": "a text that is not empty",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a smaller whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
    "greater_than": "a number above {gt}",
    "less_than": "a number below {lt}",
}
_RECEIVED = {
    "int_from_float": "a number with decimals",
    "greater_than_equal": "a smaller one",
    "less_than_equal": "a larger one",
    "greater_than": "a smaller one",
    "less_than": "a larger one",
}
