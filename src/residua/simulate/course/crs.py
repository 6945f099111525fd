"""Cytokine release: fever, low pressure, oxygen and tocilizumab, grade 2 by ASTCT."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.simulate.assumptions import assumed, drawn, drawn_day
from residua.simulate.course.calendar import random_for
from residua.simulate.course.spec import CourseSpec

GRADE = 2
_LOOKED_AT = (-1, 14)
_NO_FEVER, _FEVER = 37.4, 38.2
_MORNING, _EVENING = "08:00", "18:00"


@dataclass(frozen=True)
class Crs:
    """Days after the infusion; fever from `onset` to `end`, `worst` the day of tocilizumab."""

    onset: int
    worst: int
    end: int
    fever: float


def make_crs(spec: CourseSpec) -> Crs:
    """When it begins, and how hot it gets."""
    random = random_for(spec, "crs")
    onset = drawn_day("crs", "onset", random)
    worst = onset + round(assumed("crs", "worst_after"))
    end = worst + round(assumed("crs", "ends_after"))
    return Crs(onset, worst, end, round(drawn("crs", "fever", random), 1))


def vital_rows(crs: Crs, random: np.random.Generator) -> list[tuple[int, str, str, str, str]]:
    """(day after the infusion, time, item, value, unit) of every vital sign."""
    usual = drawn("crs", "systolic", random)
    low, dip = drawn("crs", "systolic_low", random), drawn("crs", "spo2_low", random)
    air = drawn("crs", "spo2", random)
    rows: list[tuple[int, str, str, str, str]] = []
    for day in range(_LOOKED_AT[0], _LOOKED_AT[1] + 1):
        for time in (_MORNING, _EVENING):
            worst = day == crs.worst and time == _EVENING
            pressure = low if worst else random.normal(usual, assumed("crs", "pressure_spread"))
            rows += [
                (day, time, "temperature", f"{_warmth(crs, day, time, random):.1f}", "Cel"),
                (day, time, "systolic", f"{pressure:.0f}", "mm[Hg]"),
                (day, time, "spo2", f"{dip if worst else air:.0f}", "%"),
            ]
            if worst:
                rows.append((day, time, "oxygen_flow", f"{assumed('crs', 'oxygen'):.0f}", "L/min"))
        if day >= 0:
            rows.append((day, _MORNING, "ice", "10", "{score}"))
    return rows


def _warmth(crs: Crs, day: int, time: str, random: np.random.Generator) -> float:
    """Fever from the evening of the onset to the morning of the end, highest on the worst day."""
    normal, spread = assumed("crs", "normal"), assumed("crs", "warmth")
    reading = normal + random.normal(0, spread)
    before = day < crs.onset or (day == crs.onset and time == _MORNING)
    if before or day > crs.end or (day == crs.end and time == _EVENING):
        return float(min(reading, _NO_FEVER))
    part = (day - crs.onset + 1) / (crs.worst - crs.onset + 1) if day <= crs.worst else 0.6
    hot = _FEVER + (crs.fever - _FEVER) * part + random.normal(0, spread)
    hottest = day == crs.worst and time == _EVENING
    return crs.fever if hottest else float(min(max(hot, _FEVER), crs.fever - 0.1))
