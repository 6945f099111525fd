"""A plate of a bead array as a table: one row a well, with the FCS file it was read into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.bead_plate import BeadPlate, BeadRole, BeadWell
from residua.facts.qpcr import USUAL
from residua.readers.ordinary_file import table_bytes
from residua.readers.own_columns import each_row, filled, header_faults, number_in
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = ("well", "file", "sample", "role", "quantity", "unit", "dilution")
_NEEDED = ("well", "file", "sample", "role")
_NUMBERS = ("quantity", "dilution")
_ROLES: dict[str, BeadRole] = {"standard": "standard", "unknown": "unknown", "blank": "blank"}


def read_bead_plate(path: Path | str) -> BeadPlate:
    """The wells of the table at `path`. Raises `InputError` with every fault of the table."""
    name = str(path)
    raw = table_bytes(path)
    return bead_plate(raw, name=name)


def bead_plate(raw: bytes, *, name: str) -> BeadPlate:
    """The wells in the bytes of a CSV with the columns `COLUMNS`."""
    table = read_table(raw, name=name, known=COLUMNS)
    faults = header_faults(table, COLUMNS, _NEEDED)
    if faults:
        raise InputError(faults)
    wells, faults = each_row(table, _well, numbers=_NUMBERS, thing="well")
    faults += [*_doubles(table), *_unit_faults(table)]
    if faults:
        raise InputError(faults)
    units = {row.cells["unit"] for row in table.rows if "unit" in row.cells}
    return BeadPlate(name, tuple(wells), next(iter(units), ""), table.notes)


def _well(row: TableRow, marks: frozenset[str]) -> BeadWell:
    cells = row.cells
    filled(cells, _NEEDED)
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
    expected = "a number above 0, without its unit"
    number = number_in(cells, column, marks, expected=expected)
    if number is not None and not USUAL[0] <= number <= USUAL[1]:
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
