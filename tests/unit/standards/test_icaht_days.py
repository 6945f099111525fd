"""How ICAHT and T-ICAHT count days.

Oracles: runs counted by hand, and all completions of small windows written out: a grade stands
exactly where every way for the unknown days gives it.
"""

from itertools import product

import pytest

from residua.facts.quantity import Quantity
from residua.standards import icaht_days, t_icaht_days
from residua.standards.count_level import level_of
from residua.standards.count_runs import Run, longest, runs, settle, total_days
from residua.standards.count_window import Window


def levels(values, unit="/uL"):
    return {day: level_of(Quantity.parse(f"{value} {unit}")) for day, value in values.items()}


def early(values, last=30, ended=False):
    return icaht_days.early(Window(levels(values), 0, last, 7, ended)).grading


def low_on(days, low="300", high="900"):
    """Daily counts of days 0 to 30, low on some."""
    return {day: low if day in days else high for day in range(31)}


@pytest.mark.parametrize(
    ("days", "bridge", "found"),
    [
        ((), 2, ()),
        ((4,), 2, (Run(4, 4),)),
        ((1, 2, 5, 6), 2, (Run(1, 6),)),
        ((1, 2, 6, 7), 2, (Run(1, 2), Run(6, 7))),
    ],
)
def test_runs_join_across_a_short_recovery(days, bridge, found):
    assert runs(days, bridge) == found


def test_settle_takes_every_unknown_day_one_way():
    states = {0: True, 1: None, 2: False}
    assert settle(states, unknown=False) == (0,)
    assert settle(states, unknown=True) == (0, 1)
    assert longest(()) is None
    assert total_days((Run(1, 3), Run(9, 9))) == 4


@pytest.mark.parametrize(
    ("first", "last", "grade"),
    [(5, 5, 1), (5, 10, 1), (5, 11, 2), (5, 17, 2), (5, 18, 3), (4, 30, 3), (1, 30, 4), (0, 30, 4)],
)
def test_the_longest_run_decides(first, last, grade):
    """A run of 27 days from day 4 is grade 3; one from day 1 to the last day is open: grade 4."""
    assert early(low_on(range(first, last + 1))).grade == grade


def test_two_days_above_join_runs_and_three_part_them():
    days = {*range(5, 11), *range(13, 19)}
    assert early(low_on(days)).grade == 3  # 5-18: 14 days
    days = {*range(5, 11), *range(14, 20)}
    assert early(low_on(days)).grade == 1  # 6 days each


@pytest.mark.parametrize(("value", "grade"), [("500", 2), ("501", 0), ("101", 2), ("100", 3)])
def test_limits_are_inclusive(value, grade):
    assert early(low_on(range(5, 12), low=value)).grade == grade


def test_the_run_that_is_open_at_death_is_grade_4_from_day_3_and_not_from_day_4():
    for start, grade in ((3, 4), (4, 2)):
        counts = {day: "300" if day >= start else "900" for day in range(13)}
        assert early(counts, last=12, ended=True).grade == grade


def test_an_open_run_without_an_end_of_follow_up_leaves_the_grade_open():
    counts = dict.fromkeys(range(13), "300")
    assert early(counts).possible == (2, 3, 4)
    assert "days +13 to +30" in early(counts).missing[0]


def test_a_gap_of_eight_days_decides_nothing_by_itself():
    counts = low_on(range(5, 12))
    far = {day: value for day, value in counts.items() if not 20 <= day <= 27}
    assert early(far).possible == (2, 3)  # days 20-27 may have been low: 8 days, or at most 100
    near = {day: value for day, value in counts.items() if not 20 <= day <= 26}
    assert early(near).grade == 2  # seven days between 900 and 900 are interpolated


@pytest.mark.parametrize("pattern", [(), (3,), (0, 3, 4), (0, 1, 5), (2, 5)])
@pytest.mark.parametrize("unknown", [(1,), (2, 6), (1, 2, 6), (4, 5, 6, 7)])
def test_every_completion_of_a_small_window(pattern, unknown):
    """Windows to day 7 after which follow-up ended; each unknown day at 50, 300 or 900."""
    known = {d: "300" if d in pattern else "900" for d in range(8) if d not in unknown}
    window = Window(levels(known), 0, 7, 0)  # nothing is interpolated
    found = icaht_days.early(window).grading
    grades = set()
    for filling in product(("50", "300", "900"), repeat=len(unknown)):
        whole = {**known, **dict(zip(unknown, filling, strict=True))}
        grades.add(icaht_days.early(Window(levels(whole), 0, 7, 0)).grading.grade)
    assert (found.grade is not None) == (len(grades) == 1)
    assert grades <= set(found.possible)
    assert {min(grades), max(grades)} == {min(found.possible), max(found.possible)}


def late(values):
    return icaht_days.late(Window(levels(values), 31, 100, 7)).grading


@pytest.mark.parametrize(
    ("counts", "possible"),
    [
        ({40: "100"}, (4,)),
        ({40: "101"}, (3,)),
        ({40: "1501"}, (0,)),
        ({40: "100", 50: "1500"}, (4,)),
        ({40: "100", 50: "1501"}, (0,)),
        ({40: "400", 50: "1600", 60: "1400"}, (3,)),
        ({40: "<500", 50: "900"}, (3, 4)),
        ({40: "400", 50: ">1000"}, (0, 1, 2, 3)),
    ],
)
def test_late_by_the_nadir_with_a_second_value(counts, possible):
    assert late(counts).possible == possible


def platelets(values, last=30, ended=False):
    return t_icaht_days.early(Window(levels(values, "10*9/L"), 0, last, 7, ended))


@pytest.mark.parametrize(
    ("below_50", "below_20", "grade"),
    [
        ((), (), 0),
        ((5,), (), 1),
        ((5, 6, 7, 15, 16, 17), (), 1),
        ((5, 6, 7, 15, 16, 17, 25), (), 2),
        ((5, 6, 7), (5,), 3),
        (range(31), (*range(6), *range(20, 27)), 3),
        (range(31), (*range(6), *range(20, 28)), 4),
    ],
)
def test_days_below_add_up(below_50, below_20, grade):
    counts = {d: "19" if d in below_20 else "49" if d in below_50 else "50" for d in range(31)}
    assert platelets(counts).grade == grade


def test_two_days_of_recovery_count_as_low_and_three_do_not():
    counts = dict.fromkeys(range(31), "60") | dict.fromkeys((3, 4, 5, 8, 9), "40")
    assert platelets(counts).grade == 2  # 3-9: seven days
    counts = dict.fromkeys(range(31), "60") | dict.fromkeys((3, 4, 5, 9, 10), "40")
    assert platelets(counts).grade == 1  # five days


@pytest.mark.parametrize(
    ("counts", "possible"),
    [
        ({40: "99", 41: "99"}, (1,)),
        ({40: "100", 41: "100"}, (0,)),
        ({40: "49", 41: "99"}, (2,)),
        ({40: "19", 41: "99"}, (3,)),
        ({40: "19"}, (0, 1, 2, 3)),
        ({40: "19", 50: "120"}, (0,)),
        (dict.fromkeys(range(40, 53), "19"), (3,)),
        (dict.fromkeys(range(40, 54), "19"), (4,)),
        ({40: "15", 60: "15"}, (3, 4)),
    ],
)
def test_late_days_of_platelets(counts, possible):
    window = Window(levels(counts, "10*9/L"), 31, 100, 7)
    assert t_icaht_days.late(window).possible == possible
