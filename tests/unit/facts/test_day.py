"""Dates as they are known. Oracle: the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from residua.errors import ValueFault
from residua.facts.day import Day, Span


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-08", date(2019, 8, 1), date(2019, 8, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-08-14", date(2019, 8, 14), date(2019, 8, 14)),
    ],
)
def test_each_precision_is_kept(text: str, earliest: date, latest: date) -> None:
    day = Day.parse(text)
    assert day.span == Span(earliest, latest)
    assert str(day) == text
    assert day.span.exact == (earliest == latest)


def test_a_toml_date_is_a_day() -> None:
    assert Day.parse(date(2019, 8, 14)) == Day.parse("2019-08-14")


@pytest.mark.parametrize(
    ("text", "anchor", "offset"),
    [("car-t+28d", "car-t", 28), ("hsct-10d", "hsct", -10), ("cycle-2+0d", "cycle-2", 0)],
)
def test_relative_days_keep_their_anchor(text: str, anchor: str, offset: int) -> None:
    day = Day.parse(text)
    assert (day.anchor, day.offset, day.relative) == (anchor, offset, True)


@pytest.mark.parametrize(
    ("text", "received"),
    [
        ("2019-13", "month 13"),
        ("2019-02-30", "day 30"),
        ("1019-02", "year 1019"),
        ("14.08.2019", "a date in another form"),
        ("20190814", "a date in another form"),
        ("soon", "a text"),
        ("", "an empty text"),
        (2019, "a number"),
        (True, "true or false"),
    ],
)
def test_impossible_dates_are_named_by_kind(text: object, received: str) -> None:
    with pytest.raises(ValueFault) as caught:
        Day.parse(text)
    assert caught.value.received == received


def test_spans_overlap_where_they_share_a_day() -> None:
    july, august = Day.parse("2019-07").span, Day.parse("2019-08").span
    assert not july.overlaps(august)
    assert july.overlaps(Day.parse("2019").span)
    assert july.overlaps(Span())
    assert Span(date(2019, 7, 31), None).overlaps(august)
