"""Colours that survive a grey printer and colour-blind eyes.

Oracle: relative luminance and contrast ratio as WCAG 2.2 defines them.
"""

from __future__ import annotations

import itertools

from made_courses import stress_course
from matplotlib.colors import to_rgb

from residua.views.mrd_points import mrd_points
from residua.views.panels.series_style import styles_of
from residua.views.style import (
    ACCENT,
    BAR,
    BAR_CERTAIN,
    BLAST,
    DENSITY,
    FAINT,
    GREY,
    INK,
    PAPER,
    SERIES,
)  # fmt: skip


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_mark_stands_against_paper():
    for colour in (*SERIES, ACCENT, BLAST, BAR_CERTAIN):
        assert contrast(colour, PAPER) >= 3, colour
    for words in (INK, GREY, FAINT):
        assert contrast(words, PAPER) >= 4, words


def test_blasts_stand_against_the_darkest_density_in_grey():
    assert all(contrast(BLAST, grey) >= 1.8 for grey in DENSITY)


def test_certain_and_possible_time_differ_in_grey():
    assert contrast(BAR, BAR_CERTAIN) >= 2.5


def test_no_two_series_are_told_apart_by_colour_alone():
    styles = styles_of(point.series for point in mrd_points(stress_course()[0])).values()
    for one, other in itertools.combinations(styles, 2):
        assert (one.shape, one.fill) != (other.shape, other.fill)
