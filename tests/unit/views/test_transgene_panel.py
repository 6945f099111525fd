"""Panel B. Oracles: extents as matplotlib measures them, places by hand, marks counted by hand."""

from __future__ import annotations

import itertools
import math

import matplotlib as mpl
import numpy as np
import pytest
from made_courses import course_of
from matplotlib.lines import Line2D
from readable import assert_readable, words_of

from residua.facts.finding import Event
from residua.facts.laboratory import Lab, Transgene
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Treatment
from residua.main.curves.transgene import transgene_curves
from residua.views.page import draw_page
from residua.views.panels.column import Column
from residua.views.panels.column_sheet import column_frame
from residua.views.panels.copies_scale import copies_scale
from residua.views.panels.day_axis import day_axis
from residua.views.panels.panel import MARGIN, Frame
from residua.views.panels.transgene import plan_transgene
from residua.views.style import RC
from residua.views.transgene_labels import panel_labels, transgene_texts

WIDTHS = (176, 85, 57)
LLOQ = 50.0


def typical(day):
    """Stein 2019, the typical patient."""
    if day < 9.3:
        return 24_000 * math.exp(math.log(3900) * (day / 9.3 - 1))
    fast, slow = math.exp(-0.16 * (day - 9.3)), math.exp(-0.0032 * (day - 9.3))
    return 24_000 * (0.9921 * fast + 0.0079 * slow)


def simulated(days, *, infusion="car-t", name="a", target="CAR", specimen=None, factor=1.0, seed=1):
    noise = np.random.default_rng(seed).normal(0, 0.4, len(days))
    found = []
    for number, (day, part) in enumerate(zip(days, noise, strict=True)):
        level = factor * typical(day) * math.exp(part)
        said = {"value": f"{level:.4g} copies/ug"} if level >= LLOQ else {"detected": False}
        found.append(Transgene(id=f"{name}-{number}", date=f"{infusion}+{day}d", target=target,
                               lloq="50 copies/ug", specimen=specimen, **said))  # fmt: skip
    return found


def b_cells(day, value):
    return Lab(id=f"b-{day}x", date=f"car-t+{day}d", analyte="b-cells", value=value)


FIRST = CellInfusion(id="car-t", kind="car-t", date="2023-03-01", target=["CD19"])
SECOND = CellInfusion(id="car-t-2", kind="car-t", date="2023-09-01", target=["CD19"])


def long_course():
    return course_of(
        FIRST, *simulated([1, 3, 5, 7, 9, 11, 14, 21, 28, 60, 90, 180, 365, 540, 730], factor=0.3),
        Transgene(id="seen", date="car-t+2d", target="CAR", detected=True),
        Transgene(id="none", date="car-t+4d", target="CAR", detected=False),
        Transgene(id="month", date="2023-05", target="CAR", value="300 copies/ug"),
        b_cells(7, "3 /uL"), b_cells(14, "1 /uL"), b_cells(90, "0 %"), b_cells(180, "33 /uL"),
        b_cells(365, "80 /uL"), b_cells(540, "2 %"),
        Support(id="ig", kind="immunoglobulin", date="car-t+70d"),
        Treatment(id="blina", start="car-t+500d", drugs=[{"name": "blinatumomab"}]),
        Event(id="relapse", kind="relapse reported", date="car-t+499d"),
    )  # fmt: skip


def two_infusions():
    return course_of(
        FIRST, SECOND, *simulated([2, 7, 10, 14, 28, 60, 90]),
        *simulated([7, 28], name="m", specimen="marrow", seed=2),
        *simulated([4, 8, 11, 15, 40], infusion="car-t-2", name="s", factor=0.1, seed=3),
        Transgene(id="other", date="car-t+8d", target="CAR2", value="7 copies/mL"),
    )  # fmt: skip


def never_found():
    facts = [Transgene(id=f"n-{d}x", date=f"car-t+{d}d", detected=False) for d in (7, 14, 28)]
    return course_of(FIRST, *facts)


def crowded():
    days = list(range(1, 29))
    facts = [b_cells(day, f"{day} /uL") for day in days]
    return course_of(FIRST, *simulated(days), *simulated(days, name="t", target="CAR2", seed=5),
                     *facts)  # fmt: skip


COURSES = {
    "long": long_course, "two": two_infusions, "never": never_found, "crowded": crowded,
}  # fmt: skip


def drawn(curves, width, *, left=3.0, height=42.0, simulated=True):
    with mpl.rc_context(RC):
        column = Column(left, width)
        panel = plan_transgene(curves, column, height=height, simulated=simulated)
        return draw_page([panel], Frame(left + width + 3.0, 0.0, 0.0))


