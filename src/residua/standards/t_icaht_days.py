"""How T-ICAHT counts: cumulative days of low platelets on days 0 to 30 and 31 to 100.

By the rules of ``t_icaht_2025_counting.toml``. A day without a count that is not
interpolated may have been low or not: both are tried, and the grade stands where both give it.
Late grades 1 to 3 rest on laboratory tests; days without one matter there only for how long
platelets were below 20.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from residua.standards.count_inputs import limit_of
from residua.standards.count_level import Level
from residua.standards.count_runs import runs, settle, total_days
from residua.standards.count_window import Low, Window, in_cells, in_days, many_days
from residua.standards.grade_between import between, with_rules
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.rulebook import Rule, Rulebook, load
from residua.standards.t_icaht import BELOW_20, BELOW_50, BELOW_100, CONFIRMED, grade

_LIMITS = {BELOW_20: "low-20", BELOW_50: "low-50", BELOW_100: "low-100"}


def counting() -> Rulebook:
    """The rules by which days are counted."""
    return load("t_icaht_2025_counting")


def days(rule: str) -> int:
    """The number of days of a counting rule."""
    return int(limit_of(counting()[rule]))


def early(window: Window) -> Grading:
    """The grade of a window of days 0 to 30, or to its cut before that."""
    counted = {name: _both(window, name) for name in (BELOW_50, BELOW_20)}
    gradings = [
        grade("early", GradeInputs(findings={name: str(ends[i]) for name, ends in counted.items()}))
        for i in (0, 1)
    ]
    which = f"platelet counts of {in_days(window.unknown)}"
    missing = (which if window.unknown else "exact platelet counts",)
    found = with_rules(between(gradings, missing=missing), _rules(window, "early-to"))
    return replace(found, reason=_reason(counted))


def _low(name: str) -> Low:
    edge = limit_of(counting()[_LIMITS[name]])
    return lambda level: level.below(edge)


def _both(window: Window, name: str) -> tuple[int, int]:
    """Days below a limit where every unknown day is not, and where every one is."""
    states = window.states(_low(name))
    bridge = days("stable-recovery") - 1
    fewest, most = (total_days(runs(settle(states, unknown=u), bridge)) for u in (False, True))
    return fewest, most


def _rules(window: Window, *named: str) -> Iterator[Rule]:
    book = counting()
    for name in (*named, "stable-recovery"):
        yield book[name]
    if window.interpolated:
        yield book["missing-days"]


def _reason(counted: dict[str, tuple[int, int]]) -> str:
    parts = []
    for name, (fewest, most) in counted.items():
        said = many_days(fewest) if fewest == most else f"{fewest} to {many_days(most)}"
        parts.append(f"{name.removeprefix('days_').replace('_', ' ')} x 10^9/L: {said}")
    return "platelets " + "; ".join(parts)


def late(window: Window) -> Grading:
    """The grade of a window of days 31 to 100, or to its cut, with at least one count.

    Its days are those from the first test to the last.
    """
    window = replace(window, first=window.measured[0], last=window.measured[-1])
    tests = [window.levels[day] for day in window.measured]
    counted = {name: _tested(window, tests, name) for name in (BELOW_100, BELOW_50, BELOW_20)}
    gradings = [
        _graded(counted, i, word) for i, word in zip((0, 1), _confirmed(tests), strict=True)
    ]
    found = between(gradings, missing=_missing(window, tests))
    found = with_rules(found, _rules(window, "late-to", "second-test", "late-tested-days"))
    lowest = min(window.measured, key=lambda day: (window.levels[day].low, day))
    where = f"lowest {in_cells(window.levels[lowest])} on {in_days([lowest])}"
    tested = "1 test" if len(tests) == 1 else f"{len(tests)} tests"
    return replace(found, reason=f"{_reason(counted)}; {where}; {tested}")


def _tested(window: Window, tests: list[Level], name: str) -> tuple[int, int]:
    """As `_both`; unknown days count only where a test may have been below the limit."""
    fewest, most = _both(window, name)
    low = _low(name)
    possible = any(low(test) is not False for test in tests)
    return fewest, most if possible else fewest


def _confirmed(tests: list[Level]) -> tuple[str, str]:
    """Whether enough tests were low: for the mildest and the worst completion."""
    needed, low = int(limit_of(counting()["second-test"])), _low(BELOW_100)
    certain = sum(low(test) is True for test in tests) >= needed
    possible = sum(low(test) is not False for test in tests) >= needed or len(tests) < needed
    return ("yes" if certain else "no", "yes" if possible else "no")


def _graded(counted: dict[str, tuple[int, int]], end: int, confirmed: str) -> Grading:
    findings = {name: str(ends[end]) for name, ends in counted.items()}
    return grade("late", GradeInputs(findings={**findings, CONFIRMED: confirmed}))


def _missing(window: Window, tests: list[Level]) -> tuple[str, ...]:
    alone = ("a second platelet count of days 31 to 100",) if len(tests) == 1 else ()
    silent = (f"platelet counts of {in_days(window.unknown)}",) if window.unknown else ()
    return (*alone, *silent) or ("exact platelet counts",)
