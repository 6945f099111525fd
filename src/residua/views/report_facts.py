"""All facts with their sources, and those that contradict each other."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.patient import Patient
from residua.views.anchors import fact_anchor
from residua.views.course_json import stated_date
from residua.views.fact_words import value_words
from residua.views.wording import date_words

_TABLES = {
    "patient": "patient", "diagnosis": "diagnosis", "labs": "laboratory", "vitals": "vital sign",
    "cytokines": "cytokine", "transgene": "CAR transgene", "mrd": "MRD",
    "cell_infusion": "cell infusion",
}  # fmt: skip


@dataclass(frozen=True)
class FactRow:
    """One fact in words."""

    id: str
    anchor: str
    table: str
    date: str
    value: str
    source: str
    marks: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class FactGroup:
    """Facts of one date."""

    date: str
    rows: tuple[FactRow, ...]


@dataclass(frozen=True)
class ConflictRow:
    """Two facts that contradict each other."""

    about: str
    sides: tuple[FactRow, FactRow]


def fact_groups(course: Course) -> tuple[FactGroup, ...]:
    """All facts by date as it is stated, in the order of the course; those of one by table.

    What has neither a date nor a place in the order comes last, save the patient.
    """
    groups: dict[str, list[Placed]] = {}
    for item in course.placed:
        if not _nowhere(course, item):
            groups.setdefault(_heading(course, item), []).append(item)
    nowhere = [item for item in course.placed if _nowhere(course, item)]
    if nowhere:
        groups["no date or order stated"] = nowhere
    return tuple(
        FactGroup(date, tuple(fact_row(course, item) for item in sorted(items, key=_table)))
        for date, items in groups.items()
    )


def _heading(course: Course, item: Placed) -> str:
    return "the patient" if isinstance(item.fact, Patient) else date_words(course, item)


def _nowhere(course: Course, item: Placed) -> bool:
    fact = item.fact
    tied = fact.after or fact.before or stated_date(course, item)
    return not tied and not isinstance(fact, Patient)


def _table(item: Placed) -> str:
    return item.fact.table


def fact_row(course: Course, item: Placed) -> FactRow:
    """One fact in words."""
    fact = item.fact
    others = course.conflicts_of(fact.id)
    marks = ["as reported"] if fact.reported else []
    marks += ["simulated"] if fact.simulated and not course.case.simulated else []
    marks += [f"in conflict with {', '.join(others)}"] if others else []
    return FactRow(
        fact.id,
        fact_anchor(fact.id),
        _TABLES.get(fact.table, fact.table),
        date_words(course, item),
        value_words(fact),
        fact.source,
        tuple(marks),
        fact.note,
    )


def conflict_rows(course: Course) -> tuple[ConflictRow, ...]:
    """Both sides of every conflict."""
    return tuple(
        ConflictRow(
            conflict.about,
            (
                fact_row(course, course.by_id[conflict.first]),
                fact_row(course, course.by_id[conflict.second]),
            ),
        )
        for conflict in course.conflicts
    )
