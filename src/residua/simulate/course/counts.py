"""Blood counts and chemistry: what is usual, times what leukaemia and treatment do to it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from residua.simulate.assumptions import assumed, assumed_numbers, assumptions, drawn
from residua.simulate.course.burden import Burden
from residua.simulate.course.calendar import INDUCTION, Calendar
from residua.simulate.course.car_t_cells import CarTCells

COUNTS = ("neutrophils", "lymphocytes", "platelets", "hemoglobin", "b-cells")
_WHOLE_PERCENT_OF_BLASTS = 0.005
_B_CELLS_RETURN = 70.0
"""Days in which B cells come back once the CAR-T cells are lost."""


@dataclass(frozen=True)
class Blood:
    """What moves the values of one patient; ``stretch`` of an event and analyte, by group."""

    when: Calendar
    burden: Burden
    cells: CarTCells
    stretch: Mapping[tuple[str, str], float]

    def events(self) -> tuple[tuple[str, int], ...]:
        """The groups of assumptions with the day they count from."""
        when = self.when
        return (
            ("effect_induction", INDUCTION),
            ("effect_consolidation", when.consolidation),
            ("effect_blinatumomab", when.blinatumomab),
            ("effect_transplant", when.transplant),
            ("effect_car_t", when.car_t),
            ("effect_ino", when.ino),
        )

    def level(self, analyte: str, day: int) -> float:
        """The true value on a day after the diagnosis."""
        found = math.log10(assumed_numbers("laboratory", analyte)[0])
        if analyte in assumptions()["effect_leukaemia"]:
            found += assumed("effect_leukaemia", analyte) * self.burden.level(day)
        for group, start in self.events():
            if analyte in assumptions()[group]:
                since = (day - start) / self.stretch[group, analyte]
                found += _part(assumed_numbers(group, analyte), since)
        if analyte == "b-cells":
            found += self._aplasia(day - self.when.car_t)
        return max(10**found, _least(analyte))

    def _aplasia(self, since: int) -> float:
        """No B cells while CAR-T cells are there; log10 of the part that is left."""
        lost = self.cells.lost_after
        return _part((0.004, 2, 7, lost, lost + _B_CELLS_RETURN), since)

    def blasts(self, day: int) -> int:
        """Blasts of the blood smear in per cent."""
        part = self.burden.level(day) * 0.5
        return round(part * 100) if part > 4 * _WHOLE_PERCENT_OF_BLASTS else 0


def draw_stretch(random: np.random.Generator) -> Mapping[tuple[str, str], float]:
    """How long each effect lasts in one patient, against the usual."""
    return {
        (group, analyte): drawn("laboratory_noise", "stretch", random)
        for group, effects in assumptions().items()
        if group.startswith("effect_")
        for analyte in effects
    }


def _part(shape: Iterable[float], since: float) -> float:
    """log10 of a factor that sets in, stays and goes."""
    factor, begins, full_from, full_to, over = shape
    return math.log10(factor) * float(
        np.interp(since, [begins, full_from, full_to, over], [0.0, 1.0, 1.0, 0.0])
    )


def _least(analyte: str) -> float:
    known = assumptions()["laboratory_noise"]
    return assumed("laboratory_noise", f"{analyte}_least") if f"{analyte}_least" in known else 0.0


def lab_days(when: Calendar, seen: Iterable[int]) -> dict[int, bool]:
    """Days with blood drawn, and whether chemistry was done too."""
    graft, cells, ino = when.transplant, when.car_t, when.ino
    days = {0, *range(INDUCTION + 2, 35, 4), *range(when.consolidation, when.blinatumomab, 5)}
    days |= {*range(when.blinatumomab, when.blinatumomab + 31, 7)}
    days |= {*range(graft - 7, graft + 31), *range(graft + 37, graft + 101, 9)}
    days |= {*range(graft + 120, when.relapse - 14, 35), when.relapse - 12}
    close = {*range(cells - 6, cells + 31), *range(cells + 33, cells + 61, 5)}
    days |= {*range(when.relapse + 7, cells - 6, 7)}
    days |= {*range(cells + 67, when.mrd_relapse - 10, 28)}
    toxic = {ino - 1, *range(ino + 3, ino + 42, 3), *range(ino + 49, when.last_contact, 14)}
    every = sorted(days | close | toxic | set(seen))
    return {day: day in close or day in toxic or day in (0, when.relapse) for day in every}


@dataclass(frozen=True)
class LabValue:
    """One value with the limits of the laboratory; limits are None where it prints none."""

    day: int
    analyte: str
    value: float
    text: str
    unit: str
    limits: tuple[str, str]


def lab_values(blood: Blood, days: dict[int, bool], random: np.random.Generator) -> list[LabValue]:
    """Every value of every day; wbc is the sum of its parts."""
    found: list[LabValue] = []
    for day, chemistry in days.items():
        values = [
            _value(blood, day, name, random)
            for name in assumptions()["laboratory"]
            if chemistry or name in COUNTS
        ]
        by_name = {value.analyte: value.value for value in values}
        blasts = blood.blasts(day)
        white = (by_name["neutrophils"] + by_name["lymphocytes"]) * 1.1
        white /= 1 - blasts / 100 * 1.6 if blasts < 50 else 0.2
        found.append(LabValue(day, "wbc", white, f"{white:.2f}", "10*9/L", ("4.0", "10.0")))
        found += values
        found.append(LabValue(day, "blasts", blasts, f"{blasts}", "%", ("", "")))
    return found


def _value(blood: Blood, day: int, analyte: str, random: np.random.Generator) -> LabValue:
    _, low, high, decimals = assumed_numbers("laboratory", analyte)
    kind = "counts" if analyte in COUNTS else "chemistry"
    noise = math.exp(random.normal(0, assumed("laboratory_noise", kind)))
    level = blood.level(analyte, day) * noise
    if analyte == "b-cells":
        level = min(level, 1000 * blood.level("lymphocytes", day) * 0.3)
    unit = str(assumptions()["laboratory"][analyte]["unit"])
    text = f"{level:.{round(decimals)}f}"
    return LabValue(day, analyte, float(text), text, unit, (f"{low:g}", f"{high:g}"))


def transfusions(values: list[LabValue]) -> list[tuple[int, str]]:
    """(day, kind) of what was given for low counts, some days apart."""
    least = {
        "platelets": ("platelets", assumed("laboratory_noise", "few_platelets")),
        "hemoglobin": ("red cells", assumed("laboratory_noise", "few_red_cells")),
    }
    last: dict[str, int] = {}
    given = []
    for value in values:
        if value.analyte not in least or value.value >= least[value.analyte][1]:
            continue
        kind = least[value.analyte][0]
        if value.day - last.get(kind, -1000) >= assumed("laboratory_noise", "apart"):
            last[kind] = value.day
            given.append((value.day, kind))
    return given
