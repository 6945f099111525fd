"""What measured series say of an episode: values, gains over a baseline, runs of rising days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from residua.course.course import Course
from residua.course.lab_series import days_after, lab_series
from residua.facts.finding import Finding
from residua.facts.laboratory import Timed, Vital
from residua.facts.quantity import Quantity
from residua.facts.treatment import Treatment
from residua.judgements.liver.episode import Episode, days_in, where
from residua.judgements.liver.seen import Seen
from residua.judgements.liver.words import DIURETICS, is_present, signs_of
from residua.standards.truth import Given

Measure = tuple[Timed, Quantity]
Daily = Mapping[int, tuple[tuple[Decimal, str, Timed], ...]]
_HOURS = 24


def labs(course: Course, analyte: str) -> tuple[Measure, ...]:
    """The values of an analyte in blood."""
    return tuple((point.lab, point.value) for point in lab_series(course, analyte))


def vitals(course: Course, item: str) -> tuple[Measure, ...]:
    """The values of a vital sign."""
    found = (vital for _, vital in course.of(Vital) if vital.item == item)
    return tuple((vital, vital.value) for vital in found if vital.value is not None)


def measured(
    course: Course, episode: Episode, listed: Iterable[Measure], name: str
) -> tuple[Seen, ...]:
    """Every value within the episode; one that another contradicts is either of them."""
    listed = tuple(listed)
    values = {fact.id: value for fact, value in listed}
    found: list[Seen] = []
    for fact, value in listed:
        place = where(course, episode, fact.id)
        if place is None:
            continue
        rivals = [values[i] for i in course.conflicts_of(fact.id) if i in values]
        given: Given = (value, *rivals) if rivals else value
        found.append(Seen(place, given, fact.id, f"{name} {value}"))
    return tuple(found)


def baseline(course: Course, episode: Episode, listed: Iterable[Measure]) -> tuple[Measure, ...]:
    """The last value on or before the first day of the episode; several where that is open."""
    found = []
    for fact, value in listed:
        days = days_after(course, episode.id, fact.id)
        if days.longest is not None and days.longest <= 0 and not value.censored:
            found.append((days.shortest, days.longest, fact, value))
    known = [low for low, _, _, _ in found if low is not None]
    latest = max(known) if known else None
    return tuple((f, v) for _, high, f, v in found if latest is None or high >= latest)


def gains(course: Course, episode: Episode) -> tuple[Seen, ...]:
    """Weight above the last one on or before the first day, in percent."""
    weights = vitals(course, "weight")
    before = baseline(course, episode, weights)
    bases = [value.to("kg").value for _, value in before]
    found: list[Seen] = []
    for one in measured(course, episode, weights, "weight"):
        listed = one.given if isinstance(one.given, tuple) else (one.given,)
        now = [q.to("kg").value for q in listed if isinstance(q, Quantity) and not q.censored]
        parts = sorted({(w - b) / b * 100 for w in now for b in bases if b})
        if not parts:
            continue
        given = tuple(Quantity(part, "%") for part in parts)
        text = " or ".join(f"{part:.1f} %" for part in parts)
        only = given[0] if len(given) == 1 else given
        found.append(Seen(one.where, only, one.fact, f"weight gain {text}"))
    return tuple(found)


def by_day(course: Course, episode: Episode, listed: Iterable[Measure], unit: str) -> Daily:
    """Day of the episode -> the exact values of that day, those before the episode included."""
    found: dict[int, list[tuple[Decimal, str, Timed]]] = defaultdict(list)
    for fact, value in listed:
        days = days_in(course, episode, fact.id)
        if days.single is not None and not value.censored:
            found[days.single].append((value.to(unit).value, fact.id, fact))
    return {day: tuple(values) for day, values in sorted(found.items())}


def rising(course: Course, episode: Episode, daily: Daily, name: str) -> tuple[Seen, ...]:
    """On each day for how many days in a row the value has risen from day to day."""
    found: list[Seen] = []
    for day, values in daily.items():
        place = where(course, episode, values[0][1])
        if place is None:
            continue
        run, known = 0, True
        while (step := _rose(daily, day - run)) is True:
            run += 1
        known = step is False
        given = Quantity(Decimal(run), "d", "" if known else ">=")
        found.append(Seen(place, given, values[0][1], f"{name} rising for {run} days"))
    return tuple(found)


def _rose(daily: Daily, day: int) -> bool | None:
    """Whether every value of a day lies above every one of the day before; None if not known."""
    if day not in daily or day - 1 not in daily:
        return None
    now, before = ([value for value, _, _ in daily[d]] for d in (day, day - 1))
    if min(now) > max(before):
        return True
    return False if max(now) <= min(before) else None


def despite_diuretics(course: Course, episode: Episode, listed: Iterable[Seen]) -> tuple[Seen, ...]:
    """Runs of rising weight; they count where the record has diuretics in the episode."""
    given = any(
        "diuretics" in signs_of(finding) and is_present(finding)
        for item, finding in course.of(Finding)
        if where(course, episode, item.id) is not None
    ) or any(
        drug.name.strip().lower() in DIURETICS
        for item, treatment in course.of(Treatment)
        if where(course, episode, item.id) is not None
        for drug in treatment.drugs
    )
    return tuple(listed) if given else tuple(_without(one) for one in listed)


def _without(one: Seen) -> Seen:
    """As long as diuretics are not documented a run may be shorter than it looks, never longer."""
    assert isinstance(one.given, Quantity)
    at_most = Quantity(one.given.value, "d", "<=")
    return Seen(one.where, at_most if not one.given.censored else None, one.fact, one.text)


def within(
    course: Course,
    episode: Episode,
    daily: Daily,
    *,
    holds: Callable[[Decimal], bool],
    hours: int,
    unit: str,
) -> tuple[Seen, ...]:
    """Values below a limit, and those that reach it within so many hours of one below it."""
    found: list[Seen] = []
    for day, values in daily.items():
        for value, name, fact in values:
            place = where(course, episode, name)
            if place is None:
                continue
            earlier = [
                one
                for other in _days_within(day, hours)
                for v, _, one in daily.get(other, ())
                if _within(one, fact, day - other, hours) and not holds(v)
            ]
            given = Quantity(value, unit) if earlier or not holds(value) else None
            found.append(Seen(place, given, name, f"bilirubin {value.normalize():f} {unit}"))
    return tuple(found)


def _days_within(day: int, hours: int) -> range:
    """The days on which a value may have been taken no more than so many hours before a day's."""
    return range(day - hours // _HOURS - 1, day + 1)


def _within(earlier: Timed, later: Timed, days: int, hours: int) -> bool:
    """Whether the clock certainly leaves no more than so many hours between two values."""
    if not 0 <= days * _HOURS <= hours + _HOURS:
        return False
    if earlier.time is None or later.time is None:
        return days > 0 and (days + 1) * _HOURS <= hours
    start, end = (int(t[:2]) * 60 + int(t[3:5]) for t in (earlier.time, later.time))
    return 0 <= days * _HOURS * 60 + end - start <= hours * 60


def doubled(daily: Daily, since: int, *, hours: int = 48) -> bool | None:
    """Whether a value of a day from `since` on is twice an earlier one within the hours.

    None where no two values lie within them.
    """
    pairs = [
        value >= 2 * before
        for day, values in daily.items()
        if day >= since
        for value, _, later in values
        for other in _days_within(day, hours)
        for before, _, earlier in daily.get(other, ())
        if before and earlier is not later and _within(earlier, later, day - other, hours)
    ]
    return any(pairs) if pairs else None
