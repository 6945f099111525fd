"""All six panels on one page. Oracle: extents as matplotlib measures them, and hand counts."""

from __future__ import annotations

from functools import cache

import matplotlib as mpl
import pytest
from made_courses import course_of, flow_samples, plain_course
from readable import assert_readable, words_of

from residua.facts.laboratory import Cytokine, Transgene
from residua.facts.treatment import CellInfusion
from residua.judgements.immune_effector.effector import judge_effector
from residua.main.curves.measure import measure_curves
from residua.views.course_figure import draw_course
from residua.views.panels.panel import COLUMN_GAP, MARGIN
from residua.views.style import LETTER, RC

DAYS = ("2021-07-02", "2021-07-05", "2021-07-09", "2021-07-16", "2021-07-28")


@cache
def six():
    """The plain course with its infusion on a day, cytokines and copies after it."""
    course, judgements = plain_course()
    facts = [fact for fact in course.case.facts if fact.id != "car-t"]
    infusion = CellInfusion(id="car-t", kind="car-t", date="2021-07-01", target=["CD19"])
    values = [
        Cytokine(
            id=f"{name.lower()}-{n}", date=day, analyte=name, value=str(10 * (n + 2)), unit="pg/mL"
        )
        for name in ("IL-6", "IL-10", "IFN-gamma")
        for n, day in enumerate(DAYS)
    ]
    copies = [
        Transgene(id=f"copies-{n}", date=day, target="CAR", value=f"{200 * (n + 1)} copies/ug")
        for n, day in enumerate(DAYS)
    ]
    made = course_of(*facts, infusion, *values, *copies)
    return made, tuple(judgements), measure_curves(made), judge_effector(made)


def drawn(width=180, **options):
    course, judgements, curves, effector = six()
    samples = flow_samples(events=500)
    return draw_course(
        course, judgements, samples, curves=curves, effector=effector, width_mm=width, **options
    )


def letters_at(figure):
    """Letter -> (left, top) in mm of the page."""
    height = figure.get_size_inches()[1] * 25.4
    with mpl.rc_context(RC):
        figure.canvas.draw()
        heads = [text for text in words_of(figure) if text.get_fontsize() == LETTER]
        extents = {text.get_text(): text.get_window_extent() for text in heads}
    scale = 25.4 / figure.dpi
    return {name: (e.x0 * scale, height - e.y1 * scale) for name, e in extents.items()}


@pytest.mark.parametrize("width", [180, 120, 85])
def test_all_six_keep_apart_and_on_the_page(width):
    figure = drawn(width)
    assert_readable(figure)
    places = letters_at(figure)
    assert "".join(sorted(places)) == "ABCDEF"
    assert figure.get_size_inches()[0] * 25.4 == pytest.approx(width)


def test_a_whole_page_holds_all_six():
    assert drawn().get_size_inches()[1] * 25.4 <= 275


def test_curves_stand_side_by_side_on_a_wide_page_as_flow_does():
    """Oracle: two equal columns with one gap within the margins."""
    places = letters_at(drawn())
    right = MARGIN + (180 - 2 * MARGIN - COLUMN_GAP) / 2 + COLUMN_GAP
    for left_one, right_one in ("AB", "DE"):
        assert places[left_one][1] == pytest.approx(places[right_one][1], abs=0.3)
        assert places[right_one][0] - places[left_one][0] == pytest.approx(right - MARGIN, abs=0.3)


def test_curves_stand_one_below_the_other_in_a_column():
    places = letters_at(drawn(85))
    assert places["B"][0] == pytest.approx(places["A"][0], abs=0.3)
    assert places["B"][1] > places["A"][1] + 20


@pytest.mark.parametrize("width", [180, 85])
def test_plots_of_the_whole_width_begin_at_one_place(width):
    """Oracle: the left ends of the frames."""
    figure = drawn(width, panels="BCF")
    with mpl.rc_context(RC):
        figure.canvas.draw()
        frames = [a for a in figure.findobj() if str(a.get_gid()).startswith("frame-")]
        lefts = [frame.get_window_extent().x0 for frame in frames]
    alone = drawn(width, panels="A")
    with mpl.rc_context(RC):
        alone.canvas.draw()
        frames = [a for a in alone.findobj() if str(a.get_gid()).startswith("frame-")]
        lefts += [frame.get_window_extent().x0 for frame in frames]
    assert len(lefts) >= 4
    assert max(lefts) - min(lefts) < 1  # pixel


@pytest.mark.parametrize("panel", ["A", "B"])
@pytest.mark.parametrize("width", [180, 120, 85])
def test_each_curve_stands_alone(panel, width):
    figure = drawn(width, panels=panel)
    assert_readable(figure)
    assert list(letters_at(figure)) == [panel]


def test_relettered_curves_carry_their_labels_along():
    said = {text.get_text() for text in words_of(drawn(panels="BA", reletter=True))}
    assert {"A", "B", "B1", "B2", "B3"} <= said
    assert "A1" in {word.split()[0] for word in said}
