"""Digital PCR as a table: Residua's own columns, or QuantaSoft's and QX Manager's export.

The droplets' amplitudes are not read: which of them are positive is the instrument's word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.digital_pcr import PartitionRole, PartitionWell
from residua.facts.qpcr import USUAL
from residua.readers.own_columns import (
    each_row,
    each_well_once,
    filled,
    header_fault,
    header_faults,
    needed_number,
    number_in,
)  # fmt: skip
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
    names = _names(table)
    faults = _header_faults(table, names)
    if faults:
        raise InputError(faults)
    numbers = [c for c, known in names.items() if known in ("positive", "partitions", "dna_ng")]
    wells, faults = each_row(
        table, lambda row, marks: _well(row, names, marks), numbers=numbers, thing="well"
    )
    if faults or (faults := [*each_well_once(table, wells), *_merged(table, wells)]):
        raise InputError(faults)
    return tuple(wells)


def _names(table: Table) -> Mapping[str, str]:
    """Column of the file -> column of ours; an export is told by its names of the counts."""
    own = {column: column for column in table.columns if column in COLUMNS}
    if not _exported(table):
        return own
    return {column: _EXPORTED[column] for column in table.columns if column in _EXPORTED}


def _exported(table: Table) -> bool:
    return "Positives" in table.columns


def _header_faults(table: Table, names: Mapping[str, str]) -> list[Fault]:
    """Those of our own columns; of an export only what it lacks, for either form."""
    missing = [column for column in _NEEDED if column not in names.values()]
    if table.faults or not missing:
        return list(table.faults) if _exported(table) else header_faults(table, COLUMNS, ())
    do = f"add it: {', '.join(COLUMNS)}; or export the wells from the instrument as CSV"
    return [header_fault(table, f"column {column!r}", "none", do) for column in missing]


def _well(row: TableRow, names: Mapping[str, str], marks: frozenset[str]) -> PartitionWell:
    cells = {names[column]: text for column, text in row.cells.items() if column in names}
    role = _role(cells)
    filled(cells, ("well", "target", *(() if role == "ntc" else ("sample",))))
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


def _count(cells: Mapping[str, str], column: str, marks: frozenset[str]) -> int:
    number = needed_number(cells, column, marks, expected="a whole number")
    if not (0 <= number < 1e9 and number.is_integer()):
        raise ValueFault("a whole number", "another number", "correct it", field=column)
    return int(number)


def _amount(cells: Mapping[str, str], marks: frozenset[str]) -> float | None:
    number = number_in(cells, "dna_ng", marks, expected="ng above 0")
    if number is not None and not USUAL[0] <= number <= USUAL[1]:
        raise ValueFault("ng above 0", "another number", "correct it", field="dna_ng")
    return number


def _merged(table: Table, wells: Sequence[PartitionWell]) -> Iterator[Fault]:
    """An export's merged wells (``M01``) repeat those they hold."""
    for row, well in zip(table.rows, wells, strict=True):
        if well.well.upper().startswith("M"):
            expected, do = "single wells", "delete the rows of merged wells: Residua merges them"
            yield Fault(table.name, "well", expected, "a merged one", do, row.line)
