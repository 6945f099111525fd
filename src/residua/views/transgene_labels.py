"""The labels of panel B: one for each curve, then one for the B cells after each infusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.course.b_cell_course import BCellCourse
from residua.course.transgene_curve import TransgeneCurve


@dataclass(frozen=True)
class CurveLabel:
    """A curve with its label and its name in words."""

    label: str
    name: str
    curve: TransgeneCurve


@dataclass(frozen=True)
class BCellLabel:
    """The B cells after `infusion`, with their label."""

    label: str
    infusion: str
    b_cells: BCellCourse


@dataclass(frozen=True)
class PanelLabels:
    """All labels of the panel."""

    curves: tuple[CurveLabel, ...]
    b_cells: tuple[BCellLabel, ...]


def panel_labels(curves: Sequence[TransgeneCurve], letter: str = "B") -> PanelLabels:
    """Labels by the order of the curves alone."""
    several = len({curve.infusion for curve in curves}) > 1
    named = tuple(
        CurveLabel(f"{letter}{n}", _name(curve, several=several), curve)
        for n, curve in enumerate(curves, start=1)
    )
    by_infusion = {
        curve.infusion: curve.b_cells
        for curve in curves
        if curve.b_cells is not None and not curve.b_cells.reason
    }
    strips = tuple(
        BCellLabel(f"{letter}{n}", infusion, b_cells)
        for n, (infusion, b_cells) in enumerate(by_infusion.items(), start=len(named) + 1)
    )
    return PanelLabels(named, strips)


def transgene_texts(
    curves: Sequence[TransgeneCurve],
) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Each label with the ids of the facts behind it, the infusion last, and its words."""
    labels = panel_labels(curves)
    found = [
        (one.label, (*one.curve.facts, one.curve.infusion), f"CAR-T copies: {one.name}")
        for one in labels.curves
    ]
    for strip in labels.b_cells:
        ids = [value.fact for value in strip.b_cells.values]
        ids += [fact for fact, _ in strip.b_cells.immunoglobulin]
        words = f"B cells after {strip.infusion}"
        found.append((strip.label, (*ids, strip.infusion), words))
    return tuple(found)


def _name(curve: TransgeneCurve, *, several: bool) -> str:
    target = "CAR-T cells" if curve.target == "not stated" else curve.target
    after = f" after {curve.infusion}" if several else ""
    return f"{target} in {curve.tissue}{after}"
