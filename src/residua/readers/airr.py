"""An AIRR rearrangement table (TSV) as clonotype samples.

Rows of one ``repertoire_id`` (or ``sample_id``) are one sample. A row counts as segmented where
it has a V and a J call; rows without count nowhere. ``duplicate_count`` gives the reads of a row,
one where the column is missing. A clonotype is a ``clone_id``, else V gene, junction and J gene.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from residua.errors import Fault, InputError
from residua.facts.clonotype import Clone, ClonotypeSample
from residua.readers.tables import Table, TableRow, read_table

KNOWN = (
    "sequence_id", "sequence", "v_call", "d_call", "j_call", "junction", "junction_aa",
    "duplicate_count", "clone_id", "repertoire_id", "sample_id", "date",
)  # fmt: skip
NEEDED = ("v_call", "j_call")
_READS = re.compile(r"[0-9]{1,15}")


def airr_samples(raw: bytes, *, name: str) -> tuple[ClonotypeSample, ...]:
    """The samples in the order in which they first stand in the table; raises `InputError`."""
    table = read_table(raw, name=name, known=KNOWN)
    columns = [column.strip().lower() for column in table.columns]
    lacking = [column for column in NEEDED if column not in columns]
    if table.faults:
        raise InputError(table.faults)
    if lacking:
        expected = f"the columns {' and '.join(NEEDED)} of an AIRR rearrangement table"
        do = "export the table as AIRR TSV"
        fault = Fault(name, "the header", expected, "a table without", do, table.header_line)
        raise InputError(fault)
    return _samples(table)


def _samples(table: Table) -> tuple[ClonotypeSample, ...]:
    reads: dict[tuple[str, str], dict[str, int]] = {}
    labels: dict[str, str] = {}
    faults: list[Fault] = []
    for row in table.rows:
        cells = {name.strip().lower(): text for name, text in row.cells.items()}
        count = _count(table, row, cells, faults)
        sample = reads.setdefault((_sample(cells), cells.get("date", "")), {})
        if not all(cells.get(column) for column in NEEDED):
            continue
        clone, label = _clone(cells)
        labels[clone] = label
        sample[clone] = sample.get(clone, 0) + count
    if faults:
        raise InputError(faults)
    return tuple(
        ClonotypeSample(
            name, date, sum(found.values()),
            tuple(Clone(clone, labels[clone], count) for clone, count in found.items()),
        )
        for (name, date), found in reads.items()
    )  # fmt: skip


def _count(table: Table, row: TableRow, cells: Mapping[str, str], faults: list[Fault]) -> int:
    text = cells.get("duplicate_count", "1").strip()
    if _READS.fullmatch(text):
        return int(text)
    expected, received = "a whole number of reads", "another text"
    faults.append(Fault(table.name, "duplicate_count", expected, received, "correct it", row.line))
    return 0


def _sample(cells: Mapping[str, str]) -> str:
    return cells.get("repertoire_id") or cells.get("sample_id") or "sample 1"


def _clone(cells: Mapping[str, str]) -> tuple[str, str]:
    """Id and label; an allele (``IGHV3-23*01``) is left out of a gene's name."""
    v, j = (cells[column].split(",")[0].split("*")[0].strip() for column in NEEDED)
    junction = cells.get("junction_aa") or cells.get("junction", "")
    label = " ".join(part for part in (v, junction, j) if part)
    whole = cells.get("junction") or cells.get("junction_aa") or cells.get("sequence", "")
    return cells.get("clone_id") or "|".join((v, whole, j)), label
