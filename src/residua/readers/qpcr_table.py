"""A plate of quantitative PCR as a table: one row a well and target.

Residua's own columns, or a cycler's export of its results.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.qpcr import COPIES, USUAL, Plate, Role, Well
from residua.readers.own_columns import (
    each_row,
    each_well_once,
    filled,
    header_fault,
    header_faults,
    number_in,
)
from residua.readers.qpcr_export import exported_table
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = ("well", "sample", "target", "role", "quantity", "ct", "dna_ng")
_NEEDED = ("well", "sample", "target", "role", "ct")
_NUMBERS = {"quantity": "copies per reaction", "ct": "cycles", "dna_ng": "ng"}
_ROLES: dict[str, Role] = {
    "standard": "standard",
    "unknown": "unknown",
    "ntc": "ntc",
    "background": "background",
}
_WITHOUT = frozenset({"undetermined", "undet", "no ct", "no cq", "nan", "not detected"})
_EMPTY_CT = "a row without a Ct is one whose Ct is not stated; no amplification is 'undetermined'"


def qpcr_table(raw: bytes, *, name: str, unit: str = COPIES) -> Plate:
    """The plate in a CSV with the columns `COLUMNS` or a cycler's, quantities in `unit`.

    Comma, semicolon or tab; decimal point or comma. A Ct of ``undetermined`` is a well that did
    not amplify, an empty one is not stated. Raises `InputError` with every fault of the table.
    """
    table = _table(raw, name)
    faults = _another_table(table) or header_faults(table, COLUMNS, _NEEDED)
    if faults:
        raise InputError(faults)
    wells, faults = each_row(
        table, lambda row, marks: _well(row, marks, unit), numbers=_NUMBERS, thing="well"
    )
    if faults or (faults := list(each_well_once(table, wells))):
        raise InputError(faults)
    notes = (*table.notes, *((_EMPTY_CT,) if any(w.amplified is None for w in wells) else ()))
    return Plate(name, tuple(wells), notes=notes)


def _table(raw: bytes, name: str) -> Table:
    """Our own columns are looked for first, so that no role and no quantity of theirs is lost."""
    own = read_table(raw, name=name, known=COLUMNS)
    if not raw.strip() or {"role", "ct"} <= set(own.columns):
        return own
    return exported_table(raw, name=name, columns=COLUMNS) or own


def _another_table(table: Table) -> list[Fault]:
    """One fault where nothing of the header is ours, in place of one for every column and row."""
    if not table.columns or set(table.columns) & {"role", "ct"}:
        return []
    expected = f"the columns {', '.join(COLUMNS)}, or the results as a cycler exports them"
    do = "rename them, or export the results (docs/reference/qpcr.md)"
    return [header_fault(table, expected, "other columns", do)]


def _well(row: TableRow, marks: frozenset[str], unit: str) -> Well:
    cells = row.cells
    sample = () if cells.get("role") == "ntc" else ("sample",)
    filled(cells, ("well", *sample, "target", "role"))
    role = _ROLES.get(cells["role"].lower())
    if role is None:
        do = nearest(cells["role"].lower(), _ROLES)
        raise ValueFault("standard, unknown, ntc or background", "another role", do, field="role")
    quantity = _number(cells, "quantity", marks)
    if role == "standard" and quantity is None:
        raise ValueFault("the quantity of a standard", "none", "fill it in", field="quantity")
    if role != "standard" and quantity is not None:
        do = "leave the cell empty, or write the role standard"
        raise ValueFault("quantities of standards only", "one more", do, field="quantity")
    without = cells.get("ct", "").lower() in _WITHOUT
    ct = None if without else _number(cells, "ct", marks)
    amplified = False if without else (None if ct is None else True)
    return Well(
        cells["well"], cells.get("sample", ""), cells["target"], role, quantity, unit, ct=ct,
        amplified=amplified, dna_ng=_number(cells, "dna_ng", marks),
    )  # fmt: skip


def _number(cells: Mapping[str, str], column: str, marks: frozenset[str]) -> float | None:
    expected = f"a number above 0, in {_NUMBERS[column]}, without its unit"
    number = number_in(cells, column, marks, expected=expected)
    if number is not None and not USUAL[0] <= number <= USUAL[1]:
        raise ValueFault(expected, "another number", "correct it", field=column)
    return number
