"""Pairs of MRD results of one sample by different methods."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from residua.course.course import Course
from residua.course.elapsed import anchored
from residua.course.occasions import occasions
from residua.course.placing import Placed
from residua.facts.mrd import MrdReading
from residua.judgements.mrd_state import reading_notes
from residua.judgements.readings import tissue_of
from residua.standards.rulebook import load

_ONE_METHOD = {
    "rq-pcr": "pcr", "qpcr": "pcr", "ddpcr": "dpcr", "mfc": "flow", "flow cytometry": "flow",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """Two results of one sample; ``methods`` names both, with their ids where that is not enough.

    ``subject`` is the occasion, else the specimen, else the earlier result.
    """

    subject: str
    first: MrdReading
    second: MrdReading
    methods: str
    notes: tuple[str, ...]


def method_of(reading: MrdReading) -> str:
    """The method under one name: ``qpcr`` and ``rq-pcr`` are ``pcr``; empty if not stated."""
    return _ONE_METHOD.get(reading.method or "", reading.method or "")


def pairs(course: Course) -> tuple[Pair, ...]:
    """Every pair of the course, whatever the order of its rows."""
    window = int(load("conventions")["count-window"].limit_number)
    subjects = _subjects(course, window)
    found: list[tuple[str, str, MrdReading, MrdReading]] = []
    for one, other in _together(course):
        a, b = sorted((one, other), key=_key)
        found.append((_subject(course, a, b, subjects), _names(a, b), a, b))
    seen = Counter((subject, name) for subject, name, _, _ in found)
    return tuple(
        Pair(
            subject, a, b,
            name if seen[subject, name] == 1 else f"{name}-{a.id}-{b.id}",
            _notes(course, a, b),
        )
        for subject, name, a, b in found
    )  # fmt: skip


def _key(reading: MrdReading) -> tuple[str, str, str]:
    return (method_of(reading), reading.target or "", reading.id)


def _names(a: MrdReading, b: MrdReading) -> str:
    return f"{method_of(a)}-{method_of(b)}".replace(" ", "-")


def _together(course: Course) -> Iterator[tuple[MrdReading, MrdReading]]:
    """Results of one assessment, one specimen or one day whose methods differ."""
    groups: dict[tuple[str, ...], list[MrdReading]] = defaultdict(list)
    for placed, reading in course.of(MrdReading):
        if method_of(reading):
            for key in _places(course, placed, reading):
                groups[key].append(reading)
    found = {
        tuple(sorted((a.id, b.id), key=course.position.__getitem__)): (a, b)
        for group in groups.values()
        for a, b in combinations(group, 2)
        if _differ(a, b) and _one_tissue(course, a, b)
    }
    for ids in sorted(found, key=lambda pair: tuple(course.position[name] for name in pair)):
        yield found[ids]


def _places(course: Course, placed: Placed, reading: MrdReading) -> Iterator[tuple[str, ...]]:
    if reading.assessment:
        yield ("assessment", reading.assessment)
    if reading.specimen:
        yield ("specimen", reading.specimen)
    if placed.dated and placed.span.exact:
        yield ("day", str(placed.span.earliest))
    else:
        day = anchored(course, placed.id)
        yield ("day", day.root, str(day.offset))


def _differ(a: MrdReading, b: MrdReading) -> bool:
    """Other methods, or one method with another target over another kind of denominator, such as
    rearrangements in genomes against transcripts over ABL1."""
    if method_of(a) != method_of(b):
        return True
    kinds, targets = {a.denominator_kind, b.denominator_kind}, {a.target, b.target}
    return None not in kinds | targets and len(kinds) == 2 and len(targets) == 2


def _one_tissue(course: Course, a: MrdReading, b: MrdReading) -> bool:
    tissues = {tissue_of(reading, course.case) or "marrow" for reading in (a, b)}
    return len(tissues) == 1


def _notes(course: Course, a: MrdReading, b: MrdReading) -> tuple[str, ...]:
    drawn = {a.specimen, b.specimen}
    apart = ("two specimens of one day",) if None not in drawn and len(drawn) == 2 else ()
    of_each = (note for reading in (a, b) for note in reading_notes(course, reading))
    return tuple(dict.fromkeys((*of_each, *apart)))


def _subjects(course: Course, window: int) -> dict[str, list[str]]:
    """Id of a result -> the occasions that it belongs to."""
    found: dict[str, list[str]] = defaultdict(list)
    for occasion in occasions(course, count_window_days=window):
        for reading in occasion.of(MrdReading):
            found[reading.id].append(occasion.subject)
    return found


def _subject(course: Course, a: MrdReading, b: MrdReading, subjects: dict[str, list[str]]) -> str:
    shared = [name for name in subjects.get(a.id, ()) if name in subjects.get(b.id, ())]
    if shared:
        return shared[0]
    if a.specimen and a.specimen == b.specimen and a.specimen in course.by_id:
        return a.specimen
    return min((a.id, b.id), key=course.position.__getitem__)
