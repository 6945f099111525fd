"""Axes as the small figures have them: two sides, thin ticks, a pale grid behind."""

from __future__ import annotations

from matplotlib.axes import Axes

from residua.views.style import GUIDE, SMALL


def plain_frame(axes: Axes) -> None:
    """Give `axes` that look."""
    axes.tick_params(labelsize=SMALL, length=2.4, width=0.5, pad=2)
    axes.tick_params(which="minor", length=1.3, width=0.4)
    axes.grid(color=GUIDE, lw=0.4)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_linewidth(0.6)
