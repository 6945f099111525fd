"""MRD by molecular methods as JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from residua import NOTICE
from residua.facts.molecular import MolecularLevel
from residua.views.wording import level_words

KIND = "residua.molecular-mrd"
_OF = {"dna": "genomes", "reads": "reads", "abl1": "ABL1 copies", "nucleated": "nucleated cells"}
_METHOD = {"pcr": "RQ-PCR", "dpcr": "digital PCR", "ngs": "sequencing"}


def molecular_document(levels: Sequence[MolecularLevel], *notes: str) -> dict[str, Any]:
    """The JSON of a molecular method: ``samples[]`` with value, limits and reason."""
    return {
        "kind": KIND,
        "version": "1.0",
        "notice": NOTICE,
        "samples": [_sample(level) for level in levels],
        "notes": list(notes),
    }


def _sample(level: MolecularLevel) -> dict[str, Any]:
    found = level.interval
    return {
        "sample": level.sample,
        "method": level.method,
        "target": level.target,
        "status": level.status,
        "reason": level.reason or None,
        "fraction": level.fraction,
        "interval": found
        and {"level": found.level, "low": found.low, "high": found.high, "kind": found.kind},
        "denominator_kind": level.kind,
        "numerator": level.numerator,
        "denominator": level.denominator,
        "lod": level.lod,
        "lloq": level.lloq,
        "input": level.input or None,
        "flags": list(level.flags),
    }


def molecular_text(levels: Sequence[MolecularLevel], *notes: str) -> str:
    """A line per sample, its limits and flags below."""
    lines = []
    for level in levels:
        lines.append(f"{level.sample}, {level.target}: {level_text(level)}")
        limits = [
            f"{name} {level_words(value)}"
            for name, value in (("LOD", level.lod), ("LLOQ", level.lloq))
            if value is not None
        ]
        below = [", ".join(limits), level.input, *(f"flag: {flag}" for flag in level.flags)]
        lines += [f"  {words}" for words in below if words]
    return "\n".join([*lines, *(f"note: {note}" for note in notes), NOTICE])


def level_text(level: MolecularLevel) -> str:
    """The level in words: value with interval and denominator, or the status and its reason."""
    if level.fraction is None:
        return f"{level.status}: {level.reason}" if level.reason else level.status
    of = f"of {_OF[level.kind]}, by {_METHOD[level.method]}"
    value = level_words(level.fraction)
    if level.interval is None:
        return f"{level.status}, {value} {of}"
    low, high = level_words(level.interval.low), level_words(level.interval.high)
    return f"{level.status}, {value} {of} ({level.interval.level:.0%} interval {low} to {high})"
