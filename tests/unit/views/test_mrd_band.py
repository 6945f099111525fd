"""The trend of panel C. Oracle: the regression line of the values, where the axis and the decades
put its days and levels (closed forms), and what the scale cannot show."""

from __future__ import annotations

import math
from datetime import date, timedelta

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from scipy.stats import linregress

from residua.course.course import Course, arrange
from residua.main.curves.mrd import mrd_curves
from residua.readers.case import read_case
from residua.views.mrd_points import mrd_points
from residua.views.page import draw_page
from residua.views.panels.mrd_band import GOES_ON, TREND, place_trends
from residua.views.panels.mrd_course import plan_mrd_course
from residua.views.panels.panel import frame_for
from residua.views.places import Placement, place_on_axis
from residua.views.style import RC

RISE = [("2023-10-04", 3e-5), ("2023-11-08", 1.3e-4), ("2023-12-06", 6e-4), ("2024-01-03", 2.1e-3)]
FLAT = [("2023-10-04", 3e-4), ("2023-11-08", 4e-4), ("2023-12-06", 2.5e-4), ("2024-01-03", 3e-4)]
INO = '[[treatment]]\nid = "ino"\nstart = "2024-01-20"\n'
FRAME = frame_for(180)


@pytest.fixture
def case(tmp_path):
    def made(values: list[tuple[str, float]], more: str = "") -> tuple[Course, Placement]:
        head = 'kind = "residua.case"\nversion = "1.0"\nsimulated = true\n'
        hsct = '[[transplant]]\nid = "hsct"\ndate = "2023-04-10"\n'
        (tmp_path / "case.toml").write_text(head + hsct + more, "utf-8")
        rows = [
            f"{day},marrow,flow,quantified,{value},nucleated,1e-6,1e-5" for day, value in values
        ]
        columns = "date,tissue,method,status,fraction,denominator_kind,lod,lloq"
        (tmp_path / "mrd.csv").write_text("\n".join([columns, *rows, ""]), "utf-8")
        course = arrange(read_case(tmp_path))
        hosts = [point.host for point in mrd_points(course)]
        return course, place_on_axis(course, hosts, FRAME.width)

    return made


def figure_of(course: Course, placement: Placement, *, curves=None) -> Figure:
    drawn = mrd_curves(course) if curves is None else curves
    with mpl.rc_context(RC):
        panel = plan_mrd_course(mrd_points(course), placement, FRAME, log_height=50, curves=drawn)
        assert panel is not None
        return draw_page([panel], FRAME)


def named(figure: Figure, gid: str) -> list:
    return [artist for artist in figure.artists if artist.get_gid() == gid]


def words(figure: Figure) -> str:
    return " ".join(text.get_text() for text in figure.texts)


def test_the_line_is_the_regression_on_the_axis_of_the_page(case) -> None:
    course, placement = case(RISE)
    [trend] = place_trends(mrd_curves(course), mrd_points(course), placement.axis)
    first = date.fromisoformat(RISE[0][0])
    days = np.array([(date.fromisoformat(day) - first).days for day, _ in RISE])
    known = linregress(days, [math.log10(value) for _, value in RISE])
    for end, day in ((trend.within[0], 0), (trend.within[-1], int(days[-1]))):
        left, right = (placement.axis.x(first + timedelta(days=day + step)) for step in (0, 1))
        assert end.x == pytest.approx((left + right) / 2)
        assert math.log10(end.line) == pytest.approx(known.intercept + known.slope * day, abs=1e-4)
        assert end.low < end.line < end.high
    assert all(a.x < b.x for a, b in zip(trend.within, trend.within[1:], strict=False))


def test_it_goes_on_dashed_to_the_projection_the_axis_or_the_next_therapy(case) -> None:
    course, placement = case(RISE)
    [free] = place_trends(mrd_curves(course), mrd_points(course), placement.axis)
    assert free.beyond[0] == free.within[-1]
    assert free.beyond[-1].x <= placement.axis.width
    assert free.beyond[-1].line <= 0.05 * 1.001
    course, placement = case(RISE, INO)
    [stopped] = place_trends(mrd_curves(course), mrd_points(course), placement.axis)
    assert stopped.beyond[-1].x <= placement.axis.x(date(2024, 1, 21))


def test_band_and_lines_lie_within_the_panel_behind_the_marks(case) -> None:
    figure = figure_of(*case(RISE))
    [frame] = named(figure, "frame-C")
    [band] = named(figure, "trend-band")
    top, bottom = sorted((frame.get_y(), frame.get_y() + frame.get_height()))
    left, right = frame.get_x(), frame.get_x() + frame.get_width()
    corners = [band.get_xy(), *(line.get_xydata() for line in named(figure, "trend"))]
    for x, y in np.concatenate(corners):
        assert left <= x <= right
        assert top <= y <= bottom
    lines = [artist for artist in figure.artists if isinstance(artist, Line2D)]
    marks = [line for line in lines if line.get_marker() == "o"]
    assert marks
    assert band.get_zorder() < min(mark.get_zorder() for mark in marks)
    assert len(named(figure, "trend")) == 2
    assert GOES_ON in words(figure)


def test_nothing_is_drawn_where_no_trend_is_told(case) -> None:
    course, placement = case(FLAT)
    assert mrd_curves(course)[0].trend.outcome == "no trend shown"
    figure = figure_of(course, placement)
    assert not named(figure, "trend-band")
    assert TREND not in words(figure)
    plain = figure_of(course, placement, curves=())
    assert words(plain) == words(figure)
