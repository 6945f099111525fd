"""A day as it is known: a year, a month, a day, or so many days from another event.

Nothing invents a day: ``2019-08`` stays the span from its first to its last day, and
``car-t+28d`` stays relative until the course knows its anchor.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from residua.errors import ValueFault
from residua.facts.quantity import kind_of_thing

_ABSOLUTE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?\Z")
_RELATIVE = re.compile(r"([a-z0-9][a-z0-9-]*?)([+-]\d{1,5})d\Z")
_OTHER_FORM = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}([ T].*)?\Z|\d{8}\Z")
_EXPECTED = 'a date such as "2019", "2019-08", "2019-08-14" or "car-t+28d"'
_YEARS = (1900, 2100)


@dataclass(frozen=True)
class Span:
    """The days on which something may have happened, both ends included; None is unbounded."""

    earliest: date | None = None
    latest: date | None = None

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.earliest is not None and self.latest is not None

    def overlaps(self, other: Span) -> bool:
        """Whether both may lie on one day."""
        starts_late = self.earliest and other.latest and self.earliest > other.latest
        ends_early = self.latest and other.earliest and self.latest < other.earliest
        return not (starts_late or ends_early)

    def shifted(self, days: int) -> Span:
        """The span moved by whole days."""
        step = timedelta(days=days)
        return Span(self.earliest and self.earliest + step, self.latest and self.latest + step)


@dataclass(frozen=True)
class Day:
    """A date at its precision, or an offset in days from the event `anchor`."""

    text: str
    span: Span = Span()
    anchor: str | None = None
    offset: int = 0

    @property
    def relative(self) -> bool:
        """Whether the day is given from another event."""
        return self.anchor is not None

    def __str__(self) -> str:
        return self.text

    @classmethod
    def parse(cls, raw: object) -> Day:
        """Read a TOML date or a text; raises ValueFault naming what is impossible."""
        if isinstance(raw, Day):
            return raw
        if isinstance(raw, datetime):
            raw = raw.date()
        if isinstance(raw, date):
            raw = raw.isoformat()
        if not isinstance(raw, str):
            raise ValueFault(_EXPECTED, kind_of_thing(raw), "write the date in quotes")
        return _read(raw.strip())

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[Any], handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.to_string_ser_schema()
        )


@lru_cache(maxsize=8192)
def _read(text: str) -> Day:
    if match := _ABSOLUTE.match(text):
        return Day(text, _span(match))
    if match := _RELATIVE.match(text):
        return Day(text, anchor=match[1], offset=int(match[2]))
    received = "a date in another form" if _OTHER_FORM.match(text) else kind_of_thing(text)
    raise ValueFault(_EXPECTED, received, "write year-month-day, or leave it out")


def _span(match: re.Match[str]) -> Span:
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # the pattern demands it
    if not _YEARS[0] <= year <= _YEARS[1]:
        raise ValueFault(
            f"a year from {_YEARS[0]} to {_YEARS[1]}", f"year {year}", "correct the year"
        )
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    if not 1 <= month <= 12:
        raise ValueFault("a month from 1 to 12", f"month {month}", "correct the month")
    last = calendar.monthrange(year, month)[1]
    if day is None:
        return Span(date(year, month, 1), date(year, month, last))
    if not 1 <= day <= last:
        raise ValueFault(f"a day of that month, 1 to {last}", f"day {day}", "correct the day")
    return Span(date(year, month, day), date(year, month, day))
