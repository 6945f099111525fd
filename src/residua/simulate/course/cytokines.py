"""Cytokines around the infusion: true curves, and what an assay with a range makes of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from residua.simulate.assumptions import assumed, assumed_numbers, assumptions
from residua.simulate.course.calendar import random_for
from residua.simulate.course.crs import Crs
from residua.simulate.course.spec import CourseSpec

DAYS = (-1, 0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 21, 28)
"""Days after the infusion on which serum is kept; day 0 before the cells."""
TIME = "07:00"


@dataclass(frozen=True)
class CytokineTruth:
    """One analyte: ``base`` before, ``top`` above it on day ``peak``, a bell in ln days.

    From day ``blocked`` on, where it is not None, what is above ``base`` is multiplied.
    """

    analyte: str
    base: float
    top: float
    peak: float
    width: float
    lloq: float
    uloq: float
    blocked: float | None = None

    def level(self, day: float) -> float:
        """True concentration in pg/mL."""
        if day <= 0:
            return self.base
        bell = math.exp(-0.5 * (math.log(day / self.peak) / self.width) ** 2)
        after = self.blocked is not None and day > self.blocked
        return self.base + self.top * bell * (_blocked() if after else 1.0)

    def highest(self, days: Sequence[int] = DAYS) -> tuple[int, float]:
        """The sampled day of the highest true level, and the level."""
        best = max(days, key=self.level)
        return best, self.level(best)


def _blocked() -> float:
    return assumed("cytokine_assay", "after_tocilizumab")


def make_cytokines(spec: CourseSpec, crs: Crs) -> tuple[CytokineTruth, ...]:
    """The curves of one patient."""
    random = random_for(spec, "cytokines")
    made = []
    for analyte in assumptions()["cytokines"]:
        base, times, day, width, lloq, uloq = assumed_numbers("cytokines", analyte)
        more = math.exp(random.normal(0, assumed("cytokine_assay", "patient")))
        top = float(f"{base * (times - 1) * more:.4g}")
        blocked = float(crs.worst) if analyte == "IL-6" else None
        made.append(CytokineTruth(analyte, base, top, crs.onset + day, width, lloq, uloq, blocked))
    return tuple(made)


@dataclass(frozen=True)
class CytokineValue:
    """One measured value as it is reported: a number or a bound."""

    day: int
    truth: CytokineTruth
    measured: float

    @property
    def text(self) -> str:
        """``<1.6``, ``128`` or ``>5000``."""
        if self.measured < self.truth.lloq:
            return f"<{self.truth.lloq:g}"
        if self.measured > self.truth.uloq:
            return f">{self.truth.uloq:g}"
        return f"{self.measured:.4g}"


def cytokine_values(
    truths: Sequence[CytokineTruth], random: np.random.Generator
) -> Iterator[CytokineValue]:
    """Every analyte of every well, each day in replicate wells, with the error of a well."""
    spread = assumed("cytokine_assay", "spread")
    for day in DAYS:
        for _ in range(round(assumed("cytokine_assay", "wells"))):
            for truth in truths:
                error = math.exp(random.normal(0, spread))
                yield CytokineValue(day, truth, truth.level(day) * error)
