"""Check the bead assays of a case: what beads.toml says, the tables it names, the other files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.facts.case import Case
from residua.facts.case_plate import AssayFile, AssayFolder, NamedSample
from residua.facts.cytokine_table import CytokineTable
from residua.facts.quantity import kind_of
from residua.main.assay_places import left_alone, unnamed_files
from residua.main.assay_samples import case_sample
from residua.main.beads.tables import BEADS, NAMES, PLACE, is_table, read_bead_table, read_beads

_EVENTS = "events of beads, not a table of concentrations: left alone"
Tables = dict[AssayFile, CytokineTable]


def check_beads(folder: Path, case: Case) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """All faults of ``beads/beads.toml`` and the tables that it names, and notes; never raises."""
    try:
        said = read_beads(folder, case)
    except InputError as error:
        return error.faults, ()
    if said is None:
        return (), tuple(unnamed_files(PLACE, folder, None))
    faults: list[Fault] = []
    tables: Tables = {}
    for file in filter(is_table, said.files):
        try:
            tables[file] = read_bead_table(folder, file)
        except InputError as error:
            faults += error.faults
    called = str(folder / BEADS / NAMES)
    faults += _twice(called, said)
    if not faults:
        faults += (*_unknown_names(called, said, tables), *_two_units(called, said, tables, case))
    unnamed = unnamed_files(PLACE, folder, said, _behind(said, tables))
    notes = (*_left_alone(folder, said, tables, case), *unnamed)
    return tuple(dict.fromkeys(faults)), tuple(dict.fromkeys(notes))


def _twice(called: str, said: AssayFolder) -> Iterator[Fault]:
    """A table holds all its analytes, so it is named once."""
    paths = [file.path for file in said.files]
    for place, file in enumerate(said.files):
        if file.path in paths[:place]:
            fault = ValueFault("each file once", "one again", "remove one")
            yield fault.at(called, "file, path", file.line)


def _unknown_names(called: str, said: AssayFolder, tables: Tables) -> Iterator[Fault]:
    """Entries of ``[[sample]]`` whose name no table holds; events of beads may hold any."""
    if len(tables) < len(said.files):
        return
    for sample in said.samples:
        if not any(sample.name in _names(t) for t in _tables_of(sample, tables)):
            do = "write the name as it stands in the table"
            fault = ValueFault("the name of a sample in its file", "another one", do)
            yield fault.at(called, "sample, name", sample.line)


def _tables_of(sample: NamedSample, tables: Tables) -> Iterable[CytokineTable]:
    return (table for file, table in tables.items() if sample.file in (file.path, None))


def _names(table: CytokineTable) -> frozenset[str]:
    return frozenset(one.sample for one in table.results) | frozenset(table.left_out)


def _two_units(called: str, said: AssayFolder, tables: Tables, case: Case) -> Iterator[Fault]:
    """One analyte of one sample in units of two kinds, which nothing converts."""
    seen: dict[tuple[str, str], str] = {}
    for file, table in tables.items():
        for one in table.results:
            sample = case_sample(said, file.path, one.sample, case)
            if sample is None:
                continue
            unit = seen.setdefault((sample.key, one.analyte), one.unit)
            if kind_of(unit) != kind_of(one.unit):
                do = "leave one of the files out, or convert it"
                fault = ValueFault(f"a unit that converts to {unit}", f"unit {one.unit!r}", do)
                yield fault.at(called, f"{file.path}, {one.analyte}", file.line)


def _left_alone(folder: Path, said: AssayFolder, tables: Tables, case: Case) -> Iterator[str]:
    """Samples of other people, and events of beads."""
    for file, table in tables.items():
        names = {one.sample for one in table.results}
        yield from left_alone(folder / BEADS / file.path, file.path, names, said, case)
    for file in said.files:
        if not is_table(file):
            yield f"{folder / BEADS / file.path}: {_EVENTS}"


def _behind(said: AssayFolder, tables: Tables) -> Iterator[str]:
    """Panels, and the FCS files of the plates."""
    yield from (name for file in said.files if (name := file.text("panel")))
    yield from (name for table in tables.values() for name in table.files)
