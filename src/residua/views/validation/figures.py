"""The pictures of a validation: linearity, probit curve, CV by level, blanks, Bland-Altman."""

from __future__ import annotations

import math
from collections.abc import Mapping

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from residua.measures.validation.linearity import band
from residua.measures.validation.validated import Validated
from residua.views.style import ACCENT, BAND, BAR, BAR_CERTAIN, FAINT, GREY, INK, RC, RULE, SMALL
from residua.views.typeset import printable
from residua.views.validation.plot import decades, name_axes, plot_page, reach
from residua.views.validation.words import (
    fraction_words,
    interval_words,
    limit_words,
    percent_words,
)

_FRACTION = "blasts / cells"


def validation_figures(validated: Validated) -> Mapping[str, Figure]:
    """The figures by the name of their file; one without data is not drawn."""
    study = validated.study
    drawn = {
        "linearity": (draw_linearity, bool(study.levels)),
        "probit": (draw_probit, bool(study.levels)),
        "cv-by-level": (draw_cv, any(level.cv is not None for level in study.levels)),
        "blanks": (draw_blanks, study.blank.count > 0),
        "bland-altman": (
            draw_differences, study.differences is not None and study.differences.count > 0,
        ),
    }  # fmt: skip
    with mpl.rc_context(RC):
        return {name: draw(validated) for name, (draw, there) in drawn.items() if there}


def draw_linearity(validated: Validated) -> Figure:
    """Measured against expected on log axes, the line with its interval, identity dashed."""
    line = validated.study.linearity
    if line.slope is None or line.intercept is None:
        notes = [f"No line: {line.reason}."]
    else:
        notes = [
            f"Line with its 95 % interval: slope {line.slope:.3f} "
            f"({interval_words(line.slope_interval, '.3f')}), R2 {line.r2 or 0:.4f}; "
            "dashed: measured as expected.",
        ]
    points = _points(validated)
    zeros = [expected for expected, measured in points if measured == 0]
    if zeros:
        notes.append("Triangles at the foot: nothing was counted.")
    if line.left_out:
        levels = ", ".join(map(fraction_words, line.left_out))
        notes.append(f"Not in the line, not detected each time: {levels}.")
    figure, axes = plot_page("Linearity of the dilutions", notes, simulated=validated.simulated)
    x = reach([expected for expected, _ in points])
    y = reach([*(measured for _, measured in points), *(expected for expected, _ in points)])
    axes.plot(x, x, color=FAINT, lw=0.8, ls=(0, (4, 3)))
    _line(axes, validated)
    kept = set(line.levels)
    for expected, measured in points:
        if measured > 0:
            shown = INK if expected in kept else "none"
            axes.plot(
                math.log10(expected), math.log10(measured), "o", ms=3.4, mfc=shown, mec=INK, mew=0.7
            )
    if zeros:
        at = np.log10(zeros)
        axes.plot(at, np.full(len(at), y[0] + 0.06), "v", ms=4, mfc="none", mec=ACCENT, mew=0.8)
    decades(axes, "x", *x)
    decades(axes, "y", *y)
    name_axes(axes, f"expected, {_FRACTION}", f"measured, {_FRACTION}")
    return figure


def _line(axes: Axes, validated: Validated) -> None:
    line = validated.study.linearity
    if line.slope is None or line.intercept is None:
        return
    x = np.linspace(math.log10(line.levels[0]), math.log10(line.levels[-1]), 80)
    bands = [band(line, 10**at, level=validated.numbers.confidence) for at in x]
    low, high = (np.log10([one[side] for one in bands if one]) for side in (0, 1))
    axes.fill_between(x, low, high, color="#cfe3f1", lw=0)
    axes.plot(x, line.intercept + line.slope * x, color=BAR_CERTAIN, lw=1.2)


def _points(validated: Validated) -> list[tuple[float, float]]:
    return [(r.row.expected, r.fraction) for r in validated.results if r.row.expected is not None]


def draw_probit(validated: Validated) -> Figure:
    """Share detected at every level with its exact interval, and the probit curve."""
    found, study = validated.study.detection, validated.study
    if found.level is None:
        notes = [f"Limit of detection not assessable: {found.reason}."]
    else:
        notes = [
            f"Probit curve; detected with 95 % probability at {fraction_words(found.level)} "
            f"({limit_words(found.interval)}, shaded)."
        ]
    notes.append("Bars: exact 95 % intervals. Over each point: detected / measured.")
    figure, axes = plot_page("Limit of detection", notes, simulated=validated.simulated)
    low, high = reach([level.expected for level in study.levels])
    if found.level is not None and found.interval is not None:
        ends = (found.interval.low, found.interval.high)
        left = math.log10(ends[0]) if ends[0] > 0 else low
        right = math.log10(ends[1]) if math.isfinite(ends[1]) else high
        axes.axvspan(max(left, low), min(right, high), color="#cfe3f1", lw=0)
        axes.axvline(math.log10(found.level), color=BAR_CERTAIN, lw=1.0)
        x = np.linspace(low, high, 200)
        axes.plot(x, [found.probability(10**at) for at in x], color=BAR_CERTAIN, lw=1.2)
    axes.axhline(validated.numbers.detection, color=FAINT, lw=0.8, ls=(0, (4, 3)))
    for level in study.levels:
        at, share = math.log10(level.expected), level.detected / level.count
        if level.rate is not None:
            axes.plot([at, at], [level.rate.low, level.rate.high], color=INK, lw=0.8)
        axes.plot(at, share, "o", ms=4.5, mfc=INK, mec=INK)
        axes.annotate(
            f"{level.detected}/{level.count}", (at, share), xytext=(4, 4),
            textcoords="offset points", fontsize=SMALL, color=INK,
        )  # fmt: skip
    decades(axes, "x", low, high)
    axes.set_ylim(-0.03, 1.1)
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 0.95], ["0", "20", "40", "60", "80", "95"])
    name_axes(axes, f"expected, {_FRACTION}", "detected, %")
    return figure


