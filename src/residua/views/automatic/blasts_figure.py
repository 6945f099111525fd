"""The plots of a file as a figure 180 mm wide."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.figure import Figure

from residua.views.automatic.head_panel import plan_head
from residua.views.automatic.plot_panel import plan_plots
from residua.views.automatic.plots import plots_of
from residua.views.automatic.shown import Shown, ShownCells
from residua.views.page import draw_page
from residua.views.panels.footer import plan_footer
from residua.views.panels.panel import frame_for
from residua.views.style import RC

WIDTH = 180.0


def draw_blasts(shown: Shown, cells: ShownCells) -> Figure:
    """The blasts of one file on its other cells."""
    with mpl.rc_context(RC):
        frame = frame_for(WIDTH)
        several = len(shown.files) > 1
        head = plan_head(shown, frame, title=cells.name if several else "")
        plots = plan_plots(plots_of(cells, shown.aberrancies), frame)
        foot = plan_footer(frame, title="", reference="", simulated=shown.simulated)
        return draw_page([head, plots, foot], frame)
