"""Which therapies came before an event or during it, and how long before: all, laid to none."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.before import therapies_before
from residua.course.course import DAYS_PER_MONTH, Course, Range, duration
from residua.course.elapsed import Anchored, anchored, days_between
from residua.course.placing import Placed
from residua.course.targets import NOT_GIVEN
from residua.facts.treatment import Treatment

UNDATED = "days not stated"


def window_of(
    course: Course, onset: Placed, end: Placed, *, before_any: bool = False
) -> tuple[tuple[str, str], ...]:
    """Every treatment, transplant and infusion before `onset`, or from it to `end`, as details.

    ``window`` has those of the line of therapy of the onset, the nearest first, then what may
    have come before it or came during the episode, and how many came in earlier lines; these
    stand in ``earlier lines``. Each with the days since its start and since its last dose. With
    `before_any` those that may have been before the onset count as begun after it.
    """
    certain, possible = ((), ()) if before_any else therapies_before(course, onset)
    known = {item.id for item in (*certain, *possible)}
    during = [item for items in therapies_before(course, end) for item in items]
    during = [item for item in course.therapies if item in during and item.id not in known]
    near, earlier = _by_line(course, certain)
    words = [f"{item.id} ({_days(course, item, onset)})" for item in near]
    words += [f"{item.id} (before or after the onset: not stated)" for item in possible]
    words += [f"{item.id} ({_days(course, item, onset)})" for item in during]
    before = [f"{item.id} ({_days(course, item, onset)})" for item in earlier]
    if before:
        words.append(f"in earlier lines of therapy {len(before)}, the last {before[0]}")
    details = (("window", "; ".join(words)), ("earlier lines", "; ".join(before)))
    return tuple((name, said) for name, said in details if said)


def _by_line(
    course: Course, certain: tuple[Placed, ...]
) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """Those of the line of the last of them, and the others; the nearest first."""
    lines = {line.treatment: line.number for line in course.lines}
    listed = tuple(reversed(certain))
    now = {lines[item.id] for item in listed[:1]}
    return (
        tuple(item for item in listed if lines[item.id] in now),
        tuple(item for item in listed if lines[item.id] not in now),
    )


def _days(course: Course, item: Placed, onset: Placed) -> str:
    when = anchored(course, onset.id)
    begin = _told("began", _between(course, anchored(course, item.id), when))
    if not isinstance(item.fact, Treatment):
        return begin.removeprefix("began ")
    last = _last_dose(course, item)
    if last is None:
        return f"{begin}, last dose not stated"
    dose = _told("last dose", _between(course, last, when))
    return begin if dose == begin == UNDATED else f"{begin}, {dose}"


def _between(course: Course, start: Anchored, end: Anchored) -> Range:
    """Days from `start` to `end`; where one has no date, what the order of the record leaves."""
    days = days_between(course, start, end)
    if days.shortest is not None or days.longest is not None:
        return days
    first, last = (course.by_id[day.root].span.shifted(day.offset) for day in (start, end))
    return duration(first, last)


def _last_dose(course: Course, item: Placed) -> Anchored | None:
    days = list(_given_days(item.fact)) if isinstance(item.fact, Treatment) else []
    begin = anchored(course, item.id)
    return Anchored(begin.root, begin.offset + max(days) - 1) if days else None


def _given_days(treatment: Treatment) -> Iterator[int]:
    for drug in treatment.drugs:
        if drug.status not in NOT_GIVEN:
            yield from drug.days


def _told(what: str, days: Range) -> str:
    """Days from something to the onset, in words."""
    low, high = days.shortest, days.longest
    if low == high == 0:
        return f"{what} the same day"
    if low is not None and low >= 0:
        until = _range(days) if high is not None else f"at least {_count(low)}"
        return f"{what} {until} before" if low or high is not None else UNDATED
    if high is not None and high <= 0:
        after = _range(Range(-high, -low)) if low is not None else f"at least {_count(-high)}"
        return f"{what} {after} after the onset" if high or low is not None else UNDATED
    if low is None or high is None:
        return UNDATED
    return f"{what} from {_count(-low)} after the onset to {_count(high)} before"


def _count(days: int) -> str:
    """In days below three months, else in whole months."""
    return _range(Range(days, days)) if days <= 92 else f"{int(days / DAYS_PER_MONTH)} months"


def _range(days: Range) -> str:
    return "1 day" if days == Range(1, 1) else str(days)
