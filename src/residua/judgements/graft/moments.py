"""The times at which something was stated of a graft's GVHD, and what was known at each.

Facts of one day, or of one assessment, belong together; so do those without a date that follow
the same fact. A finding with a first and a last day also holds at the times between.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.lab_series import LabPoint, lab_series
from residua.course.placing import Placed
from residua.judgements.graft.grafts import Told
from residua.judgements.graft.gvhd_words import Said, said_of

Key = tuple[object, ...]


@dataclass(frozen=True)
class Stated:
    """One finding with what it speaks of."""

    told: Told
    said: Said

    @property
    def item(self) -> Placed:
        """The placed finding."""
        return self.told.item


@dataclass(frozen=True)
class Moment:
    """One time: what was stated there or held then, and the bilirubin of that day.

    ``measured`` are the findings on the liver that some bilirubin belongs to.
    """

    key: Key
    main: Placed
    stated: tuple[Stated, ...]
    bilirubin: tuple[LabPoint, ...] = ()
    measured: frozenset[str] = frozenset()

    @property
    def sure(self) -> bool:
        """Whether all of it is certainly of this graft."""
        return all(stated.told.sure for stated in self.stated)


def understood(told: Iterable[Told]) -> tuple[Stated, ...]:
    """The findings that speak of GVHD, in the order of the course."""
    pairs = [(one, said_of(one.finding)) for one in told]
    return tuple(Stated(one, said) for one, said in pairs if said is not None)


def moments_of(course: Course, stated: Iterable[Stated]) -> tuple[Moment, ...]:
    """Every time at which one of `stated` begins or a bilirubin laid to GVHD was measured."""
    listed = tuple(stated)
    keys: dict[Key, Placed] = {}
    for one in listed:
        keys.setdefault(key_of(one.item), one.item)
    livers = tuple(one for one in listed if _of_liver(one))
    labs = _bilirubin(course, livers)
    measured = frozenset(s.item.id for s in livers if any(_of_day(s, p) for p in labs))
    for point in labs:
        keys.setdefault(key_of(point.item), point.item)
    found = [
        Moment(
            key,
            main,
            tuple(s for s in listed if _holds(s.item, key, main)),
            tuple(point for point in labs if key_of(point.item) == key),
            measured,
        )
        for key, main in keys.items()
    ]
    return tuple(sorted(found, key=lambda moment: course.position[moment.main.id]))


def key_of(item: Placed) -> Key:
    """What facts of one time have in common."""
    fact = item.fact
    if item.dated:
        return ("dated", item.span.earliest, item.span.latest)
    if fact.assessment:
        return ("assessment", fact.assessment)
    day = fact.date
    if day is not None:
        return ("relative", day.anchor, day.offset)
    return ("order", fact.after, fact.before)


def _holds(item: Placed, key: Key, main: Placed) -> bool:
    return key_of(item) == key or covers(item, main)


def covers(item: Placed, other: Placed) -> bool:
    """Whether `item` lasted over the whole time that `other` may have begun in."""
    end, span, begin = item.end, other.span, item.span
    if not (item.dated and other.dated and end and begin.latest and end.earliest):
        return False
    if not (span.earliest and span.latest):
        return False
    return begin.latest <= span.earliest and span.latest <= end.earliest


def _bilirubin(course: Course, livers: tuple[Stated, ...]) -> tuple[LabPoint, ...]:
    """The bilirubin of days on which a finding lays the liver to acute GVHD."""
    series = lab_series(course, "bilirubin") if livers else ()
    return tuple(point for point in series if any(_of_day(liver, point) for liver in livers))


def _of_day(liver: Stated, point: LabPoint) -> bool:
    return _holds(liver.item, key_of(point.item), point.item)


def _of_liver(stated: Stated) -> bool:
    """Whether it says that the liver had acute GVHD and gives no number itself."""
    said, finding = stated.said, stated.told.finding
    named = (said.what, said.organ, said.kind) == ("observed", "liver", "acute")
    return named and not said.denied and finding.present is True and finding.value is None
