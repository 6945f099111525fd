"""The map of a hospital's local names: which column is what, which name and unit means which.

Docs: docs/reference/import-map.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from residua.errors import InputError, ValueFault, nearest
from residua.facts.case import CSV_TABLES
from residua.facts.laboratory import canonical_analyte
from residua.facts.quantity import kind_of, kind_of_thing
from residua.readers.case_rows import columns_of
from residua.readers.toml_places import PathOf, read_toml

KIND = "residua.import-map"
_TEXTS = ("kind", "version", "layout", "date_format", "decimal", "sheet")
_TABLES = ("columns", "names", "units", "words", "fixed", "only")
_KEYS = (*_TEXTS, *_TABLES, "checked", "ignore", "wide")
_NAMED_BY = {"labs": "analyte", "cytokines": "analyte", "vitals": "item"}


@dataclass(frozen=True)
class WideColumn:
    """A column of a wide table that holds one analyte in one unit."""

    name: str
    column: str
    unit: str


@dataclass(frozen=True)
class ImportMap:
    """How the columns and words of one export become those of a case folder's CSV."""

    layout: str
    columns: Mapping[str, str]
    names: Mapping[str, str]
    units: Mapping[str, str]
    words: Mapping[str, str]
    fixed: Mapping[str, str]
    only: Mapping[str, str]
    wide: tuple[WideColumn, ...]
    ignore: frozenset[str]
    date_format: str
    decimal: str
    sheet: str | None


def name_role(kind: str) -> str | None:
    """The column that names what was measured in tables of `kind`, where one does."""
    return _NAMED_BY.get(kind)


def read_import_map(path: Path, *, kind: str) -> ImportMap:
    """The map in `path` for tables of `kind` (labs, vitals, mrd, transgene, cytokines).

    Raises `InputError` with all its faults, also where no person has set ``checked = true``.
    """
    data, places = read_toml(path)
    faults = [
        problem.at(str(path), ".".join(map(str, at)), places.line(at))
        for at, problem in _problems(data, kind)
    ]
    if faults:
        raise InputError(faults)
    return _map(data)


def _map(data: Mapping[str, Any]) -> ImportMap:
    tables = {key: {str(k): str(v) for k, v in data.get(key, {}).items()} for key in _TABLES}
    return ImportMap(
        layout=data.get("layout", "long"),
        wide=tuple(
            WideColumn(name, entry["column"], entry["unit"]) for name, _, entry in _wide(data)
        ),
        ignore=frozenset(data.get("ignore", ())),
        date_format=data.get("date_format", "%Y-%m-%d"),
        decimal=data.get("decimal", "."),
        sheet=data.get("sheet"),
        **tables,
    )


def _problems(data: Mapping[str, Any], kind: str) -> Iterator[tuple[PathOf, ValueFault]]:
    if data.get("checked") is not True:
        received = "checked = false" if data.get("checked") is False else "no word on it"
        do = "check every line, then write checked = true"
        yield ("checked",), ValueFault("a map that a person has checked", received, do)
    if data.get("kind", KIND) != KIND:
        yield ("kind",), ValueFault(f"kind = {KIND!r}", "another kind of file", "name a map")
    if str(data.get("version", "1.0")).split(".")[0] != "1":
        yield ("version",), ValueFault("a version 1 map", "another version", 'write "1.0"')
    for key in data:
        if key not in _KEYS:
            yield (key,), ValueFault("a known key", f"key {key!r}", nearest(key, _KEYS))
    yield from _shape_problems(data)
    roles = columns_of(CSV_TABLES[f"{kind}.csv"])
    for table in ("columns", "fixed"):
        for role in _dict(data.get(table)):
            if role not in roles:
                problem = ValueFault(
                    f"a column of {kind}.csv", f"key {role!r}", nearest(role, roles)
                )
                yield (table, role), problem
    yield from _layout_problems(data, kind)
    yield from _target_problems(data, kind)


