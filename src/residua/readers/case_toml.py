"""``case.toml``: its head and its tables, each row with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.case import ROW_TABLES, SINGLE_TABLES
from residua.facts.fact import Fact
from residua.facts.quantity import kind_of_thing
from residua.readers.case_rows import Place, Row, make_row
from residua.readers.toml_places import PathOf, Places, read_toml

KIND = "residua.case"
HEAD = ("kind", "version", "simulated", "title", "reference")
_SINGLE = {table.table: table for table in SINGLE_TABLES}
_MANY = {table.table: table for table in ROW_TABLES}


@dataclass(frozen=True)
class CaseToml:
    """What ``case.toml`` holds; `whole` tells that it could be read at all."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    title: str = ""
    reference: str = ""
    simulated: bool = False
    whole: bool = False


def read_case_toml(path: Path, *, name: str, source: str) -> CaseToml:
    """Read ``case.toml``; `name` is how faults call it, `source` how the facts do.

    Never raises for bad input: the faults are in the result.
    """
    try:
        data, places = read_toml(path, name=name)
    except InputError as error:
        return CaseToml(faults=error.faults)
    top = Place(name, 1, "", places.lines)
    faults = [top.fault((key,), problem) for key, problem in _head_problems(data)]
    simulated = data.get("simulated") is True
    rows: list[Row] = []
    below = _below(places)
    for table, made, path_of, content in _contents(data):
        place = Place(name, places.line(path_of), _where(path_of), below.get(path_of, {}))
        origin = f"{source}:{place.line}"
        row, found = make_row(
            table, content, place, made_id=made, source=origin, simulated=simulated
        )
        rows.append(row)
        faults.extend(found)
    head = {key: value for key in ("title", "reference") if isinstance(value := data.get(key), str)}
    return CaseToml(tuple(rows), tuple(faults), simulated=simulated, whole=True, **head)


def _head_problems(data: Mapping[str, Any]) -> Iterator[tuple[str, ValueFault]]:
    if data.get("kind") != KIND:
        received = "nothing" if "kind" not in data else "another kind of file"
        yield "kind", ValueFault(f"kind = {KIND!r}", received, f'write kind = "{KIND}"')
    yield from _version_problem(data.get("version"))
    if "simulated" in data and not isinstance(data["simulated"], bool):
        received = kind_of_thing(data["simulated"])
        yield "simulated", ValueFault("true or false", received, "write it without quotes")
    for key in ("title", "reference"):
        if key in data and not isinstance(data[key], str):
            yield key, ValueFault("a text", kind_of_thing(data[key]), "write it in quotes")
    known = (*HEAD, *_SINGLE, *_MANY)
    for key, value in data.items():
        if key not in known:
            thing = "table" if _is_table(value) else "key"
            yield key, ValueFault(f"a known {thing}", f"{thing} {key!r}", nearest(key, known))
        elif key in _SINGLE and not isinstance(value, dict):
            yield key, ValueFault(f"one [{key}]", kind_of_thing(value), f"write [{key}]")
        elif key in _MANY and not _is_rows(value):
            yield key, ValueFault(f"rows of [[{key}]]", kind_of_thing(value), f"write [[{key}]]")


def _version_problem(version: object) -> Iterator[tuple[str, ValueFault]]:
    if version is None:
        yield "version", ValueFault('version = "1.0"', "nothing", 'add version = "1.0"')
    elif not isinstance(version, str) or not re.fullmatch(r"\d{1,3}\.\d{1,3}", version):
        yield "version", ValueFault('version = "1.0"', kind_of_thing(version), "correct it")
    elif version.split(".")[0] != "1":
        received = f"version {version.split('.')[0]}"
        do = "open it with a release of Residua that reads this version"
        yield "version", ValueFault("a version 1 case", received, do)


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (_is_rows(value) and bool(value))


def _contents(
    data: Mapping[str, Any],
) -> Iterator[tuple[type[Fact], str, PathOf, Mapping[str, Any]]]:
    """Table, made id, path and keys of every row, in the order of the file."""
    for key, value in data.items():
        if key in _SINGLE and isinstance(value, dict):
            yield _SINGLE[key], key, (key,), value
        elif key in _MANY and _is_rows(value):
            for place, content in enumerate(value):
                yield _MANY[key], made_id(_MANY[key], place + 1), (key, place), content


def made_id(table: type[Fact], number: int) -> str:
    """The id of a row that gives none: table and number, from 1."""
    return f"{table.table.replace('_', '-')}-{number}"


def _where(path: PathOf) -> str:
    return str(path[0]) if len(path) == 1 else f"{path[0]}[{path[1]}]"


def _below(places: Places) -> dict[PathOf, dict[PathOf, int]]:
    """For every row, the lines of its keys, by their path within the row."""
    found: dict[PathOf, dict[PathOf, int]] = {}
    for path, line in places.lines.items():
        size = 2 if len(path) > 1 and isinstance(path[1], int) else 1
        if len(path) > size:
            found.setdefault(path[:size], {})[path[size:]] = line
    return found
