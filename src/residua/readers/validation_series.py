"""A laboratory's series of known samples as a table: one row a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.facts.day import Day
from residua.facts.validation_series import Series, SeriesRow
from residua.readers.decimal_marks import with_point
from residua.readers.ordinary_file import table_bytes
from residua.readers.own_columns import each_row, filled, header_faults, number_in
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = (
    *("file", "expected", "run", "operator", "instrument", "date", "sample", "replicate"),
    *("reference", "target", "sd"),
)
_NEEDED = ("file", "expected", "run", "operator", "instrument")
_NUMBERS = ("expected", "reference", "target", "sd")
_FRACTION = 'a fraction such as 1e-4 or "0.01 %"'
BLANK = "blank"
_LARGEST_SD = 3.0  # decades; an SD in percent would be read as one


def read_series(path: Path | str) -> Series:
    """The rows of the table at `path`. Raises `InputError` with every fault of the table."""
    name = str(path)
    raw = table_bytes(path)
    return series_of(raw, name=name)


def series_of(raw: bytes, *, name: str) -> Series:
    """The rows in the bytes of a CSV with the columns `COLUMNS`."""
    table = read_table(raw, name=name, known=COLUMNS)
    faults = header_faults(table, COLUMNS, _NEEDED)
    if faults:
        raise InputError(faults)
    rows, faults = each_row(table, _row, numbers=_NUMBERS, thing="file")
    faults += [*_doubles(table)]
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.line or 0))
    return Series(name, hashlib.sha256(raw).hexdigest(), tuple(rows), table.notes)


def _row(row: TableRow, marks: frozenset[str]) -> SeriesRow:
    cells = row.cells
    filled(cells, ("file", "run"))
    blank = cells.get("expected", "").lower() == BLANK
    expected = None if blank else _fraction(cells, "expected", marks)
    reference = _fraction(cells, "reference", marks, zero=True)
    if not blank and expected is None and reference is None:
        expecting = f"{_FRACTION}, or {BLANK}"
        do = "fill it in, or give the result of a reference method"
        raise ValueFault(expecting, "an empty cell", do, field="expected")
    return SeriesRow(
        line=row.line, file=cells["file"], expected=expected, blank=blank, run=cells["run"],
        operator=cells.get("operator", ""), instrument=cells.get("instrument", ""),
        date=_date(cells), sample=cells.get("sample", ""), replicate=cells.get("replicate", ""),
        reference=reference, target=_fraction(cells, "target", marks), sd=_sd(cells, marks),
    )  # fmt: skip


def _fraction(
    cells: Mapping[str, str], column: str, marks: frozenset[str], *, zero: bool = False
) -> float | None:
    """A share above 0 and at most 1, as a number or in percent; `zero` allows 0 too."""
    text = cells.get(column)
    if text is None:
        return None
    parts = 100.0 if text.endswith("%") else 1.0
    expected = _FRACTION if column != "expected" else f"{_FRACTION}, or {BLANK}"
    try:
        number = float(with_point(text.removesuffix("%").strip(), marks)) / parts
    except ValueFault as fault:
        raise ValueFault(fault.expected, fault.received, fault.do, field=column) from fault
    except ValueError:
        do = "write the number only, or with %"
        raise ValueFault(expected, "a text", do, field=column) from None
    if not (0 < number <= 1 or (zero and number == 0)):
        received = "0" if number == 0 else "a number that is no fraction"
        do = f"write {BLANK} for a sample without disease; 0.01 % is 1e-4"
        raise ValueFault(f"{expected}, above 0 and at most 1", received, do, field=column)
    return number


def _sd(cells: Mapping[str, str], marks: frozenset[str]) -> float | None:
    expected = f"an SD in log10, above 0 and below {_LARGEST_SD:g}"
    number = number_in(cells, "sd", marks, expected=expected)
    if number is not None and not 0 < number < _LARGEST_SD:
        raise ValueFault(expected, "another number", "give the SD of log10 fractions", field="sd")
    return number


def _date(cells: Mapping[str, str]) -> str | None:
    if "date" not in cells:
        return None
    try:
        day = Day.parse(cells["date"])
    except ValueFault as fault:
        raise ValueFault(fault.expected, fault.received, fault.do, field="date") from fault
    if day.relative:
        do = "write year-month-day, or leave it out"
        raise ValueFault("a date of the calendar", "one from another event", do, field="date")
    return day.text


def _doubles(table: Table) -> Iterator[Fault]:
    """Files named twice, and replicates of one sample and run that state the same number."""
    seen: set[tuple[str, ...]] = set()
    for row in table.rows:
        keys: list[tuple[str, ...]] = [("file", row.cells.get("file", ""))]
        if "replicate" in row.cells:
            about = ("replicate", "expected", "sample", "run", "operator", "instrument")
            keys.append(("replicate", *(row.cells.get(column, "") for column in about)))
        for key in keys:
            if key in seen and key[1]:
                expected = f"each {key[0]} once" + " in a run" * (key[0] == "replicate")
                do = "delete the second row, or correct it"
                yield Fault(table.name, key[0], expected, "one twice", do, row.line)
            seen.add(key)
