"""The legend of panel C: only what this figure shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from residua.views.mrd_points import MrdPoint, Series
from residua.views.panels.dated_marks import time_entries
from residua.views.panels.legend import Entry
from residua.views.panels.mrd_marks import DASHES, draw_arrow, draw_limit
from residua.views.panels.series_style import SeriesStyle
from residua.views.places import Place
from residua.views.sheet import Sheet
from residua.views.style import INK
from residua.views.time_axis import TimeAxis

CUT_OFF_MEANING = "10⁻⁴ (0.01 %): MRD cut-off of ELN and INO-VATE"


def mrd_entries(
    points: Sequence[MrdPoint],
    places: Sequence[Place],
    styles: Mapping[Series, SeriesStyle],
    axis: TimeAxis,
) -> list[Entry]:
    """Entries for the series, the ways of not detecting, the limits, the lines and the times."""
    entries = [_series(series, style) for series, style in styles.items()]
    silent = next(
        (p for p in points if p.not_detected or (p.strip or "").startswith("not d")), None
    )
    if silent is not None:
        style = styles[silent.series]
        words = "not detected, drawn at the limit of detection; symbol of the method within"
        entries.append(Entry(words, style.draw_not_detected))
    if any(p.lod for p in points):
        entries.append(Entry("LOD, limit of detection", _limit(quantified=False)))
    if any(p.lloq for p in points):
        entries.append(Entry("LLOQ, lower limit of quantification", _limit(quantified=True)))
    if any(p.interval for p in points):
        entries.append(Entry("95 % counting interval", _interval))
    if any(p.arrow for p in points):
        words = "arrow: only a bound is known"
        entries.append(Entry(words, lambda s, x, y: draw_arrow(s, x, y - 1.5, "down")))
    entries.append(Entry(CUT_OFF_MEANING, _cut_off))
    if _any_dashed(points, places):
        words = "dashed line: to or from a result that is undated or not detected"
        entries.append(Entry(words, _dashes))
    return entries + time_entries(list(places))


def _series(series: Series, style: SeriesStyle) -> Entry:
    return Entry(series.name, style.draw)


def _any_dashed(points: Sequence[MrdPoint], places: Sequence[Place]) -> bool:
    pairs = zip(points, places, strict=True)
    return any(p.series.mrd and (p.not_detected or not place.dated) for p, place in pairs)


def _limit(*, quantified: bool):  # type: ignore[no-untyped-def]
    return lambda sheet, x, y: draw_limit(sheet, x, y, quantified=quantified)


def _interval(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x, x], [y - 1.2, y + 1.2], linewidth=0.8)
    for end in (y - 1.2, y + 1.2):
        sheet.line([x - 0.8, x + 0.8], [end, end], linewidth=0.8)


def _cut_off(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x - 3.3, x + 3.3], [y, y], color=INK, linewidth=0.7, linestyle=(0, (7, 2, 1.2, 2)))


def _dashes(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x - 3, x + 3], [y, y], linestyle=DASHES)
