"""The key to panel B."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from residua.standards.stein_2019 import stein_2019
from residua.views.boxes import Box
from residua.views.panels.b_cell_strip import BCellStrip, strip_entries
from residua.views.panels.dated_marks import span_bar
from residua.views.panels.legend import Entry
from residua.views.panels.series_style import SeriesStyle
from residua.views.panels.transgene_marks import (
    FITS,
    INNER,
    OUTER,
    DrawnCurve,
    draw_below,
    draw_lloq,
    draw_loss,
)
from residua.views.sheet import Sheet
from residua.views.style import BAR, INK, SMALL
from residua.views.transgene_labels import CurveLabel
from residua.views.typeset import wrap

BELOW = "below LLOQ, drawn at it"
NOT_DETECTED = "not detected, no LLOQ stated"
LLOQ = "LLOQ"
LOST = "lost in these days"
SPAN = "day known only within this range"


def panel_entries(
    curves: Sequence[DrawnCurve], strip: BCellStrip, *, population: bool
) -> list[Entry]:
    """What every mark means, in the order of the drawing."""
    found = [
        Entry(f"{one.label.label} {one.label.name}", partial(_point, style=one.style))
        for one in curves
    ]
    spots = [spot for one in curves for spot in one.spots]
    said = {spot.sample.said for spot in spots}
    if "below LLOQ" in said:
        found.append(Entry(BELOW, draw_below))
    if "not detected" in said:
        found.append(Entry(NOT_DETECTED, draw_below))
    if any(spot.sample.lloq for spot in spots):
        found.append(Entry(LLOQ, draw_lloq))
    if any(one.loss for one in curves):
        found.append(Entry(LOST, _loss))
    if any(spot.ends for spot in spots):
        found.append(Entry(SPAN, lambda s, x, y: span_bar(s, x - 2.5, x + 2.5, y)))
    found += _model_entries(curves, population=population)
    return [*found, *strip_entries(strip.labels)]


def _model_entries(curves: Sequence[DrawnCurve], *, population: bool) -> Iterator[Entry]:
    model = stein_2019()
    cite = model.cite.split(",")[0]
    fitted = [number for number, one in enumerate(curves) if one.fit is not None]
    for number in fitted:
        which = f" to {curves[number].label.label}" if len(fitted) > 1 else ""
        words = f"model, not measured: {cite} fitted{which}, 95 % interval"
        yield Entry(words, partial(_fit, number=number))
    if population:
        words = f"its population, 5-95 % and 25-75 %: {model.product}, {model.population}"
        yield Entry(words, _population)


def not_drawn_lines(labels: Sequence[CurveLabel], width: float) -> tuple[str, ...]:
    """Which curves are not drawn, and why."""
    found: list[str] = []
    for one in labels:
        curve = one.curve
        why = curve.reason or (
            f"its values are in {curve.course.unit}" if curve.drawn else "no value of a known day"
        )
        found += wrap(f"{one.label} {one.name}: not drawn, {why}", width, SMALL)
    return tuple(found)


def _point(sheet: Sheet, x: float, y: float, *, style: SeriesStyle) -> None:
    sheet.line([x - 3, x + 3], [y, y], color=style.colour, linewidth=0.7)
    style.draw(sheet, x, y, size=3.9)


def _loss(sheet: Sheet, x: float, y: float) -> None:
    draw_loss(sheet, Box(x - 2.5, y - 0.9, x + 2.5, y + 0.9), INK)


def _fit(sheet: Sheet, x: float, y: float, *, number: int) -> None:
    colour = FITS[number % len(FITS)]
    band = Box(x - 3, y - 1.0, x + 3, y + 1.0)
    face, alpha = (BAR, 0.55) if number == 0 else (colour, 0.25)
    sheet.box(band, facecolor=face, alpha=alpha, edgecolor="none")
    sheet.line([x - 3, x + 3], [y, y], color=colour, linewidth=1.3)


def _population(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Box(x - 3, y - 1.1, x + 3, y + 1.1), facecolor=OUTER, edgecolor="none")
    sheet.box(Box(x - 3, y - 0.5, x + 3, y + 0.5), facecolor=INNER, edgecolor="none")
