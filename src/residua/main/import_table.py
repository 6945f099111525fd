"""Bring a hospital's export into a patient's folder, by a map that a person has checked."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from residua.errors import Fault, InputError
from residua.facts.case import CSV_TABLES
from residua.main.new import COLUMNS
from residua.progress import Progress, silent
from residua.readers.case import CASE_FILE, gather_case
from residua.readers.case_rows import Place, columns_of, make_row
from residua.readers.export_table import read_export
from residua.readers.import_map import read_import_map
from residua.readers.import_rows import Imported, ImportedRow, map_rows
from residua.readers.import_suggestion import suggestion
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.tables import Table, read_table
from residua.views.whole_file import write_whole


@dataclass(frozen=True)
class ImportReport:
    """What an import wrote: rows new, rows that stood there, rows that the map leaves out."""

    file: str
    written: int
    duplicates: int
    left_out: int

    def document(self) -> dict[str, Any]:
        """The report for a program."""
        return {"kind": "residua.import", "version": "1.0", **asdict(self)}

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.written} rows written, {self.duplicates} duplicates skipped, "
            f"{self.left_out} left out by the map"
        )


def import_table(
    table: Path | str,
    *,
    map_file: Path | str,
    kind: str,
    folder: Path | str,
    progress: Progress = silent,
) -> ImportReport:
    """Append the rows of the export `table` to the CSV `kind` of the case in `folder`.

    Rows that stand there already are skipped and counted. Raises `InputError` with everything
    that the map lacks and every value that cannot be; nothing is written then.
    """
    folder, file = Path(folder), f"{kind}.csv"
    _need_case(folder)
    mapping = read_import_map(Path(map_file), kind=kind)
    progress(f"reading {Path(table).name}")
    export = read_export(Path(table), sheet=mapping.sheet)
    progress(f"mapping {len(export.rows)} rows")
    imported = map_rows(export, mapping, kind=kind)
    faults = (*imported.faults, *_row_faults(imported, file, export.name))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.line or 0))
    old = _old_rows(folder / file, file)
    text, written = _joined(old, imported.rows, file, Path(table).name)
    raw = text.encode()
    progress("checking the folder")
    spoiled = [
        fault
        for fault in gather_case(folder, instead={file: raw}).faults
        if fault.file == str(folder / file)
    ]
    if spoiled:
        raise InputError(spoiled)
    write_whole(folder / file, raw)
    duplicates = len(imported.rows) - written
    return ImportReport(str(folder / file), written, duplicates, imported.left_out)


def suggest_map(table: Path | str, *, kind: str) -> str:
    """A map for `table`, guessed, for a person to check: import refuses it until then.

    Raises `InputError` where the table cannot be read.
    """
    return suggestion(read_export(Path(table)), kind=kind)


def _need_case(folder: Path) -> None:
    if not (folder / CASE_FILE).is_file():
        do = f"run residua new {folder}"
        name = str(folder / CASE_FILE)
        raise InputError(Fault(name, "the file", "a case folder", "no such file", do))


def _row_faults(imported: Imported, file: str, name: str) -> Iterable[Fault]:
    """The faults of the new rows under the lines of the export, unless the map lacks words."""
    if imported.faults:
        return ()
    faults: list[Fault] = []
    for row in imported.rows:
        place = Place(name, row.line)
        _, found = make_row(
            CSV_TABLES[file], row.cells, place, made_id="row", source="", simulated=False
        )
        faults.extend(found)
    return faults


def _old_rows(path: Path, file: str) -> Table:
    """The rows that stand in the folder already; refused where rewriting them would lose any."""
    if not path.exists():
        return Table(str(path), tuple(COLUMNS[file].split(",")))
    old = read_table(ordinary_bytes(path), name=str(path), known=columns_of(CSV_TABLES[file]))
    if old.faults:
        raise InputError(old.faults)
    if old.separator != "," or old.notes:
        received = "another form, or footnotes"
        do = "save it as comma-separated UTF-8 without footnotes, with decimal points"
        fault = Fault(str(path), "the file", "comma-separated UTF-8", received, do)
        raise InputError(fault)
    return old


def _joined(old: Table, new: tuple[ImportedRow, ...], file: str, source: str) -> tuple[str, int]:
    """The text of the CSV with the new rows after the old ones, and how many are new."""
    seen = {_key(row.cells) for row in old.rows}
    rows: list[Mapping[str, str]] = [row.cells for row in old.rows]
    for row in new:
        key = _key(row.cells)
        if key not in seen:
            seen.add(key)
            rows.append({"source": f"{source}:{row.line}", **row.cells})
    used = {column for row in rows for column in row}
    added = [name for name in columns_of(CSV_TABLES[file]) if name in used - set(old.columns)]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, [*old.columns, *added], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue(), len(rows) - len(old.rows)


def _key(cells: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset((key, cell) for key, cell in cells.items() if key not in ("source", "id"))
