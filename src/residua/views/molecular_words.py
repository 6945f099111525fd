"""MRD by a molecular method as JSON and in words."""

from __future__ import annotations

from typing import Any

from residua.facts.molecular import MolecularLevel
from residua.views.json_numbers import digits, interval_document


def level_document(level: MolecularLevel) -> dict[str, Any]:
    """An entry of ``levels[]``; numbers to six significant digits, null where there is none."""
    return {
        "sample": level.sample,
        "target": level.target,
        "method": level.method,
        "status": level.status,
        "reason": level.reason,
        "fraction": digits(level.fraction),
        "interval": interval_document(level.interval),
        "lod": digits(level.lod),
        "lloq": digits(level.lloq),
        "numerator": level.numerator,
        "denominator": {"kind": level.kind, "count": level.denominator},
        "input": level.input,
        "flags": list(level.flags),
    }


def level_words(level: MolecularLevel) -> str:
    """``2.7e-04 (1.9e-04 to 3.8e-04)``, or the status, its limit and the reason."""
    if level.fraction is not None and level.interval is not None:
        low, high = level.interval.low, level.interval.high
        return f"{level.fraction:.2e} ({low:.2e} to {high:.2e})"
    bound = ""
    if level.status == "not detected" and level.lod is not None:
        bound = f" (LOD {level.lod:.2e})"
    elif level.status == "detected below LLOQ" and level.lloq is not None:
        bound = f" (< {level.lloq:.2e})"
    return f"{level.status}{bound}" + (f": {level.reason}" if level.reason else "")
