"""A plate of a bead array as a table: one row a well, with the FCS file it was read into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault, nearest, system_words
from residua.facts.bead_plate import BeadPlate, BeadRole, BeadWell
from residua.facts.qpcr import USUAL
from residua.readers.decimal_marks import decimal_marks, with_point
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = ("well", "file", "sample", "role", "quantity", "unit", "dilution")
_NEEDED = ("well", "file", "sample", "role")
_NUMBERS = ("quantity", "dilution")
_ROLES: dict[str, BeadRole] = {"standard": "standard", "unknown": "unknown", "blank": "blank"}


def read_bead_plate(path: Path | str) -> BeadPlate:
    """The wells of the table at `path`. Raises `InputError` with every fault of the table."""
    name = str(path)
    try:
        raw = ordinary_bytes(Path(path))
    except OSError as error:
        fault = Fault(name, "the file", "a readable table", system_words(error), "check the path")
        raise InputError(fault) from error
    return bead_plate(raw, name=name)


def bead_plate(raw: bytes, *, name: str) -> BeadPlate:
    """The wells in the bytes of a CSV with the columns `COLUMNS`."""
    table = read_table(raw, name=name, known=COLUMNS)
    faults = [*table.faults, *_header_faults(table)]
    if faults:
        raise InputError(faults)
    marks = decimal_marks(row.cells[c] for row in table.rows for c in _NUMBERS if c in row.cells)
    wells = []
    for row in table.rows:
        try:
            wells.append(_well(row, marks))
        except ValueFault as fault:
            faults.append(fault.at(name, fault.field or "the row", row.line))
    faults += [*_doubles(table), *_unit_faults(table)]
    if not faults and not wells:
        faults = [Fault(name, "the table", "at least one well", "none", "add the wells")]
    if faults:
        raise InputError(faults)
    units = {row.cells["unit"] for row in table.rows if "unit" in row.cells}
    return BeadPlate(name, tuple(wells), next(iter(units), ""), table.notes)


def _header_faults(table: Table) -> list[Fault]:
    if table.faults:
        return []

    def fault(expected: str, received: str, do: str) -> Fault:
        return Fault(table.name, "the header", expected, received, do, table.header_line)

    unknown = [c for c in table.columns if c and c not in COLUMNS]
    missing = [c for c in _NEEDED if c not in table.columns]
    return [
        *(fault("known columns", "another one", nearest(c, COLUMNS)) for c in unknown),
        *(fault(f"column {c!r}", "none", f"add it: {', '.join(COLUMNS)}") for c in missing),
    ]


def _well(row: TableRow, marks: frozenset[str]) -> BeadWell:
    cells = row.cells
    for column in _NEEDED:
        if column not in cells:
            raise ValueFault("a text", "an empty cell", "fill it in", field=column)
    role = _ROLES.get(cells["role"].lower())
    if role is None:
        do = nearest(cells["role"].lower(), _ROLES)
        raise ValueFault("standard, unknown or blank", "another role", do, field="role")
    quantity = _number(cells, "quantity", marks)
    dilution = _number(cells, "dilution", marks)
    if role != "standard" and quantity is not None:
        do = "leave the cell empty, or write the role standard"
        raise ValueFault("quantities of standards only", "one more", do, field="quantity")
    if role == "standard" and (quantity is None) == (dilution is None):
        expected = "a standard's quantity, or its dilution of the panel's top standard"
        received = "neither" if quantity is None else "both"
        raise ValueFault(expected, received, "fill in one of the two", field="quantity")
    return BeadWell(
        cells["well"], cells["file"], cells["sample"], role, quantity,
        1.0 if dilution is None else dilution,
    )  # fmt: skip


def _number(cells: Mapping[str, str], column: str, marks: frozenset[str]) -> float | None:
    text = cells.get(column)
    if text is None:
        return None
    expected = "a number above 0, without its unit"
    try:
        number = float(with_point(text, marks))
    except ValueFault as fault:
        raise ValueFault(fault.expected, fault.received, fault.do, field=column) from fault
    except ValueError:
        raise ValueFault(expected, "a text", "write the number only", field=column) from None
    if not USUAL[0] <= number <= USUAL[1]:
        do = "correct it; a well without analyte has the role blank"
        raise ValueFault(expected, "another number", do, field=column)
    return number


def _doubles(table: Table) -> list[Fault]:
    found = []
    for column in ("well", "file"):
        seen: set[str] = set()
        for row in table.rows:
            key = row.cells.get(column, "").upper()
            if key and key in seen:
                expected, do = f"each {column} once", "delete the second row"
                found.append(Fault(table.name, column, expected, "one twice", do, row.line))
            seen.add(key)
    return found


def _unit_faults(table: Table) -> list[Fault]:
    """Standards of several units would be put on one axis."""
    first, found = "", []
    for row in table.rows:
        unit = row.cells.get("unit", "")
        if unit and first and unit != first:
            expected, do = "one unit for all standards", "convert the quantities"
            found.append(Fault(table.name, "unit", expected, "another unit", do, row.line))
        first = first or unit
    return found
