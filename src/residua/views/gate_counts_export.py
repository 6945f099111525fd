"""Counts of gates as counts.csv and counts.json."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from typing import Any

import residua
from residua.facts.gate_count import GateCount, GateCounts

KIND, VERSION = "residua.gates", "1.0"
_DIGITS = 6  # of a percentage; the counts say it exactly


def counts_document(found: GateCounts) -> dict[str, Any]:
    """The fields of counts.json, in their order."""
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": residua.NOTICE,
        "file": asdict(found.file),
        "gates": asdict(found.gates),
        "sample": found.sample,
        "events": found.events,
        "populations": [_row(one, found.events) for one in found.counts],
        "flags": list(found.flags),
        "software": {"name": "residua", "version": residua.__version__},
    }


def counts_json(found: GateCounts) -> str:
    """counts.json as text."""
    document = counts_document(found)
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def counts_csv(found: GateCounts) -> str:
    """counts.csv as text: one gate a line, its path joined by " > ", nothing where not known."""
    stream = io.StringIO()
    rows = [_row(one, found.events) for one in found.counts]
    writer = csv.writer(stream, lineterminator="\n")
    columns = ("name", "parent", "path", "count", "percent_of_parent", "percent_of_all")
    writer.writerow((*columns, "flowjo_count"))
    for row in rows:
        row["path"] = " > ".join(row["path"])
        writer.writerow("" if row[key] is None else row[key] for key in (*columns, "flowjo_count"))
    return stream.getvalue()


def _row(one: GateCount, events: int) -> dict[str, Any]:
    return {
        "name": one.name,
        "parent": one.parent,
        "path": list(one.path),
        "count": one.count,
        "percent_of_parent": _percent(one.count, one.of),
        "percent_of_all": _percent(one.count, events),
        "flowjo_count": one.flowjo_count,
    }


def _percent(part: int, whole: int) -> float | None:
    return float(f"{100 * part / whole:.{_DIGITS}g}") if whole else None
