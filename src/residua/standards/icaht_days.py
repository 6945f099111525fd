"""How ICAHT counts: runs of low neutrophils on days 0 to 30, the nadir of days 31 to 100.

By the rules of ``icaht_2023_counting.toml``. A day without a count that is not
interpolated may have been low or not: both are tried, and the grade stands where both give it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from residua.facts.quantity import Quantity
from residua.standards.count_inputs import limit_of, upper
from residua.standards.count_level import PER_MICROLITRE, Level
from residua.standards.count_runs import Run, States, days_of, longest, runs, settle
from residua.standards.count_window import Window, in_cells, in_days, run_words
from residua.standards.grade_between import between, with_rules
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.icaht import AT_100, AT_500, OPEN, SECOND, grade
from residua.standards.rulebook import Rule, Rulebook, load


def counting() -> Rulebook:
    """The rules by which days are counted."""
    return load("icaht_2023_counting")


def days(rule: str) -> int:
    """The number of days of a counting rule."""
    return int(limit_of(counting()[rule]))


@dataclass(frozen=True)
class Early:
    """The grade of days 0 to 30, with the longest run at or below 500.

    ``fewest`` where every unknown day is above, ``most`` where it is not.
    """

    grading: Grading
    fewest: Run | None
    most: Run | None


@dataclass(frozen=True)
class _Completed:
    """One way for the unknown days: the longest runs, and whether one is open from the start."""

    at_500: Run | None
    at_100: Run | None
    open: bool


def early(window: Window) -> Early:
    """The grade of a window of days 0 to 30, or to the end of follow-up before that."""
    at_500, at_100 = _states(window, "low-500"), _states(window, "low-100")
    fewest, most = (
        _Completed(
            _longest(at_500, unknown), _longest(at_100, unknown), _open(window, at_500, unknown)
        )
        for unknown in (False, True)
    )
    which = f"neutrophil counts of {in_days(window.unknown)}"
    missing = (which if window.unknown else "exact neutrophil counts",)
    found = between((_graded(fewest), _graded(most)), missing=missing)
    rules = _rules(window, opened=most.open)
    grading = replace(with_rules(found, rules), reason=_reason(fewest, most))
    return Early(grading, fewest.at_500, most.at_500)


def _states(window: Window, rule: str) -> States:
    edge = limit_of(counting()[rule])
    return window.states(lambda level: level.at_most(edge))


def _longest(states: States, unknown: bool) -> Run | None:
    return longest(runs(settle(states, unknown=unknown), days("stable-recovery") - 1))


def _open(window: Window, states: States, unknown: bool) -> bool:
    """Whether a run from days 0 to 3 is still open at the last count before follow-up ended.

    Without such an end the run has to last to the window's last day.
    """
    at_end = max(window.measured, default=window.last) if window.ended else window.last
    low = tuple(day for day in settle(states, unknown=unknown) if day <= at_end)
    listed = runs(low, days("stable-recovery") - 1)
    return bool(listed) and listed[-1].last == at_end and listed[-1].first <= days("open-start")


def _graded(counted: _Completed) -> Grading:
    findings = {
        AT_500: str(days_of(counted.at_500)),
        AT_100: str(days_of(counted.at_100)),
        OPEN: "yes" if counted.open else "no",
    }
    return grade("early", GradeInputs(findings=findings))


def _rules(window: Window, *, opened: bool) -> Iterator[Rule]:
    book = counting()
    yield book["early-to"]
    yield book["stable-recovery"]
    if window.interpolated:
        yield book["missing-days"]
    if opened:
        yield book["open-start"]


def _reason(fewest: _Completed, most: _Completed) -> str:
    at_500, at_100 = run_words(fewest.at_500, most.at_500), run_words(fewest.at_100, most.at_100)
    still = "; from days 0 to 3 on and still open at the last count" if fewest.open else ""
    return f"longest run at or below 500/uL: {at_500}; at or below 100/uL: {at_100}{still}"


@dataclass(frozen=True)
class Late:
    """The grade of days 31 to 100, with the day of the lowest count."""

    grading: Grading
    nadir: int


def late(window: Window) -> Late:
    """The grade by the lowest count of a window with at least one; nothing is interpolated."""
    counts = {day: window.levels[day] for day in window.measured}
    nadir = min(counts, key=lambda day: (counts[day].low, day))
    levels = tuple(counts.values())
    mildest = sorted(upper(level) for level in levels)
    worst = sorted(level.low for level in levels)
    found = between([_by_nadir(mildest), _by_nadir(worst)], missing=("exact neutrophil counts",))
    found = with_rules(found, (counting()["late-to"],))
    return Late(replace(found, reason=_late_reason(counts)), nadir)


def _by_nadir(values: list[Decimal]) -> Grading:
    findings = {"counts": "one"}
    if len(values) > 1:
        findings = {"counts": "several", SECOND: f"{values[1]} {PER_MICROLITRE}"}
    value = Quantity(values[0], PER_MICROLITRE)
    return grade("late", GradeInputs(value=value, findings=findings))


def _late_reason(counts: Mapping[int, Level]) -> str:
    """The two lowest counts, each with its day."""
    order = sorted(counts, key=lambda day: (counts[day].low, day))
    first, *others = [f"{in_cells(counts[day])} on {in_days([day])}" for day in order]
    second = f", second lowest {others[0]}" if others else ", the only count"
    return f"lowest neutrophils {first}{second}"
