"""A panel of the flow rate of one file over time, its faulty stretches marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from residua.facts.quality import FileQuality, TimeBin
from residua.views.boxes import Box
from residua.views.panels.panel import MARGIN, Frame, Panel, draw_header, header_height
from residua.views.sheet import Sheet
from residua.views.style import ACCENT, BAR, GREY, INK, RULE, SERIES, SMALL, TEXT
from residua.views.typeset import font_of, pitch

_HEIGHT = 34.0
_AXIS = 9.5  # mm below the rates for ticks and the name of the axis
_KEY = 4.6
NO_RATE = "no flow rate: too few events, or no clock"


@dataclass(frozen=True)
class _Style:
    """Colour and hatch say the same, so that the figure can be read without colour."""

    colour: str
    hatch: str
    words: str


_STYLES = {
    "clog": _Style(ACCENT, "////", "clog: too few events"),
    "surge": _Style(SERIES[3], "\\\\\\\\", "surge: too many events"),
    "gap": _Style(SERIES[0], "xxxx", "gap: no events"),
    "drift": _Style(SERIES[1], "....", "signal drift"),
}


def plan_flow_rate(file: FileQuality, frame: Frame, *, letter: str, simulated: bool) -> Panel:
    """Events per unit of time in each bin; faulty bins shaded from the axis to the top."""
    title = f"Flow rate of {file.file}"
    width = frame.page - 2 * MARGIN
    head = header_height(title, width, simulated=simulated)
    body = _HEIGHT + _AXIS + _KEY if file.bins else pitch(TEXT) + 1.0

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, (MARGIN, top), width, (letter, title), simulated=simulated)
        if not file.bins:
            sheet.words(frame.left, top + head, NO_RATE, colour=GREY)
            return
        _draw_key(sheet, frame.left, top + head, file.bins)
        box = Box(frame.left, top + head + _KEY, frame.right, top + head + _KEY + _HEIGHT)
        axes = sheet.figure.add_axes(sheet.axes_rectangle(box))
        _draw_rates(axes, file.bins, file.time_unit)

    return Panel(head + body, draw)


def _draw_key(sheet: Sheet, left: float, top: float, bins: Sequence[TimeBin]) -> None:
    """What is marked, only where it occurs."""
    x = left
    found = [style for name, style in _STYLES.items() if any(one.state == name for one in bins)]
    for style in found:
        box = Box(x, top + 0.4, x + 4.0, top + 2.6)
        sheet.box(box, facecolor=style.colour, alpha=0.25, hatch=style.hatch, linewidth=0.3)
        sheet.words(x + 5.0, top, style.words, size=SMALL)
        x += 34.0
    if not found:
        sheet.words(x, top, "steady: no stretch departs", size=SMALL, colour=GREY)


def _draw_rates(axes: Axes, bins: Sequence[TimeBin], unit: str) -> None:
    rates = [one.events / (one.end - one.start) for one in bins]
    edges = [bins[0].start, *(one.end for one in bins)]
    highest = max(rates) * 1.06
    for name, style in _STYLES.items():
        for start, end in _stretches(bins, name):
            axes.axvspan(
                start, end, facecolor=style.colour, edgecolor=style.colour, alpha=0.25,
                hatch=style.hatch, linewidth=0,
            )  # fmt: skip
    axes.stairs(rates, edges, fill=True, color=BAR, zorder=2)
    axes.stairs(rates, edges, color=INK, linewidth=0.4, zorder=3)
    usual = median(rate for rate in rates if rate)
    axes.axhline(usual, color=GREY, linewidth=0.5, linestyle=(0, (4, 3)), zorder=4)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0, highest)
    _dress(axes, unit)


def _stretches(bins: Sequence[TimeBin], state: str) -> list[tuple[float, float]]:
    """Neighbouring bins of one state joined."""
    found: list[tuple[float, float]] = []
    for one in bins:
        if one.state != state:
            continue
        if found and found[-1][1] == one.start:
            found[-1] = (found[-1][0], one.end)
        else:
            found.append((one.start, one.end))
    return found


def _dress(axes: Axes, unit: str) -> None:
    called = "s" if unit == "s" else "unit of the clock"
    axes.set_xlabel(f"time ({unit})", fontproperties=font_of(TEXT), labelpad=1.5)
    axes.set_ylabel(f"events per {called}", fontproperties=font_of(TEXT), labelpad=2)
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
    axes.tick_params(width=0.5, length=2, pad=1.5, color=INK)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font_of(SMALL))
    for side in axes.spines.values():
        side.set_linewidth(0.5)
        side.set_color(RULE)
    axes.set_axisbelow(False)
    axes.set_facecolor("none")
