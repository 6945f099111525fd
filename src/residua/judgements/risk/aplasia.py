"""B cells after infused cells, under each definition of aplasia by itself."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.lab_series import LabPoint, days_after, lab_series
from residua.course.targets import targeting
from residua.judgements.readings import UNSTATED, Stated
from residua.judgements.risk.relapses import Relapse
from residua.judgements.risk.scheme_verdict import TRUTH
from residua.standards.relapse_mechanism import aplasia
from residua.standards.truth import Given

B_LINEAGE = ("CD19", "CD20", "CD22")
"""Targets on normal B cells: without one, B cells say nothing of the infused cells."""
SIX_MONTHS = 183
"""Days beyond which six months have passed for certain."""
COUNTED = ("b-cells-below-20", "b-cells-below-50")


def b_cells(relapse: Relapse) -> tuple[LabPoint, ...]:
    """The B cells in blood after the infusion and before the days of the relapse.

    At relapse itself, cells that carry CD19 may be blasts.
    """
    course = relapse.course
    start, end = (
        course.position[name] for name in (relapse.therapy.treatment, relapse.occasion.main.id)
    )
    own = {p.id for occasion in relapse.together for p in occasion.facts}
    points = (*lab_series(course, "b-cells"), *lab_series(course, "cd19"))
    found = [p for p in points if start < course.position[p.id] < end and p.id not in own]
    return tuple(sorted(found, key=lambda p: course.position[p.id]))


def rules_of_aplasia(relapse: Relapse) -> Iterator[tuple[str, str]]:
    """Each rule with what the last B cells before relapse come to under it, in words."""
    given = _given(relapse)
    last = b_cells(relapse)[-1:]
    value = str(last[0].value) if last else "not stated"
    others = _other_causes(relapse)
    for rule, truth in aplasia(given):
        words = f"{TRUTH[truth]} ({value}): {rule.clause}; {rule.cite}; {rule.provenance}"
        tail = f"; {others} may cause it too" if truth and others else ""
        yield f"B-cell aplasia by {rule.id}", f"{words}{tail}"


def _given(relapse: Relapse) -> dict[str, Given]:
    """The last count, and a fraction of 0 %, which is of any cells the same.

    The rule of two dates takes the fractions beyond six months.
    """
    points = b_cells(relapse)
    counts = [p.value for p in points if p.value.kind == "count concentration"]
    given: dict[str, Given] = {"b_cells": counts[-1]} if counts else {}
    fractions = [p for p in points if p.value.kind == "fraction"]
    if fractions and _none(fractions[-1]):
        given["b_cell_fraction"] = fractions[-1].value
    late = [p for p in fractions if _beyond(relapse, p)]
    if len({p.day for p in late if p.day}) > 1 and all(map(_none, late)):
        given["late_b_cell_fraction"] = late[-1].value
    return given


def _none(point: LabPoint) -> bool:
    return point.value.value == 0 and not point.value.censored


def _beyond(relapse: Relapse, point: LabPoint) -> bool:
    days = days_after(relapse.course, relapse.therapy.treatment, point.id).shortest
    return days is not None and days > SIX_MONTHS


def _other_causes(relapse: Relapse) -> str:
    """Other therapies against B cells between infusion and relapse."""
    place = relapse.course.position
    start, end = place[relapse.therapy.treatment], place[relapse.occasion.main.id]
    found = [
        t.therapy
        for t in targeting(relapse.course)
        if t.marker in B_LINEAGE and start < place[t.treatment] < end
    ]
    return ", ".join(dict.fromkeys(found))


def back_under_every_rule(relapse: Relapse) -> Stated:
    """Whether B cells came back before relapse under every rule that a count can be asked by.

    Aplasia is no answer here: it is not the infused cells' alone.
    """
    if relapse.therapy.marker not in B_LINEAGE:
        return UNSTATED
    truths = {rule.id: truth for rule, truth in aplasia(_given(relapse))}
    if any(truths[name] is not False for name in COUNTED):
        return UNSTATED
    last = [p for p in b_cells(relapse) if p.value.kind == "count concentration"][-1]
    note = f"B cells of {last.value} before relapse: no aplasia under any rule for counts"
    return Stated(True, (last.id,), (note,))
