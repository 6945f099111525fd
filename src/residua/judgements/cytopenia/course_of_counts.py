"""How counts ran after an infusion: onset, worst, recovery, support, counts and gaps in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from residua.course.course import Course
from residua.course.daily_counts import DailyCounts
from residua.course.follow_up import Cut
from residua.course.placing import Placed
from residua.judgements.cytopenia.support import (
    Given,
    given_after,
    transfused,
    transfusions_stated,
)
from residua.judgements.judgement import Details
from residua.standards import icaht_days, t_icaht_days
from residua.standards.count_inputs import limit_of
from residua.standards.count_runs import States
from residua.standards.count_window import Window, in_day, in_days, many_days
from residua.standards.engraftment import Counts, Criterion, recovery
from residua.standards.rulebook import Rule


@dataclass(frozen=True)
class Followed:
    """The counts of one window after an infusion, and what ends it."""

    course: Course
    item: Placed
    counts: DailyCounts
    window: Window
    cut: Cut | None
    analyte: str


def details_of(followed: Followed, rule: Rule) -> tuple[Details, tuple[str, ...], tuple[str, ...]]:
    """Details in words, notes, and the ids of the facts used; `rule` says when a day is low."""
    window = followed.window
    points = followed.counts.of_days(window.first, window.last)
    states = _states(window, rule)
    low = [day for day in sorted(states) if states[day]]
    support = given_after(followed.course, followed.item, window.first, window.last)
    details = [("window", _window_words(followed))]
    details += [("onset", f"day {in_day(low[0])}")] if low else []
    details.append(("worst", _worst(followed)))
    if low:
        details.append(("recovery", _recovery(followed, rule, low[0])))
    details.append(("support", "; ".join(one.words for one in support) or "not stated"))
    details.append(("counts", f"{len(points)} on {len(window.measured)} of {_length(window)} days"))
    details += list(_gaps(window))
    cut = (followed.cut.id,) if followed.cut else ()
    facts = (*(point.id for point in points), *(one.id for one in support), *cut)
    return tuple(details), tuple(_notes(followed, support)), facts


def _length(window: Window) -> int:
    return window.last - window.first + 1


def _states(window: Window, rule: Rule) -> States:
    limit = limit_of(rule)
    if rule.comparison == "below":
        return window.states(lambda level: level.below(limit))
    return window.states(lambda level: level.at_most(limit))


def _window_words(followed: Followed) -> str:
    window = followed.window
    words = in_days(range(window.first, window.last + 1))
    return f"{words}, to {followed.cut.kind} ({followed.cut.id})" if followed.cut else words


def _worst(followed: Followed) -> str:
    window = followed.window
    day = min(window.measured, key=lambda one: (window.levels[one].low, one))
    point = min(followed.counts.by_day[day], key=lambda one: one.value.number)
    return f"{point.value} on {in_days([day])} ({point.id})"


def _recovery(followed: Followed, rule: Rule, onset: int) -> str:
    """The first of the days that a stable recovery takes, as far as counts reach."""
    if followed.analyte == "platelets":
        return _platelet_recovery(followed)
    window = followed.window
    wide = replace(window, last=max(window.last, *window.levels))
    states = _states(wide, rule)
    needed = icaht_days.days("stable-recovery")
    last_low = max(day for day in range(window.first, window.last + 1) if states[day])
    stable = _first_row(states, onset, needed)
    if stable is None:
        return f"none of {needed} days in a row by {in_days([max(wide.measured)])}"
    again = f", low again on {in_days([last_low])}" if last_low > stable else ""
    return f"day {in_day(stable)}{again}"


def _first_row(states: Mapping[int, bool | None], after: int, needed: int) -> int | None:
    """The first day after `after` from which `needed` days are known not to be low."""
    for day in sorted(states):
        if day > after and all(states.get(day + n) is False for n in range(needed)):
            return day
    return None


def _platelet_recovery(followed: Followed) -> str:
    """By the standard's own rule, which asks for transfusions."""
    book = t_icaht_days.counting()
    window = followed.window
    given = given_after(followed.course, followed.item, -30, max(window.levels))
    if not transfusions_stated(followed.course, followed.item, given):
        return "not assessable: platelet transfusions not stated"
    criterion = Criterion(
        limit_of(book["recovery-limit"]), t_icaht_days.days("recovery-days"), True,
        t_icaht_days.days("recovery-untransfused"),
    )  # fmt: skip
    levels = {day: level for day, level in window.levels.items() if day >= window.first}
    last = max(*levels, window.last)
    found = recovery(criterion, Counts(levels, last, window.ended, transfused(given)))
    if found.nadir is None:
        return "never below 20 x 10^9/L on the days with counts"
    if found.decided and found.day is not None:
        return f"day {in_day(found.day)}"
    if found.earliest is None:
        return f"not by {in_days([last])}"
    return f"not assessable: possible from {in_days([found.earliest])} on"


def _gaps(window: Window) -> Iterator[tuple[str, str]]:
    if window.interpolated:
        yield "interpolated", f"{len(window.interpolated)}: {in_days(window.interpolated)}"
    if window.unknown:
        yield "days without counts", in_days(window.unknown)


def _notes(followed: Followed, support: tuple[Given, ...]) -> Iterator[str]:
    window = followed.window
    if window.interpolated:
        number = many_days(len(window.interpolated))
        yield f"{number} interpolated by the standard's rule: {in_days(window.interpolated)}"
    if any(one.kind == "platelets" for one in support) and followed.analyte == "platelets":
        yield "platelets were given in the window: counts after them are counted as measured"
    twice = [day for day in window.measured if len(followed.counts.by_day[day]) > 1]
    if twice:
        yield f"several counts on {in_days(twice)}: the lowest counts"
