"""What a trial or study reports, as its source prints it: arms, results, levels, sidedness.

Numbers are kept as printed (text), so that no digit is added or lost. A count stands beside the
printed percentage only where the source gives it, or where ``weaker`` says that it was computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from residua.facts.day import Day

SIDES = ("one-sided", "two-sided", "not stated")
NOT_STATED = "not stated"


@dataclass(frozen=True)
class Bounds:
    """A confidence interval as printed: it has two ends, so it is two-sided.

    ``level`` is ``97.5 %``, say, or ``not stated``; nothing makes it 95 %.
    """

    low: str
    high: str
    level: str = NOT_STATED


@dataclass(frozen=True)
class HazardRatio:
    """A hazard ratio of the arm against its comparator."""

    value: str
    bounds: Bounds | None = None


@dataclass(frozen=True)
class PValue:
    """A p value, how many sides it has, and the boundary that it was held against."""

    value: str
    sides: str = NOT_STATED
    boundary: str = ""


@dataclass(frozen=True)
class Arm:
    """One group of patients; ``size`` is None where the source read does not give it."""

    name: str
    treatment: str
    clause: str
    cite: str
    provenance: str
    size: int | None = None


@dataclass(frozen=True)
class Result:
    """One endpoint of one arm, as one place of one source prints it.

    ``of`` counts the patients that ``denominator`` describes; ``percent`` is the text printed
    (``73.8``, ``18-44``). ``weaker`` names fields known less well than the record's provenance.
    ``disagrees`` says so where the source's count and percentage do not fit.
    """

    id: str
    arm: str
    endpoint: str
    clause: str
    cite: str
    provenance: str
    definition: str = ""
    denominator: str = ""
    n: int | None = None
    of: int | None = None
    percent: str = ""
    interval: Bounds | None = None
    median: str = ""
    value: str = ""
    hazard_ratio: HazardRatio | None = None
    p: PValue | None = None
    comparator: str = ""
    timing: str = ""
    note: str = ""
    disagrees: str = ""
    weaker: Mapping[str, str] = field(default_factory=dict)

    @property
    def share(self) -> Fraction | None:
        """n / N where both are known."""
        return Fraction(self.n, self.of) if self.n is not None and self.of else None

    @property
    def percent_fits(self) -> bool | None:
        """Whether the printed percentage is n / N within rounding; None where one is missing."""
        printed = as_number(self.percent)
        if self.share is None or printed is None:
            return None
        return abs(100 * self.share - printed[0]) <= printed[1]


@dataclass(frozen=True)
class Trial:
    """A trial or study; ``about`` names the drugs and procedures that it bears on."""

    id: str
    name: str
    registration: str
    about: tuple[str, ...]
    population: str
    design: str
    published: Day | None
    doi: str
    cite: str
    checked_by: str
    arms: tuple[Arm, ...]
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()

    def __getitem__(self, result_id: str) -> Result:
        return next(result for result in self.results if result.id == result_id)


def as_number(printed: str) -> tuple[Fraction, Fraction] | None:
    """A printed number and half a unit of its last digit; None for a range or other words."""
    try:
        value = Fraction(printed)
    except ValueError:
        return None
    digits = len(printed.partition(".")[2])
    return value, Fraction(1, 2 * 10**digits)
