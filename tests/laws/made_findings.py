"""What every standard of grades may be given, from mild to worse, made from its own book.

The order of words is that of the books, except where `REVERSED` or `SWITCHES` says otherwise;
numbers lie on and around the limits of the cells, and which end is the worse one is read from the
cells too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from grade_tables import GRADE_BOOKS

from residua.standards.grade_book import GradeBook, Term
from residua.standards.grade_known import words_of
from residua.standards.nih_cgvhd import ORGANS
from residua.standards.severity_table import SeverityTable

REVERSED = {"description"}
"""Findings whose words stand from the worst to the mildest, "none" last."""
SWITCHES = {"fibrinogen_pct_rule", "anticoagulation", "sedated", "counts", "gi4"}
"""Findings that say how to read the others: neither word is worse."""
OPTIONAL = {"second_value"}
"""Findings that say, by being there, what another one says."""
NUMBERS = ("value", "lln", "uln", "baseline")
AROUND = tuple(Decimal(x) for x in ("0.5", "0.99", "1", "1.01", "2"))


@dataclass(frozen=True)
class Asked:
    """All that a term of a standard may be given.

    ``worse`` holds, by input, what it may be from mild to worse; ``beside`` what is neither;
    ``units`` the unit of each number. An input of ``silent`` that is left out counts as denied.
    """

    standard: str
    version: str
    term: str
    worse: dict[str, tuple[str, ...]]
    beside: dict[str, tuple[str, ...]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    silent: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.standard}-{self.version}-{self.term}"


def everything() -> Iterator[Asked]:
    """Every term of every standard of grades."""
    for (standard, version), book in GRADE_BOOKS.items():
        if isinstance(book, SeverityTable):
            yield _severity(standard, version, book)
        elif isinstance(book, GradeBook):
            yield from (_term(standard, version, term) for term in book.terms)


def _severity(standard: str, version: str, book: SeverityTable) -> Asked:
    worse = {
        one.name: (
            _numbers(
                (rule.limit.value for c in book.cells if c.quantity == one.name
                 for rule in c.limits if not isinstance(rule.limit, bool)),
                falling=one.name in ("days", "gfr"),
                whole=one.unit == "d",
            )
            if one.unit
            else one.words or ("no", "yes")
        )
        for one in book.inputs
    }  # fmt: skip
    if "risk_factors" in worse:
        worse["risk_factors"] = ("0", "1", "2", "3")
    units = {one.name: one.unit for one in book.inputs if one.unit}
    return Asked(standard, version, "severity", worse, units=units)


def _term(standard: str, version: str, term: Term) -> Asked:
    if standard == "nih-cgvhd":
        return Asked(standard, version, term.id, dict.fromkeys(ORGANS, ("0", "1", "2", "3")))
    worse, beside, units = {}, {}, {}
    for kind in term.findings:
        if kind.name == "capd_done":
            continue
        words = (
            _numbers(_limits(term, kind.name), falling=_falling(term, kind.name), whole=True)
            if kind.unit
            else tuple(words_of(term, kind))
        )
        if kind.unit:
            units[kind.name] = kind.unit
        (beside if kind.name in SWITCHES else worse)[kind.name] = (
            words[::-1] if kind.name in REVERSED else words
        )
    if "capd" in worse:
        worse["capd"] = (*worse["capd"], "unable")
    if term.kinds or term.id == "lower-gi":
        unit = term.unit or {"lower-gi": "mL/d", "aptt": "s"}.get(term.id, "")
        unit = unit or {"catalytic concentration": "U/L"}.get((*term.kinds, "")[0], "mg/dL")
        limits = [*_limits(term, "value")] or [Decimal(500), Decimal(1000), Decimal(1500)]
        worse["value"] = _numbers(limits, falling=_falling(term, "value"))
        units |= dict.fromkeys(NUMBERS, unit)
        if {bound.scale for cell in term.cells for bound in cell.bounds} - {""}:
            beside |= dict.fromkeys(NUMBERS[1:], worse["value"])
    silent = frozenset(kind.name for kind in term.findings if kind.absent)
    return Asked(standard, version, term.id, worse, beside, units, silent)


def _limits(term: Term, of: str) -> Iterator[Decimal]:
    return (bound.limit for cell in term.cells for bound in cell.bounds if bound.of == of)


def _falling(term: Term, of: str) -> bool:
    """Whether a lower number is worse: the worst cell with a number has no lower end."""
    graded = [c for c in term.cells if c.grade and any(b.of == of for b in c.bounds)]
    if not graded:
        return False
    worst, mildest = (pick(graded, key=lambda c: c.grade or 0) for pick in (max, min))
    ends = {b.comparison in ("below", "at_most") for b in worst.bounds if b.of == of}
    if len(ends) == 1:
        return ends.pop()
    lowest = [min(b.limit for b in c.bounds if b.of == of) for c in (worst, mildest)]
    return lowest[0] < lowest[1]


def _numbers(limits: Iterable[Decimal], *, falling: bool, whole: bool = False) -> tuple[str, ...]:
    """Numbers on and around each limit, from mild to worse."""
    marks = {limit for limit in limits if limit} or {Decimal(1)}
    near = {mark * factor for mark in marks for factor in AROUND}
    if whole and all(mark == mark.to_integral_value() for mark in marks):
        near = {mark + step for mark in marks for step in (-1, 0, 1)}
    return tuple(f"{n.normalize():f}" for n in sorted(near, reverse=falling))
