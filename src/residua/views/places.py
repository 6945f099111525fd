"""Where each drawn fact stands on the time axis, and how well its time is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.day import Span
from residua.facts.fact import Fact
from residua.facts.treatment import Treatment
from residua.views.time_axis import Days, TimeAxis, make_time_axis

VAGUE = timedelta(days=62)  # a date known no better than this claims no month of the axis
_LEAST_SLOT, _WIDEST_SLOT = 4.8, 12.0  # mm; hatching shows on both sides of a symbol
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """From `left` to `right` mm it may lie; `core` is where it surely does.

    `dated` is False where no date is stated: then the place only keeps the known order.
    `exact` says that the day is known; `open_end` that a course's last day is not.
    """

    left: float
    right: float
    dated: bool = True
    exact: bool = False
    core: tuple[float, float] | None = None
    open_end: bool = False

    @property
    def x(self) -> float:
        """The middle."""
        return (self.left + self.right) / 2


def host_of(course: Course, fact: Fact) -> Placed:
    """The fact that holds the time of `fact`: itself or, undated, its assessment or specimen."""
    placed = course.by_id[fact.id]
    if placed.dated or fact.after or fact.before:
        return placed
    for field in ("assessment", "specimen"):
        target = fact.refers_to.get(field)
        if target in course.by_id:
            return course.by_id[target]
    return placed


@dataclass(frozen=True)
class Placement:
    """The time axis and the place of every host by its id."""

    axis: TimeAxis
    by_id: Mapping[str, Place]


def place_on_axis(course: Course, hosts: Iterable[str], width: float) -> Placement:
    """Lay out `hosts` (ids of placed facts) on an axis of `width` mm."""
    order = sorted(set(hosts), key=course.position.__getitem__)
    items = [course.by_id[name] for name in order]
    axis = make_time_axis(_needed(items), width, _loose(items))
    dated = {item.id: _dated_place(item, axis) for item in items if _is_dated(item)}
    return Placement(axis, dated | _undated_places(items, dated, axis))


def _is_dated(item: Placed) -> bool:
    return item.dated and item.span.known


def _needed(items: Iterable[Placed]) -> list[Days]:
    spans = [item.span for item in items if _is_dated(item)]
    spans += [item.end for item in items if _is_dated(item) and item.end is not None]
    pairs = [(s.earliest, s.latest) for s in spans if s.earliest and s.latest]
    fine = [(a, b) for a, b in pairs if b - a <= VAGUE]
    return fine or pairs


def _runs(items: Sequence[Placed]) -> list[tuple[Placed | None, list[Placed], Placed | None]]:
    """Neighbouring undated items, with the dated ones before and after each such run."""
    runs: list[tuple[Placed | None, list[Placed], Placed | None]] = []
    before: Placed | None = None
    run: list[Placed] = []
    for item in items:
        if not _is_dated(item):
            run.append(item)
            continue
        if run:
            runs.append((before, run, item))
        before, run = item, []
    return [*runs, (before, run, None)] if run else runs


def _loose(items: Sequence[Placed]) -> list[Days]:
    loose: list[Days] = []
    for before, run, after in _runs(items):
        first = before.span.latest if before and before.span.latest else date.min
        last = after.span.earliest if after and after.span.earliest else date.max
        loose += [(first, last)] * len(run)
    return loose


def _dated_place(item: Placed, axis: TimeAxis) -> Place:
    first, last = item.span.earliest, item.span.latest
    assert first is not None  # what _is_dated says
    assert last is not None
    end = item.end if item.end and item.end.known else None
    stop = max(last, end.latest) if end and end.latest else last
    core = None
    if end and end.earliest and last <= end.earliest:
        core = (axis.x(last), axis.x(end.earliest + _DAY))
    return Place(
        axis.x(first),
        axis.x(stop + _DAY),
        exact=item.span.exact and (end is None or end.exact),
        core=core,
        open_end=isinstance(item.fact, Treatment) and end is None,
    )


def _undated_places(
    items: Sequence[Placed], dated: Mapping[str, Place], axis: TimeAxis
) -> dict[str, Place]:
    """Undated items in their order, evenly between the dated ones around them.

    The even spacing claims nothing but the order; every such item is drawn hatched.
    """
    places: dict[str, Place] = {}
    for before, run, after in _runs(items):
        left, right = _room(_of(before, dated), _of(after, dated), axis.width)
        step = (right - left) / (len(run) + 1)
        half = max(_LEAST_SLOT, min(_WIDEST_SLOT, 0.8 * step)) / 2
        for number, item in enumerate(run, start=1):
            x = _bounded(left + number * step, item.span, axis)
            places[item.id] = Place(max(0.0, x - half), min(axis.width, x + half), dated=False)
    return places


def _of(item: Placed | None, places: Mapping[str, Place]) -> Place | None:
    return places[item.id] if item else None


def _room(before: Place | None, after: Place | None, width: float) -> tuple[float, float]:
    left = before.right if before else 0.0
    right = after.left if after else width
    if right - left < 2.0:
        left = before.x if before else 0.0
        right = after.x if after else width
    return (left, right) if right > left else (right, left)


def _bounded(x: float, span: Span, axis: TimeAxis) -> float:
    if span.latest is not None:
        x = min(x, axis.x(span.latest + _DAY))
    if span.earliest is not None:
        x = max(x, axis.x(span.earliest))
    return x
