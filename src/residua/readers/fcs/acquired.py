"""When a file was acquired: $BEGINDATETIME, or $DATE and $BTIM, as ISO 8601 where they can be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_BEGUN = re.compile(r"(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_acquired(keywords: Mapping[str, str]) -> str:
    """``2019-02-19T21:28:25`` from ``19-FEB-2019``, ``21:28:25.56``; as written otherwise.

    FCS 3.2 writes ``2019-02-19T21:28:25.56+01:00``, of which fractions of a second are left out.
    """
    begun = _BEGUN.fullmatch(keywords.get("$BEGINDATETIME", ""))
    if begun and _iso_date(begun[1]):
        return begun[1] + begun[2] + (begun[3] or "")
    day, clock = keywords.get("$DATE", ""), keywords.get("$BTIM", "")
    iso = _iso_date(day)
    if not iso:
        return " ".join(part for part in (day, clock) if part)
    found = re.match(r"(\d{2}:\d{2}:\d{2})", clock)
    return f"{iso}T{found.group(1)}" if found else iso


def _iso_date(text: str) -> str:
    """The first date in `text`: year-month-day or day-month-year, the month as number or name."""
    found = re.search(r"(\d{4})-(\w{1,3})-(\d{1,2})", text)
    parts = found.groups() if found else None
    if parts is None:
        found = re.search(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})", text)
        parts = found.groups()[::-1] if found else None
    if parts is None:
        return ""
    year, month, day = parts
    try:
        return date(int(year), _month(month), int(day)).isoformat()
    except ValueError:
        return ""


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word.lower()) + 1
