"""Check the raw cytometry of a case: every FCS file opens, and has what its gates name.

The header of a truncated file still tells its channels, so a gate on a missing channel is
named there too.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Channel, find_column, with_markers
from residua.facts.day import Day
from residua.facts.gating import FileEntry, Strategy
from residua.readers.fcs import read_fcs, read_fcs_header
from residua.readers.flow_gates import read_gates
from residua.readers.toml_places import Places, read_toml

STRATEGY = "flow.toml"
_FCS = (".fcs", ".lmd")
_CELLS = ("sample", "diagnosis", "normal")


def check_flow(folder: Path, *, specimens: frozenset[str] | None = None) -> tuple[Fault, ...]:
    """All faults of ``flow/``: the strategy, the files it names and every other file there.

    `specimens` are the ids of the case's specimens, where they are known. Never raises for bad
    input.
    """
    flow = folder / "flow"
    if not flow.is_dir():
        return ()
    faults: list[Fault] = []
    strategy, places = None, None
    path = flow / STRATEGY
    if path.is_file():
        try:
            strategy = read_gates(path)
            places = read_toml(path)[1]
        except InputError as error:
            faults.extend(error.faults)
    for file in sorted(file for file in flow.rglob("*") if not file.is_dir()):
        faults.extend(_opened(file))
    if strategy is not None and places is not None:
        faults.extend(_named(flow, strategy, places, specimens))
        faults.extend(_gates(flow, strategy, places))
    return tuple(dict.fromkeys(faults))


def _opened(file: Path) -> tuple[Fault, ...]:
    try:
        if file.suffix.lower() in _FCS:
            read_fcs(file)
        else:
            file.open("rb").close()
    except InputError as error:
        return error.faults
    except OSError as error:
        reason = error.strerror or "an error of the file system"
        return (Fault(str(file), "the file", "a readable file", reason, "check the file"),)
    return ()


def _named(
    flow: Path, strategy: Strategy, places: Places, specimens: frozenset[str] | None
) -> Iterator[Fault]:
    """Files and specimens that the strategy names and that are not there; impossible dates."""
    for place, entry in enumerate(strategy.files):
        for key, problem in _entry_problems(flow, entry, specimens):
            line = places.line(("file", place, key))
            yield problem.at(str(flow / STRATEGY), f"file[{place}].{key}", line)


def _entry_problems(
    flow: Path, entry: FileEntry, specimens: frozenset[str] | None
) -> Iterator[tuple[str, ValueFault]]:
    names = {"path": entry.path}
    if entry.compensation not in ("file", "none"):
        names["compensation"] = entry.compensation
    for key, name in names.items():
        if not (flow / name).is_file():
            do = "correct the path"
            yield key, ValueFault("a file beside flow.toml", "no such file", do)
    if entry.date is not None:
        try:
            Day.parse(entry.date)
        except ValueFault as problem:
            yield "date", problem
    if specimens is not None and entry.specimen and entry.specimen not in specimens:
        do = "add it to case.toml"
        yield "specimen", ValueFault("the id of a specimen", "an id that no specimen has", do)


def _gates(flow: Path, strategy: Strategy, places: Places) -> Iterator[Fault]:
    """Gates on channels that a file lacks; without ``[[file]]`` every FCS file is a sample."""
    entries = strategy.files or tuple(
        FileEntry(file.relative_to(flow).as_posix())
        for file in sorted(flow.rglob("*"))
        if file.suffix.lower() in _FCS
    )
    for place, entry in enumerate(entries):
        if entry.role not in _CELLS or entry.approach != "gates":
            continue
        try:
            channels = read_fcs_header(flow / entry.path).channels
        except InputError:
            continue  # told when the file was opened, or when it was looked for
        try:
            channels = with_markers(channels, dict(entry.markers))
        except ValueFault as problem:
            line = places.line(("file", place, "markers"))
            yield problem.at(str(flow / STRATEGY), f"file[{place}].markers", line)
        yield from _missing_channels(flow, strategy, entry, channels, places)


def _missing_channels(
    flow: Path, strategy: Strategy, entry: FileEntry, channels: tuple[Channel, ...], places: Places
) -> Iterator[Fault]:
    called = str(flow / STRATEGY)
    for place, gate in enumerate(strategy.gates):
        if gate.tube not in (None, entry.tube):
            continue
        for dimension in dict.fromkeys(gate.dimensions):
            problem = _lacking(channels, dimension, entry.path)
            if problem is not None:
                line = places.line(("gate", place, "limits", dimension))
                yield problem.at(called, f"gate[{place}] {gate.name!r}", line)


def _lacking(channels: tuple[Channel, ...], dimension: str, path: str) -> ValueFault | None:
    try:
        found = find_column(channels, dimension)
    except ValueFault as problem:
        return problem
    if found is not None:
        return None
    names = [channel.marker or channel.name for channel in channels]
    close = difflib.get_close_matches(dimension, names, n=1)
    do = f"write {close[0]!r}" if close else f"use one of: {', '.join(names)}"
    return ValueFault(f"a channel or marker of {path}", f"{dimension!r}, which it lacks", do)
