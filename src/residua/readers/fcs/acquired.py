"""When a file was acquired: $DATE and $BTIM as ISO 8601 where they can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_acquired(keywords: Mapping[str, str]) -> str:
    """``2019-02-19T21:28:25`` from ``19-FEB-2019``, ``21:28:25.56``; as written otherwise."""
    day, clock = keywords.get("$DATE", ""), keywords.get("$BTIM", "")
    iso = _iso_date(day)
    if not iso:
        return " ".join(part for part in (day, clock) if part)
    found = re.match(r"(\d{2}:\d{2}:\d{2})", clock)
    return f"{iso}T{found.group(1)}" if found else iso


def _iso_date(text: str) -> str:
    found = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if found:
        year, month, day = (int(part) for part in found.groups())
    else:
        found = re.fullmatch(r"(\d{1,2})-([A-Za-z]{3})-(\d{4})", text)
        if not found or found.group(2).lower() not in _MONTHS:
            return ""
        day, year = int(found.group(1)), int(found.group(3))
        month = _MONTHS.index(found.group(2).lower()) + 1
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
