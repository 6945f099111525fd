"""Two weights or two heights of one day: which of them holds is not for a program to choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residua.errors import Fault, ValueFault
from residua.facts.laboratory import Vital
from residua.readers.case_rows import Row

_ITEMS = ("weight", "height")


def vital_faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """One fault for every weight or height that differs from one above it of the same time.

    Weights of one day with different clock times are readings of their own and stand.
    """
    seen: dict[tuple[str, str, str | None], float] = {}
    for row in rows:
        vital = row.fact
        if not isinstance(vital, Vital) or vital.item not in _ITEMS or vital.value is None:
            continue
        if vital.date is None or not (vital.date.span.exact or vital.date.relative):
            continue
        day = str(vital.date.span.earliest or vital.date.text)
        key = (vital.item, day, vital.time)
        if seen.setdefault(key, vital.value.number) != vital.value.number:
            received = f"two {vital.item}s on one day that differ"
            problem = ValueFault(
                f"one {vital.item} for a day", received, "leave out the wrong one, or give times"
            )
            yield row.place.fault(("value",), problem)
