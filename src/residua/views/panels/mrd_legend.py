"""The legend of panel C: only what this figure shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from residua.views.mrd_points import Series
from residua.views.panels.legend import Entry, Picture
from residua.views.panels.mrd_marks import DASHES, Spot, draw_arrow, draw_limit, links
from residua.views.panels.series_style import SeriesStyle
from residua.views.sheet import Sheet
from residua.views.style import INK

CUT_OFF_DASHES = (0, (7, 2, 1.2, 2))
_CUT_OFF_MEANING = "MRD cut-off of ELN and INO-VATE"
_NOT_DETECTED = "not detected, drawn at its LOD if stated"


def mrd_entries(spots: Sequence[Spot], styles: Mapping[Series, SeriesStyle]) -> list[Entry]:
    """Entries for the series, the ways of not detecting, the limits and the lines."""
    points = [spot.point for spot in spots]
    entries = [Entry(series.name, style.draw) for series, style in styles.items()]
    silent = [p for p in points if p.not_detected or (p.strip or "").startswith("not detected")]
    if silent:
        entries.append(Entry(_NOT_DETECTED, styles[silent[0].series].draw_not_detected))
    if any(p.lod for p in points):
        entries.append(Entry("LOD, limit of detection", _limit(quantified=False)))
    if any(p.lloq for p in points):
        words = (
            "of quantification" if any(p.lod for p in points) else "lower limit of quantification"
        )
        entries.append(Entry(f"LLOQ, {words}", _limit(quantified=True)))
    if any(p.interval for p in points):
        counted = all(p.series.modality != "pcr" for p in points if p.interval)
        entries.append(Entry(f"95 % {'counting ' if counted else ''}interval", _interval))
    if any(p.arrow for p in points):
        entries.append(Entry("a bound only", _arrow))
    entries.append(Entry(_CUT_OFF_MEANING, _cut_off))
    if any(link.dashed for link in links(spots)):
        entries.append(Entry("dashed: to or from one undated or not detected", _dashes))
    return entries


def _limit(*, quantified: bool) -> Picture:
    return lambda sheet, x, y: draw_limit(sheet, x, y, quantified=quantified)


def _interval(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x, x], [y - 1.1, y + 1.1], linewidth=0.8)
    for end in (y - 1.1, y + 1.1):
        sheet.line([x - 0.8, x + 0.8], [end, end], linewidth=0.8)


def _arrow(sheet: Sheet, x: float, y: float) -> None:
    draw_arrow(sheet, x, y - 1.2, "down", length=2.4)


def _cut_off(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x - 3.3, x + 3.3], [y, y], color=INK, linewidth=0.7, linestyle=CUT_OFF_DASHES)


def _dashes(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x - 3, x + 3], [y, y], linestyle=DASHES)
