"""A picture of one well of a bead array: its sizes by scatter, its populations, their medians.

Left all events by forward and side scatter with the ellipses of single beads; then for every
size classifier against reporter, every population in its own shade with its name at its median.
"""

from __future__ import annotations

import math

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

import residua
from residua.facts.acquisition import Acquisition
from residua.facts.bead_panel import BeadSize
from residua.measures.bead_populations import Population, WellPopulations, bead_columns
from residua.measures.bead_sizes import SizeFound
from residua.views.plain_frame import plain_frame
from residua.views.style import (
    ACCENT,
    FAINT,
    GREY,
    INK,
    LETTER,
    MM_PER_INCH,
    RC,
    RULE,
    SERIES,
    SMALL,
    TEXT,
    TITLE,
)
from residua.views.typeset import printable, shorten, wrap

Values = NDArray[np.float64]
_WIDTH, _PLOT_TOP, _PLOT_HEIGHT, _FOOT = 180.0, 17.0, 62.0, 26.0  # mm
_LEFT, _GAP, _RIGHT = 12.0, 12.0, 3.0
_SHADES = SERIES[1:]
_DOT = 0.9  # square points
_OUTSIDE = 0.002  # of events at either end of an axis that it may leave out


def draw_beads(acquisition: Acquisition, found: WellPopulations, *, title: str) -> Figure:
    """The well, 180 mm wide; a population that is not assessable is drawn grey, with its reason."""
    columns = bead_columns(acquisition, found.panel)
    sizes = found.panel.sizes
    height = _PLOT_TOP + _PLOT_HEIGHT + _FOOT
    plots = 1 + len(sizes)
    width = (_WIDTH - _LEFT - _RIGHT - (plots - 1) * _GAP) / plots
    with mpl.rc_context(RC):
        figure = Figure(figsize=(_WIDTH / MM_PER_INCH, height / MM_PER_INCH))
        for place in range(plots):
            left = _LEFT + place * (width + _GAP)
            axes = figure.add_axes(
                (left / _WIDTH, _FOOT / height, width / _WIDTH, _PLOT_HEIGHT / height)
            )
            head = 1 - (_PLOT_TOP - 3.6) / height
            if place == 0:
                _draw_scatter(axes, columns, found)
                name = f"Sizes: {sum(int(s.members.sum()) for s in found.sizes)} single beads"
            else:
                size = sizes[place - 1]
                _draw_size(axes, columns, found, size, place - 1)
                name = _size_title(found, size)
            label = shorten(name, width - 6, TITLE)
            letter = chr(ord("A") + place)
            figure.text((left - 8) / _WIDTH, head, letter, fontsize=LETTER, weight="bold")
            figure.text(left / _WIDTH, head, printable(label), fontsize=TITLE)
        _words(figure, found, title, height)
        return figure


def _words(figure: Figure, found: WellPopulations, title: str, height: float) -> None:
    head = 1 - 6 / height
    simulated = any(flag.startswith("simulated") for flag in found.flags)
    name = f"{'SIMULATED. ' * simulated}{title}: {found.panel.name}"
    figure.text(
        3 / _WIDTH, head, printable(shorten(name, _WIDTH - 6, TITLE, True)), fontsize=TITLE,
        weight="bold",
    )  # fmt: skip
    lines = [line for note in _notes(found) for line in wrap(note, _WIDTH - 6, SMALL)][:3]
    lines.append(residua.NOTICE)
    for place, line in enumerate(lines):
        figure.text(3 / _WIDTH, (12.5 - 3 * place) / height, printable(line), fontsize=SMALL,
                    color=INK)  # fmt: skip


def _notes(found: WellPopulations) -> list[str]:
    floor = found.panel.floor
    notes = [
        "Coloured: single beads of a population, ring and name at its median. Pale: all other "
        "events" + ("." if floor is None else f" (dye below {floor:g}, doublets, debris).")
    ]
    reasons: dict[str, list[str]] = {}
    for one in found.populations:
        if one.reason:
            reasons.setdefault(one.reason, []).append(one.analyte.name)
    told = [
        f"{', '.join(names) if found.found else 'all analytes'}: {reason}"
        for reason, names in reasons.items()
    ]
    flags = [f"{one.analyte.name}*: {flag}" for one in found.populations for flag in one.flags]
    if told:
        notes.append(f"Not assessable: {'; '.join(told)}.")
    return [*notes, *([f"Flags: {'; '.join(flags)}."] if flags else [])]


def _size_title(found: WellPopulations, size: BeadSize) -> str:
    expected = len(size.analytes)
    if not found.found:
        return f"Beads {size.name}: not found"
    seen = found.found[found.panel.sizes.index(size)]
    if seen != expected:
        return f"Beads {size.name}: not assessable, {seen} for {expected}"
    return f"Beads {size.name}: {seen} of {expected} populations"


