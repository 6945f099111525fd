"""What one MRD result says: detected or not, how much, how surely quantified, how sensitive."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from residua.course.course import Course
from residua.course.occasions import Occasion
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.judgements.readings import TISSUE_NOTE, is_marrow, tissue_of
from residua.standards.rulebook import load
from residua.standards.truth import UNAVAILABLE, Given

MOLECULAR = ("pcr", "ngs", "qpcr", "rq-pcr", "ddpcr", "dpcr")


@dataclass(frozen=True)
class MrdState:
    """One result as a standard needs it; None where not known."""

    detected: bool | None = None
    level: Quantity | None = None
    quantifiable: bool | None = None
    lod: Quantity | None = None


UNKNOWN_STATE = MrdState()


def state_of(reading: MrdReading) -> MrdState:
    """The state that a result stands for.

    A negative has no level but lies below its LOD, a detection below the LLOQ lies below that;
    a level without an LLOQ counts as quantifiable from the limit of `conventions.toml` on.
    """
    detected = _detected(reading)
    if detected is False:
        below = Quantity(reading.lod.value, reading.lod.unit, "<") if reading.lod else None
        return MrdState(False, below, False, reading.lod)
    if detected is None:
        bound = reading.fraction if reading.fraction and reading.fraction.censored else None
        return MrdState(None, bound, None, reading.lod)
    level = _level(reading)
    return MrdState(True, level, _quantifiable(reading, level), reading.lod)


def _detected(reading: MrdReading) -> bool | None:
    if reading.status in ("negative", "not detected"):
        return False
    if reading.status in ("quantified", "detected below LLOQ", "positive"):
        return True
    if reading.status == "not assessable":
        return False if _insensitive_negative(reading) else None
    if reading.level is None or (reading.fraction and reading.fraction.censored):
        return None
    return reading.level > 0


def _insensitive_negative(reading: MrdReading) -> bool:
    """A result that is not assessable because a negative was not sensitive enough."""
    below = reading.lod and (reading.level is None or reading.level < reading.lod.number)
    return bool(below) and not load("eln_all")["v1-sensitivity"].holds(reading.lod or False)


def _level(reading: MrdReading) -> Quantity | None:
    """The level, as far as it can be told: below the LLOQ no number can be relied on."""
    if reading.status == "detected below LLOQ":
        return Quantity(reading.lloq.value, reading.lloq.unit, "<") if reading.lloq else None
    if reading.fraction is not None:
        return reading.fraction
    if reading.numerator is not None and reading.denominator:
        return Quantity(Decimal(reading.numerator) / Decimal(reading.denominator))
    return None


def _quantifiable(reading: MrdReading, level: Quantity | None) -> bool | None:
    if reading.status in ("quantified", "detected below LLOQ"):
        return reading.status == "quantified"
    if level is None or level.censored:
        return None
    if reading.lloq is not None:
        return level.number >= reading.lloq.number
    return load("conventions")["quantifiable-without-lloq"].holds(level) or None


def mrd_readings(course: Course, occasion: Occasion) -> tuple[MrdReading, ...]:
    """The occasion's MRD results of marrow that say something, in order of the course."""
    return tuple(
        r
        for r in occasion.of(MrdReading)
        if is_marrow(r, course.case)
        and (state_of(r) != MrdState(lod=r.lod) or r.status == "not assessable")
    )


def level_given(readings: tuple[MrdReading, ...]) -> Given:
    """The level for a standard that asks for MRD if available; several where results differ."""
    usable = [state_of(r) for r in readings if r.status != "not assessable"]
    levels = [state.level for state in usable if state.level is not None]
    if not usable:
        return UNAVAILABLE
    if len(levels) < len(usable):
        return None
    return levels[0] if len(levels) == 1 else tuple(levels)


def reading_notes(course: Course, reading: MrdReading) -> tuple[str, ...]:
    """What must be said of a result beside every verdict on it."""
    notes = [] if tissue_of(reading, course.case) else [TISSUE_NOTE]
    without = reading.lloq is None and reading.status == "positive"
    if without and state_of(reading).quantifiable:
        notes.append(load("conventions")["quantifiable-without-lloq"].clause)
    return tuple(notes)
