"""What one MRD result says: detected or not, how much, how surely quantified, how sensitive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from residua.course.course import Course
from residua.course.occasions import Occasion
from residua.facts.molecular import INSENSITIVE
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.judgements.mrd_cells import APPLIED_TO_TRANSCRIPTS, NOT_OF_CELLS, of_cells
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


def state_of(reading: MrdReading) -> MrdState:
    """The state that a result stands for.

    A negative has no level but lies below its LOD and its bound; below the LLOQ no number can
    be relied on. What contradicts itself ("not detected" above the LOD) is not known. Of a
    share of reads only whether it was detected is known: its limits are no fractions of cells.
    """
    detected = _detected(reading)
    if reading.denominator_kind == "reads" and detected is not None:
        return MrdState(detected, quantifiable=None if detected else False)
    if detected is False:
        return MrdState(False, _bound_of_negative(reading), False, reading.lod)
    if reading.status == "not assessable":
        return MrdState(lod=reading.lod)
    level = _level(reading)
    return MrdState(detected, level, _quantifiable(reading) if detected else None, reading.lod)


def _detected(reading: MrdReading) -> bool | None:
    """Whether disease was detected; a number above the LOD is, whatever it is called."""
    number, side = _number(reading), _number_against_lod(reading)
    if reading.status == "not assessable":
        negative = side is False or INSENSITIVE in reading.flags
        return False if negative and _insensitive(reading) else None
    if reading.status in ("quantified", "detected below LLOQ", "positive"):
        return None if number is not None and number.value == 0 else True
    if reading.status in ("negative", "not detected"):
        above = True if reading.status == "negative" else None
        said = number is None or "<" in number.comparator or number.value == 0
        return False if said or side is False else above if side else None
    if number is None or "<" in number.comparator:
        return None
    return number.value > 0 and side is not False


def _number(reading: MrdReading) -> Quantity | None:
    """The fraction as stated, or as the counts give it."""
    if reading.fraction is not None:
        return reading.fraction
    if reading.numerator is not None and reading.denominator:
        return Quantity(Decimal(reading.numerator) / Decimal(reading.denominator))
    return None


def _number_against_lod(reading: MrdReading) -> bool | None:
    """Whether the number reaches the LOD; None where either is not stated or open."""
    number = _number(reading)
    if number is None or reading.lod is None:
        return None
    if "<" in number.comparator:
        return False if number.number <= reading.lod.number else None
    return number.number >= reading.lod.number


def _insensitive(reading: MrdReading) -> bool:
    return not load("eln_all")["v1-sensitivity"].holds(reading.lod or False)


def _bound_of_negative(reading: MrdReading) -> Quantity | None:
    number = _number(reading)
    bounds = [reading.lod, number if number and "<" in number.comparator else None]
    known = [bound for bound in bounds if bound is not None]
    lowest = min(known, key=lambda bound: bound.number, default=None)
    return Quantity(lowest.value, lowest.unit, "<") if lowest else None


def _level(reading: MrdReading) -> Quantity | None:
    """The level, as far as it can be told: below the LLOQ no number can be relied on."""
    number, lloq = _number(reading), reading.lloq
    if number is not None and "<" in number.comparator:
        return number
    if reading.status == "detected below LLOQ" or _below_lloq(number, lloq):
        return Quantity(lloq.value, lloq.unit, "<") if lloq else None
    return None if number is not None and number.value == 0 else number


def _below_lloq(number: Quantity | None, lloq: Quantity | None) -> bool:
    exact = number is not None and not number.censored
    return bool(exact and number and lloq and number.number < lloq.number)


def _quantifiable(reading: MrdReading) -> bool | None:
    """Whether the level was quantified, or lies where the assay quantifies."""
    number, lloq = _number(reading), reading.lloq
    if reading.status == "detected below LLOQ":
        return False
    if _below_lloq(number, lloq):
        return None if reading.status == "quantified" else False
    if reading.status == "quantified":
        return True
    if number is None or "<" in number.comparator:
        return None
    if lloq is not None:
        return number.number >= lloq.number or None
    bare = Quantity(number.value, number.unit)
    return load("conventions")["quantifiable-without-lloq"].holds(bare) or None


def remark_on_level(reading: MrdReading) -> str:
    """Where a level that is only a bound comes from: ``LOD``, ``LLOQ`` or nothing."""
    level = state_of(reading).level
    if level is None or not level.censored or level == reading.fraction:
        return ""
    limits = {"LOD": reading.lod, "LLOQ": reading.lloq}
    return next((n for n, q in limits.items() if q and q.number == level.number), "")


def mrd_readings(course: Course, occasion: Occasion) -> tuple[MrdReading, ...]:
    """The occasion's MRD results of marrow that say something, in order of the course."""
    return mrd_readings_of(course, occasion.of(MrdReading))


def mrd_readings_of(course: Course, found: Iterable[MrdReading]) -> tuple[MrdReading, ...]:
    """Those of the results that are of marrow and say something."""
    return tuple(
        r
        for r in found
        if is_marrow(r, course.case)
        and (state_of(r) != MrdState(lod=r.lod) or r.status == "not assessable")
    )


def cell_readings(readings: tuple[MrdReading, ...]) -> tuple[MrdReading, ...]:
    """Those that are fractions of cells, where there are such; else all."""
    told = [r for r in readings if r.status != "not assessable"]
    found = [r for r in told if of_cells(r)]
    return tuple(r for r in readings if r in found or r not in told) if found else readings


def _is_bound(state: MrdState) -> bool:
    return state.detected is False and state.level is not None


def cell_state_of(reading: MrdReading) -> MrdState:
    """The state for a limit that counts cells: a positive of transcripts or reads has no level."""
    state = state_of(reading)
    return state if of_cells(reading) or _is_bound(state) else replace(state, level=None)


def level_given(readings: tuple[MrdReading, ...]) -> Given:
    """The level for a standard that asks for MRD if available; several where results differ.

    Results that are no fractions of cells take no part where another is one.
    """
    told = cell_readings(readings)
    usable = [cell_state_of(r) for r in told if r.status != "not assessable"]
    levels = [state.level for state in usable if state.level is not None]
    if not usable:
        return UNAVAILABLE
    if len(levels) < len(usable):
        return None
    return levels[0] if len(levels) == 1 else tuple(levels)


def reading_notes(course: Course, reading: MrdReading) -> tuple[str, ...]:
    """What must be said of a result beside every verdict on it."""
    notes = [] if tissue_of(reading, course.case) else [TISSUE_NOTE]
    without = reading.lloq is None and reading.status in ("positive", "negative", None)
    if without and state_of(reading).quantifiable:
        notes.append(load("conventions")["quantifiable-without-lloq"].clause)
    if reading.denominator_kind == "abl1" and state_of(reading).level is not None:
        notes.append(APPLIED_TO_TRANSCRIPTS)
    if reading.denominator_kind == "reads":
        notes.append(NOT_OF_CELLS["reads"])
    return tuple(notes)
