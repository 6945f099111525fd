"""Panel A: cytokines around an infusion of CAR-T cells, with CRS, ICANS and their treatment."""

from __future__ import annotations

from collections.abc import Sequence

from residua.course.cytokine_curve import CytokineCurve
from residua.views.cytokine_lines import CytokineLine, cytokine_lines, drawn_infusion
from residua.views.effector_episodes import Episode
from residua.views.panels import day_scale
from residua.views.panels.column import Column
from residua.views.panels.cytokine_body import plan_body
from residua.views.panels.cytokine_drawing import draw_body
from residua.views.panels.cytokine_legend import cytokine_entries, cytokine_notes
from residua.views.panels.episode_lanes import draw_lanes, lanes_height
from residua.views.panels.legend import Entry, legend_between
from residua.views.panels.panel import Panel, draw_header, fitting_title, header_height
from residua.views.sheet import Sheet

TITLES = (
    "{} around the infusion of CAR-T cells, log scale",
    "{} around the infusion",
    "{}, log scale",
)


def plan_cytokines(
    curves: Sequence[CytokineCurve], episodes: Sequence[Episode], column: Column, *,
    letter: str = "A", height: float, simulated: bool,
) -> Panel | None:  # fmt: skip
    """The panel within `column`, its plots `height` mm high or more if their labels need it.

    Cytokines in pg/mL stand on one log axis; ferritin, CRP and cytokines in other units on a
    second one below, each in the unit of its label. `episodes` as of `effector_episodes`; those
    of other infusions are left aside. None where no analyte has a value after day 0.
    """
    lines = cytokine_lines(curves)
    if not lines:
        return None
    infusion = drawn_infusion(curves)
    own = tuple(episode for episode in episodes if episode.infusion == infusion)
    body = plan_body(lines, own, column, letter, height)
    marked = simulated or any(x.curve.simulated for x in lines) or any(e.simulated for e in own)
    titles = [title.format(_subject(lines)) for title in TITLES]
    title = fitting_title(titles, column.width, simulated=marked)
    header = header_height(title, column.width, simulated=marked)
    notes = [Entry(note, None) for note in cytokine_notes(lines, curves, letter)]
    entries = [*cytokine_entries(lines, own, letter), *notes]
    key = legend_between(entries, column.left, column.right)
    above = header + lanes_height(body.lanes)
    below = above + body.height + day_scale.HEIGHT

    def draw(sheet: Sheet, top: float) -> None:
        corner = (column.left, top)
        draw_header(sheet, corner, column.width, (letter, title), simulated=marked)
        draw_lanes(sheet, body.lanes, body.days, top + header)
        draw_body(sheet, top + above, body)
        key.draw(sheet, top + below)

    return Panel(below + key.height, draw, base=above + body.height)


def _subject(lines: Sequence[CytokineLine]) -> str:
    """What is drawn: cytokines, or only what the laboratory reports."""
    if all(line.curve.laboratory for line in lines):
        names = " and ".join(dict.fromkeys(line.name.split(",")[0] for line in lines))
        return names[:1].upper() + names[1:]
    return "Cytokines"
