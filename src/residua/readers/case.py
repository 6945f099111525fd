"""A case folder: ``case.toml`` and the CSV tables beside it, read in one pass.

All faults of all files are found together; a file that cannot be read does not hide the
faults of the others.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, system_words
from residua.facts.case import CSV_TABLES, Case, InputFile
from residua.readers.case_csv import CaseCsv, read_case_csv
from residua.readers.case_cycles import cycle_length_faults
from residua.readers.case_dates import date_faults
from residua.readers.case_grades import grade_faults
from residua.readers.case_links import by_id, cycle_faults, id_faults, link_faults
from residua.readers.case_rows import Row
from residua.readers.case_tissue import tissue_faults
from residua.readers.case_toml import CaseToml, read_case_toml
from residua.readers.case_vitals import vital_faults
from residua.readers.digest import sha256_of
from residua.readers.ordinary_file import ordinary_bytes

CASE_FILE = "case.toml"
FOLDERS = ("flow", "qpcr", "beads")
OTHER_FILES = ("clonotypes.tsv", "flow.toml")


@dataclass(frozen=True)
class Gathered:
    """A case folder as it was read: the case as far as it goes, all faults, and notes."""

    case: Case
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def read_case(folder: Path | str) -> Case:
    """The case in `folder`.

    Raises `InputError` with the faults of all its files, each with file and line.
    """
    gathered = gather_case(Path(folder))
    if gathered.faults:
        raise InputError(gathered.faults)
    return gathered.case


def gather_case(folder: Path, *, instead: Mapping[str, bytes] | None = None) -> Gathered:
    """The case in `folder` with all its faults and notes; never raises for bad input.

    `instead` holds the bytes of CSV files as they would be written, by file name.
    """
    missing = _missing(folder)
    if missing is not None and not folder.is_dir():
        return Gathered(Case(str(folder), "", ()), (missing,), ())
    name = str(folder / CASE_FILE)
    toml = (
        CaseToml(faults=(missing,))
        if missing
        else read_case_toml(folder / CASE_FILE, name=name, source=CASE_FILE)
    )
    tables = tuple(_csv_tables(folder, toml, instead or {}))
    rows = (*toml.rows, *(row for table in tables for row in table.rows))
    faults = (*toml.faults, *(fault for table in tables for fault in table.faults))
    faults = (*faults, *_between(rows, toml), *_empty(folder, rows, toml, faults))
    unknown = tuple(_unknown_files(folder))
    case = Case(
        folder=str(folder),
        title=toml.title,
        facts=tuple(row.fact for row in rows if row.fact is not None),
        simulated=toml.simulated,
        reference=toml.reference,
        inputs=tuple(_inputs(folder)),
        unknown_files=tuple(unknown),
    )
    notes = (*(note for table in tables for note in table.notes), *_notes(folder, unknown))
    return Gathered(case, _in_order(faults), notes)


def _missing(folder: Path) -> Fault | None:
    name, do = str(folder / CASE_FILE), f"run residua new {folder}"
    if not folder.exists():
        received = "no such folder"
    elif not folder.is_dir():
        name, received, do = str(folder), "a file", f"name its folder, {folder.parent}"
    elif not (folder / CASE_FILE).is_file():
        received = "no such file"
    else:
        return None
    return Fault(name, "the folder", "a case folder with case.toml", received, do)


def _csv_tables(folder: Path, toml: CaseToml, instead: Mapping[str, bytes]) -> Iterator[CaseCsv]:
    for file, table in CSV_TABLES.items():
        path = folder / file
        if file not in instead and not os.path.lexists(path):
            continue
        first = 1 + sum(row.table is table for row in toml.rows)
        try:
            raw = instead[file] if file in instead else ordinary_bytes(path)
        except OSError as error:
            reason = system_words(error)
            fault = Fault(str(path), "the file", "a readable file", reason, "check the file")
            yield CaseCsv(faults=(fault,))
            continue
        yield read_case_csv(raw, file=file, name=str(path), first=first, simulated=toml.simulated)


def _between(rows: tuple[Row, ...], toml: CaseToml) -> Iterator[Fault]:
    """The faults between rows; links need the whole ``case.toml``, which holds their ends."""
    index = by_id(rows)
    yield from id_faults(rows)
    if toml.whole:
        yield from link_faults(rows, index)
    yield from cycle_faults(rows, index)
    yield from date_faults(rows, index)
    yield from tissue_faults(rows, index)
    yield from vital_faults(rows)
    yield from grade_faults(rows)
    yield from cycle_length_faults(rows)


def _empty(
    folder: Path, rows: tuple[Row, ...], toml: CaseToml, faults: tuple[Fault, ...]
) -> Iterator[Fault]:
    if toml.whole and not rows and not faults:
        yield Fault(
            str(folder / CASE_FILE), "the case", "at least one row of one table", "an empty case",
            "fill in case.toml or a CSV beside it", 1,
        )  # fmt: skip


def _inputs(folder: Path) -> Iterator[InputFile]:
    for file in (CASE_FILE, *CSV_TABLES):
        path = folder / file
        try:
            yield InputFile(file, sha256_of(path))
        except OSError:
            continue  # absent, or already reported as unreadable


def _unknown_files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        known = path.name in (CASE_FILE, *CSV_TABLES, *OTHER_FILES)
        is_map = path.name.endswith(".map.toml")
        if path.is_dir() and path.name not in FOLDERS and not path.name.startswith("."):
            yield f"{path.name}/"
        elif path.is_file() and not known and not is_map and not path.name.startswith("."):
            yield path.name


def _notes(folder: Path, unknown: tuple[str, ...]) -> Iterator[str]:
    known = (CASE_FILE, *CSV_TABLES, *OTHER_FILES)
    for name in (name for name in unknown if name.rstrip("/") not in known):
        close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.8)
        near = f" (is it {close[0]}?)" if close else ""
        yield f"{folder / name}: not a file of a case folder, left alone{near}"


def _in_order(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Without repeats, by file in the order of the tables and by line."""
    files = {fault.file: None for fault in faults}
    order = {file: place for place, file in enumerate(files)}
    return tuple(
        sorted(
            dict.fromkeys(faults),
            key=lambda fault: (order[fault.file], fault.line or 0, fault.where, fault.expected),
        )
    )
