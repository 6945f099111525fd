"""Levels of MRD by a molecular method, without a curve of their own, as JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from residua import NOTICE
from residua.facts.molecular import MolecularLevel
from residua.views.molecular_words import level_document, level_words

KIND = "residua.molecular-mrd"
_OF = {"dna": "genomes", "reads": "reads", "abl1": "ABL1 copies", "nucleated": "nucleated cells"}
_METHOD = {"pcr": "RQ-PCR", "dpcr": "digital PCR", "ngs": "sequencing"}


def levels_document(levels: Sequence[MolecularLevel], *notes: str) -> dict[str, Any]:
    """The JSON: ``levels[]`` with value, limits and reason."""
    return {
        "kind": KIND,
        "version": "1.0",
        "notice": NOTICE,
        "levels": [level_document(level) for level in levels],
        "notes": list(notes),
    }


def levels_text(levels: Sequence[MolecularLevel], *notes: str) -> str:
    """A line per sample, what it is a part of, its limits and flags below."""
    lines = []
    for level in levels:
        lines.append(f"{level.sample}, {level.target}: {level_words(level)}")
        lines.append(f"  of {_OF[level.kind]}, by {_METHOD[level.method]}")
        limits = [
            f"{name} {value:.2e}"
            for name, value in (("LOD", level.lod), ("LLOQ", level.lloq))
            if value is not None
        ]
        below = [", ".join(limits), level.input, *(f"flag: {flag}" for flag in level.flags)]
        lines += [f"  {words}" for words in below if words]
    return "\n".join([*lines, *(f"note: {note}" for note in notes), NOTICE])
