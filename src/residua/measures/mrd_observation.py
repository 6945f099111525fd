"""One MRD result on its day as a number with its counting error, or as the bounds it lies within.

Nothing stands in for a value below a limit: "detected below LLOQ" lies between LOD and LLOQ,
"not detected" below the LOD.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from scipy.special import ndtri

from residua.errors import ValueFault
from residua.facts.mrd import MrdReading


@dataclass(frozen=True)
class MrdObservation:
    """A fraction on a day: ``low`` = ``high`` where quantified, else its bounds.

    ``low`` of 0 is "anything below ``high``". ``error`` is the counting error in log10, 0 where
    none is stated. ``method`` and ``denominator`` are empty where they are not stated.
    ``low_is_lod`` says that ``low`` is what the assay detects, which a positive may lie below.
    """

    day: float
    low: float
    high: float
    error: float = 0.0
    method: str = ""
    denominator: str = ""
    low_is_lod: bool = False

    def __post_init__(self) -> None:
        if not math.isfinite(self.day):
            raise ValueFault("a day", "a number that is not finite", "correct it")
        if not 0 <= self.low <= self.high <= 1 or self.high == 0:
            raise ValueFault("a fraction above 0 and up to 1", "another", "correct it")
        if not (math.isfinite(self.error) and self.error >= 0):
            raise ValueFault("a counting error of at least 0", "another", "correct it")

    @property
    def quantified(self) -> bool:
        """Whether it is a number rather than bounds."""
        return self.low == self.high

    @property
    def surely_above(self) -> float:
        """The level that it certainly reaches; a limit of detection is none."""
        return 0.0 if self.low_is_lod else self.low


def quantified_mrd(
    day: float,
    fraction: float,
    *,
    interval: tuple[float, float] | None = None,
    level: float = 0.95,
    method: str = "",
    denominator: str = "",
) -> MrdObservation:
    """A number; `interval` (two-sided, at `level`) gives its counting error on the log axis."""
    error = 0.0 if interval is None else log10_error(fraction, interval, level=level)
    return MrdObservation(day, fraction, fraction, error, method, denominator)


def bounded_mrd(
    day: float, *, below: float, above: float = 0.0, method: str = "", denominator: str = ""
) -> MrdObservation:
    """A level only known to lie from `above` to `below`, such as from the LOD to the LLOQ."""
    if not above < below:
        raise ValueFault("a lower bound below the upper", "others", "correct them")
    return MrdObservation(day, above, below, 0.0, method, denominator)


def log10_error(fraction: float, interval: tuple[float, float], *, level: float = 0.95) -> float:
    """The standard error in log10 that a two-sided interval stands for.

    Its width over 2 z; of an interval that begins at 0, the upper half over z.
    """
    low, high = interval
    if not 0 <= low <= fraction <= high or fraction <= 0:
        raise ValueFault("an interval around a fraction above 0", "another", "correct it")
    z = float(ndtri((1 + level) / 2))
    if low == 0:
        return math.log10(high / fraction) / z
    return math.log10(high / low) / (2 * z)


def mrd_observation(reading: MrdReading, day: float) -> MrdObservation | str:
    """What a stored result says on its day, or in words why it says nothing of the level."""
    try:
        return _observed(reading, day)
    except ValueFault:  # such as a limit of 0, or transcripts above those of the control gene
        return "its number or its limits lie outside 0 to 100 %"


def _observed(reading: MrdReading, day: float) -> MrdObservation | str:
    method, kind = reading.method or "", reading.denominator_kind or ""
    lod = reading.lod.number if reading.lod else None
    lloq = reading.lloq.number if reading.lloq else None
    value = reading.level
    if reading.status == "not assessable":
        return "not assessable"
    if kind == "reads":
        return "a share of reads is no level of cells"
    if reading.status in ("not detected", "negative"):
        if lod is None:
            return "negative without a limit of detection"
        return bounded_mrd(day, below=lod, method=method, denominator=kind)
    bounds = _bounds(reading, value, lod, lloq)
    if bounds is not None:
        above, below = bounds
        found = bounded_mrd(day, above=above, below=below, method=method, denominator=kind)
        return replace(found, low_is_lod=above > 0 and above == lod)
    if value is None or value <= 0:
        return "without a number or a limit"
    return quantified_mrd(day, value, interval=reading.interval, method=method, denominator=kind)


def _bounds(
    reading: MrdReading, value: float | None, lod: float | None, lloq: float | None
) -> tuple[float, float] | None:
    """Lower and upper bound of a result that is no number; None where it is one or says nothing."""
    detected = reading.status in ("detected below LLOQ", "positive", "quantified")
    above = lod if detected and lod is not None else 0.0
    if value and value < above and not _sign(reading):
        above = 0.0  # detected below the LOD: the LOD is no lower bound of it
    if reading.fraction is not None and reading.fraction.comparator and value:
        return (above if above < value else 0.0, value) if "<" in _sign(reading) else (value, 1.0)
    if reading.status == "detected below LLOQ" or (value is not None and lloq and value < lloq):
        return (above, lloq) if lloq is not None and above < lloq else None
    if reading.status == "positive" and value is None and lod is not None:
        return lod, 1.0
    if value == 0 and lod is not None:
        return 0.0, lod
    return None


def _sign(reading: MrdReading) -> str:
    return reading.fraction.comparator if reading.fraction is not None else ""