def draw_cv(validated: Validated) -> Figure:
    """The CV of all results of a level with its interval, and the LLOQ."""
    study, limit = validated.study, validated.numbers.cv
    found = study.quantification
    reached = f"{fraction_words(found.level)}" if found.level else f"none: {found.reason}"
    notes = [
        f"CV over all runs, operators and instruments. LLOQ: {reached}. Dashed: "
        f"{percent_words(limit)}. Bars: 95 % intervals."
    ]
    figure, axes = plot_page("Imprecision by level", notes, simulated=validated.simulated)
    known = [level for level in study.levels if level.cv is not None]
    top = max([1.3 * (level.cv or 0) for level in known] + [2 * limit])
    if found.level is not None:
        axes.axvline(math.log10(found.level), color=BAR, lw=3.0, zorder=1)
    axes.axhline(100 * limit, color=FAINT, lw=0.8, ls=(0, (4, 3)))
    for level in known:
        at = math.log10(level.expected)
        if level.cv_interval is not None:
            ends = [100 * level.cv_interval.low, 100 * min(level.cv_interval.high, 2 * top)]
            axes.plot([at, at], ends, color=INK, lw=0.8)
        enough = level.count >= validated.numbers.replicates
        axes.plot(at, 100 * (level.cv or 0), "o", ms=4.5, mfc=INK if enough else "none", mec=INK)
        axes.annotate(
            f"n {level.count}", (at, 100 * (level.cv or 0)), xytext=(5, -9),
            textcoords="offset points", fontsize=SMALL, color=GREY,
        )  # fmt: skip
    axes.set_ylim(0, 100 * top)
    decades(axes, "x", *reach([level.expected for level in study.levels]))
    name_axes(axes, f"expected, {_FRACTION}", "CV, %")
    return figure


def draw_blanks(validated: Validated) -> Figure:
    """The blanks in their order, with the limit of blank by rank and by mean and SD."""
    blank = validated.study.blank
    values = sorted(1e6 * r.fraction for r in validated.results if r.row.blank)
    notes = [
        f"{blank.count} blanks in their order, {blank.zeros} of them without any event. "
        "Shaded: beyond the rank of the limit."
    ]
    if blank.reason:
        notes.append(f"Limit of blank not assessable: {blank.reason}.")
    figure, axes = plot_page("Blanks", notes, simulated=validated.simulated)
    axes.plot(range(1, len(values) + 1), values, "o", ms=3.4, mfc=INK, mec=INK)
    lines = (
        ("by rank, claimed", blank.nonparametric, BAR_CERTAIN, "-"),
        ("by mean and SD", blank.parametric, FAINT, (0, (4, 3))),
    )
    for name, value, colour, style in lines:
        if value is not None:
            told = printable(f"limit of blank {name}: {fraction_words(value)}")
            axes.axhline(1e6 * value, color=colour, lw=1.0, ls=style, label=told)
    if blank.rank is not None:
        axes.axvspan(blank.rank, len(values) + 0.5, color=BAND, lw=0)
        axes.legend(fontsize=SMALL, frameon=True, edgecolor=RULE, framealpha=1, loc="upper left")
    most = max([*values, 1e6 * (blank.parametric or 0), 1e6 * (blank.nonparametric or 0), 1.0])
    axes.set_ylim(-0.04 * most, 1.45 * most)
    axes.set_xlim(0, len(values) + 0.5)
    name_axes(axes, "rank", f"{_FRACTION}, in a million")
    return figure


def draw_differences(validated: Validated) -> Figure:
    """Bland-Altman: log10 of assay over reference against their geometric mean."""
    found = validated.study.differences
    assert found is not None  # it is not drawn without
    rows = [(r.row.reference, r.fraction) for r in validated.results if r.row.reference]
    pairs = [(reference, value) for reference, value in rows if reference and value]
    notes = [f"{found.count} pairs; {found.left_out} with a zero left out."]
    if found.bias is not None and found.low is not None and found.high is not None:
        notes.append(
            f"Mean {found.bias:+.3f} log10 ({10**found.bias:.2f}-fold); limits of agreement "
            f"{10**found.low:.2f}- to {10**found.high:.2f}-fold; shaded: their 95 % intervals."
        )
    elif found.reason:
        notes.append(f"Limits of agreement not assessable: {found.reason}.")
    figure, axes = plot_page("Agreement with the reference", notes, simulated=validated.simulated)
    centres = [math.sqrt(reference * value) for reference, value in pairs]
    above = [math.log10(value / reference) for reference, value in pairs]
    lines = (
        (found.bias, found.bias_interval, "-"), (found.low, found.low_interval, (0, (4, 3))),
        (found.high, found.high_interval, (0, (4, 3))),
    )  # fmt: skip
    for value, interval, style in lines:
        if value is not None and interval is not None:
            axes.axhspan(interval.low, interval.high, color="#cfe3f1", lw=0)
            axes.axhline(value, color=BAR_CERTAIN, lw=1.0, ls=style)
    axes.axhline(0, color=INK, lw=0.5)
    axes.plot(np.log10(centres), above, "o", ms=3.4, mfc=INK, mec=INK)
    decades(axes, "x", *reach(centres))
    name_axes(axes, f"geometric mean, {_FRACTION}", "assay / reference, log10")
    return figure
