"""Everything that was given, in order, with what adherence says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.views.anchors import fact_anchor, verdict_anchor
from residua.views.course_words import name_of
from residua.views.fact_words import drug_words, value_words
from residua.views.report_verdicts import Entry
from residua.views.standard_names import marks, outcome_words
from residua.views.wording import date_words, id_words


@dataclass(frozen=True)
class TreatmentRow:
    """One course, transplant or infusion; ``adherence`` its verdicts, ``open`` what has none."""

    title: str
    anchor: str
    date: str
    line: str
    what: str
    drugs: tuple[str, ...]
    adherence: tuple[Entry, ...]
    open: tuple[Entry, ...]


def treatment_rows(course: Course, adherence: Iterable[Judgement]) -> tuple[TreatmentRow, ...]:
    """One row for everything given, in the order of the course."""
    said: dict[str, list[Judgement]] = {}
    for judgement in adherence:
        said.setdefault(judgement.subject, []).append(judgement)
    given = course.of(Treatment, Transplant, CellInfusion)
    return tuple(_row(course, item, said.get(item.id, [])) for item, _ in given)


def _row(course: Course, item: Placed, said: list[Judgement]) -> TreatmentRow:
    fact, line = item.fact, course.line_of(item.id)
    if isinstance(fact, Treatment):
        name = fact.regimen if fact.regimen != "free" else ""
        what = ", ".join(part for part in (name, fact.intent or "") if part)
        drugs = tuple(drug_words(drug) for drug in fact.drugs)
    else:
        kind, _, rest = value_words(fact).partition("; ")
        what, drugs = kind, tuple(rest.split("; ")) if rest else ()
    told = [j for j in said if j.outcome == "verdict"]
    return TreatmentRow(
        name_of(fact) or id_words(item.id),
        fact_anchor(item.id),
        date_words(course, item),
        str(line.number) if line else "",
        what,
        drugs,
        tuple(_entry(j) for j in told),
        tuple(_entry(j) for j in said if j.outcome != "verdict"),
    )


def _entry(judgement: Judgement) -> Entry:
    anchor = verdict_anchor(judgement.id)
    return Entry(
        _term(judgement.term), outcome_words(judgement), judgement.outcome, marks(judgement), anchor
    )


def _term(term: str) -> str:
    """``dose-doxorubicin`` -> ``Dose of doxorubicin``."""
    what, _, drug = term.partition("-")
    joins = {"dose": "of", "interval": "of", "support": "with", "rescue": "after"}
    return (
        f"{what.capitalize()} {joins[what]} {id_words(drug).lower()}"
        if what in joins
        else (id_words(term))
    )
