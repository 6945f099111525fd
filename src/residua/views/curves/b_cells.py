"""B cells after an infusion in words and as JSON: each definition of aplasia by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from residua.course.b_cell_course import AplasiaBy, AplasiaRun, BCellCourse, OtherCause
from residua.facts.quantity import Quantity
from residua.views.course_json import plain
from residua.views.curves.day_words import days_words, on_days
from residua.views.report_measures import MeasureLine
from residua.views.wording import quantity_words

Json = dict[str, Any]
CONFOUNDED = "B-cell aplasia is no sign of these cells alone"
NOT_MEASURED = "not measured after the infusion"


def b_cell_document(found: BCellCourse) -> Json:
    """Values with what each rule says of them, the runs of each rule, and what confounds them."""
    return {
        "reason": found.reason or (None if found.values else NOT_MEASURED),
        "values": [
            {
                "fact": value.fact,
                "days": list(value.days),
                **plain(value.value),
                "holds": list(value.holds),
                "fails": list(value.fails),
                "open": list(value.open),
            }
            for value in found.values
        ],
        "definitions": [_definition(by) for by in found.by],
        "other_causes": [
            {
                "fact": cause.fact,
                "words": cause.words,
                "days": None if cause.days is None else list(cause.days),
                "before_the_infusion": cause.before,
            }
            for cause in found.other_causes
        ],
        "immunoglobulin": [
            {"fact": fact, "days": list(days)} for fact, days in found.immunoglobulin
        ],
        "relapse": None if found.relapse is None else
        {"fact": found.relapse[0], "days": list(found.relapse[1])},
        "left_out": list(found.left_out),
    }  # fmt: skip


def _definition(by: AplasiaBy) -> Json:
    return {
        "id": by.rule.id,
        "clause": by.rule.clause,
        "cite": by.rule.cite,
        "provenance": by.rule.provenance,
        "reading": by.rule.reading or None,
        "asked_of": by.asked,
        "runs": [
            {
                "first_days": list(run.first),
                "until_days": list(run.last),
                "values": run.values,
                "ended_days": None if run.ended is None else list(run.ended),
            }
            for run in by.runs
        ],
    }


def b_cell_lines(found: BCellCourse) -> Iterator[MeasureLine]:
    """B cells by each definition, then what else lowers them."""
    if found.reason:
        yield MeasureLine("B cells", (found.reason,))
        return
    if not found.values:
        yield MeasureLine("B cells", (NOT_MEASURED,))
    else:
        yield MeasureLine("B cells", tuple(_by_words(by) for by in found.by))
    if found.relapse is not None and any(v.days[1] >= found.relapse[1][0] for v in found.values):
        words = f"from the relapse ({days_words(found.relapse[1])}) on, CD19 may be that of blasts"
        yield MeasureLine("B cells and relapse", (words,), warn=True)
    if found.other_causes and found.values:
        causes = tuple(_cause_words(cause) for cause in found.other_causes)
        yield MeasureLine("Also lowers B cells", causes, (CONFOUNDED,))
    if found.immunoglobulin:
        days = on_days(days for _, days in found.immunoglobulin)
        yield MeasureLine("Immunoglobulin", (f"given on {days}",))


def _by_words(by: AplasiaBy) -> str:
    limit = by.rule.limit
    shown = quantity_words(limit) if isinstance(limit, Quantity) else by.rule.text
    source = f"definition {by.rule.id} ({by.rule.provenance}): {by.rule.cite}"
    if not by.asked:
        return f"below {shown}: no value tells; {source}"
    if not by.runs:
        return f"below {shown}: on no day measured; {source}"
    runs = "; again ".join(_run_words(run) for run in by.runs)
    return f"below {shown} {runs}; {source}"


def _run_words(run: AplasiaRun) -> str:
    if run.values == 1:
        told = f"on {days_words(run.last)}"
    else:
        told = f"from {days_words(run.first)} until {days_words(run.last)} ({run.values} values)"
    if run.ended is None:
        return f"{told}, then no value tells"
    return f"{told}, no longer on {days_words(run.ended)}"


def _cause_words(cause: OtherCause) -> str:
    first = None if cause.days is None else cause.days[0]
    last = None if cause.days is None else cause.days[1]
    when = "before" if cause.before else "after"
    if cause.before and cause.words.startswith("lymphodepletion"):
        return cause.words
    if first is None or last is None:
        return f"{cause.words} ({cause.fact}), {when} the infusion, its day not known"
    return f"{cause.words} ({cause.fact}), from {days_words((first, last))}"
