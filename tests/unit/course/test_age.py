"""Completed years of age. Oracle: birthdays counted by hand."""

from datetime import date

from residua.course.age import completed_years
from residua.course.course import Range
from residua.facts.day import Day, Span


def span(text):
    return Day.parse(text).span


def test_the_birthday_itself_completes_a_year():
    born = span("2001-03-15")
    assert completed_years(born, span("2019-03-14")) == Range(17, 17)
    assert completed_years(born, span("2019-03-15")) == Range(18, 18)


def test_partial_dates_leave_a_range():
    assert completed_years(span("2001"), span("2019-03-15")) == Range(17, 18)
    assert completed_years(span("2001-03-15"), span("2019")) == Range(17, 18)


def test_an_open_end_stays_open():
    after = Span(date(2019, 3, 15), None)
    assert completed_years(span("2001-03-15"), after) == Range(18, None)
    assert completed_years(Span(), after) == Range(None, None)