def _draw_scatter(axes: Axes, columns: tuple[Values, ...], found: WellPopulations) -> None:
    x, y = _log(columns[0]), _log(columns[1])
    single = np.zeros(len(x), dtype=bool)
    for size in found.sizes:
        single |= size.members
    axes.scatter(x[~single], y[~single], s=_DOT, c=RULE, linewidths=0, rasterized=True)
    axes.scatter(x[single], y[single], s=_DOT, c=GREY, linewidths=0, rasterized=True)
    for number, size in enumerate(found.sizes):
        outline = ellipse(size)
        axes.plot(outline[:, 0], outline[:, 1], color=ACCENT, lw=1.0)
        named = found.panel.sizes[number].name if found.found else "?"
        text = f"{named}: {int(size.members.sum())}"
        axes.annotate(
            printable(text), (float(outline[:, 0].min()), float(size.centre[1])), xytext=(-3, 6),
            textcoords="offset points", ha="right", va="center", fontsize=TEXT, color=INK,
        )  # fmt: skip
    _finish(axes, x, y, found.panel.scatter)


def _draw_size(
    axes: Axes, columns: tuple[Values, ...], found: WellPopulations, size: BeadSize, number: int
) -> None:
    x, y = _log(columns[3]), _log(columns[2])
    held = found.sizes[number].members if found.found else found.dyed
    own = [one for one in found.populations if one.size == size.name]
    rest = held.copy()
    for one in own:
        rest &= ~one.members
    axes.scatter(x[rest], y[rest], s=_DOT, c=RULE, linewidths=0, rasterized=True)
    shown = found.dyed & np.logical_or.reduce([each.members for each in found.sizes] or [held])
    for place, one in enumerate(own):
        _draw_population(axes, x, y, one, _SHADES[place % len(_SHADES)])
    panel = found.panel
    _finish(axes, x[shown], y[shown], (panel.reporter, panel.classifier), room=0.45)


def _draw_population(axes: Axes, x: Values, y: Values, one: Population, shade: str) -> None:
    if not one.events:
        return
    told = one.median is not None and one.median > 0
    shade = shade if told else FAINT
    axes.scatter(x[one.members], y[one.members], s=_DOT, c=shade, linewidths=0, rasterized=True)
    middle, level = float(np.median(x[one.members])), float(np.median(y[one.members]))
    if told:
        axes.plot(middle, level, "o", ms=4.2, mfc="none", mec=INK, mew=0.9, zorder=4)
    mark = "*" * bool(one.flags or one.reason)
    text = f"{one.analyte.name}{mark}  n {one.events}" if told else f"{one.analyte.name}{mark}"
    axes.text(
        0.02, level, printable(text), transform=axes.get_yaxis_transform(), va="center", ha="left",
        fontsize=SMALL, color=shade, zorder=5,
    )  # fmt: skip


def _finish(axes: Axes, x: Values, y: Values, names: tuple[str, str], *, room: float = 0.0) -> None:
    """Limits that hold nearly all events, ticks at decades, `room` for names at the left."""
    for values, limit in ((x, axes.set_xlim), (y, axes.set_ylim)):
        seen = values[np.isfinite(values)]
        if len(seen):
            low, high = np.quantile(seen, (_OUTSIDE, 1 - _OUTSIDE))
            span = max(float(high - low), 0.2)
            before = span * (0.06 + (room if values is x else 0.0))
            limit(float(low) - before, float(high) + 0.06 * span)
    for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        powers = range(math.ceil(limits[0]), math.floor(limits[1]) + 1)
        axis.set_ticks(list(powers), [_power(power) for power in powers])
        minor = [power + math.log10(n) for power in range(-1, 9) for n in range(2, 10)]
        axis.set_ticks([at for at in minor if limits[0] < at < limits[1]], minor=True)
    axes.set_xlabel(printable(names[0]), fontsize=TEXT, labelpad=2)
    axes.set_ylabel(printable(names[1]), fontsize=TEXT, labelpad=1)
    plain_frame(axes)


def _power(power: int) -> str:
    """``1000`` up to there, then ``10 000`` and so on as ``1e4``."""
    return f"{10**power:g}" if power <= 3 else f"1e{power}"


def _log(values: Values) -> Values:
    """log10, NaN for what is not above zero."""
    answer = np.full(len(values), np.nan)
    np.log10(values, out=answer, where=values > 0)
    return answer


def ellipse(size: SizeFound, points: int = 90) -> Values:
    """The outline (points, 2) of a size, in log10 of forward and side scatter."""
    turns = np.linspace(0, 2 * np.pi, points)
    circle = np.column_stack([np.cos(turns), np.sin(turns)])
    root = np.linalg.cholesky(size.covariance)
    outline: Values = size.centre + math.sqrt(size.reach) * circle @ root.T
    return outline
