"""Engraftment and graft failure at every limit, each row a small course that is judged whole.

The expected words are read from the definitions (Sureda 2024, PMC11161398 table 1; the CIBMTR forms
manual, F2100 q13-18), not from the code. The transplant is day 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.laboratory import Lab
from residua.facts.support import Support
from residua.facts.treatment import Transplant
from residua.judgements.cytopenia.cytopenia import judge_cytopenia

ASTCT, CIBMTR = "astct_engraftment", "cibmtr_engraftment"
Facts = tuple[Fact, ...]
Rows = dict[str, str]
FIRST, SECOND = "engrafted: day +10", "engrafted: day +30"
FAILURE, NONE = "primary graft failure", "none"


@dataclass(frozen=True)
class GraftBoundary:
    """One input of a course moved across the limit of one or more rules of a book."""

    book: str
    term: str
    rules: str
    moved: str
    beside: str
    rows: Rows
    course: Callable[[str], Facts]


def judged(boundary: GraftBoundary, value: str) -> str:
    """What the standard says of the course with the moved input at `value`."""
    found = judge_cytopenia(arrange(Case("x", "x", boundary.course(value))))
    name = boundary.book.replace("_", "-")
    said = [j for j in found if j.standard == name and j.term == boundary.term]
    return (said[0].verdict or said[0].outcome) if said else "not judged"


def graft(**more: str) -> Fact:
    row = {"id": "hsct", "date": "2024-03-01", "donor": "sibling", **more}
    return Transplant.model_validate(row)


def counts(analyte: str, values: dict[int, str]) -> Facts:
    return tuple(
        Lab.model_validate(
            {"id": f"{analyte}-{day}", "date": f"hsct+{day}d", "analyte": analyte,
             "value": f"{value} /uL"}
        )
        for day, value in values.items()
    )  # fmt: skip


def platelets_given(*days: int) -> Facts:
    return tuple(
        Support.model_validate({"id": f"given-{day}", "date": f"hsct+{day}d", "kind": "platelets"})
        for day in days
    )


def told(term: str, present: bool) -> Fact:
    row = {"id": "told", "after": "hsct", "term": term, "present": present}
    return Finding.model_validate(row)


def series(analyte: str, low: str, high: str, step: int = 1) -> Callable[[str, int], Facts]:
    """Low, high on three days from day 10 on, low again, and high from day 30 on."""

    def made(third: str, days: int) -> Facts:
        row = range(10, 10 + days * step, step)
        values = dict.fromkeys(range(0, 40, step), low) | dict.fromkeys(row, high)
        values |= dict.fromkeys(range(30, 40, step), high)
        if third:
            values[10 + 2 * step] = third
        return (graft(), *counts(analyte, values), *platelets_given(1))

    return made


def recovery(
    book: str, analyte: str, rules: tuple[str, str], low: str, limit: int
) -> list[GraftBoundary]:
    """The limit of the third count, and how many counts in a row: days, or values 2 days apart."""
    made = series(analyte, low, str(limit + 1), 1 if book == ASTCT else 2)
    what, value_rule, row_rule = analyte.removesuffix("s"), *rules
    each = "days in a row" if book == ASTCT else "values in a row, every second day"
    return [
        GraftBoundary(
            book, analyte, value_rule, f"{what} count of the third day or value, per microlitre",
            "the two before it are above; again from day +30 on",
            {str(limit - 1): SECOND, str(limit): FIRST, str(limit + 1): FIRST},
            lambda value: made(value, 3),
        ),
        GraftBoundary(
            book, analyte, row_rule, each, f"at least {limit} /uL from day +10; again from day +30",
            {"2": SECOND, "3": FIRST, "4": FIRST}, lambda days: made("", int(days)),
        ),
    ]  # fmt: skip


def untransfused(book: str) -> GraftBoundary:
    values = {day: "5000" if day < 10 else "40000" for day in range(20)}
    return GraftBoundary(
        book, "platelets", "untransfused", "day of the last platelet transfusion",
        "40 000 /uL from day +10 on",
        {"2": "engrafted: day +10", "3": "engrafted: day +10", "4": "engrafted: day +11"},
        lambda day: (graft(), *counts("platelets", values), *platelets_given(int(day))),
    )  # fmt: skip


def failure(rule: str, limit: int, donor: str) -> GraftBoundary:
    def course(day: str) -> Facts:
        values = {d: "100" if d < int(day) else "600" for d in range(limit + 6)}
        pancytopenia = told("pancytopenia", present=True)
        return (graft(donor=donor), *counts("neutrophils", values), pancytopenia)

    return GraftBoundary(
        ASTCT, "failure-primary", rule, "day from which neutrophils are above 500 /uL",
        f"donor: {donor}; pancytopenia stated",
        {str(limit - 1): NONE, str(limit): NONE, str(limit + 1): FAILURE}, course,
    )  # fmt: skip


GRAFT_BOUNDARIES: tuple[GraftBoundary, ...] = (
    *recovery(ASTCT, "neutrophils", ("neutrophils", "neutrophil-days"), "100", 500),
    *recovery(ASTCT, "platelets", ("platelets", "platelet-days"), "5000", 20_000),
    untransfused(ASTCT),
    failure("primary-failure", 30, "sibling"),
    failure("primary-failure-cord", 42, "cord"),
    GraftBoundary(
        ASTCT, "failure-primary", "primary-failure", "pancytopenia",
        "neutrophils above 500 /uL from day +31 on", {"no": NONE, "yes": FAILURE},
        lambda said: (
            graft(),
            *counts("neutrophils", {d: "100" if d < 31 else "600" for d in range(40)}),
            told("pancytopenia", present=said == "yes"),
        ),
    ),
    GraftBoundary(
        ASTCT, "failure-secondary", "secondary-failure", "secondary graft failure as reported",
        "", {"no": NONE, "yes": "secondary graft failure"},
        lambda said: (graft(), told("secondary graft failure", present=said == "yes")),
    ),
    *recovery(CIBMTR, "neutrophils", ("neutrophils", "neutrophil-values"), "100", 500),
    *recovery(CIBMTR, "platelets", ("platelets", "platelet-values"), "5000", 20_000),
    untransfused(CIBMTR),
)  # fmt: skip
