"""How the flow files of a case were measured: counts, limits and their policy, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from residua.course.course import Course
from residua.facts.mrd_result import MrdResult, PolicyUsed
from residua.views.anchors import fact_anchor
from residua.views.fact_words import DENOMINATORS
from residua.views.wording import NOT_STATED, count_words, level_words

Measures = Mapping[str, MrdResult]
"""What was measured, by the id of the fact that it made."""


@dataclass(frozen=True)
class MeasureRow:
    """One measured specimen: the fact it made, its counts, its limits, what must be known."""

    id: str
    anchor: str
    counts: str
    events: str
    lod: str
    lloq: str
    policy: str
    gates: str
    notes: tuple[str, ...]


def measure_rows(course: Course, measures: Measures) -> tuple[MeasureRow, ...]:
    """The measured specimens in the order of the course."""
    return tuple(_row(p.id, measures[p.id]) for p in course.placed if p.id in measures)


def _row(name: str, result: MrdResult) -> MeasureRow:
    level = result.level
    of = DENOMINATORS.get(level.denominator.kind, "cells of a denominator not stated")
    flags = [f for f in dict.fromkeys((*level.flags, *result.flags)) if f != "simulated"]
    return MeasureRow(
        name,
        fact_anchor(name),
        f"{count_words(level.numerator)} of {count_words(level.denominator.count)} {of}",
        count_words(result.events.total),
        level_words(level.lod) if level.lod else NOT_STATED,
        level_words(level.lloq) if level.lloq else NOT_STATED,
        policy_words(level.policy),
        result.gates.file if result.gates else NOT_STATED,
        (*flags, *(note for note in result.notes if level.policy.name not in note)),
    )


def policy_words(policy: PolicyUsed) -> str:
    """The counting policy with its provenance: ``... (provenance: unverified)``."""
    return f"counting policy {policy.name} (provenance: {policy.provenance})"
