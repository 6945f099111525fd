"""The course in paragraphs: one for the diagnosis, one for each treatment, relapse and finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.fact import Fact
from residua.facts.finding import Availability, Claim, Event, Link
from residua.facts.laboratory import Cytokine, Lab, Transgene, Vital
from residua.facts.patient import Diagnosis, Patient
from residua.facts.specimen import Specimen
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.axis import axis_of
from residua.judgements.judgement import Judgement
from residua.views.course_words import name_of
from residua.views.fact_words import analyte_words
from residua.views.narrative.fact_sentences import fact_sentence
from residua.views.narrative.sentence import Paragraph, Sentence, listed, plural, sentence
from residua.views.narrative.verdict_sentences import verdict_sentences
from residua.views.wording import date_words, quantity_words

OPENS = (Diagnosis, Treatment, Transplant, CellInfusion)
MEASURED = (Lab, Vital, Cytokine, Transgene)
TABLES_ONLY = (Specimen, Claim, Availability, Link)
NO_DATE = "date not stated"
FEW = 6
"""So many values of one day are written out; more stand in the tables alone."""


def course_paragraphs(course: Course, judgements: Iterable[Judgement]) -> tuple[Paragraph, ...]:
    """All paragraphs in the order of the course; `judgements` are those to be told."""
    told = tuple(judgements)
    relapses = {j.subject for j in told if axis_of(j) == "relapse" and j.verdict}
    groups: list[list[Placed]] = []
    for item in course.placed:
        if isinstance(item.fact, (*TABLES_ONLY, *MEASURED)):
            continue
        if not groups or _opens(item, groups[-1], relapses):
            groups.append([])
        groups[-1].append(item)
    begins = [_begins(group) for group in groups]
    for item, _ in course.of(*MEASURED):
        _home(groups, begins, item).append(item)
    of: dict[str, list[Judgement]] = {}
    for judgement in told:
        of.setdefault(judgement.subject, []).append(judgement)
    return tuple(
        _paragraph(course, group, [j for item in group for j in of.get(item.id, ())])
        for group in groups
    )


def _opens(item: Placed, group: Sequence[Placed], relapses: set[str]) -> bool:
    fact = item.fact
    if isinstance(fact, Diagnosis):
        return not all(isinstance(other.fact, Patient) for other in group)
    turn = isinstance(fact, Event) and fact.kind != "last contact"
    return isinstance(fact, OPENS) or turn or item.id in relapses


def _home(groups: list[list[Placed]], begins: Sequence[date | None], item: Placed) -> list[Placed]:
    """The last paragraph that began by the day of a measured value; the last one, undated."""
    day = item.span.earliest
    if not groups:
        groups.append([])
    if not item.dated or day is None:
        return groups[-1]
    pairs = zip(reversed(groups), reversed(begins), strict=False)
    begun = (group for group, first in pairs if first is not None and first <= day)
    return next(begun, groups[0])


def _begins(group: Sequence[Placed]) -> date | None:
    first = _first(group)
    return first.span.earliest if first.dated else None


def _first(group: Sequence[Placed]) -> Placed:
    return next((i for i in group if not isinstance(i.fact, Patient)), group[0])


def _paragraph(course: Course, group: Sequence[Placed], told: Sequence[Judgement]) -> Paragraph:
    first = _first(group)
    day = date_words(course, first)
    own = [
        fact_sentence(course, item, _when(course, item, day))
        for item in group
        if not isinstance(item.fact, MEASURED)
    ]
    sentences = [said for said in own if said is not None]
    values = [item for item in group if isinstance(item.fact, MEASURED)]
    sentences += _measurements(course, values, day)
    said_of: dict[str, list[Judgement]] = {}
    for judgement in told:
        said_of.setdefault(judgement.subject, []).append(judgement)
    for item in group:
        if item.id in said_of:
            sentences += verdict_sentences(said_of[item.id], _when(course, item, day))
    shown = "" if isinstance(first.fact, Patient) else day
    return Paragraph(_title(first.fact), shown, tuple(sentences))


def _title(fact: Fact) -> str:
    if isinstance(fact, (Diagnosis, Patient)):
        return fact.table.capitalize()
    return name_of(fact) or fact.table.replace("_", " ").capitalize()


def _when(course: Course, item: Placed, day: str) -> str:
    """The day of a fact where it is stated and not that of its paragraph."""
    own = date_words(course, item)
    stated = own != day and not own.startswith(NO_DATE) and not isinstance(item.fact, Patient)
    return own.partition(" (")[0] if stated else ""


def _measurements(course: Course, items: Sequence[Placed], day: str) -> tuple[Sentence, ...]:
    """A few values by their days; of many only how many there are and of what."""
    if len(items) > FEW:
        names = list(dict.fromkeys(_name(item.fact) for item in items))
        count = plural(len(items), "measured value")
        ids = tuple(item.id for item in items)
        return (sentence(f"the record holds {count} of {listed(names)}", ids),)
    days: dict[str, list[Placed]] = {}
    for item in items:
        days.setdefault(_when(course, item, day), []).append(item)
    return tuple(_values(when, same) for when, same in days.items())


def _values(when: str, items: Sequence[Placed]) -> Sentence:
    values = listed([f"{_name(item.fact)} {_value(item.fact)}" for item in items])
    return sentence(f"measured{f', {when}' if when else ''}: {values}", (i.id for i in items))


def _name(fact: Fact) -> str:
    if isinstance(fact, Transgene):
        return "CAR transgene"
    name = fact.item if isinstance(fact, Vital) else getattr(fact, "analyte", fact.table)
    return analyte_words(str(name))


def _value(fact: Fact) -> str:
    value = getattr(fact, "value", None)
    if value is not None:
        return quantity_words(value)
    detected = getattr(fact, "detected", None)
    return {True: "detected", False: "not detected", None: "not stated"}[detected]
