"""What two MRD results allow to be compared: their sides of a level, and how far they lie apart."""

from __future__ import annotations

import math
from dataclasses import dataclass

from residua.facts.mrd import MrdReading
from residua.judgements.mrd_state import state_of
from residua.measures.limits import clopper_pearson
from residua.measures.mrd_observation import mrd_observation

_CELLS = ("nucleated", "cd45", "mononuclear")


@dataclass(frozen=True)
class Spread:
    """The 95 % counting interval of a number; ``known`` is False where it is the number alone."""

    low: float
    high: float
    known: bool


def side_of(reading: MrdReading, cut: float) -> bool | str:
    """Whether the level is at or above `cut`; in words why that is not certain."""
    said = mrd_observation(reading, 0.0)
    if isinstance(said, str):
        return said
    if said.surely_above >= cut:
        return True
    if said.high < cut or (said.high == cut and not said.quantified and not _may_reach(reading)):
        return False
    if not said.low:
        return _upper(said.high)
    if said.low_is_lod and said.high == 1:
        return f"it was detected by an LOD of {said.low:.3g}, without a level"
    return f"it lies between {said.low:.3g} and {said.high:.3g}"


def _may_reach(reading: MrdReading) -> bool:
    """Whether a bound includes its limit (``<=``)."""
    return reading.fraction is not None and "=" in reading.fraction.comparator


def _upper(high: float) -> str:
    return f"it is only known to lie below {high:.3g}"


def quantified(reading: MrdReading) -> bool | None:
    """Whether the level is a number at or above its own LLOQ; None where that is not stated."""
    said = mrd_observation(reading, 0.0)
    if isinstance(said, str) or not said.quantified:
        return False
    return state_of(reading).quantifiable


def detected(reading: MrdReading) -> bool | None:
    """Whether the method found disease."""
    return state_of(reading).detected


def spread_of(reading: MrdReading) -> Spread:
    """Its own interval, else Clopper and Pearson's of its counts, else the number alone."""
    level = reading.level or 0.0
    if reading.interval is not None:
        return Spread(*reading.interval, known=True)
    if reading.denominator is not None:
        cells = reading.denominator_kind in _CELLS
        found = reading.numerator if not cells else reading.numerator or _counted(reading, level)
        exact = None if found is None else clopper_pearson(found, reading.denominator)
        if exact is not None:
            return Spread(exact.low, exact.high, known=True)
    return Spread(level, level, known=False)


def _counted(reading: MrdReading, level: float) -> int:
    """Cells of a fraction whose denominator counts cells."""
    return min(round(level * (reading.denominator or 0)), reading.denominator or 0)


def log10_apart(a: Spread, b: Spread) -> float:
    """The gap between two intervals in log10; 0 or less where they overlap or touch."""
    gaps = [
        math.log10(above.low / below.high) if above.low > 0 and below.high > 0 else -math.inf
        for above, below in ((a, b), (b, a))
    ]
    return max(gaps)
