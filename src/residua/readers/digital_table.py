"""Digital PCR as a table: Residua's own columns, or QuantaSoft's and QX Manager's export.

The droplets' amplitudes are not read: which of them are positive is the instrument's word.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.digital_pcr import PartitionRole, PartitionWell
from residua.facts.qpcr import USUAL
from residua.readers.decimal_marks import decimal_marks, with_point
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = ("well", "sample", "target", "role", "positive", "partitions", "dna_ng")
_EXPORTED = {
    "Well": "well", "Sample": "sample", "Sample description 1": "sample", "Target": "target",
    "Positives": "positive", "AcceptedDroplets": "partitions", "Accepted Droplets": "partitions",
    "TargetType": "type", "SampleType": "role",
}  # fmt: skip
_NEEDED = ("well", "target", "positive", "partitions")
_ROLES: dict[str, PartitionRole] = {
    "unknown": "unknown", "unk": "unknown", "ref": "unknown", "reference": "unknown",
    "negative": "negative", "neg": "negative", "negctrl": "negative", "ntc": "ntc",
}  # fmt: skip


def digital_table(raw: bytes, *, name: str) -> tuple[PartitionWell, ...]:
    """The wells of a CSV with the columns `COLUMNS`, or with those of the instrument's export.

    Of an export every other column is left alone. Raises `InputError` with every fault.
    """
    table = read_table(raw, name=name, known=(*COLUMNS, *_EXPORTED))
    faults = [*table.faults] or _header_faults(table)
    if faults:
        raise InputError(faults)
    names = _names(table)
    numbers = [c for c, known in names.items() if known in ("positive", "partitions", "dna_ng")]
    marks = decimal_marks(row.cells[c] for row in table.rows for c in numbers if c in row.cells)
    wells: list[PartitionWell] = []
    for row in table.rows:
        try:
            wells.append(_well(row, names, marks))
        except ValueFault as fault:
            faults.append(fault.at(name, fault.field or "the row", row.line))
    if not faults and not wells:
        faults = [Fault(name, "the table", "at least one well", "none", "add the wells")]
    if faults or (faults := _doubles(table, wells)):
        raise InputError(faults)
    return tuple(wells)


def _names(table: Table) -> Mapping[str, str]:
    """Column of the file -> column of ours; an export is told by its names of the counts."""
    own = {column: column for column in table.columns if column in COLUMNS}
    if "Positives" not in table.columns:
        return own
    return {column: _EXPORTED[column] for column in table.columns if column in _EXPORTED}


def _header_faults(table: Table) -> list[Fault]:
    def fault(expected: str, received: str, do: str) -> Fault:
        return Fault(table.name, "the header", expected, received, do, table.header_line)

    names = _names(table)
    missing = [column for column in _NEEDED if column not in names.values()]
    do = f"add it: {', '.join(COLUMNS)}; or export the wells from the instrument as CSV"
    found = [fault(f"column {column!r}", "none", do) for column in missing]
    if "Positives" in table.columns or missing:
        return found
    unknown = [c for c in table.columns if c and c not in COLUMNS]
    return [fault("known columns", "another one", nearest(c, COLUMNS)) for c in unknown]


def _well(row: TableRow, names: Mapping[str, str], marks: frozenset[str]) -> PartitionWell:
    cells = {names[column]: text for column, text in row.cells.items() if column in names}
    role = _role(cells)
    for column in ("well", "target", *(["sample"] if role != "ntc" else [])):
        if not cells.get(column):
            raise ValueFault("a text", "an empty cell", "fill it in", field=column)
    return PartitionWell(
        cells["well"], cells.get("sample", ""), cells["target"], role,
        _count(cells, "positive", marks), _count(cells, "partitions", marks),
        _amount(cells, marks),
    )  # fmt: skip


def _role(cells: Mapping[str, str]) -> PartitionRole:
    """The stated role; an export without a sample type may have it in the type of the target."""
    text = cells.get("role") or cells.get("type") or "unknown"
    role = _ROLES.get(text.lower().replace(" ", "").removeprefix("ch1").removeprefix("ch2"))
    if role is None:
        do = nearest(text.lower(), ("unknown", "negative", "ntc"))
        raise ValueFault("unknown, negative or ntc", "another role", do, field="role")
    return role


def _number(cells: Mapping[str, str], column: str, marks: frozenset[str]) -> float:
    text = cells.get(column)
    if text is None:
        raise ValueFault("a number", "an empty cell", "fill it in", field=column)
    try:
        return float(with_point(text, marks))
    except ValueError:
        raise ValueFault("a number", "a text", "correct it", field=column) from None


def _count(cells: Mapping[str, str], column: str, marks: frozenset[str]) -> int:
    number = _number(cells, column, marks)
    if not (0 <= number < 1e9 and number.is_integer()):
        raise ValueFault("a whole number", "another number", "correct it", field=column)
    return int(number)


def _amount(cells: Mapping[str, str], marks: frozenset[str]) -> float | None:
    if "dna_ng" not in cells:
        return None
    number = _number(cells, "dna_ng", marks)
    if not USUAL[0] <= number <= USUAL[1]:
        raise ValueFault("ng above 0", "another number", "correct it", field="dna_ng")
    return number


def _doubles(table: Table, wells: list[PartitionWell]) -> list[Fault]:
    """Each well and target once; an export's merged wells (``M01``) repeat those they hold."""
    seen: set[tuple[str, str]] = set()
    found = []
    for row, well in zip(table.rows, wells, strict=True):
        key = (well.well.upper(), well.target)
        if key in seen:
            expected, do = "each well and target once", "delete the second row"
            found.append(Fault(table.name, "well", expected, "one twice", do, row.line))
        if well.well.upper().startswith("M"):
            expected, do = "single wells", "delete the rows of merged wells: Residua merges them"
            found.append(Fault(table.name, "well", expected, "a merged one", do, row.line))
        seen.add(key)
    return found
