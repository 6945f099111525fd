"""``qpcr/qpcr.toml`` and ``beads/beads.toml`` of a case: which file holds what, of which sample."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from residua.errors import ValueFault, nearest_of
from residua.facts.case_plate import AssayFile, AssayFolder, NamedSample
from residua.facts.day import Day
from residua.facts.qpcr import USUAL
from residua.readers.ordinary_file import is_file
from residua.readers.toml_places import read_toml
from residua.readers.toml_table import Faults, Table

MAJOR = "1"
_FILE = ("path", "assay", "target", "reference", "lloq", "simulated")
_SAMPLE = ("name", "specimen", "date", "time", "file")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d\Z")

Extra = tuple[str, ...] | None
"""The words that a further key takes; None where it is a number above 0, ``()`` for any text."""


@dataclass(frozen=True)
class FolderForm:
    """``kind`` of the file and, by the name of the assay, the further keys of ``[[file]]``."""

    kind: str
    assays: Mapping[str, Mapping[str, Extra]]


@dataclass(frozen=True)
class Known:
    """Of the case: ids of its specimens, and of all rows that a date may count from."""

    specimens: frozenset[str]
    ids: frozenset[str]


def read_assay_folder(
    path: Path | str, form: FolderForm, *, known: Known | None = None, name: str | None = None
) -> AssayFolder:
    """The files and samples that a TOML file names; `name` is how faults call it.

    Raises `InputError` with every fault by line: another kind or version, unknown keys and
    assays, files that are not there, two entries of one file, target and assay or of one
    sample, and, where `known` is given, specimens and anchors that the case lacks.
    """
    called = name or str(path)
    data, places = read_toml(path, name=called)
    faults = Faults(called, places)
    top = Table(data, (), faults)
    top.only("kind", "version", "file", "sample")
    _head(top, form.kind)
    files = _files(top, form, Path(path).parent)
    named = frozenset(one.path for one in files)
    samples = _samples(top, known, named)
    faults.raise_any()
    return AssayFolder(files, samples)


def _head(top: Table, kind: str) -> None:
    top.word("kind", (kind,), required=True)
    version = top.text("version", required=True)
    if version is None or re.fullmatch(rf"{MAJOR}\.\d{{1,3}}", version):
        return
    do = "open it with a release of Residua that reads this version"
    top.wrong(ValueFault(f'version = "{MAJOR}.0"', "another version", do), "version")


def _files(top: Table, form: FolderForm, folder: Path) -> tuple[AssayFile, ...]:
    seen: set[tuple[str, str, str | None]] = set()
    found = []
    for table in top.tables("file"):
        one = _file(table, form, folder)
        if one is None:
            continue
        key = (one.path, one.assay, one.target)
        if key in seen:
            fault = ValueFault("each file, assay and target once", "one again", "remove one")
            table.wrong(fault, "path")
        seen.add(key)
        found.append(one)
    return tuple(found)


def _file(table: Table, form: FolderForm, folder: Path) -> AssayFile | None:
    assay = table.word("assay", form.assays, required=True)
    extra = form.assays.get(assay or "", {})
    every = extra if assay else {key: () for keys in form.assays.values() for key in keys}
    table.only(*_FILE, *every)
    path = table.text("path", required=True)
    if path is not None and not _there(folder, path):
        fault = ValueFault(
            "a file beside this one", "no such file", "correct the path or add the file"
        )
        table.wrong(fault, "path")
    rest = {key: table.text(key) for key in ("target", "reference")}
    lloq, simulated = _positive(table, "lloq"), table.truth("simulated")
    values = ((key, _extra(table, key, kind)) for key, kind in extra.items())
    given = tuple((key, value) for key, value in values if value is not None)
    if path is None or assay is None:
        return None
    line = table.faults.places.line(table.path)
    return AssayFile(path, assay, rest["target"], rest["reference"], lloq, simulated, given, line)


def _there(folder: Path, path: str) -> bool:
    return bool(path.strip()) and is_file(folder / path)


def _extra(table: Table, key: str, kind: Extra) -> str | float | None:
    if kind is None:
        return _positive(table, key)
    return table.word(key, kind) if kind else table.text(key)


def _positive(table: Table, key: str) -> float | None:
    number = table.number(key)
    if number is None or USUAL[0] <= number <= USUAL[1]:
        return number
    table.wrong(ValueFault("a number above 0", "another number", "correct it"), key)
    return None


def _samples(top: Table, known: Known | None, files: frozenset[str]) -> tuple[NamedSample, ...]:
    seen: set[tuple[str, str | None]] = set()
    found = []
    for table in top.tables("sample"):
        table.only(*_SAMPLE)
        one = _sample(table, known)
        if one is None:
            continue
        if one.file is not None and one.file not in files:
            do = nearest_of(one.file, files, none="name its file in a [[file]]")
            table.wrong(ValueFault("the path of a [[file]]", "another one", do), "file")
        if (one.name, one.file) in seen:
            fault = ValueFault("one entry for each name", "a second one", "remove one")
            table.wrong(fault, "name")
        seen.add((one.name, one.file))
        found.append(one)
    return tuple(found)


def _sample(table: Table, known: Known | None) -> NamedSample | None:
    name, file = table.text("name", required=True), table.text("file")
    specimen, time = table.text("specimen"), _clock(table)
    stated = table.text("date")
    day = table.made(lambda: Day.parse(stated), "date") if stated is not None else None
    if (specimen is None) == (stated is None) and not _wrongly_typed(table):
        received = "none" if specimen is None else "both"
        do = "name a [[specimen]] of the case or give the date"
        table.wrong(ValueFault("either a specimen or a date", received, do), "name")
    if known is not None and specimen is not None and specimen not in known.specimens:
        do = nearest_of(specimen, known.specimens, none="add it to case.toml")
        fault = ValueFault("the id of a specimen", "an id that no specimen has", do)
        table.wrong(fault, "specimen")
    anchor = day.anchor if day else None
    if known is not None and anchor is not None and anchor not in known.ids:
        do = nearest_of(anchor, known.ids, none="give that row this id")
        table.wrong(ValueFault("a date from a row of the case", "an id of no row", do), "date")
    if name is None:
        return None
    line = table.faults.places.line(table.path)
    return NamedSample(name, specimen, day, time, file, line)


def _wrongly_typed(table: Table) -> bool:
    """Whether a fault of the specimen or date is told already."""
    keys = {(*table.path, key) for key in ("specimen", "date")}
    return any(path in keys for path, _ in table.faults.found)


def _clock(table: Table) -> str | None:
    time = table.text("time")
    if time is not None and not _CLOCK.match(time):
        fault = ValueFault('a time such as "08:30"', "another form", "write hour:minute")
        table.wrong(fault, "time")
        return None
    return time
