"""spillover.png: the matrix and what it leaves, as two heat maps in percent."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

import residua
from residua.measures.compensation.residuals import LARGE, Residual
from residua.views.spillover_export import SpilloverShown
from residua.views.style import ACCENT, INK, MM_PER_INCH, PAPER, RC, SMALL, TEXT, TITLE

_CELL, _LABELS, _FOOT = 9.0, 26.0, 16.0  # millimetres
_FEWEST = 4  # cells that a map is wide at least, for its title
_NUMBERS = 24  # dyes up to which the shares are printed into the cells
_DARK = 0.55  # of the scale: from here on the number is printed white
Values = NDArray[np.float64]


def draw_spillover(shown: SpilloverShown) -> Figure:
    """Rows are dyes, columns detectors; large residuals are framed."""
    names = shown.estimate.spillover.channels
    share = 100 * shown.estimate.spillover.matrix
    left = 100 * residual_matrix(shown.residuals, names)
    large = {(one.dye, one.detector) for one in shown.residuals if one.large}
    side = _CELL * max(len(names), _FEWEST)
    width, height = 2 * (side + _LABELS) + 6, side + _LABELS + _FOOT + 4
    with mpl.rc_context(RC):
        figure = Figure(figsize=(width / MM_PER_INCH, height / MM_PER_INCH))
        for place, (values, title) in enumerate(
            ((share, "Spillover, % of the dye"), (left, "Left after compensation, %"))
        ):
            x = (_LABELS + place * (side + _LABELS)) / width
            axes = figure.add_axes((x, _FOOT / height, side / width, side / height))
            top = 100.0 if place == 0 else max(200 * LARGE, float(np.abs(left).max()))
            _draw_map(axes, values, names, top=top, digits=1 + place)
            figure.text(x + side / width / 2, 1 - 5 / height, title, fontsize=TITLE, ha="center")
            if place:
                _frame(axes, names, large)
        figure.text(3 / width, 2 / height, _foot(shown), fontsize=SMALL, color=INK)
    return figure


def residual_matrix(residuals: Sequence[Residual], names: Sequence[str]) -> Values:
    """The residuals as rows of dyes and columns of detectors, 0 in the own one."""
    values = np.zeros((len(names), len(names)))
    for one in residuals:
        if one.dye in names and one.detector in names:
            values[names.index(one.dye), names.index(one.detector)] = one.slope
    return values


def _draw_map(axes: Axes, values: Values, names: Sequence[str], *, top: float, digits: int) -> None:
    # The square root lets shares of one percent be seen beside those of fifty.
    shade = np.sqrt(np.clip(np.abs(values) / top, 0, 1))
    axes.imshow(shade, cmap="Greys", vmin=0, vmax=1.15, interpolation="nearest")
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=TEXT)
    axes.set_yticks(range(len(names)), names, fontsize=TEXT)
    axes.xaxis.tick_top()
    axes.tick_params(length=0, pad=2)
    axes.set_ylabel("dye", fontsize=TEXT, labelpad=1)
    axes.set_xlabel("detector", fontsize=TEXT)
    if len(names) > _NUMBERS:
        return
    for (row, column), value in np.ndenumerate(values):
        if row != column:
            color = PAPER if shade[row, column] > _DARK else INK
            text = f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "\N{MINUS SIGN}")
            axes.text(column, row, text, ha="center", va="center", fontsize=SMALL, color=color)


def _frame(axes: Axes, names: Sequence[str], large: set[tuple[str, str]]) -> None:
    for dye, detector in sorted(large):
        if dye in names and detector in names:
            corner = (names.index(detector) - 0.5, names.index(dye) - 0.5)
            axes.add_patch(mpl.patches.Rectangle(corner, 1, 1, fill=False, ec=ACCENT, lw=1.4))


def _foot(shown: SpilloverShown) -> str:
    tube = f"tube {shown.tube}; " if shown.tube else ""
    made = f"{tube}{len(shown.controls)} controls; framed: {100 * LARGE:g} % or more (our choice)"
    simulated = "SIMULATED. " * ("simulated" in shown.flags)
    return f"{made}\n{simulated}{residua.NOTICE}"
