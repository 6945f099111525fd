"""The quantities of MRD results as standards take them; contradicting results give several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from residua.course.course import Course
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.judgements.mrd_cells import AMONG_CELLS, LOD_AMONG_CELLS
from residua.judgements.mrd_state import MrdState, mrd_readings_of, remark_on_level, state_of
from residua.judgements.readings import UNSTATED, Stated
from residua.standards.quantities import WORDS, Quantities, Wording
from residua.standards.truth import Given

NUCLEATED = "MRD level among nucleated cells"
WITHIN_NUCLEATED = ("mononuclear", "cd45")


def with_rivals(course: Course, reading: MrdReading) -> tuple[MrdReading, ...]:
    """A result and those of its method, day and tissue that contradict it."""
    rivals = [course.by_id[name].fact for name in course.conflicts_of(reading.id)]
    found = [r for r in rivals if isinstance(r, MrdReading)]
    return (reading, *(r for r in mrd_readings_of(course, found) if r.id != reading.id))


def stated_of(readings: Sequence[MrdReading], *, before: bool = False) -> dict[str, Stated]:
    """The quantities of one result, or of several that contradict each other."""
    states = [state_of(r) for r in readings]
    facts = tuple(r.id for r in readings)
    prefix = "earlier_" if before else ""
    values: dict[str, Sequence[Quantity | bool | None]] = {
        "mrd_detected": [s.detected for s in states],
        "mrd_level": [s.level for s in states],
        "mrd_quantifiable": [s.quantifiable for s in states],
        "mrd_lod": [s.lod for s in states],
    }
    if before:
        del values["mrd_quantifiable"]
    return {prefix + name: _stated(found, facts) for name, found in values.items()}


def quantities_of(stated: Mapping[str, Stated]) -> Quantities:
    """The quantities as a standard takes them."""
    return Quantities(**{name: value.given for name, value in stated.items()})


def _stated(values: Sequence[Quantity | bool | None], facts: tuple[str, ...]) -> Stated:
    known = tuple(dict.fromkeys(v for v in values if v is not None))
    if not known or len([v for v in values if v is not None]) < len(values):
        return UNSTATED
    return Stated(known[0] if len(known) == 1 else known, facts)


def among_nucleated(reading: MrdReading, level: Stated) -> Stated:
    """The level among nucleated cells, which INO-VATE asks for; None where it does not follow.

    Denominators are never converted. Mononuclear and CD45-positive cells are nucleated, so the
    level among these bounds it from above.
    """
    kind = reading.denominator_kind
    if kind in (None, "nucleated"):
        return level
    if kind not in WITHIN_NUCLEATED:
        return UNSTATED
    given = level.given if isinstance(level.given, tuple) else (level.given,)
    bounds = tuple(_at_most(value) for value in given)
    if any(bound is None for bound in bounds):
        return UNSTATED
    several: Given = tuple(bound for bound in bounds if bound is not None)
    return Stated(several if len(bounds) > 1 else bounds[0], level.facts)


def _at_most(level: Quantity | bool | str | None) -> Quantity | None:
    if not isinstance(level, Quantity) or ">" in level.comparator:
        return None
    return Quantity(level.value, level.unit, level.comparator or "<=")


def wording_for(readings: Sequence[MrdReading]) -> Wording:
    """What is missing where the level is: of a negative its sensitivity, else its number."""
    states = [state_of(r) for r in readings]
    remark = remark_on_level(readings[0]) if len(readings) == 1 else ""
    words = dict(WORDS)
    if any(r.denominator_kind == "reads" for r in readings):
        words["mrd_level"] = words["mrd_quantifiable"] = AMONG_CELLS
        words["mrd_lod"] = LOD_AMONG_CELLS
    elif any(s.detected is False for s in states):
        known = any(s.level is not None for s in states)
        words["mrd_level"] = "a more sensitive MRD result" if known else WORDS["mrd_lod"]
    elif any(_below_lloq(r, s) for r, s in zip(readings, states, strict=True)):
        words["mrd_level"] = words["mrd_quantifiable"] = "a quantified MRD level"
    elif any(s.level is None for s in states):
        words["mrd_quantifiable"] = WORDS["mrd_level"]
    return Wording(words, {"mrd_level": remark})


def _below_lloq(reading: MrdReading, state: MrdState) -> bool:
    return reading.status == "detected below LLOQ" or state.quantifiable is False
