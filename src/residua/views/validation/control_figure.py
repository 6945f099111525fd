"""Levey-Jennings: a panel per control, its results in SD about the target."""

from __future__ import annotations

import math

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from residua import NOTICE
from residua.measures.validation.chart import Chart, Judged
from residua.measures.validation.control_rules import WARNING, Target
from residua.views.boxes import Box
from residua.views.sheet import Sheet
from residua.views.style import (
    ACCENT,
    BAR_CERTAIN,
    DPI,
    GREY,
    INK,
    MM_PER_INCH,
    PAPER,
    RC,
    RULE,
    SMALL,
    TEXT,
    TITLE,
)
from residua.views.typeset import pitch, printable, shorten, wrap
from residua.views.validation.words import fraction_words

_WIDTH, _LEFT, _RIGHT = 180.0, 16.0, 14.0
_HEAD, _PLOT, _GAP, _TOP = 7.0, 46.0, 14.0, 4.0
_FARTHEST = 4.5  # SD: results beyond stand at the edge
_MOST_TICKS = 24
_NOTES = (
    "Points: results in SD of log10 about the target. Open: they set the target and are not "
    "judged. Triangle: 1-2s, a warning. Square: a rule that rejects, named beside it. At the edge: "
    "beyond 4.5 SD, or nothing counted.",
)


def draw_chart(chart: Chart) -> Figure:
    """The whole chart, 180 mm wide."""
    with mpl.rc_context(RC):
        return _draw(chart)


def _draw(chart: Chart) -> Figure:
    told = [*_NOTES, f"{'Simulated data. ' * chart.simulated}{NOTICE}."]
    lines = [line for note in told for line in wrap(note, _WIDTH - _LEFT - 4, SMALL)]
    each = _HEAD + _PLOT + _GAP
    height = _TOP + each * max(1, len(chart.controls)) + len(lines) * pitch(SMALL) + 4
    figure = Figure(figsize=(_WIDTH / MM_PER_INCH, height / MM_PER_INCH), dpi=DPI)
    FigureCanvasAgg(figure)
    sheet = Sheet(figure, _WIDTH, height)
    for number, control in enumerate(chart.controls):
        top = _TOP + number * each
        target = chart.targets.get(control)
        title = shorten(f"{control}: {_target_words(chart, control)}", _WIDTH - _LEFT - 6, TITLE)
        sheet.words(_LEFT, top, title, size=TITLE, bold=True)
        box = Box(_LEFT, top + _HEAD, _WIDTH - _RIGHT, top + _HEAD + _PLOT)
        axes = figure.add_axes(sheet.axes_rectangle(box))
        points = [one for one in chart.points if one.kept.result.control == control]
        _panel(axes, points, target)
    sheet.lines_of_words(
        _LEFT, height - 3 - len(lines) * pitch(SMALL), lines, size=SMALL, colour=GREY
    )
    return figure


def _target_words(chart: Chart, control: str) -> str:
    target = chart.targets.get(control)
    if target is None:
        lacking = chart.missing.get(control, 0)
        return f"{lacking} results to its target" if lacking else "no target, results of 0"
    source = f"first {target.points} results" if target.points else "stated"
    return f"target {fraction_words(10**target.mean)}, SD {target.sd:.3g} log10 ({source})"


def _panel(axes: Axes, points: list[Judged], target: Target | None) -> None:
    scores = [_score(point, target) for point in points]
    for level, colour, style in ((1, RULE, ":"), (2, GREY, (0, (4, 3))), (3, ACCENT, "-")):
        for side in (-level, level):
            axes.axhline(side, color=colour, lw=0.7, ls=style)
    axes.axhline(0, color=BAR_CERTAIN, lw=1.0)
    axes.plot(range(1, len(scores) + 1), scores, color=RULE, lw=0.7)
    for place, (point, score) in enumerate(zip(points, scores, strict=True), start=1):
        rejected = [rule for rule in point.rules if rule != WARNING]
        shape = "s" if rejected else "^" if point.rules else "o"
        colour = ACCENT if rejected else INK
        fill = "none" if point.sets_target or target is None else colour
        axes.plot(place, score, shape, ms=4.0, mfc=fill, mec=colour, mew=0.7)
        if rejected:
            axes.annotate(
                " ".join(rejected), (place, score), xytext=(0, 5 if score < 0 else -5),
                textcoords="offset points", fontsize=SMALL, ha="center", color=ACCENT,
                va="bottom" if score < 0 else "top", rotation=90,
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.6},
            )  # fmt: skip
    axes.set_ylim(-5, 5)
    axes.set_xlim(0.3, max(len(points), 10) + 0.7)
    axes.set_yticks([-3, -2, -1, 0, 1, 2, 3], ["−3", "−2", "−1", "0", "1", "2", "3"])
    every = max(1, math.ceil(len(points) / _MOST_TICKS))
    ticks = range(1, len(points) + 1, every)
    names = [shorten(printable(points[at - 1].kept.result.run), 14.0, SMALL) for at in ticks]
    axes.set_xticks(list(ticks), names)
    axes.tick_params(labelsize=SMALL, length=2.4, width=0.5, pad=2)
    axes.set_ylabel("SD", fontsize=TEXT, labelpad=2)
    axes.set_xlabel("run", fontsize=TEXT, labelpad=2)
    for edge in ("top", "right"):
        axes.spines[edge].set_visible(False)


def _score(point: Judged, target: Target | None) -> float:
    """Within what is drawn; without a target all stand on the line."""
    if target is None:
        return 0.0
    if point.value is None:
        return -_FARTHEST
    return max(-_FARTHEST, min(_FARTHEST, (point.value - target.mean) / target.sd))
