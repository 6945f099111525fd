"""The leukaemia that nobody sees: the fraction of marrow cells that are blasts, by day.

Straight lines in the logarithm between turning points: falls under therapy, doublings between.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.simulate.assumptions import assumed, drawn
from residua.simulate.course.calendar import INDUCTION, Calendar, random_for
from residua.simulate.course.spec import CourseSpec


@dataclass(frozen=True)
class Burden:
    """``turns`` are (day after diagnosis, log10 of the fraction); ``blood`` over marrow."""

    turns: tuple[tuple[int, float], ...]
    blood: float
    doubling_first: float
    doubling_second: float

    def level(self, day: float, *, tissue: str = "marrow") -> float:
        """The fraction of nucleated cells that are leukaemia on a day."""
        days, logs = zip(*self.turns, strict=True)
        found = float(10 ** np.interp(day, days, logs))
        return found * (self.blood if tissue == "blood" else 1.0)


def make_burden(spec: CourseSpec, when: Calendar) -> Burden:
    """The burden of one patient from diagnosis to the last contact."""
    random = random_for(spec, "burden")
    level = {
        name: drawn("burden", name, random)
        for name in (
            "at_diagnosis", "end_of_induction", "after_consolidation", "after_blinatumomab",
            "at_relapse", "after_car_t", "at_mrd_relapse", "after_ino",
        )
    }  # fmt: skip
    hidden = assumed("burden", "hidden")
    first = drawn("burden", "doubling_first", random)
    second = drawn("burden", "doubling_second", random)
    blood = drawn("burden", "blood_part", random)
    second = spec.doubling or second
    growing = level["at_mrd_relapse"] + _doublings(when.ino - when.mrd_relapse, second)
    turns = [
        (0, level["at_diagnosis"]),
        (INDUCTION, level["at_diagnosis"]),
        (when.end_of_induction, level["end_of_induction"]),
        (when.after_consolidation, level["after_consolidation"]),
        (when.after_blinatumomab, level["after_blinatumomab"]),
        (when.transplant - 7, level["after_blinatumomab"]),
        (when.transplant + 14, hidden),
        (_begin(when.relapse, level["at_relapse"] - hidden, first), hidden),
        (when.relapse, level["at_relapse"]),
        (when.car_t - 5, level["at_relapse"]),
        (when.car_t + 3, level["at_relapse"] - 0.5),
        (when.car_t + 26, level["after_car_t"]),
        (when.car_t + 36, hidden),
        (_begin(when.mrd_relapse, level["at_mrd_relapse"] - hidden, second), hidden),
        (when.mrd_relapse, level["at_mrd_relapse"]),
        (when.ino, growing),
        (when.after_ino, level["after_ino"]),
        (when.after_ino + 30, hidden),
        (when.last_contact, hidden),
    ]
    return Burden(tuple(_in_order(turns)), blood, first, second)


def _doublings(days: float, doubling: float) -> float:
    return days / doubling * math.log10(2)


def _begin(day: int, logs: float, doubling: float) -> int:
    """The day on which what doubles so fast must have begun to be where it is."""
    return day - round(logs / math.log10(2) * doubling)


def _in_order(turns: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    days = [day for day, _ in turns]
    assert days == sorted(days), "the ranges of assumptions.toml leave room between the turns"
    return list(turns)
