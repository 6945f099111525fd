"""Cytokines around an infusion, made up for the tests of panel A and of its words."""

from __future__ import annotations

import math

from made_courses import course_of

from residua.course.course import Course
from residua.facts.finding import Finding
from residua.facts.laboratory import Cytokine, Lab
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion

DAYS = (-5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 21, 28)
SHAPES = {"IL-6": (6, 4200, 6, 1.9), "IFN-γ": (4, 900, 5, 1.7), "IL-10": (3.2, 240, 7, 2.2),
          "MCP-1": (180, 2600, 6, 3), "sIL-2Rα": (900, 21000, 8, 5)}  # fmt: skip


def wave(low: float, high: float, at: float, width: float, day: int) -> float:
    return low + (high - low) * math.exp(-(((day - at) / width) ** 2) / 2)


def cytokine(
    name: str, day: int | str, value: str, unit: str = "pg/mL", **more: object
) -> Cytokine:
    date = f"car-t{day:+d}d" if isinstance(day, int) else day
    return Cytokine(id=f"{name}-{day}".replace("+", "").lower().replace(".", "-"), date=date,
                    analyte=more.pop("analyte", name), value=value, unit=unit, **more)  # fmt: skip


def infusion(name: str = "car-t", date: str = "2021-07-10") -> CellInfusion:
    return CellInfusion(id=name, kind="car-t", date=date)


def effects() -> list[Finding | Support]:
    return [
        Finding(id="crs", term="CRS", present=True, grade_reported=2, date="car-t+3d",
                end="car-t+9d"),
        Finding(id="icans", term="ICANS", present=True, grade_reported=1, date="car-t+7d"),
        Support(id="toci-1", kind="tocilizumab", date="car-t+5d", amount="8 mg/kg"),
        Support(id="toci-2", kind="tocilizumab", date="car-t+6d", amount="8 mg/kg"),
        Support(id="dex", kind="steroid", date="car-t+6d", end="car-t+9d"),
    ]  # fmt: skip


def rich_course(more: int = 0) -> Course:
    """Five cytokines and `more`, ferritin and CRP, with bounds at both ends, CRS and ICANS."""
    shapes = SHAPES | {f"IL-{30 + n}": (5.0 * (n + 1), 40.0 * (n + 2), 5 + n % 3, 3.0)
                       for n in range(more)}  # fmt: skip
    facts = []
    for number, (name, shape) in enumerate(shapes.items()):
        for day in DAYS:
            level = wave(*shape, day)
            lloq = 7.5 if name == "IFN-γ" else 3.5
            words = (
                f"<{lloq}" if level < lloq else ">2500" if name == "IL-6" and level > 2500 else ""
            )
            fact = cytokine(f"c{number}", day, words or f"{level:.3g}", analyte=name)
            facts.append(fact)
    for day in range(-3, 29, 2):
        for name, unit, shape in (("ferritin", "ug/L", (400, 18000, 8, 3.5)),
                                  ("crp", "mg/L", (6, 180, 5, 2))):  # fmt: skip
            facts.append(Lab(id=f"{name}{day}", date=f"car-t{day:+d}d", analyte=name,
                             value=f"{wave(*shape, day):.3g}", unit=unit))  # fmt: skip
    return course_of(infusion(), *facts, *effects(), simulated=True)
