"""The time axis: one scale for all months, marked breaks, nothing out of order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residua.views.time_axis import make_time_axis, months_between, next_month

DAY = st.dates(date(2010, 1, 1), date(2030, 12, 31))


def day(text: str) -> tuple[date, date]:
    return (date.fromisoformat(text),) * 2


def test_a_short_course_has_no_break():
    axis = make_time_axis([day("2020-01-10"), day("2020-11-20")], 120)
    assert axis.breaks == ()
    assert axis.x(date(2020, 1, 1)) == 0
    assert axis.x(date(2020, 12, 1)) == pytest.approx(120)


def test_a_long_empty_stretch_is_left_out_and_counted():
    """Oracle: counted by hand, September 2019 to June 2021 are 22 months."""
    axis = make_time_axis([day("2019-02-10"), day("2019-08-20"), day("2021-07-05")], 60)
    assert [gap.months for gap in axis.breaks] == [22]
    assert axis.stretches[1].start == date(2021, 7, 1)


def test_undated_items_widen_the_break_that_holds_them():
    needed = [day("2019-02-10"), day("2025-07-05")]
    plain = make_time_axis(needed, 100).breaks[0]
    held = (date(2019, 2, 28), date(2025, 7, 1))
    wider = make_time_axis(needed, 100, [held, held]).breaks[0]
    assert wider.right - wider.left > plain.right - plain.left


def test_no_date_at_all_gives_an_axis_without_stretches():
    axis = make_time_axis([], 100)
    assert axis.stretches == ()
    assert axis.x(date(2020, 1, 1)) == 50


@given(st.lists(DAY, min_size=1, max_size=12), st.sampled_from([60.0, 150.0]))
def test_days_keep_their_order_and_months_their_width(days, width):
    axis = make_time_axis([(d, d) for d in days], width)
    places = [axis.x(d) for d in sorted(days)]
    assert places == sorted(places)
    assert all(0 <= x <= width + 1e-9 for x in places)
    assert len(set(places)) == len(set(days))
    scales = [(s.right - s.left) / (s.stop - s.start).days for s in axis.stretches]
    assert max(scales) == pytest.approx(min(scales))
    assert axis.stretches[-1].right == pytest.approx(width)


@given(DAY)
def test_the_month_after_begins_on_its_first_day(one):
    first = one.replace(day=1)
    assert next_month(one) == (first + timedelta(days=32)).replace(day=1)
    assert months_between(first, next_month(one)) == 1
