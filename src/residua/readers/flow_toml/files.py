"""The ``[[file]]`` tables of flow.toml."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import Any, get_args

from residua.errors import ValueFault
from residua.facts.day import Day
from residua.facts.gating import MEASURED, FileEntry, Role
from residua.readers.toml_table import Table, kind_of

_KEYS = (
    "path",
    "specimen",
    "tube",
    "date",
    "role",
    "approach",
    "compensation",
    "markers",
    "data_set",
    "salvage",
    "stain",
)


def read_files(top: Table, *, samples: tuple[FileEntry, ...] = ()) -> tuple[FileEntry, ...]:
    """Every file entry that has a path, in file order; a path may stand once.

    `samples` are those of a workspace: a measured file without a tube is of the one sample whose
    file has its name.
    """
    seen: set[str] = set()
    entries = []
    for table in top.tables("file"):
        entry = _entry(table)
        if entry is None:
            continue
        if entry.path in seen:
            table.wrong(ValueFault("each path once", "one again", "remove one"), "path")
        seen.add(entry.path)
        entries.append(_in_tube(entry, samples))
    return tuple(entries)


def _in_tube(entry: FileEntry, samples: tuple[FileEntry, ...]) -> FileEntry:
    if entry.tube is not None or entry.role not in MEASURED:
        return entry
    found = [one for one in samples if PurePath(one.path).name == PurePath(entry.path).name]
    return replace(entry, tube=found[0].tube) if len(found) == 1 else entry


def _entry(table: Table) -> FileEntry | None:
    table.only(*_KEYS)
    path = table.text("path", required=True)
    rest: dict[str, Any] = {
        "role": table.word("role", get_args(Role)) or "sample",
        "approach": table.word("approach", ("gates", "automatic")) or "gates",
        "compensation": table.text("compensation") or "file",
    }
    rest |= {key: table.text(key) for key in ("specimen", "tube", "date")}
    if rest["date"] is not None:
        table.made(lambda: Day.parse(rest["date"]), "date")
    rest["stain"] = table.text("stain")
    if rest["stain"] is not None and rest["role"] != "single stain":
        fault = ValueFault("role = 'single stain' beside stain", "another role", "correct one")
        table.wrong(fault, "stain")
    rest |= {"data_set": _data_set(table), "salvage": table.truth("salvage")}
    markers = _markers(table)
    return FileEntry(path=path, markers=markers, **rest) if path else None


def _data_set(table: Table) -> int:
    number = table.whole("data_set")
    if number is not None and number < 1:
        table.wrong(ValueFault("a number from 1", "another number", "count from 1"), "data_set")
    return number or 1


def _markers(table: Table) -> tuple[tuple[str, str], ...]:
    markers = table.table("markers")
    if markers is None:
        return ()
    pairs = []
    for channel, marker in markers.data.items():
        if isinstance(marker, str):
            pairs.append((channel, marker))
        else:
            markers.wrong(ValueFault("a marker", kind_of(marker), "write a text"), channel)
    return tuple(pairs)
