"""Which panels are drawn, in which order, under which letter, how wide.

Oracle: the letters and places asked for, read off the figure as matplotlib measures it.
"""

from __future__ import annotations

from dataclasses import replace

import matplotlib as mpl
import pytest
from made_courses import flow_samples, plain_course
from readable import assert_clear_of_lines, assert_readable, words_of

from residua.errors import ValueFault
from residua.views.course_figure import draw_course
from residua.views.journal_width import width_of_figure
from residua.views.panel_letters import panels_named
from residua.views.style import LETTER, RC


def headed(figure):
    """The panels' letters from the top down, then from the left."""
    found = [text for text in words_of(figure) if text.get_fontsize() == LETTER]
    with mpl.rc_context(RC):
        figure.canvas.draw()
        extents = [(text.get_window_extent(), text) for text in found]
    places = [(round(-extent.y1), extent.x0, text) for extent, text in extents]
    return "".join(t.get_text() for *_, t in sorted(places, key=lambda p: p[:2]))


@pytest.mark.parametrize("panels", ["C", "D", "E", "F", "FC", "EDF", "DCE", "CF"])
@pytest.mark.parametrize("width", [180, 120, 85])
def test_panels_stand_in_the_order_asked_for(panels, width):
    samples = flow_samples(events=500)
    figure = draw_course(*plain_course(), samples, panels=panels, width_mm=width)
    assert headed(figure) == panels
    assert_readable(figure)
    assert_clear_of_lines(figure)


def test_a_panel_without_data_is_left_out_and_leaves_no_hole():
    samples = flow_samples(events=500)
    whole = draw_course(*plain_course(), samples, panels="ABCDFGH")
    part = draw_course(*plain_course(), samples, panels="CDF")
    assert headed(whole) == "CDF"
    assert list(whole.get_size_inches()) == list(part.get_size_inches())


def test_further_samples_are_lettered_after_the_timeline():
    samples = flow_samples(events=500) * 2
    figure = draw_course(*plain_course(), samples)
    assert headed(figure) == "CDEFGH"
    assert headed(draw_course(*plain_course(), samples, panels="DHG")) == "DHG"


def test_relettered_panels_carry_their_labels_along():
    """Oracle: as many labels of each panel as under its own letter."""
    own = draw_course(*plain_course(), panels="FC")
    new = draw_course(*plain_course(), panels="FC", reletter=True)
    assert headed(new) == "AB"
    for before, after in (("F", "A"), ("C", "B")):
        assert numbers(own, before) == numbers(new, after) != []
    assert numbers(new, "F") == []


def numbers(figure, letter):
    labels = [text.get_text() for text in words_of(figure)]
    return [word[1:] for word in labels if word[0] == letter and word[1:].isdigit()]


@pytest.mark.parametrize("panel", ["C", "D"])
def test_plots_grow_by_the_factor(panel):
    """Oracle: only the plot grows, so the page does by the plot's own height or somewhat more."""
    samples = flow_samples(events=500)
    low, high = (
        draw_course(*plain_course(), samples, panels=panel, height=factor).get_size_inches()[1]
        for factor in (1.0, 1.5)
    )
    assert (high - low) * 25.4 >= 0.5 * 30


def test_a_panel_of_a_simulated_case_says_so_whatever_its_own_data_say():
    course, _ = plain_course()
    simulated = replace(course, case=replace(course.case, simulated=True))
    plain = [replace(one, simulated=False) for one in flow_samples(events=500)]
    said = [t.get_text() for t in words_of(draw_course(simulated, (), plain))]
    assert said.count("simulated data") == 4  # C, D, E, F
    assert "Contains simulated data." in said


@pytest.mark.parametrize(
    ("words", "width"),
    [
        ("single", 85),
        ("Double", 180),
        ("1.5", 120),
        ("1.5-column", 120),
        ("114 mm", 114),
        ("90", 90),
    ],
)
def test_widths_by_name_and_in_millimetres(words, width):
    assert width_of_figure(words) == width


@pytest.mark.parametrize("words", ["", "wide", "0", "nan", "inf", "-85", "79.9", "1e9", "8 5"])
def test_other_widths_are_refused(words):
    with pytest.raises(ValueFault, match=r"single, 1\.5 or double"):
        width_of_figure(words)


@pytest.mark.parametrize("words", ["CDF", "c,d,f", " C, D ,F", "C D F", "C,D,F,"])
def test_letters_are_read(words):
    assert panels_named(words) == ("C", "D", "F")


@pytest.mark.parametrize("words", ["", ",", "C,C", "C;D", "1", "C,D1", "\u00c4"])
def test_other_letters_are_refused(words):
    with pytest.raises(ValueFault, match="A cytokines"):
        panels_named(words)
