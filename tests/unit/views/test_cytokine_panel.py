"""Panel A: words apart and within its column, every label there, nothing that is not known.

Oracle: the extents that matplotlib itself measures, and counts by hand.
"""

from __future__ import annotations

import matplotlib as mpl
import pytest
from made_courses import course_of
from made_cytokines import cytokine, effects, infusion, rich_course
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from readable import assert_clear_of_lines, assert_readable, words_of

from residua.course.curves import Curves
from residua.facts.finding import Finding
from residua.facts.laboratory import Cytokine, Lab
from residua.facts.support import Support
from residua.judgements.immune_effector.effector import judge_effector
from residua.main.curves.cytokines import cytokine_curves
from residua.views.cytokine_lines import cytokine_lines
from residua.views.effector_episodes import effector_episodes
from residua.views.figure_labels import figure_labels
from residua.views.page import draw_page
from residua.views.panels.column import Column
from residua.views.panels.cytokines import plan_cytokines
from residua.views.panels.panel import Frame
from residua.views.style import RC, SERIES

WIDTHS = (57, 85, 176)


def planned(course, width=85, height=34, left=2.0, **more):
    episodes = effector_episodes(course, judge_effector(course))
    column = Column(left, width)
    return plan_cytokines(
        cytokine_curves(course), episodes, column, height=height,
        **({"simulated": False} | more),
    )  # fmt: skip


def drawn(course, width=85, left=2.0, page=None, **more):
    panel = planned(course, width, left=left, **more)
    assert panel is not None
    with mpl.rc_context(RC):
        return draw_page([panel], Frame(page or left + width + 2.0, left, left + width))


def texts(course, **more):
    return [text.get_text().replace("\xa0", " ") for text in words_of(drawn(course, **more))]


def hard_course():
    """Long names, other units, partial dates, equal bounds, two infusions, open episodes."""
    facts = [infusion(date="2021-07"), infusion("car-t-2", "car-t+40d")]
    for n, name in enumerate(
        (
            "soluble interleukin-2 receptor alpha chain",
            "granulocyte-macrophage colony-stimulating factor",
            "IL-8",
            "IL-2",
            "TNF-α",
        )
    ):
        facts += [cytokine(f"c{n}", day, "<4", analyte=name) for day in (-2, 0, 3)]
        facts += [cytokine(f"c{n}", 9, ">8000", analyte=name)]
    facts += [cytokine("act", day, f"{50 * day}", "[IU]/mL", analyte="sIL-2R") for day in (1, 2)]
    facts += [cytokine("mol", day, f"{5 * day}", "pmol/L", analyte="IL-18") for day in (1, 2)]
    facts += [Lab(id=f"f{d}", date=f"car-t{d:+d}d", analyte="ferritin", value="1e5", unit="ug/L")
              for d in (1, 2, 3)]  # fmt: skip
    facts += [cytokine("late", "2021-07-20", "40", analyte="IL-6")]
    facts += [cytokine("again", "car-t-2+3d", "40", analyte="IL-6")]
    facts += [Finding(id="fever", term="fever", present=True, date="2021-07", after="car-t"),
              Finding(id="crs", term="CRS", present=True, date="car-t+26d"),
              Support(id="toci", kind="tocilizumab", date="2021-07", after="car-t"),
              Support(id="oxygen", kind="oxygen", date="car-t+2d", amount="mask"),
              Support(id="pressor", kind="vasopressor", date="car-t+2d", end="car-t+20d"),
              ]  # fmt: skip
    return course_of(*facts)


COURSES = {
    "rich": rich_course, "thirty": lambda: rich_course(30), "hard": hard_course,
    "few": lambda: course_of(infusion(), cytokine("c", 1, "12", analyte="IL-6")),
    "laboratory": lambda: course_of(
        infusion(), Lab(id="f", date="car-t+3d", analyte="crp", value="12", unit="mg/L"), *effects()
    ),
    "below": lambda: course_of(infusion(), *(cytokine("c", d, "<4") for d in (0, 1, 3))),
}  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", COURSES)
def test_words_keep_apart_and_within_the_column(name, width):
    figure = drawn(COURSES[name](), width=width, left=10.0, page=width + 30.0)
    assert_readable(figure)
    assert_clear_of_lines(figure)
    renderer = figure.canvas.get_renderer()
    mm = figure.dpi / 25.4
    for artist in figure.findobj(lambda one: isinstance(one, Text | Line2D | Patch)):
        if artist is figure.patch:
            continue
        box = artist.get_window_extent(renderer)
        assert box.x0 >= 10.0 * mm - 1.5, artist
        assert box.x1 <= (10.0 + width) * mm + 1.5, artist
        assert box.y0 >= -1, artist


