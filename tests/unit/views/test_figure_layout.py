"""No words overlap, leave the page or are too small to read in print.

Oracle: the extents that matplotlib itself measures of every rendered text.
"""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from made_courses import course_of, flow_samples, plain_course, stress_course
from readable import assert_clear_of_lines, assert_readable, words_of

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.finding import Event
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis
from residua.facts.treatment import Treatment
from residua.judgements.judge import judge
from residua.main.evaluate import evaluate_case
from residua.main.flow.panels import flow_samples as sampled
from residua.main.simulate_flow import simulate_flow
from residua.readers.case import read_case
from residua.views.course_figure import draw_course
from residua.views.figure_labels import figure_labels
from residua.views.style import LETTER
from residua.views.timeline_items import timeline_items

EXAMPLES = Path(__file__).parents[3] / "examples"
HIGHEST = 275.0


def published():
    course = arrange(read_case(EXAMPLES / "huang-2023"))
    return course, judge(course)


def undated():
    """No date at all: everything keeps only its order."""
    names = [f"course-{n}x" for n in range(6)]
    facts = [Treatment(id=n, after=b) for b, n in itertools.pairwise(["diagnosis", *names])]
    reading = MrdReading(id="m", method="flow", fraction="1e-3", after="course-2x")
    return course_of(Diagnosis(id="diagnosis", disease="B-ALL"), *facts, reading), []


def one_week():
    """Many readings and events within one week, with words that do not fit a line."""
    long = "-".join(["a-very-long-name-of-an-assessment"] * 3)
    facts = [Assessment(id=f"{long}-{n}", date=f"2020-01-{n + 1:02d}", kind="morphology",
                        blasts=f"{n + 1} %") for n in range(7)]  # fmt: skip
    facts += [MrdReading(id=f"m{n}", date=f"2020-01-0{n + 1}", method=method, fraction="1.1e-4",
                         lod="1e-5", interval=(5e-5, 2e-4))
              for n, method in enumerate(("flow", "pcr", "ngs", "flow", "pcr"))]  # fmt: skip
    facts += [Event(id=f"e{n}x", kind="relapse reported", date="2020-01-03",
                    detail="Haematological" + "relapse" * 12) for n in range(4)]  # fmt: skip
    return course_of(*facts), []


def nothing():
    return course_of(), []


COURSES = {
    "plain": plain_course, "stress": stress_course, "published": published, "undated": undated,
    "one week": one_week, "nothing": nothing,
}  # fmt: skip


@pytest.mark.parametrize("flow", [False, True], ids=["plain", "flow"])
@pytest.mark.parametrize("width", [180, 85])
@pytest.mark.parametrize("name", COURSES)
def test_words_keep_apart_and_on_the_page(name, width, flow):
    course, judgements = COURSES[name]()
    samples = flow_samples(events=5000) if flow else ()
    figure = draw_course(course, judgements, samples, width_mm=width)
    assert_readable(figure)
    assert_clear_of_lines(figure)
    size = figure.get_size_inches() * 25.4
    assert size[0] == pytest.approx(width)
    if width == 180 or not flow:
        assert size[1] <= HIGHEST


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """The examples as they are run: with the simulated flow files, and the real one if fetched."""
    folder = tmp_path_factory.mktemp("examples")
    for name in ("huang-2023", "simulated-course", "real-ball-marrow"):
        shutil.copytree(EXAMPLES / name, folder / name)
    for spec in sorted((EXAMPLES / "specs" / "simulated-course").glob("*.toml")):
        simulate_flow(spec, out=folder / "simulated-course" / "flow" / f"{spec.stem}.fcs")
    return folder


@pytest.mark.parametrize(
    ("name", "letters"),
    [("huang-2023", "CF"), ("simulated-course", "CDEF"), ("real-ball-marrow", "DEGHIJKL")],
)
def test_every_example_is_readable_as_it_is_run(examples, name, letters):
    """Oracle of the letters: hand count; the real marrow has seven gates and no MRD."""
    if name == "real-ball-marrow" and not list((examples / name / "flow").glob("*.fcs")):
        pytest.skip("the real marrow was not fetched: run make demo")
    evaluation = evaluate_case(examples / name)
    figure = draw_course(evaluation.course, evaluation.response, sampled(evaluation))
    assert_readable(figure)
    assert_clear_of_lines(figure)
    assert figure.get_size_inches()[1] * 25.4 <= HIGHEST
    drawn = words_of(figure)
    assert "".join(sorted(t.get_text() for t in drawn if t.get_fontsize() == LETTER)) == letters
    assert not any("not drawn" in text.get_text() for text in drawn)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_crowded_courses_keep_apart(seed):
    course, judgements = stress_course(seed)
    for width in (180, 120, 85):
        assert_readable(draw_course(course, judgements, width_mm=width))


@pytest.mark.parametrize("name", ["plain", "stress", "published"])
def test_every_label_stands_on_the_figure(name):
    """Oracle: the labels that are made without drawing."""
    course, judgements = COURSES[name]()
    labels = set(figure_labels(course, judgements))
    drawn = {text.get_text() for text in words_of(draw_course(course, judgements))}
    if any("not drawn" in text for text in drawn):  # the page says that this lane is left out
        lane = "Findings and support"
        labels -= {i.label for i in timeline_items(course, judgements) if i.lane == lane}
    assert labels <= drawn


def test_panels_without_data_leave_no_hole():
    course, judgements = plain_course()
    whole = draw_course(course, judgements)
    part = draw_course(course, judgements, panels=("F",))
    assert part.get_size_inches()[1] < whole.get_size_inches()[1] - 2
    letters = {text.get_text() for text in words_of(part)}
    assert "F" in letters
    assert "C" not in letters
