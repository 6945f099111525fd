"""Concentrations of cytokines as JSON, as text and as a cytokines.csv."""

from __future__ import annotations

import csv
import io
from typing import Any

from residua import NOTICE
from residua.facts.cytokine_names import laboratory_name
from residua.facts.cytokine_table import CytokineResult, CytokineTable
from residua.facts.quantity import Quantity
from residua.standards.cytokine_tables import cytokine_rules
from residua.views.clause_export import clause_documents
from residua.views.json_numbers import digits

CSV_COLUMNS = ("date", "time", "analyte", "value", "unit", "lloq", "uloq", "source", "note")


def cytokines_document(table: CytokineTable) -> dict[str, Any]:
    """The JSON of ``residua cytokines``; null where there is no value."""
    return {
        "kind": "residua.cytokines",
        "version": "1.0",
        "notice": NOTICE,
        "file": table.name,
        "form": table.form,
        "results": [_result(result) for result in table.results],
        "left_out": list(table.left_out),
        "clauses": clause_documents(cytokine_rules().clauses.values()),
        "notes": list(table.notes),
    }


def _result(one: CytokineResult) -> dict[str, Any]:
    value = one.value
    return {
        "sample": one.sample,
        "analyte": one.analyte,
        "value": None if value is None else float(value.value),
        "comparator": None if value is None else value.comparator or None,
        "unit": one.unit,
        "reason": one.reason or None,
        "lloq": _number(one.lloq),
        "uloq": _number(one.uloq),
        "wells": list(one.wells),
        "beads": one.beads,
        "cv": digits(one.cv),
        "printed": list(one.printed),
        "flags": list(one.flags),
    }


def _number(quantity: Quantity | None) -> float | None:
    return None if quantity is None else float(quantity.value)


def cytokines_text(table: CytokineTable) -> str:
    """A line a sample and analyte, then what was left out and noted, for a terminal."""
    lines = [f"{table.name} ({table.form})", ""]
    width = max((len(result.analyte) for result in table.results), default=0)
    sample = None
    for result in table.results:
        if result.sample != sample:
            sample = result.sample
            lines.append(sample)
        lines.append(f"  {result.analyte:<{width}}  {_words(result)}")
    if table.left_out:
        lines += ["", f"No samples of patients, left out: {', '.join(table.left_out)}"]
    return "\n".join([*lines, "", *(f"  note: {note}" for note in table.notes), f"  {NOTICE}"])


def _words(one: CytokineResult) -> str:
    value = f"no value: {one.reason}" if one.value is None else str(one.value)
    wells = f" ({len(one.printed)} wells)" if len(one.printed) > 1 else ""
    flags = "".join(f"; {flag}" for flag in one.flags)
    return f"{value}{wells}{flags}"


def cytokines_csv(table: CytokineTable) -> str:
    """The results with a value as rows of cytokines.csv; ``note`` names the sample.

    The dates are left for whoever knows the samples. Laboratory values are left out.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for one in table.results:
        if one.value is None or laboratory_name(one.analyte):
            continue
        value = f"{one.value.comparator}{one.value.value}"
        limits = ["" if limit is None else str(limit.value) for limit in (one.lloq, one.uloq)]
        source = table.name if one.line is None else f"{table.name}:{one.line}"
        note = "; ".join((f"sample {one.sample}", *one.flags))
        writer.writerow(["", "", one.analyte, value, one.unit, *limits, source, note])
    return stream.getvalue()