def _wide(data: Mapping[str, Any]) -> Iterator[tuple[str, PathOf, Any]]:
    """Every ``[wide.NAME]`` and ``[[wide.NAME]]``: the name, its path, its keys."""
    for name, entry in _dict(data.get("wide")).items():
        if isinstance(entry, list):
            yield from ((name, ("wide", name, place), one) for place, one in enumerate(entry))
        else:
            yield name, ("wide", name), entry


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _shape_problems(data: Mapping[str, Any]) -> Iterator[tuple[PathOf, ValueFault]]:
    for key in _TEXTS:
        if key in data and not isinstance(data[key], str):
            yield (key,), ValueFault("a text", kind_of_thing(data[key]), "write it in quotes")
    for key in (*_TABLES, "wide"):
        if key in data and not isinstance(data[key], dict):
            yield (key,), ValueFault(f"a table [{key}]", kind_of_thing(data[key]), "write a table")
    for key in _TABLES:
        for local, value in _dict(data.get(key)).items():
            if not isinstance(value, str):
                yield (key, local), ValueFault("a text", kind_of_thing(value), "write it in quotes")
    ignore = data.get("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(word, str) for word in ignore):
        yield ("ignore",), ValueFault("a list of texts", kind_of_thing(ignore), 'write ["..."]')


def _layout_problems(data: Mapping[str, Any], kind: str) -> Iterator[tuple[PathOf, ValueFault]]:
    layout = data.get("layout", "long")
    if layout not in ("long", "wide"):
        yield ("layout",), ValueFault("long or wide", "another word", 'write layout = "long"')
    if data.get("decimal", ".") not in (".", ","):
        yield ("decimal",), ValueFault('"." or ","', "another mark", 'write decimal = ","')
    given = {*_dict(data.get("columns")), *_dict(data.get("fixed"))}
    needed = {"date"}
    if layout == "long" and kind in _NAMED_BY:
        needed |= {_NAMED_BY[kind], "value"}
    for role in sorted(needed - given):
        yield ("columns",), ValueFault(f"the column of {role!r}", "nothing", f"add {role} = ...")
    if layout == "wide" and kind not in _NAMED_BY:
        do = 'write layout = "long"'
        yield ("layout",), ValueFault(f"long, for {kind}", "wide", do)
    if layout == "wide" and not data.get("wide"):
        yield ("wide",), ValueFault("at least one [wide.NAME]", "nothing", "add one")


def _target_problems(data: Mapping[str, Any], kind: str) -> Iterator[tuple[PathOf, ValueFault]]:
    """Right-hand sides that Residua does not know."""
    for local, unit in _dict(data.get("units")).items():
        yield from _checked(("units", local), kind_of, unit)
    if kind == "labs":
        for local, name in _dict(data.get("names")).items():
            yield from _checked(("names", local), canonical_analyte, name)
    yield from _wide_problems(data, kind)


def _wide_problems(data: Mapping[str, Any], kind: str) -> Iterator[tuple[PathOf, ValueFault]]:
    for name, at, entry in _wide(data):
        if kind == "labs":
            yield from _checked(at, canonical_analyte, name)
        for key in ("column", "unit"):
            if not isinstance(_dict(entry).get(key), str):
                yield at, ValueFault(f"the key {key!r}", "nothing", "name it")
        if "unit" in _dict(entry):
            yield from _checked((*at, "unit"), kind_of, entry["unit"])
        for key in _dict(entry):
            if key not in ("column", "unit"):
                problem = ValueFault("a known key", f"key {key!r}", "use one of: column, unit")
                yield (*at, key), problem


def _checked(at: PathOf, check: Any, value: object) -> Iterator[tuple[PathOf, ValueFault]]:
    if not isinstance(value, str):
        if at[0] == "wide":
            yield at, ValueFault("a text", kind_of_thing(value), "write it in quotes")
        return
    try:
        check(value)
    except ValueFault as problem:
        yield at, problem
