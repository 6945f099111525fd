"""Panel A laid out: its plots, scales, symbols, labels and lanes, before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.views.cytokine_lines import CytokineLine
from residua.views.cytokine_words import unit_of
from residua.views.effector_episodes import Episode
from residua.views.panels.column import Column
from residua.views.panels.cytokine_marks import (
    LogScale,
    Spot,
    Style,
    log_scale,
    spots_of,
    styles_of,
)
from residua.views.panels.day_scale import DayScale
from residua.views.panels.end_labels import EndLabel, end_label, label_width, spread
from residua.views.panels.episode_lanes import Lane, plan_lanes
from residua.views.panels.panel import RIM
from residua.views.powers import decade_words
from residua.views.style import SMALL
from residua.views.typeset import pitch, width_of

_BETWEEN = 2.0  # mm between the two plots
_PART = 0.36  # of the height, for the plot of other units
_MOST_LABEL = 0.36  # of the width
_LEAST_LABEL = 22.0  # mm that a label may take at least
_LEAST_DAYS = 7
_NAMED = ("main", "other unit")


@dataclass(frozen=True)
class Plot:
    """Curves on one log axis, `top` mm below the top of all plots."""

    lines: tuple[CytokineLine, ...]
    scale: LogScale
    top: float
    unit: str


@dataclass(frozen=True)
class Body:
    """Everything between the panel's title and its legend."""

    plots: tuple[Plot, ...]
    days: DayScale
    styles: dict[int, Style]
    spots: dict[int, tuple[Spot, ...]]
    labels: tuple[tuple[EndLabel, float, int], ...]
    lanes: tuple[Lane, ...]
    episodes: tuple[Episode, ...]
    height: float


def plan_body(
    lines: tuple[CytokineLine, ...], episodes: tuple[Episode, ...], column: Column, letter: str,
    height: float,
) -> Body:  # fmt: skip
    """Everything placed within `column`, the plots `height` mm high or more for their labels."""
    named = {x.number: (f"{letter}{x.number}", x.name) for x in lines if x.role in _NAMED}
    right = label_width(list(named.values()), max(_MOST_LABEL * column.width, _LEAST_LABEL))
    fits = (end_label(tag, name, 0.0, right) for tag, name in named.values())
    height = max(height, sum(label.height for label in fits))
    plots = _plots(lines, height)
    left = max(*(margin_of(plot) for plot in plots), (column.margin or 0.0) - RIM)
    inner = (column.left + left + RIM, column.right - right - RIM)
    days = DayScale(*_ends(lines, episodes), *inner)
    spots: dict[int, tuple[Spot, ...]] = {}
    labels = []
    for plot in plots:
        own = spots_of(plot.lines, days, plot.scale)
        spots |= own
        for line in plot.lines:
            if line.number in named:
                tag, name = named[line.number]
                y = plot.top + own[line.number][-1].y
                labels.append((end_label(tag, name, y, right), line.number))
    beside = _beside(plots, labels, height)
    lanes = plan_lanes(episodes, days, column)
    return Body(plots, days, styles_of(lines, days), spots, beside, lanes, episodes, height)


def _beside(
    plots: tuple[Plot, ...], labels: Sequence[tuple[EndLabel, int]], height: float
) -> tuple[tuple[EndLabel, float, int], ...]:
    """Where each label stands: beside its own plot, or, where one is too low, beside both."""
    found: list[tuple[EndLabel, float, int]] = []
    for plot in plots:
        own = {line.number for line in plot.lines}
        mine = {label.tag: (label, number) for label, number in labels if number in own}
        placed = spread([label for label, _ in mine.values()], plot.top, plot.scale.height)
        found += [(label, top, mine[label.tag][1]) for label, top in placed]
    ends = [top + label.height for label, top, _ in found]
    tops = [top for _, top, _ in found[1:]]
    if all(end <= top + 1e-6 for end, top in zip(ends, tops, strict=False)):
        return tuple(found)
    numbers = {label.tag: number for label, number in labels}
    placed = spread([label for label, _ in labels], 0.0, height)
    return tuple((label, top, numbers[label.tag]) for label, top in placed)


def _plots(lines: tuple[CytokineLine, ...], height: float) -> tuple[Plot, ...]:
    """The plot of pg/mL above the one of other units; one of them alone has all the height."""
    main = tuple(line for line in lines if line.role in ("main", "grey"))
    other = tuple(line for line in lines if line.role == "other unit")
    if not (main and other):
        only = main or other
        return (Plot(only, log_scale(only, height), 0.0, unit_of(main[0].curve) if main else ""),)
    low = _PART * (height - _BETWEEN)
    high = height - _BETWEEN - low
    return (
        Plot(main, log_scale(main, high), 0.0, unit_of(main[0].curve)),
        Plot(other, log_scale(other, low), high + _BETWEEN, ""),
    )


def _ends(lines: Sequence[CytokineLine], episodes: Sequence[Episode]) -> tuple[float, float]:
    """The first and last day drawn; partial dates and the ends of CRS and ICANS included."""
    values = [value for line in lines for value in line.curve.values]
    ends = [e.last.longest for e in episodes if e.last.longest is not None]
    first = min(-1, *(value.first for value in values))
    last = max(_LEAST_DAYS, *(value.last for value in values))
    return float(first), float(max([last, *(end for end in ends if end <= 2 * last)]))


def decades_of(plot: Plot) -> dict[int, str]:
    """Decade -> its words; every one that has room."""
    scale = plot.scale
    room = (scale.height - 3.6) / (scale.high - scale.low)
    step = next((n for n in (1, 2, 3) if n * room >= pitch(SMALL) + 0.1), scale.high - scale.low)
    decades = range(scale.low, scale.high + 1, step)
    return {n: decade_words(n) for n in decades}


def margin_of(plot: Plot) -> float:
    """Room left of the frame for the ticks' words and the unit."""
    words = max(width_of(text, SMALL) for text in decades_of(plot).values())
    return words + 2.0 + (pitch(SMALL) + 0.3 if plot.unit else 0.0)
