"""The day of recovery. Oracles: days counted by hand, the CIBMTR's worked example, and every
completion of small records."""

from decimal import Decimal
from itertools import product

import pytest

from residua.facts.quantity import Quantity
from residua.standards.count_level import level_of
from residua.standards.engraftment import Counts, Criterion, recovery

DAYS = Criterion(Decimal(500), 3, every_day=True)
VALUES = Criterion(Decimal(500), 3, every_day=False)
PLATELETS = Criterion(Decimal(20_000), 3, every_day=False, untransfused=7)


def counts(values, last=None, ended=False, transfused=()):
    levels = {day: level_of(Quantity.parse(f"{value} /uL")) for day, value in values.items()}
    given = dict.fromkeys(transfused, True)
    return Counts(levels, max(values) if last is None else last, ended, given)


def test_the_first_of_three_successive_days():
    daily = {0: 900, 1: 100, 2: 499, 3: 500, 4: 501, 5: 499, 6: 500, 7: 500, 8: 500, 9: 100}
    found = recovery(DAYS, counts(daily))
    assert (found.day, found.earliest, found.nadir) == (6, 6, 1)


def test_a_missing_day_leaves_a_range_by_days_and_none_by_values():
    some = {1: 100, 3: 100, 5: 800, 6: 900, 7: 900}
    assert (recovery(DAYS, counts(some)).earliest, recovery(DAYS, counts(some)).day) == (4, 5)
    assert recovery(DAYS, counts(some)).unknown == (4,)
    assert recovery(VALUES, counts(some)).day == 5
    assert recovery(VALUES, counts({1: 100, 3: 800, 5: 800, 9: 900})).day == 3


def test_two_days_at_the_end_leave_it_open_unless_follow_up_ended():
    some = {1: 100, 2: 800, 3: 900}
    assert recovery(DAYS, counts(some)).earliest == 2
    assert recovery(DAYS, counts(some)).day is None
    assert recovery(DAYS, counts(some, ended=True)).earliest is None


@pytest.mark.parametrize("criterion", [DAYS, VALUES])
def test_days_without_counts_before_the_end_may_have_held_the_recovery(criterion):
    """Low to day 3; follow-up ends on day 5 (too soon for three) or on day 6."""
    some = {1: 100, 2: 100, 3: 100}
    assert recovery(criterion, counts(some, last=5, ended=True)).earliest is None
    assert recovery(criterion, counts(some, last=6, ended=True)).earliest == 4
    two = {1: 100, 2: 800, 3: 900}
    assert recovery(criterion, counts(two, last=3, ended=True)).earliest is None
    assert recovery(criterion, counts(two, last=4, ended=True)).earliest == 2


def test_counts_that_never_fell_have_no_nadir():
    assert recovery(DAYS, counts({0: 900, 1: 900, 2: 900, 3: 900})).nadir is None


def test_the_worked_example_of_the_cibmtr():
    """Forms manual F2100 q13-18: last platelets on day 0, recovery reported for day 7."""
    daily = [10, 30, 25, 10, 15, 19, 23, 25, 40, 50, 56, 65, 72]
    found = recovery(
        PLATELETS,
        counts({day: 1000 * value for day, value in enumerate(daily)}, transfused=[0]),
    )
    assert found.day == found.earliest == 7


@pytest.mark.parametrize(("given", "day"), [([2], 9), ([2, 5], 12), ([2, 14], 9), ([2, 4, 30], 11)])
def test_seven_days_without_transfusion(given, day):
    """A later transfusion undoes nothing that was reached before, and delays what was not."""
    daily = {d: 10_000 if d < 6 else 30_000 for d in range(36)}
    found = recovery(PLATELETS, counts(daily, transfused=given))
    assert found.day == day


@pytest.mark.parametrize("unknown", [(3,), (2, 5), (4, 5, 6), (2, 6, 7)])
@pytest.mark.parametrize("low", [(1, 2, 3, 4), (1, 3), (1, 4, 5), (1, 2, 3, 4, 5, 6, 7, 8)])
def test_every_completion_of_a_small_record(unknown, low):
    """The range holds the day of every completion; one day where all have it."""
    known = {d: 100 if d in low else 600 for d in range(1, 10) if d not in unknown}
    found = recovery(DAYS, counts(known, last=9, ended=True))
    days = set()
    for filling in product((300, 700), repeat=len(unknown)):
        whole = known | dict(zip(unknown, filling, strict=True))
        days.add(recovery(DAYS, counts(whole, last=9, ended=True)).day)
    if found.decided:
        assert days == {found.day}
    certain = [day for day in days if day is not None]
    if found.earliest is not None:
        assert all(day >= found.earliest for day in certain)
    if found.day is not None:
        assert None not in days
        assert max(certain) <= found.day
