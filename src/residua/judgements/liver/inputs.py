"""The marks of every criterion of a standard in one episode."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course
from residua.facts.quantity import Quantity
from residua.judgements.liver.episode import Episode
from residua.judgements.liver.seen import Seen, by_findings, new_findings
from residua.judgements.liver.series import (
    Daily,
    Measure,
    by_day,
    despite_diuretics,
    gains,
    labs,
    measured,
    rising,
    vitals,
    within,
)
from residua.judgements.liver.timeline import Mark
from residua.standards.criteria_book import CriteriaBook
from residua.standards.criteria_ruling import DAY, in_unit
from residua.standards.rulebook import Rule
from residua.standards.truth import settled

WORDS = {
    "day": "the day of onset",
    "bilirubin": "bilirubin",
    "bilirubin_within_72_h": "bilirubin of the 72 h before",
    "days_of_rising_bilirubin": "bilirubin day by day",
    "weight_gain": "weight and its baseline",
    "days_of_weight_gain": "weight day by day and whether diuretics were given",
    "painful_hepatomegaly": "painful hepatomegaly",
    "hepatomegaly": "hepatomegaly",
    "hepatomegaly_above_baseline": "hepatomegaly above baseline",
    "ruq_pain": "right upper quadrant pain",
    "ascites": "ascites",
    "ascites_above_baseline": "ascites above baseline",
    "ultrasound": "ultrasound",
    "elastography": "elastography",
    "haemodynamic": "haemodynamic evidence",
    "histology": "histology",
    "hvpg": "hepatic venous pressure gradient",
    "refractory_thrombocytopenia": "transfusion-refractory thrombocytopenia",
}
"""Quantity -> what is missing where it is not stated."""


WEIGHT = ("weight_gain", "days_of_weight_gain")


@dataclass(frozen=True)
class Inputs:
    """What the record states for one standard in one episode, by the quantity it asks for."""

    book: CriteriaBook
    seen: dict[str, tuple[Seen, ...]]

    def marks(self, rule: Rule) -> tuple[Mark, ...]:
        """Where the record settles whether one criterion held."""
        found: dict[tuple[str, int], Mark] = {}
        held = set()
        for one in self.seen[rule.quantity]:
            given = in_unit(self.book, rule.quantity, one.given)
            holds = given if isinstance(given, bool) else settled(rule, given)
            if given is None or holds is None:
                continue
            mark = Mark(one.where, holds, one.fact, one.text, one.days, one.general)
            found[one.fact, one.where.lo] = mark
            if holds and isinstance(given, Quantity) and mark.exact:
                held.add(mark.where.lo)
        return tuple(
            m for m in found.values() if m.holds or m.where.lo not in held or not _is_number(rule)
        )

    def anything(self) -> bool:
        """Whether the record states anything of the liver; a weight only where it has risen."""
        liver = any(seen for quantity, seen in self.seen.items() if quantity not in WEIGHT)
        weight = (rule for rule in self.book.criteria if rule.quantity in WEIGHT)
        return liver or any(mark.holds for rule in weight for mark in self.marks(rule))


def _is_number(rule: Rule) -> bool:
    """Whether the criterion is a limit on a number: the worst value of a day counts."""
    return isinstance(rule.limit, Quantity)


def inputs_of(course: Course, episode: Episode, book: CriteriaBook) -> Inputs:
    """What the record states for a standard within an episode."""
    extra = {"hepatomegaly", "ruq_pain"} if "painful_hepatomegaly" in book.quantities else set()
    asked = (*book.quantities, *sorted(extra - set(book.quantities)))
    return Inputs(book, {q: _seen(course, episode, book, q) for q in asked if q != DAY})


def bilirubins(course: Course, book: CriteriaBook) -> tuple[Measure, ...]:
    """The values of bilirubin in the unit of the standard's limits."""
    return tuple((f, book.in_its_unit("bilirubin", v)) for f, v in labs(course, "bilirubin"))


def daily_bilirubin(course: Course, episode: Episode, book: CriteriaBook) -> Daily:
    """The values of bilirubin by the days of the episode, in mg/dL."""
    return by_day(course, episode, bilirubins(course, book), "mg/dL")


def _seen(course: Course, episode: Episode, book: CriteriaBook, quantity: str) -> tuple[Seen, ...]:
    match quantity:
        case "bilirubin":
            return measured(course, episode, labs(course, "bilirubin"), "bilirubin")
        case "weight_gain":
            return (*gains(course, episode), *by_findings(course, episode, "weight_gain"))
        case "days_of_rising_bilirubin":
            return rising(course, episode, daily_bilirubin(course, episode, book), "bilirubin")
        case "days_of_weight_gain":
            daily = by_day(course, episode, vitals(course, "weight"), "kg")
            return despite_diuretics(course, episode, rising(course, episode, daily, "weight"))
        case "bilirubin_within_72_h":
            return _within_72_h(course, episode, book)
        case "hepatomegaly":
            painful = by_findings(course, episode, "painful_hepatomegaly")
            enlarged = tuple(one for one in painful if one.given is True)
            return (*by_findings(course, episode, quantity), *enlarged)
        case "hepatomegaly_above_baseline":
            painful = new_findings(course, episode, "painful_hepatomegaly")
            enlarged = tuple(one for one in painful if one.given is not False)
            return (*new_findings(course, episode, "hepatomegaly"), *enlarged)
        case "ascites_above_baseline":
            return new_findings(course, episode, "ascites")
        case _:
            return by_findings(course, episode, quantity)


def _within_72_h(course: Course, episode: Episode, book: CriteriaBook) -> tuple[Seen, ...]:
    limit = book.rules_on("bilirubin_within_72_h")[0]
    hours = book.rulebook["seventy-two-hours"].limit
    assert isinstance(hours, Quantity)
    return within(
        course, episode, daily_bilirubin(course, episode, book),
        holds=lambda value: limit.holds(Quantity(value, "mg/dL")),
        hours=int(hours.to("h").value), unit="mg/dL",
    )  # fmt: skip
