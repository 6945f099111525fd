"""The picture of a gating strategy: a tree of density plots, from all events to the last gate."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from residua.views.gate_tree.cards import colours_of, draw_card
from residua.views.gate_tree.layout import LANE, Layout, Link, plan_tree
from residua.views.gate_tree.tree import FEW_MARKED, Population
from residua.views.page import draw_page
from residua.views.panels.flow_density import events_entry, gate_picture, marked_picture
from residua.views.panels.footer import plan_footer
from residua.views.panels.legend import Entry, legend
from residua.views.panels.panel import MARGIN, Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import INK, PAPER, RC, SMALL
from residua.views.typeset import pitch, wrap

_LEAST = 130.0  # mm of the page, for the words at its foot
_BEFORE, _BEND = 3.0, 1.2  # mm: of a gutter before its first lane; of a line's corners


def draw_gate_tree(
    root: Population, *, marked_as: str = "", simulated: bool = False, origin: str = ""
) -> Figure:
    """The tree on a page as large as it needs.

    `marked_as` says what the marked events are, `origin` from which files the picture was made.
    """
    with mpl.rc_context(RC):
        layout = plan_tree(root)
        page = max(_LEAST, layout.width + 2 * MARGIN)
        frame = Frame(page, MARGIN, page - MARGIN)
        tree = Panel(layout.height, partial(_draw_tree, layout=layout), gap=2.0)
        foot = plan_footer(frame, title="", reference="", simulated=simulated)
        key = legend([*_entries(root, marked_as)], frame)
        return draw_page([tree, key, _origin(frame, origin), foot], frame)


def _draw_tree(sheet: Sheet, top: float, *, layout: Layout) -> None:
    shades = {id(link.child): _shade(link) for link in layout.links}
    for one in layout.cards:
        corner = (MARGIN + layout.lefts[one.depth], top + one.top)
        draw_card(sheet, one.card, corner, shades.get(id(one), INK))
    for link in layout.links:
        _draw_link(sheet, link, layout, top)


def _shade(link: Link) -> str:
    """The colour of the gate that a line comes from."""
    return colours_of(link.parent.card).of(link.child.card.population.name or "")


def _draw_link(sheet: Sheet, link: Link, layout: Layout, top: float) -> None:
    """Right from the gate, up or down its lane, right to the header of its children."""
    x, _ = link.parent.card.exit_of(link.child.card.population.name or "")
    depth, (y, end) = link.parent.depth, link.heights
    start = (MARGIN + layout.lefts[depth] + x, top + y)
    lane = MARGIN + layout.rights[depth] + _BEFORE + LANE * link.lane
    target = (MARGIN + layout.lefts[depth + 1], top + end)
    bend = min(_BEND, abs(end - y) / 2)
    turn = bend if end > y else -bend
    places = [
        start, (lane - bend, start[1]), (lane, start[1]), (lane, start[1] + turn),
        (lane, target[1] - turn), (lane, target[1]), (lane + bend, target[1]), target,
    ]  # fmt: skip
    codes = [
        Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE3, Path.LINETO, Path.CURVE3, Path.CURVE3,
        Path.LINETO,
    ]  # fmt: skip
    colour = _shade(link)
    for shade, width in ((PAPER, 2.0), (colour, 0.9)):
        line = PathPatch(
            Path(places, codes), transform=sheet.millimetres, facecolor="none", edgecolor=shade,
            linewidth=width, zorder=2.8, capstyle="butt",
        )  # fmt: skip
        sheet.figure.add_artist(line)
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
