"""Clonotypes as JSON and as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from residua import NOTICE
from residua.measures.followed_clones import FollowedClone, FollowedSample

MOST = 20
"""So many clones of a sample are printed; JSON holds all."""
SHARES = "fractions are shares of the sample's own segmented reads, not of cells"
LIMITS = "limits from the input cells rest on unverified numbers (1.90 and 2.39 cells)"


def clonotypes_document(samples: Sequence[FollowedSample]) -> dict[str, Any]:
    """The JSON of ``residua clonotypes``."""
    return {
        "kind": "residua.clonotypes",
        "version": "1.0",
        "notice": NOTICE,
        "samples": [
            {
                "sample": followed.sample.name,
                "date": followed.sample.date or None,
                "reads": followed.sample.reads,
                "cells": followed.cells,
                "lod": followed.lod,
                "lloq": followed.lloq,
                "clones": [_clone(clone) for clone in followed.clones],
            }
            for followed in samples
        ],
        "notes": _notes(samples),
    }


def _clone(followed: FollowedClone) -> dict[str, Any]:
    return {
        "id": followed.clone.id,
        "name": followed.clone.label or None,
        "reads": followed.clone.reads,
        "fraction": followed.fraction,
        "status": followed.status,
        "reason": followed.reason,
    }


def _notes(samples: Sequence[FollowedSample]) -> list[str]:
    return [SHARES] + ([LIMITS] if any(sample.lod is not None for sample in samples) else [])


def clonotypes_text(samples: Sequence[FollowedSample]) -> str:
    """Each sample with its clones, most reads first."""
    lines: list[str] = []
    for followed in samples:
        sample = followed.sample
        date = f", {sample.date}" if sample.date else ""
        lines.append(f"{sample.name}{date}: {sample.reads} segmented reads")
        if followed.lod is not None and followed.lloq is not None:
            lines.append(f"  LOD {followed.lod:.3g}, LLOQ {followed.lloq:.3g} of the input cells")
        lines += [_line(clone) for clone in followed.clones[:MOST]]
        if len(followed.clones) > MOST:
            lines.append(f"  and {len(followed.clones) - MOST} further clones (--json lists all)")
    return "\n".join([*lines, *(f"note: {note}" for note in _notes(samples)), NOTICE])


def _line(followed: FollowedClone) -> str:
    clone = followed.clone
    share = "" if followed.fraction is None else f", {followed.fraction:.3g}"
    name = f" ({clone.label})" if clone.label and clone.label != clone.id else ""
    return f"  {clone.id}{name}: {clone.reads} reads{share}: {followed.status}, {followed.reason}"
