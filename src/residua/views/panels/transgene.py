"""Panel B: copies of the transgene after an infusion of CAR-T cells, with B cells below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from residua.course.transgene_curve import TransgeneCurve
from residua.views.panels.b_cell_strip import BCellStrip
from residua.views.panels.column import Column
from residua.views.panels.column_sheet import column_frame, on_column
from residua.views.panels.copies_scale import CopiesScale, copies_scale, draw_copies_scale
from residua.views.panels.day_axis import (
    DayAxis,
    axis_height,
    day_axis,
    draw_day_axis,
    draw_day_guides,
)
from residua.views.panels.legend import legend
from residua.views.panels.panel import (
    MARGIN,
    Frame,
    Panel,
    draw_header,
    fitting_title,
    header_height,
)
from residua.views.panels.transgene_legend import not_drawn_lines, panel_entries
from residua.views.panels.transgene_marks import (
    DrawnCurve,
    Way,
    draw_fit,
    draw_limits,
    draw_links,
    draw_loss,
    draw_population,
    draw_spot,
    fit_lines,
    level_of,
    loss_of,
    population_peak,
    population_ways,
    spots_of,
    strip_of,
    style_of,
)
from residua.views.panels.transgene_words import PlotWords, place_words
from residua.views.sheet import Sheet
from residua.views.style import GREY, SMALL
from residua.views.transgene_labels import CurveLabel, PanelLabels, panel_labels
from residua.views.typeset import pitch

TITLES = (
    "CAR-T cells after the infusion: copies of the transgene, log scale",
    "CAR-T copies after the infusion",
    "CAR-T copies, log scale",
)
_MARGIN = 15.5  # mm beside the plot for decades and names of strips
_USUAL = "copies/ug"


@dataclass(frozen=True)
class Body:
    """Everything between the panel's header and its legend."""

    frame: Frame
    axis: DayAxis
    scale: CopiesScale
    unit: str
    curves: tuple[DrawnCurve, ...]
    population: tuple[Way, ...]
    strip: BCellStrip
    words: tuple[PlotWords, ...]

    @property
    def height(self) -> float:
        """Of plot and strips, without the axis."""
        return self.scale.height + self.strip.height


def plan_transgene(
    curves: Sequence[TransgeneCurve],
    column: Column,
    *,
    letter: str = "B",
    height: float,
    simulated: bool,
) -> Panel | None:
    """The panel in `column`, its log plot `height` mm high; None where no value can be drawn.

    Curves in another unit than the first one's (copies/ug, where there are such) are named below.
    """
    labels = panel_labels(curves, letter)
    unit = _unit(curves)
    if unit is None:
        return None
    shown = [one for one in labels.curves if _drawable(one.curve, unit)]
    frame = column_frame(column, margin=column.margin or _MARGIN)
    body = _body(labels, shown, frame, unit, height)
    left_out = not_drawn_lines([one for one in labels.curves if one not in shown], column.width)
    title = fitting_title(TITLES, column.width, simulated=simulated)
    header = header_height(title, column.width, simulated=simulated)
    key = legend(panel_entries(body.curves, body.strip, population=bool(body.population)), frame)
    below = body.height + axis_height()

    def draw(page: Sheet, top: float) -> None:
        sheet = on_column(page, column)
        corner = (MARGIN, top)
        draw_header(sheet, corner, column.width, (letter, title), simulated=simulated)
        _draw_body(sheet, top + header, body, letter)
        key.draw(sheet, top + header + below)
        y = top + header + below + key.height
        sheet.lines_of_words(MARGIN, y, left_out, size=SMALL, colour=GREY)

    whole = header + below + key.height + len(left_out) * pitch(SMALL)
    return Panel(whole, draw, base=header + body.height)


def _drawable(curve: TransgeneCurve, unit: str) -> bool:
    return bool(curve.drawn) and curve.course.unit in (unit, "not stated")


def _unit(curves: Sequence[TransgeneCurve]) -> str | None:
    """The unit that is drawn: the usual one where a curve has it."""
    found = [curve.course.unit for curve in curves if curve.drawn]
    return _USUAL if _USUAL in found else next(iter(found), None)


def _body(
    labels: PanelLabels, shown: Sequence[CurveLabel], frame: Frame, unit: str, height: float
) -> Body:
    infusions = {one.curve.infusion for one in shown}
    strip = BCellStrip(tuple(one for one in labels.b_cells if one.infusion in infusions))
    axis = day_axis(max(_days(shown, strip)), frame)
    fitted = [one for one in shown if one.curve.fit is not None]
    samples = [sample for one in shown for sample in one.curve.drawn]
    levels = [value for s in samples for value in (level_of(s), s.lloq) if value]
    levels += [population_peak()] if fitted else []
    scale = copies_scale(levels, (s for s in map(strip_of, samples) if s), frame, height)
    drawn = tuple(
        DrawnCurve(
            one, style_of(number, one.curve), spots_of(one.curve, axis, frame, scale),
            fit_lines(one.curve, axis, frame, scale), loss_of(one.curve, axis, frame, scale),
        )
        for number, one in enumerate(shown)
    )  # fmt: skip
    population = population_ways(axis, frame, scale) if fitted else ()
    words = place_words(drawn, frame, scale)
    return Body(frame, axis, scale, unit, drawn, population, strip, words)


def _days(shown: Sequence[CurveLabel], strip: BCellStrip) -> Iterator[float]:
    """Every day that is drawn."""
    yield 0.0
    for one in shown:
        yield from (sample.days[1] for sample in one.curve.drawn)
    for label in strip.labels:
        yield from (value.days[1] for value in label.b_cells.values)
        yield from (days[1] for _, days in label.b_cells.immunoglobulin)


def _draw_body(sheet: Sheet, top: float, body: Body, letter: str) -> None:
    frame, axis, scale = body.frame, body.axis, body.scale
    bottom = top + body.height
    draw_day_guides(sheet, axis, frame, top, bottom)
    sheet.box(frame.region(top, bottom), linewidth=0.8, zorder=4, gid=f"frame-{letter}")
    draw_copies_scale(sheet, top, frame, scale, body.unit.replace("ug", "µg DNA"))
    if body.population:
        draw_population(sheet, top, body.population)
    for number, one in enumerate(body.curves):
        if one.fit is not None:
            draw_fit(sheet, top, one.fit, scale, number)
    spots = sorted((s for one in body.curves for s in one.spots), key=lambda spot: spot.x)
    draw_limits(sheet, top, spots, scale)
    for one in body.curves:
        _draw_curve(sheet, top, one)
    for words in body.words:
        words.draw(sheet, top)
    body.strip.draw(sheet, axis, frame, top + scale.height)
    draw_day_axis(sheet, axis, frame, bottom)


def _draw_curve(sheet: Sheet, top: float, one: DrawnCurve) -> None:
    draw_links(sheet, top, one.spots, one.style)
    for spot in one.spots:
        draw_spot(sheet, top, spot, one.style)
    if one.loss is not None:
        draw_loss(sheet, one.loss.moved(0, top), one.style.colour)
