"""How the flow files of a case were measured: counts, limits, quality, and what must be known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from residua.course.course import Course
from residua.facts.mrd_result import MrdResult, PolicyUsed
from residua.views.anchors import fact_anchor
from residua.views.fact_words import DENOMINATORS
from residua.views.quality_words import (
    compensation_words,
    dilution_words,
    step_words,
    usable_words,
    verdict_words,
)
from residua.views.wording import NOT_STATED, count_words, level_words

Measures = Mapping[str, MrdResult]
"""What was measured, by the id of the fact that it made."""
_RESIDUAL = "residual spillover"


@dataclass(frozen=True)
class MeasureLine:
    """One item: its values, a line each, and marks; `warn` where they must not be overlooked."""

    what: str
    values: tuple[str, ...]
    marks: tuple[str, ...] = ()
    warn: bool = False


@dataclass(frozen=True)
class MeasureGroup:
    """One measured specimen: the fact that it made, and what is known of its measurement."""

    id: str
    anchor: str
    lines: tuple[MeasureLine, ...]


def measure_groups(course: Course, measures: Measures) -> tuple[MeasureGroup, ...]:
    """The measured specimens in the order of the course."""
    return tuple(
        MeasureGroup(p.id, fact_anchor(p.id), tuple(_lines(measures[p.id])))
        for p in course.placed
        if p.id in measures
    )


def _lines(result: MrdResult) -> Iterator[MeasureLine]:
    level, flags = result.level, _flags(result)
    if flags:
        yield MeasureLine("Unusual in this sample", flags, warn=True)
    of = DENOMINATORS.get(level.denominator.kind, "cells of a denominator not stated")
    counts = f"{count_words(level.numerator)} of {count_words(level.denominator.count)} {of}"
    events = f"{count_words(result.events.total)} events in all"
    gates = result.gates.file if result.gates else NOT_STATED
    yield MeasureLine("Counted", (counts, f"{events}; gates: {gates}"))
    yield MeasureLine("Limits", tuple(_limits(result)), (policy_words(level.policy),))
    if result.quality is not None:
        verdicts = tuple(verdict_words(verdict) for verdict in result.quality.verdicts)
        yield MeasureLine("Enough cells", verdicts)
        steps = tuple(map(step_words, result.quality.steps))
        yield MeasureLine("Quality", steps, (usable_words(result),))
    if result.haemodilution is not None:
        yield MeasureLine("Haemodilution", *dilution_words(result.haemodilution))
    yield MeasureLine("Compensation", compensation_words(result))
    notes = tuple(note for note in result.notes if not _told(note, level.policy))
    if notes:
        yield MeasureLine("Notes", notes)


def _limits(result: MrdResult) -> Iterator[str]:
    level = result.level
    for name, limit in (("LOD", level.lod), ("LLOQ", level.lloq)):
        yield f"{name} {level_words(limit) if limit else NOT_STATED}"
    if level.lod95:
        yield f"detected with 95 % probability from {level_words(level.lod95)}"


def _flags(result: MrdResult) -> tuple[str, ...]:
    """What is unusual; that events are simulated stands at the head of the report."""
    both = dict.fromkeys((*result.level.flags, *result.flags))
    return tuple(flag for flag in both if flag != "simulated")


def _told(note: str, policy: PolicyUsed) -> bool:
    """Whether a note repeats what another line says."""
    return policy.name in note or _RESIDUAL in note


def policy_words(policy: PolicyUsed) -> str:
    """The counting policy with its provenance: ``... (provenance: unverified)``."""
    return f"counting policy {policy.name} (provenance: {policy.provenance})"
