"""`residua cytokines`: a table of concentrations to values, bounds and flags."""

from __future__ import annotations

from pathlib import Path

from residua.errors import UsageError, ValueFault
from residua.facts.cytokine_table import CytokineTable
from residua.measures.cytokine_wells import each_well, join_wells
from residua.readers.cytokine_cells import unit_of
from residua.readers.cytokines import read_cytokines
from residua.readers.ordinary_file import real_path
from residua.standards.cytokine_tables import cytokine_rules
from residua.views.cytokines_export import cytokines_csv
from residua.views.whole_file import write_whole


def tabulate_cytokines(
    path: Path | str,
    *,
    unit: str | None = None,
    sheet: str | None = None,
    wells: bool = False,
    name: str | None = None,
) -> CytokineTable:
    """The concentrations in the file at `path`; `wells` keeps replicate wells apart.

    `unit` stands where the file names none; `name` is how faults call the file. Raises
    `InputError` for faults of the file, `UsageError` for another unit.
    """
    try:
        known = None if unit is None else unit_of(unit)
    except ValueFault as fault:
        raise UsageError(f"--unit is {fault.expected}: {fault.do}") from fault
    plate = read_cytokines(path, unit=known, sheet=sheet, name=name)
    return (each_well if wells else join_wells)(plate, cytokine_rules())


def write_cytokines(table: CytokineTable, to: Path | str, *, read: Path | str) -> None:
    """Write the values as a cytokines.csv, whole or not at all; `read` is the file they are of.

    Raises `UsageError` for another kind of file and for the file that was read, `InputError`
    where it cannot be written.
    """
    if Path(to).suffix.lower() != ".csv":
        raise UsageError("--to names a .csv file")
    if real_path(to) == real_path(read):
        raise UsageError("--to names the file that is read: name another one")
    write_whole(Path(to), cytokines_csv(table).encode())
