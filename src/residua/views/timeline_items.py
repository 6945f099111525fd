"""What panel F draws: treatments, infusions, responses, relapses, supports and toxicities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.views.course_words import (
    response_title,
    support_words,
    treatment_words,
    verdict_lines,
)  # fmt: skip
from residua.views.places import host_of
from residua.views.support_runs import join_supports
from residua.views.timeline_item import Lane, Symbol, TimelineItem

_NOT_DRAWN = ("claim",)


def timeline_items(course: Course, judgements: Iterable[Judgement]) -> tuple[TimelineItem, ...]:
    """Every item in the order of the course, labelled F1, F2, ...

    None where there is but one and it has no date: it says nothing of a course.
    """
    verdicts = _by_occasion(course, judgements)
    made = (_item(course, placed, verdicts) for placed in course.placed)
    items = join_supports(course, [item for item in made if item is not None])
    if len(items) == 1 and not course.by_id[items[0].host].dated:
        return ()
    items.sort(key=lambda item: (course.position[item.host], course.position[item.ids[0]]))
    return tuple(replace(item, label=f"F{n}") for n, item in enumerate(items, start=1))


def _item(
    course: Course, placed: Placed, verdicts: Mapping[str, list[Judgement]]
) -> TimelineItem | None:
    fact = placed.fact
    made: TimelineItem | None
    match fact:
        case Treatment():
            made = _made(course, fact, "Treatments", "bar", treatment_words(fact))
        case Transplant():
            made = _made(course, fact, "Cell therapy", "transplant", treatment_words(fact))
        case CellInfusion():
            made = _made(course, fact, "Cell therapy", fact.kind, treatment_words(fact))
        case Support():
            made = _made(course, fact, "Findings and support", "bar", support_words(fact))
        case Finding() if fact.present is False or fact.assessment is not None:
            made = None  # absent, or part of what an assessment found
        case Finding():
            made = _made(course, fact, "Findings and support", "bar", support_words(fact))
        case _:
            made = _occasion(
                course, fact, _answered(verdicts.get(fact.id, ())), bool(verdicts.get(fact.id))
            )
    judged = verdicts.get(fact.id, [])
    if not judged:
        return made
    made = made or _made(course, fact, "Response and relapse", "assessment", response_title(fact))
    return replace(
        made,
        ids=(*made.ids, *(j.id for j in judged)),
        details=(*made.details, *verdict_lines(judged)),
    )


def _made(course: Course, fact: Fact, lane: Lane, symbol: Symbol, title: str) -> TimelineItem:
    host = host_of(course, fact).id
    return TimelineItem("", (fact.id,), host, lane, symbol, title, simulated=fact.simulated)


def _occasion(course: Course, fact: Fact, answered: bool, judged: bool) -> TimelineItem | None:
    """An item of the response lane; None for a fact that is no occasion."""
    lane: Lane = "Response and relapse"
    match fact:
        case Diagnosis():
            return _made(course, fact, lane, "diagnosis", response_title(fact))
        case Event():
            kinds: dict[str, Symbol] = {"last contact": "last contact", "death": "death"}
            symbol = kinds.get(fact.kind, "relapse")
            made = _made(course, fact, lane, symbol, response_title(fact))
            return (
                made
                if symbol != "relapse" or answered
                else _as_reported(made, fact.kind.removesuffix(" reported"))
            )
        case Assessment() if fact.blasts or fact.response_reported or judged:
            made = _made(course, fact, lane, "assessment", response_title(fact))
            word = fact.response_reported
            return _as_reported(made, word) if word and not answered else made
    return None


def _answered(judgements: Iterable[Judgement]) -> bool:
    """Whether any of them gives a verdict."""
    return any(judgement.verdict for judgement in judgements)


def _as_reported(item: TimelineItem, word: str) -> TimelineItem:
    return replace(item, details=(f"{word} (as reported)",))


def _by_occasion(course: Course, judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """Judgements by the id of the fact beside which they are drawn."""
    undated: dict[str, str] = {}
    for placed, occasion in course.of(Assessment):
        if occasion.after is not None and not placed.dated:
            undated.setdefault(occasion.after, occasion.id)
    found: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        subject = undated.get(judgement.subject, judgement.subject)
        if judgement.standard in _NOT_DRAWN or subject not in course.by_id:
            continue
        fact = course.by_id[subject].fact
        if isinstance(fact, MrdReading) and fact.assessment in course.by_id:
            subject = fact.assessment
        found[subject].append(judgement)
    return found
