"""One plot on a page of its own: title, axes in log10 or plain, notes and the notice below."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from residua import NOTICE
from residua.views.boxes import Box
from residua.views.plain_frame import plain_frame
from residua.views.powers import power_of_ten
from residua.views.sheet import Sheet
from residua.views.style import DPI, GREY, MM_PER_INCH, SMALL, TEXT, TITLE
from residua.views.typeset import pitch, printable, wrap

WIDTH = 150.0
_LEFT, _RIGHT, _TOP, _PLOT, _AXIS = 18.0, 6.0, 10.0, 82.0, 13.0
_MINOR = [math.log10(n) for n in range(2, 10)]


def plot_page(title: str, notes: Sequence[str], *, simulated: bool) -> tuple[Figure, Axes]:
    """A figure 150 mm wide with `title` above its axes and `notes` below them."""
    told = [*notes, f"{'Simulated data. ' * simulated}{NOTICE}."]
    lines = [line for note in told for line in wrap(note, WIDTH - _LEFT - _RIGHT, SMALL)]
    height = _TOP + _PLOT + _AXIS + len(lines) * pitch(SMALL) + 3
    figure = Figure(figsize=(WIDTH / MM_PER_INCH, height / MM_PER_INCH), dpi=DPI)
    FigureCanvasAgg(figure)
    sheet = Sheet(figure, WIDTH, height)
    sheet.words(_LEFT, 3.0, title, size=TITLE, bold=True)
    box = Box(_LEFT, _TOP, WIDTH - _RIGHT, _TOP + _PLOT)
    sheet.lines_of_words(_LEFT, _TOP + _PLOT + _AXIS, lines, size=SMALL, colour=GREY)
    axes = figure.add_axes(sheet.axes_rectangle(box))
    plain_frame(axes)
    return figure, axes


def name_axes(axes: Axes, x: str, y: str) -> None:
    """What the axes show."""
    axes.set_xlabel(printable(x), fontsize=TEXT, labelpad=2)
    axes.set_ylabel(printable(y), fontsize=TEXT, labelpad=2)


def decades(axes: Axes, which: str, low: float, high: float) -> None:
    """An axis in log10 from `low` to `high` (exponents), a tick at each decade."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    (axes.set_xlim if which == "x" else axes.set_ylim)(low, high)
    powers = list(range(math.ceil(low), math.floor(high) + 1))
    axis.set_ticks(powers, [power_of_ten(power) for power in powers])
    minor = [power + part for power in range(math.floor(low), math.ceil(high)) for part in _MINOR]
    axis.set_ticks([at for at in minor if low < at < high], minor=True)


def reach(values: Sequence[float], *, beside: float = 0.35) -> tuple[float, float]:
    """Exponents that hold `values` (above 0) with some room; a decade about 1e-4 for none."""
    logs = [math.log10(value) for value in values if value > 0]
    return (min(logs) - beside, max(logs) + beside) if logs else (-5.0, -3.0)