@pytest.mark.parametrize("height", [26, 30, 42])
def test_low_plots_keep_their_words_apart(height):
    for width in WIDTHS:
        assert_readable(drawn(rich_course(4), width=width, height=height))


@pytest.mark.parametrize("name", COURSES)
def test_every_label_of_a_drawn_curve_stands_and_is_explained(name):
    course = COURSES[name]()
    curves = Curves(cytokines=cytokine_curves(course))
    labels = figure_labels(course, (), curves=curves)
    lines = cytokine_lines(curves.cytokines)
    assert {f"A{line.number}" for line in lines} <= set(labels)
    named = {f"A{line.number}" for line in lines if line.role in ("main", "other unit")}
    assert named <= set(texts(course))
    for line in lines:
        assert set(line.curve.facts) <= set(labels[f"A{line.number}"].ids)


def test_five_have_names_and_the_others_are_grey_with_a_note():
    """35 cytokines: 5 named, 30 grey, of which a note names 12."""
    words = " ".join(texts(rich_course(30)))
    roles = [line.role for line in cytokine_lines(cytokine_curves(rich_course(30)))]
    assert (roles.count("main"), roles.count("grey"), roles.count("other unit")) == (5, 30, 2)
    assert "and 18 more" in words


def test_il_6_ifn_g_and_il_10_come_first_then_the_greatest_fold():
    lines = cytokine_lines(cytokine_curves(rich_course()))
    assert [line.name for line in lines] == [
        "IL-6", "IFN-γ", "IL-10", "MCP-1", "sIL-2Rα", "ferritin, µg/L", "CRP, mg/L",
    ]  # fmt: skip


def test_the_panel_says_what_it_shows():
    words = texts(rich_course())
    for expected in ("A", "CRS grade 2 (as reported)", "ICANS grade 1 (as reported)", "tocilizumab",
                     "steroid", "below LLOQ, drawn at it", "above ULOQ, drawn at it", "pg/mL",
                     "simulated data", "days since the infusion", "0", "28"):  # fmt: skip
        assert expected in words, expected


def test_another_letter_stands_on_panel_and_labels():
    words = texts(rich_course(), letter="B")
    assert {"B", "B1", "B7"} <= set(words)
    assert "A1" not in words


def test_a_real_course_is_not_called_simulated():
    course = course_of(infusion(), cytokine("c", 1, "12"), cytokine("c", 3, "40"))
    assert "simulated data" not in texts(course)
    assert "simulated data" in texts(course, simulated=True)


def test_an_analyte_without_a_dated_value_is_not_drawn():
    course = course_of(infusion(), cytokine("c", 1, "12"), cytokine("d", 3, "40"),
                       Cytokine(id="x", analyte="IL-9", value="12", unit="pg/mL"))  # fmt: skip
    assert "IL-9" not in texts(course)
    assert len(cytokine_curves(course)) == 3


def test_nothing_after_the_infusion_is_no_panel():
    assert planned(course_of(infusion(), cytokine("c", -1, "12"))) is None
    assert planned(course_of(infusion())) is None


def test_lines_join_numbers_and_never_two_bounds():
    """5 values of one analyte: number, <4, <4, number, number: 3 links, one of them solid."""
    values = ("12", "<4", "<4", "30", "40")
    figure = drawn(course_of(infusion(), *(cytokine("c", d, v) for d, v in enumerate(values, 1))))
    lines = [line for line in figure.findobj(Line2D)
             if line.get_color() == SERIES[0] and line.get_linewidth() == 0.9
             and len(line.get_xdata()) == 2 and line.get_zorder() == 1.6]  # fmt: skip
    assert len(lines) == 3
    assert sum(line.get_linestyle() == "-" for line in lines) == 1


def test_the_same_course_gives_the_same_picture():
    first, second = (drawn(rich_course(4)) for _ in range(2))
    assert [t.get_text() for t in words_of(first)] == [t.get_text() for t in words_of(second)]
    assert [t.get_position() for t in words_of(first)] == [
        t.get_position() for t in words_of(second)
    ]
