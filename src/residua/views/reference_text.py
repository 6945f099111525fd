"""A normal reference in words and as JSON: what it was made of, and what fits badly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from residua import NOTICE
from residua.views.json_numbers import digits

SIMULATED = "SIMULATED normals, not those of a laboratory"


@dataclass(frozen=True)
class ReferenceLine:
    """One normal: `name` of its file, its `cells`, its `misfit`, what speaks against it."""

    name: str
    cells: int
    misfit: float
    alarms: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReferenceSummary:
    """A reference at `place`, with the misfit index from which a sample is unlike its normals."""

    place: str
    dimensions: tuple[str, ...]
    digest: str
    simulated: bool
    limit: float
    lines: tuple[ReferenceLine, ...]


def reference_document(summary: ReferenceSummary) -> dict[str, Any]:
    """The JSON of ``residua reference build`` and ``show``."""
    return {
        "kind": "residua.reference-summary",
        "version": "1.0",
        "notice": NOTICE,
        "folder": summary.place,
        "simulated": summary.simulated,
        "dimensions": list(summary.dimensions),
        "digest": summary.digest,
        "misfit_limit": digits(summary.limit),
        "normals": [
            {
                "file": line.name,
                "cells": line.cells,
                "misfit": digits(line.misfit),
                "alarms": list(line.alarms),
            }
            for line in summary.lines
        ],
    }


def reference_text(summary: ReferenceSummary) -> str:
    """The same as a table, the worst fitting normal first."""
    count = len(summary.lines)
    head = [f"{summary.place}: normal reference of {count} marrows, {summary.digest[:12]}"]
    head += [f"  {SIMULATED}"] if summary.simulated else []
    head += [f"  {', '.join(summary.dimensions)}"]
    head += [f"  a sample of misfit above {summary.limit:.2f} is unlike these", ""]
    head += [" misfit      cells  file"]
    ordered = sorted(summary.lines, key=lambda line: (-line.misfit, line.name))
    rows = []
    for line in ordered:
        rows.append(f"{line.misfit:7.2f} {line.cells:10d}  {line.name}")
        rows += [f"{'':20}look at this file: {alarm}" for alarm in line.alarms]
    return "\n".join([*head, *rows, "", f"  {NOTICE}"])