@pytest.fixture(scope="module")
def curves():
    return {name: transgene_curves(made()) for name, made in COURSES.items()}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", COURSES)
def test_words_keep_apart_and_within_the_column(curves, name, width):
    left = 30.0
    figure = drawn(curves[name], width, left=left)
    assert_readable(figure)
    with mpl.rc_context(RC):
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        per_mm = figure.dpi / 25.4
        for text in words_of(figure):
            box = text.get_window_extent(renderer)
            assert box.x0 >= left * per_mm - 1, text.get_text()
            assert box.x1 <= (left + width) * per_mm + 1, text.get_text()
        frame = next(a for a in figure.findobj() if a.get_gid() == "frame-B")
        ends = frame.get_window_extent(renderer)
        assert ends.x0 >= left * per_mm
        assert ends.x1 <= (left + width) * per_mm


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["long", "two", "never"])
def test_every_label_of_what_is_drawn_stands_on_it(curves, name, width):
    labels = panel_labels(curves[name])
    wanted = {one.label for one in labels.b_cells}
    wanted |= {one.label for one in labels.curves if one.curve.target != "CAR2"}
    texts = {text.get_text() for text in words_of(drawn(curves[name], width))}
    assert wanted <= texts


def test_labels_name_the_facts_behind_them(curves):
    first, strip = transgene_texts(curves["long"])
    assert first[0] == "B1"
    assert {"a-0", "seen", "none", "month", "car-t"} <= set(first[1])
    assert strip[0] == "B2"
    assert {"b-7x", "b-540x", "ig"} <= set(strip[1])
    assert len(transgene_texts(curves["two"])) == 4 + 2


def test_simulated_data_say_so_and_others_do_not(curves):
    for said in (True, False):
        texts = [t.get_text() for t in words_of(drawn(curves["long"], 85, simulated=said))]
        assert ("simulated data" in texts) == said


def test_values_below_lloq_are_open_triangles_at_the_lloq(curves):
    """By hand: how many values the simulation left below 50; one more without any limit."""
    (curve,) = curves["long"]
    below = [s for s in curve.samples if s.said == "below LLOQ"]
    assert below
    figure = drawn(curves["long"], 176)
    marks = [a for a in figure.findobj(Line2D) if a.get_marker() == "v"]
    in_legend = 2
    assert len(marks) == len(below) + 1 + in_legend
    assert all(mark.get_markerfacecolor() == "#ffffff" for mark in marks)


def test_nothing_without_a_value_that_can_be_drawn():
    course = course_of(FIRST, Transgene(id="t", date="2022-01-01", value="5 copies/ug"))
    assert plan_transgene((), Column(0, 85), height=40, simulated=False) is None
    some = transgene_curves(course)
    assert plan_transgene(some, Column(0, 85), height=40, simulated=False) is None


def test_a_curve_that_is_not_drawn_is_named(curves):
    texts = " ".join(t.get_text() for t in words_of(drawn(curves["two"], 176)))
    assert "not drawn, its values are in copies/mL" in texts


@pytest.mark.parametrize("end", [0, 20, 28, 49, 51, 100, 730, 5000, 40_000])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_axis_rises_and_its_ticks_keep_apart(end, width):
    frame = column_frame(Column(0, width), margin=15.5)
    axis = day_axis(end, frame)
    places = [axis.x(day) for day in axis.ticks]
    assert places[0] == 0
    assert all(b - a > 2.5 for a, b in itertools.pairwise(places))
    assert places[-1] <= frame.width + 1e-9
    assert axis.x(axis.end) == pytest.approx(frame.width)
    assert {0, 28} <= set(axis.ticks) or axis.seam is None


def test_each_part_of_the_axis_is_linear_and_meets_at_day_28():
    """An exponential is then a straight line on each side of day 28."""
    axis = day_axis(730, column_frame(Column(0, 85), margin=15.5))
    early, late = np.array([0.0, 7, 14, 28]), np.array([28.0, 128, 428, 728])
    for days in (early, late):
        steps = np.diff([axis.x(d) for d in days]) / np.diff(days)
        assert steps == pytest.approx(steps[0])
    assert axis.x(28) == pytest.approx(0.55 * axis.width)


def test_decades_lie_evenly_and_hold_every_level():
    frame = column_frame(Column(0, 85), margin=15.5)
    scale = copies_scale([50.0, 21_000.0], (), frame, 42.0)
    assert (scale.low, scale.high) == (1, 5)
    ys = [scale.y(10.0**k) for k in range(1, 6)]
    assert np.diff(ys) == pytest.approx(np.diff(ys)[0])
    assert scale.y(0.0) == scale.log_bottom
    assert scale.y(1e12) == scale.log_top
    assert frame.left == MARGIN + 15.5
