"""Levels of days and the days between them. Oracle: the values as they are written here."""

from decimal import Decimal

import pytest

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards.count_level import Level, interpolated, level_of, lowest
from residua.standards.count_window import Window, in_cells, in_days


def level(text):
    return level_of(Quantity.parse(text))


@pytest.mark.parametrize(
    ("text", "at_most_500", "below_500"),
    [
        ("499 /uL", True, True),
        ("500 /uL", True, False),
        ("0.5 10*9/L", True, False),
        ("501 /uL", False, False),
        ("<500 /uL", True, True),
        ("<=500 /uL", True, None),
        (">500 /uL", False, False),
        (">=500 /uL", None, False),
        ("<501 /uL", None, None),
        (">100 /uL", None, None),
        ("<0.1 10*9/L", True, True),
    ],
)
def test_a_level_beside_a_limit(text, at_most_500, below_500):
    assert level(text).at_most(Decimal(500)) is at_most_500
    assert level(text).below(Decimal(500)) is below_500


def test_a_percentage_is_no_count():
    with pytest.raises(ValueFault):
        level("40 %")


def test_the_lowest_of_a_day_is_bounded_by_every_count():
    assert lowest([level("400 /uL"), level(">300 /uL")]).high == 400
    assert lowest([level("400 /uL"), level("<100 /uL")]).at_most(Decimal(100)) is True


def test_days_between_two_counts_lie_on_the_line():
    found = interpolated({0: level("800 /uL"), 4: level("400 /uL")}, 7)
    assert {day: one.low for day, one in found.items()} == {1: 700, 2: 600, 3: 500}
    sevenths = interpolated({0: level("650 /uL"), 7: level("300 /uL")}, 7)
    assert sevenths[3] == level("500 /uL")  # exactly, as the limits are inclusive


@pytest.mark.parametrize(("last", "filled"), [(8, 7), (9, 0)])
def test_seven_missing_days_are_interpolated_and_eight_are_not(last, filled):
    assert len(interpolated({0: level("800 /uL"), last: level("400 /uL")}, 7)) == filled


def test_a_censored_end_leaves_a_range():
    middle = interpolated({0: level("<100 /uL"), 2: level("300 /uL")}, 7)[1]
    assert middle.low == 150
    assert Decimal("199.9") < middle.high < 200
    assert not interpolated({0: level(">100 /uL"), 2: level("300 /uL")}, 7)[1].high.is_finite()


def test_nothing_is_interpolated_beyond_the_first_and_last_count():
    window = Window({3: level("400 /uL"), 5: level("400 /uL")}, 0, 8, 7)
    assert window.measured == (3, 5)
    assert window.interpolated == (4,)
    assert window.unknown == (0, 1, 2, 6, 7, 8)


def test_a_count_outside_the_window_may_be_the_end_of_a_line():
    window = Window({-1: level("400 /uL"), 2: level("400 /uL")}, 0, 2, 7)
    assert window.interpolated == (0, 1)


def test_words():
    assert in_days([0]) == "day 0"
    assert in_days([9, 3, 4, 5]) == "days +3 to +5, +9"
    assert in_cells(level("0.02 10*9/L")) == "20/uL"
    assert in_cells(level("<100 /uL")) == "up to 100/uL"
    assert in_cells(Level(Decimal(100), Decimal("Infinity"))) == "above 100/uL"
