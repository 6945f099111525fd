"""Panels set one below the other on a page that is as high as they are."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from residua.views.panels.panel import Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import DPI, MM_PER_INCH


def page_height(panels: Sequence[Panel]) -> float:
    """Height of the page in mm."""
    return sum(panel.height + panel.gap for panel in panels)


def draw_page(panels: Sequence[Panel], frame: Frame) -> Figure:
    """The figure with `panels` from the top down."""
    height = page_height(panels)
    figure = Figure(figsize=(frame.page / MM_PER_INCH, height / MM_PER_INCH), dpi=DPI)
    FigureCanvasAgg(figure)
    sheet = Sheet(figure, frame.page, height)
    top = 0.0
    for panel in panels:
        panel.draw(sheet, top + panel.gap)
        top += panel.gap + panel.height
    return figure
