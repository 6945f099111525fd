"""What every judgement starts from. Oracle: dates compared by hand."""

import pytest

from residua.facts.day import Day, Span
from residua.judgements.unjudged import UNDATED_VERSION, published_after, unjudged
from residua.standards.rulebook import load


@pytest.mark.parametrize(
    ("published", "event", "newer"),
    [
        ("2024", "2023-12-31", True),
        ("2024", "2024-01-01", False),  # it may have come out on that day
        ("2017-11-27", "2017-11-26", True),
        ("2017-11-27", "2017-11", False),  # the event may be of 27 November or later
        ("2017-11-27", "2017-10", True),
    ],
)
def test_newer_only_where_every_day_says_so(published, event, newer):
    assert published_after(Day.parse(published), Day.parse(event).span) is newer


def test_without_a_date_nothing_is_newer():
    assert not published_after(None, Day.parse("2019").span)
    assert not published_after(Day.parse("2024"), Span())


def test_an_undated_version_says_so():
    undated, dated = load("cibmtr"), load("nci")
    assert unjudged(undated, "x", "response", day=None, span=Span()).notes == (UNDATED_VERSION,)
    said = unjudged(dated, "x", "response", day=None, span=Span())
    assert (said.notes, said.date, said.outcome) == ((), "not stated", "not assessable")
