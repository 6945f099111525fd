"""The worst grade of a graft's GVHD, from what each time leaves possible.

A time counts as computed by its stages; where they leave several grades, a grade that the source
asserts for that time stands as reported. What is asserted without a time stands for the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from residua.course.placing import Placed
from residua.judgements.graft.moments import covers
from residua.judgements.graft.reported import Assertion
from residua.judgements.graft.scales import Scale
from residua.judgements.graft.stages import Staged

Grades = frozenset[int]


@dataclass(frozen=True)
class Time:
    """One time with the grades that it leaves possible, and what they rest on."""

    main: Placed
    possible: Grades
    staged: Staged | None = None
    reports: tuple[Assertion, ...] = ()

    @property
    def computed(self) -> bool:
        """Whether its stages alone say it."""
        return self.staged is not None and not self.reports


@dataclass(frozen=True)
class Worst:
    """The worst grades that stay possible, by which times, and what is asserted beside them."""

    possible: Grades
    basis: Literal["computed", "reported"] | None
    times: tuple[Time, ...]
    overall: tuple[Assertion, ...]

    @property
    def grade(self) -> int | None:
        """The grade, where one is left."""
        return next(iter(self.possible)) if self.basis else None

    def against(self, asserted: Iterable[Assertion]) -> tuple[str, ...]:
        """What is asserted of the whole, or of a time with stages, and is not borne out."""
        own = {a.id for time in self.times if time.staged is None for a in time.reports}
        return tuple(a.quotation for a in asserted if a.grade != self.grade and a.id not in own)


def worst_of(scale: Scale, staged: Iterable[Staged], asserted: Sequence[Assertion]) -> Worst:
    """The worst grade, computed where the stages settle it, else as reported, else open."""
    at_stages = [(one, _of_time(one.moment.main, one.moment.key, asserted)) for one in staged]
    used = {a.id for _, reports in at_stages for a in reports}
    others = [a for a in asserted if a.id not in used]
    times = [_time(one, reports) for one, reports in at_stages]
    times += [_reported(a) for a in others if a.grade is not None and a.key[0] != "order"]
    overall = tuple(a for a in others if a.grade is None or a.key[0] == "order")
    times += _unplaced(times, overall)
    possible = _worst(time.possible for time in times) if times else scale.every
    basis: Literal["computed", "reported"] | None = None
    if len(possible) == 1:
        alone = _worst(time.possible for time in times if time.computed)
        basis = "computed" if alone == possible else "reported"
    else:
        said = {a.grade for a in overall if a.grade is not None}
        if len(said) == 1 and said <= possible:
            possible, basis = frozenset(said & possible), "reported"
    return Worst(possible, basis, tuple(times), overall)


def _of_time(
    main: Placed, key: tuple[object, ...], asserted: Iterable[Assertion]
) -> tuple[Assertion, ...]:
    """What is asserted of one time, or of a stretch that it lies in."""
    return tuple(a for a in asserted if a.key == key or covers(a.stated.item, main))


def _time(one: Staged, reports: tuple[Assertion, ...]) -> Time:
    """A time with stages; what is asserted of it counts only where they leave it open."""
    possible = frozenset(one.grading.possible) | _doubt(one.moment.sure)
    said = {a.grade for a in reports if a.grade is not None}
    if len(possible) > 1 and len(said) == 1 and said <= possible:
        return Time(one.moment.main, frozenset(said & possible), one, reports)
    return Time(one.moment.main, possible, one)


def _reported(asserted: Assertion) -> Time:
    possible = asserted.possible | _doubt(asserted.stated.told.sure)
    return Time(asserted.stated.item, possible, None, (asserted,))


def _doubt(sure: bool) -> Grades:
    """What may be another graft's may be nothing of this one's."""
    return frozenset() if sure else frozenset({0})


def _unplaced(times: Sequence[Time], overall: Sequence[Assertion]) -> list[Time]:
    """Assertions without a grade, where nothing else bears out that there was GVHD, or not."""
    graded = any(a.grade is not None for a in overall)
    shown = any(min(time.possible) > 0 for time in times) or graded
    certain = [a for a in overall if a.grade is None and 0 not in a.possible]
    vague = [a for a in overall if a.grade is None and 0 in a.possible]
    if certain and not shown:
        return [_reported(certain[0])]
    return [_reported(vague[0])] if vague and not (times or graded) else []


def _worst(sets: Iterable[Grades]) -> Grades:
    """The greatest of one grade from each set, in every way of choosing them."""
    listed = list(sets)
    low = max((min(one) for one in listed), default=0)
    return frozenset(grade for one in listed for grade in one if grade >= low)
