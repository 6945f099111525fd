"""The picture of a gating strategy: a tree of density plots, from all events to the last gate."""

from __future__ import annotations

from collections.abc import Iterator

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from residua.views.boxes import Point
from residua.views.gate_tree import FEW_MARKED, Population
from residua.views.gate_tree_cards import Colours, colours_of, draw_card
from residua.views.gate_tree_layout import Standing, plan_tree
from residua.views.page import draw_page
from residua.views.panels.flow_density import events_entry, gate_picture, marked_picture
from residua.views.panels.footer import plan_footer
from residua.views.panels.legend import Entry, legend
from residua.views.panels.panel import MARGIN, Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import INK, PAPER, RC, SMALL
from residua.views.typeset import pitch, wrap

_LEAST = 130.0  # mm of the page, for the words at its foot


def draw_gate_tree(
    root: Population, *, marked_as: str = "", simulated: bool = False, origin: str = ""
) -> Figure:
    """The tree on a page as large as it needs.

    `marked_as` says what the marked events are, `origin` from which files the picture was made.
    """
    with mpl.rc_context(RC):
        standing = plan_tree(root)
        everything = list(standing.all())
        right = max(one.left + one.card.width for one in everything)
        bottom = max(one.top + one.card.height for one in everything)
        page = max(_LEAST, right + 2 * MARGIN)
        frame = Frame(page, MARGIN, page - MARGIN)
        tree = Panel(bottom, lambda sheet, top: _draw_tree(sheet, standing, (MARGIN, top)), gap=2.0)
        foot = plan_footer(frame, title="", reference="", simulated=simulated)
        key = legend([*_entries(root, marked_as)], frame)
        return draw_page([tree, key, _origin(frame, origin), foot], frame)


def _draw_tree(sheet: Sheet, root: Standing, corner: Point) -> None:
    draw_card(sheet, root.card, (corner[0] + root.left, corner[1] + root.top), INK)
    for parent in root.all():
        colours = colours_of(parent.card)
        for child in parent.children:
            name = child.card.population.name or ""
            place = (corner[0] + child.left, corner[1] + child.top)
            draw_card(sheet, child.card, place, colours.of(name))
            _draw_link(sheet, _ends(parent, child, corner), colours, name)


def _ends(parent: Standing, child: Standing, corner: Point) -> tuple[Point, float, Point]:
    """Where a line begins, where it leaves the parent's card, where it ends."""
    x, y = parent.card.exit_of(child.card.population.name or "")
    left, top = corner[0] + parent.left, corner[1] + parent.top
    end = (corner[0] + child.left, corner[1] + child.top + child.card.header / 2)
    return (left + x, top + y), left + parent.card.width, end


def _draw_link(sheet: Sheet, ends: tuple[Point, float, Point], colours: Colours, name: str) -> None:
    start, edge, end = ends
    middle = (edge + end[0]) / 2
    places = [start, (edge, start[1]), (middle, start[1]), (middle, end[1]), end]
    codes = [Path.MOVETO, Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    for colour, width in ((PAPER, 2.0), (colours.of(name), 0.9)):
        sheet.figure.add_artist(
            PathPatch(
                Path(places, codes), transform=sheet.millimetres, facecolor="none",
                edgecolor=colour, linewidth=width, zorder=2.8, capstyle="butt",
            )
        )  # fmt: skip
    colour = colours.of(name)
    sheet.marker(*start, "o", color=colour, markersize=2.6, markeredgewidth=0, zorder=2.85)


def _entries(root: Population, marked_as: str) -> Iterator[Entry]:
    plots = [plot for population in _populations(root) for plot in population.plots]
    yield events_entry()
    if marked_as:
        if any(plot.marked is not None for plot in plots):
            yield Entry(marked_as, marked_picture(few=False))
        if any(0 < len(plot.crosses) <= FEW_MARKED for plot in plots):
            yield Entry(f"{marked_as}, where they are few", marked_picture(few=True))
    yield Entry("gate, with its share of the events in the plot", gate_picture(dashed=False))
    if any(not gate.whole for plot in plots for gate in plot.gates):
        yield Entry("gate with further dimensions: its shadow here", gate_picture(dashed=True))


def _populations(root: Population) -> Iterator[Population]:
    yield root
    for child in root.children:
        yield from _populations(child)


def _origin(frame: Frame, words: str) -> Panel:
    lines = wrap(words, frame.page - 2 * MARGIN, SMALL) if words else ()

    def draw(sheet: Sheet, top: float) -> None:
        sheet.lines_of_words(MARGIN, top, lines, size=SMALL)

    return Panel(len(lines) * pitch(SMALL), draw, gap=1.0)
