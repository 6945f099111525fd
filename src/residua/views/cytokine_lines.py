"""What panel A draws of each cytokine curve, and the label of each, decided before any drawing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from residua.course.cytokine_curve import CytokineCurve
from residua.views.cytokine_words import peak_words, unit_of

Role = Literal["main", "other unit", "grey", "not drawn"]
FIRST = ("IL-6", "IFN-γ", "IL-10")
"""Cytokines that are named first where they were measured: Residua's choice for a figure."""
MAIN_UNIT = "pg/mL"
MOST_MAIN, MOST_OTHER = 5, 3


@dataclass(frozen=True)
class CytokineLine:
    """One curve, its number within the panel from 1, and how it is drawn."""

    number: int
    curve: CytokineCurve
    role: Role

    @property
    def name(self) -> str:
        """The analyte, with its unit where that is not the main one."""
        analyte = {"crp": "CRP"}.get(self.curve.analyte, self.curve.analyte)
        return analyte if self.curve.unit == MAIN_UNIT else f"{analyte}, {unit_of(self.curve)}"

    @property
    def text(self) -> str:
        """What `residua explain` says of its label."""
        return f"{self.name.split(',')[0]} around {self.curve.infusion}: {peak_words(self.curve)}"


def cytokine_lines(curves: Sequence[CytokineCurve]) -> tuple[CytokineLine, ...]:
    """The curves of the infusion that is drawn, in the order of their labels.

    IL-6, IFN-g and IL-10 come first, then the greatest fold that is certain. Five in pg/mL and
    three in other units have a name and a colour; more of pg/mL are grey, of others not drawn.
    """
    drawn = drawn_infusion(curves)
    own = [curve for curve in curves if curve.infusion == drawn and curve.values]
    main = sorted((c for c in own if c.unit == MAIN_UNIT), key=_rank)
    other = sorted((c for c in own if c.unit != MAIN_UNIT), key=lambda c: not c.laboratory)
    rows: list[tuple[CytokineCurve, Role]] = [(c, "main") for c in main[:MOST_MAIN]]
    rows += [(c, "other unit") for c in other[:MOST_OTHER]]
    rows += [(c, "grey") for c in main[MOST_MAIN:]]
    rows += [(c, "not drawn") for c in other[MOST_OTHER:]]
    return tuple(CytokineLine(n, curve, role) for n, (curve, role) in enumerate(rows, start=1))


def drawn_infusion(curves: Sequence[CytokineCurve]) -> str | None:
    """The infusion with the most cytokine values, the first of equals; None without a curve.

    Nothing is drawn where no analyte has a value after day 0.
    """
    counts: Counter[str] = Counter()
    for curve in curves:
        if any(v.last > 0 for v in curve.values):
            counts[curve.infusion] += len(curve.facts) * (1 if curve.laboratory else 1000)
    return max(counts, key=counts.__getitem__, default=None)


def _rank(curve: CytokineCurve) -> tuple[int, float, float]:
    place = FIRST.index(curve.analyte) if curve.analyte in FIRST else len(FIRST)
    peak = curve.kinetics.peak.low
    return place, -(curve.kinetics.fold.low or 0.0), -float(peak or 0)
