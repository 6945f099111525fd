"""Whether a criterion held on a day, from what was found on some days.

What was not looked at on a day is not known on that day. A sign once found counts until the
record shows it gone, so that signs of different days may come together (Residua's reading).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from math import inf

from residua.judgements.liver.episode import Where


@dataclass(frozen=True)
class Mark:
    """That a criterion held, or did not, at some place of the episode; ``days`` is its length.

    ``general``: an undated statement about the whole episode. ``text`` is the fact in words.
    """

    where: Where
    holds: bool
    fact: str
    text: str
    days: int = 1
    general: bool = False

    @property
    def exact(self) -> bool:
        """Whether its days are known."""
        return self.where.exact and not self.general

    @property
    def end(self) -> int:
        """Its last day, where the first is known."""
        return self.where.lo + self.days - 1


def state(marks: Iterable[Mark], day: int) -> bool | None:
    """Whether the criterion held on a day; None where the record does not tell."""
    listed = tuple(marks)
    if _contradicted(listed):
        return None
    today = {m.holds for m in listed if m.exact and m.where.lo <= day <= m.end}
    if today:
        return today.pop() if len(today) == 1 else None
    if any(not m.exact and m.holds and _may_be_on(m, day) for m in listed):
        return None if not _carried(listed, day) else True
    if any(m.holds and _known_by(m, day) for m in listed):
        return True if _carried(listed, day) else None
    return False if any(m.general and not m.holds for m in listed) else None


class Timeline:
    """The marks of one criterion, sorted once to ask for many days; answers as `state` does."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self.marks = tuple(marks)
        self._contradicted = _contradicted(self.marks)
        self._denied = any(m.general and not m.holds for m in self.marks)
        self._today: dict[int, set[bool]] = defaultdict(set)
        for mark in self.marks:
            for day in range(mark.where.lo, mark.end + 1) if mark.exact else ():
                self._today[day].add(mark.holds)
        self._open = [m for m in self.marks if m.holds and not m.exact]
        held = (m for m in self.marks if m.holds and m.where.inside)
        self._held = sorted(_latest(m) for m in held if m.exact or m.where.hi is not None)
        gone = [(m.where.lo, _gone_by(m)) for m in self.marks if not m.holds and not m.general]
        gone.sort()
        self._gone_from = [day for day, _ in gone]
        self._gone_by = list(accumulate((day for _, day in gone), max))

    def state(self, day: int) -> bool | None:
        """Whether the criterion held on a day; None where the record does not tell."""
        if self._contradicted:
            return None
        if today := self._today.get(day):
            return next(iter(today)) if len(today) == 1 else None
        known = bool(self._held) and self._held[0] <= day
        if known or any(_may_be_on(m, day) for m in self._open):
            return True if self._carried(day) else None
        return False if self._denied else None

    def _carried(self, day: int) -> bool:
        held = bisect_right(self._held, day)
        gone = bisect_right(self._gone_from, day)
        lasting = self._held[held - 1] if held else None
        if lasting is None or not gone:
            return lasting is not None
        return lasting > min(day, self._gone_by[gone - 1])


def state_at_some_day(marks: Iterable[Mark]) -> bool | None:
    """Whether the criterion held at some time, and may still have when the last one came."""
    listed = tuple(marks)
    if _contradicted(listed):
        return None
    if any(m.holds and m.where.inside for m in listed):
        denied = [m for m in listed if not m.holds]
        latest = max((m.end for m in listed if m.holds and m.exact), default=None)
        after = all(m.exact and latest is not None and m.end < latest for m in denied)
        return True if after else None
    return False if any(m.general and not m.holds for m in listed) else None


def points(marks: Iterable[Mark], first: int, last: int) -> tuple[int, ...]:
    """The first day of every stretch of days on which no state changes."""
    found = {first}
    for mark in marks:
        if mark.exact:
            found |= {mark.where.lo, mark.end + 1}
        elif not mark.general:
            found |= {mark.where.lo} | ({mark.where.hi} if mark.where.hi is not None else set())
    return tuple(sorted(day for day in found if first <= day <= last))


def _contradicted(marks: tuple[Mark, ...]) -> bool:
    """Whether the record asserts the sign and denies it for the whole episode."""
    denied = any(m.general and not m.holds for m in marks)
    return denied and any(m.holds for m in marks)


def _may_be_on(mark: Mark, day: int) -> bool:
    return mark.where.lo <= day and (mark.where.hi is None or day < mark.where.hi)


def _known_by(mark: Mark, day: int) -> bool:
    """Whether the mark certainly lies before the day, or on it."""
    latest = mark.end if mark.exact else mark.where.hi
    return mark.where.inside and latest is not None and latest <= day


def _carried(marks: tuple[Mark, ...], day: int) -> bool:
    """Whether the last that is known before the day is that it held."""
    held = [_latest(m) for m in marks if m.holds and _known_by(m, day)]
    gone = [
        min(day, m.end if m.exact else m.where.hi if m.where.hi is not None else day)
        for m in marks
        if not m.holds and not m.general and m.where.lo <= day
    ]
    return bool(held) and (not gone or max(held) > max(gone))


def _gone_by(mark: Mark) -> float:
    """The day by which a sign is certainly gone; without one it may be gone on any day."""
    if mark.exact:
        return mark.end
    return mark.where.hi if mark.where.hi is not None else inf


def _latest(mark: Mark) -> int:
    assert mark.where.hi is not None  # asked only of what certainly lies before a day
    return mark.end if mark.exact else mark.where.hi
