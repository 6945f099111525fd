"""What is unusual about a specimen before it came to the cytometer: its age, pull, viability."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from residua.errors import ValueFault
from residua.facts.day import Day
from residua.facts.specimen import Specimen
from residua.standards.sample_quality import sample_rule

_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\Z")
_NOTHING = "the age, pull and viability of the specimen are not stated"
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class SpecimenNotes:
    """`flags` are unusual in this specimen; `notes` say what is not known."""

    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Moment:
    """Somewhere from `earliest` to `latest`."""

    earliest: datetime
    latest: datetime


def specimen_notes(specimen: Specimen | None, *, dated: str | None, acquired: str) -> SpecimenNotes:
    """What the facts of a specimen say; `dated` is the day that the strategy gives for it.

    `acquired` is when its files were acquired, several joined by "; ". Only what is certain is
    a flag: where days alone are known, an age that may pass the limit is a note.
    """
    if specimen is None:
        drawn = _moment(dated, None) if dated else None
        if drawn is None:
            return SpecimenNotes(notes=(_NOTHING,))
        age = _age(drawn, {"acquired": acquired})
        return SpecimenNotes(
            age.flags, ("the pull and viability of the specimen are not stated", *age.notes)
        )
    day = specimen.date if specimen.date is not None else (Day.parse(dated) if dated else None)
    drawn = _moment(specimen.drawn, day) or (None if day is None else _moment(day.text, None))
    age = _age(drawn, {"received": specimen.received or "", "acquired": acquired}, day)
    flags, notes = list(age.flags), list(age.notes)
    if specimen.tissue in (None, "marrow"):
        first = sample_rule("first-pull")
        if specimen.pull is None:
            notes.append("the pull of the marrow is not stated")
        elif specimen.pull > first.at_most:
            flags.append(f"pull {specimen.pull} of the marrow, not the first ({first.cite})")
    if specimen.viability is None:
        flags.append("viability not stated")
    return SpecimenNotes(tuple(flags), tuple(notes))


def _age(drawn: _Moment | None, later: dict[str, str], day: Day | None = None) -> SpecimenNotes:
    rule = sample_rule("processed-within-3-days")
    limit = timedelta(hours=rule.at_most)
    if drawn is None:
        return SpecimenNotes(notes=("when the specimen was drawn is not stated",))
    flags, notes = [], []
    for word, texts in later.items():
        for moment in filter(None, (_moment(text, day) for text in texts.split("; "))):
            least, most = moment.earliest - drawn.latest, moment.latest - drawn.earliest
            if least > limit:
                hours = f"at least {int(least / _HOUR)} h"
                flags.append(f"{word} {hours} after it was drawn, limit 72 h ({rule.cite})")
            elif most < timedelta(0):
                flags.append(f"{word} before it was drawn")
            elif most > limit:
                notes.append(f"whether it was {word} within 72 h of being drawn is not known")
    return SpecimenNotes(tuple(dict.fromkeys(flags)), tuple(dict.fromkeys(notes)))


def _moment(text: str | None, day: Day | None) -> _Moment | None:
    """A date with or without a time, or a time on an exact `day`; None where it is neither."""
    words = (text or "").strip().replace("T", " ").split(" ")
    clock = _clock(words[-1])
    if clock is not None and len(words) == 1:
        exact = day is not None and day.span.exact
        return _at(day.span.earliest if day and exact else None, clock)
    try:
        span = Day.parse(words[0]).span
    except ValueFault:
        return None
    if clock is not None and span.exact:
        return _at(span.earliest, clock)
    if span.earliest is None or span.latest is None:
        return None
    start, end = (datetime.combine(day, time()) for day in (span.earliest, span.latest))
    return _Moment(start, end + timedelta(days=1))


def _at(day: date | None, clock: time) -> _Moment | None:
    if day is None:
        return None
    moment = datetime.combine(day, clock)
    return _Moment(moment, moment)


def _clock(text: str) -> time | None:
    found = _CLOCK.match(text)
    if found is None:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return time(hour, minute, second)
    except ValueError:
        return None
