"""Every laboratory value of a course under every encoded version of CTCAE."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from residua.course.course import Course
from residua.course.lab_series import of_blood
from residua.course.this_course import ThisCourse
from residua.facts.day import Span
from residua.facts.laboratory import Lab, Vital
from residua.judgements.toxicity.disease import CONFOUNDED, Turn, confounding, turns_of
from residua.judgements.toxicity.graded_value import GradedValue, Grader
from residua.judgements.toxicity.moments import Baseline, Group, Value, baselines_of, in_moments
from residua.judgements.toxicity.place import Place, places_of
from residua.judgements.toxicity.support import given_support, support_flags
from residua.standards import ctcae
from residua.standards.grade_book import GradeBook, Term

TERMS = {
    "wbc": ("wbc", "leukocytosis"),
    "lymphocytes": ("lymphocytes", "lymphocytes-high"),
    "creatinine-clearance": ("crcl",),
    "temperature": ("fever",),
}
"""Analyte -> its terms, where they are not called as it is."""
COUNTS = frozenset({"wbc", "neutrophils", "lymphocytes", "cd4", "platelets", "hemoglobin"})
BEFORE_ANY = "before any treatment"


@dataclass(frozen=True)
class Moment:
    """The graded values of one day (or one time of it); the worst of them may be low to high."""

    rows: tuple[GradedValue, ...]
    low: int
    high: int

    @property
    def order(self) -> int:
        """The line of therapy that it lies in, counted from 1; 0 before any."""
        return self.rows[0].value.place.order


@dataclass(frozen=True)
class Series:
    """One term of one version over the course.

    By order of the line of therapy: ``baselines``, and ``begins``, the grade that the line
    begins from (0 where it is not listed).
    """

    book: GradeBook
    term: Term
    analyte: str
    moments: tuple[Moment, ...]
    baselines: dict[int, Baseline]
    begins: dict[int, int]


def grade_course(course: Course) -> tuple[Series, ...]:
    """Every gradeable value of blood of a course, by analyte, term and version, in order.

    The last course asked for is not graded again: it is judged first and written after.
    """
    return _series(ThisCourse(course))


@lru_cache(maxsize=1)
def _series(this: ThisCourse) -> tuple[Series, ...]:
    course = this.course
    by_analyte = _by_analyte(course)
    plain = _plain_flags(course, (v for values in by_analyte.values() for v in values))
    found: list[Series] = []
    for analyte, values in by_analyte.items():
        groups = in_moments(values)
        baselines = baselines_of(groups)
        for book in books():
            found += [
                _series_of(book, term, groups, baselines, plain) for term in terms_of(book, analyte)
            ]
    return tuple(found)


def books() -> tuple[GradeBook, ...]:
    """The encoded versions, the oldest first."""
    return tuple(ctcae.book(version) for version in ctcae.BOOKS)


def terms_of(book: GradeBook, analyte: str) -> tuple[Term, ...]:
    """The terms under which a value of an analyte is graded."""
    names = TERMS.get(analyte, (analyte,))
    return tuple(term for term in book.terms if term.id in names and term.kinds)


def moment_of(rows: Iterable[GradedValue]) -> Moment:
    """The bounds of the worst grade of the values of one moment."""
    listed = tuple(rows)
    possible = [row.grading.possible for row in listed if row.grading.possible]
    low = max((grades[0] for grades in possible), default=0)  # they stand in order
    return Moment(listed, low, max((grades[-1] for grades in possible), default=0))


def _by_analyte(course: Course) -> dict[str, list[Value]]:
    """The values that some version grades, by analyte."""
    items = [
        (item, fact, fact.analyte if isinstance(fact, Lab) else fact.item)
        for item, fact in course.of(Lab, Vital)
        if isinstance(fact, (Lab, Vital)) and fact.value is not None
    ]
    names = {name for *_, name in items}
    known = {name for name in names for book in books() if terms_of(book, name)}
    items = [one for one in items if one[2] in known and _of_body(course, one[1])]
    places = places_of(course, [item for item, *_ in items])
    found: dict[str, list[Value]] = defaultdict(list)
    for item, fact, name in items:
        assert fact.value is not None  # left out above
        found[name].append(Value(item, fact, name, fact.value, places[item.id]))
    return dict(sorted(found.items(), key=lambda pair: _rank(pair[0])))


@cache
def _rank(analyte: str) -> int:
    """Analytes in the order of their terms in the newest book."""
    book = books()[-1]
    places = [book.terms.index(term) for term in terms_of(book, analyte)]
    return min(places, default=len(book.terms))


def _of_body(course: Course, fact: Lab | Vital) -> bool:
    return of_blood(course, fact) if isinstance(fact, Lab) else True


def _series_of(
    book: GradeBook,
    term: Term,
    groups: tuple[Group, ...],
    baselines: dict[int, Baseline],
    plain: dict[str, tuple[str, ...]],
) -> Series:
    """Each moment with its grades; a confounded baseline is marked until the count recovers."""
    grader = Grader(book, term)
    moments: list[Moment] = []
    begins: dict[int, int] = {}
    abnormal = 0
    for group in groups:
        order = group[0].place.order
        if moments and order != moments[-1].order:
            abnormal = _begins(grader, baselines.get(order), moments[-1])
            begins[order] = abnormal
        more = _abnormal(term, abnormal)
        known = baselines.get(order, Baseline())
        rows = [grader.row(v, known, (*plain[v.item.id], *more)) for v in group]
        moments.append(moment_of(rows))
        abnormal = 0 if moments[-1].high == 0 else abnormal
    return Series(book, term, groups[0][0].analyte, tuple(moments), baselines, begins)


def _begins(grader: Grader, baseline: Baseline | None, before: Moment) -> int:
    """The grade that a line of therapy begins from.

    Where a raised baseline has cells of its own it is that of the baseline against itself, else
    that of the last value before it.
    """
    if not any(cell.baseline == "high" for cell in grader.term.cells):
        return before.low
    if baseline is None or baseline.value is None:
        return 0
    own = grader.row(replace(baseline.value, place=_OWN), baseline, ())
    return own.grading.grade or 0


_OWN = Place(line="its own", order=1)
"""Where a value is graded against itself."""


def _abnormal(term: Term, grade: int) -> tuple[str, ...]:
    if not (term.confounded_by_baseline and grade):
        return ()
    return (f"baseline_confounded: the baseline was grade {grade} already",)


def _plain_flags(course: Course, values: Iterable[Value]) -> dict[str, tuple[str, ...]]:
    """Id -> what is said of a value whatever its grade."""
    turns, given = turns_of(course), given_support(course)
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        flags: tuple[str, ...] = (BEFORE_ANY,) if value.place.before_any else ()
        words = _disease(course, turns, value)
        flags += (words,) if words else ()
        span = value.item.span if value.item.dated else Span()
        found[value.item.id] = (*flags, *support_flags(given, value.analyte, span))
    return found


def _disease(course: Course, turns: tuple[Turn, ...], value: Value) -> str:
    if value.analyte not in COUNTS:
        return ""
    if value.place.at_diagnosis:
        return f"{CONFOUNDED}: at diagnosis"
    return confounding(course, turns, value.item)
