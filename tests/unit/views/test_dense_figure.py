"""Dense courses: labels and leaders of panel C, runs of B cells, rows of legends.

Oracle: the geometry of segments and boxes, and hand counts.
"""

from __future__ import annotations

import pytest
from test_six_panels import drawn

from residua.views.boxes import Box, crosses
from residua.views.panels.b_cell_strip import Run, runs_of
from residua.views.panels.day_axis import SEAM, day_axis
from residua.views.panels.legend import Entry, legend_between
from residua.views.panels.panel import frame_for
from residua.views.powers import decade_words
from residua.views.style import MM_PER_POINT, SMALL
from residua.views.typeset import pitch, width_of

SQUARE = Box(4, 4, 6, 6)


@pytest.mark.parametrize(
    ("start", "stop", "through"),
    [((0, 5), (10, 5), True), ((0, 0), (10, 10), True), ((0, 5), (3, 5), False),
     ((0, 3), (10, 3), False), ((5, 0), (5, 10), True), ((0, 8), (8, 0), False),
     ((4, 0), (4, 10), False), ((5, 5), (5, 5), True)],
)  # fmt: skip
def test_a_line_crosses_what_it_runs_through(start, stop, through):
    assert crosses(start, stop, SQUARE) is through
    assert crosses(stop, start, SQUARE) is through


def test_values_that_touch_become_one_run():
    """Squares 1.48 mm wide: 1 mm apart they touch, 2 mm apart they do not."""
    values = [(0, "aplasia"), (1, "aplasia"), (3, "aplasia"), (4, "present"), (5, "present")]
    assert runs_of(values) == (
        Run("aplasia", 0, 1), Run("aplasia", 3, 3), Run("present", 4, 5),
    )  # fmt: skip
    assert len(runs_of([(0, "not told"), (0.5, "not told")])) == 2


def test_an_entry_stands_in_an_earlier_row_that_has_room():
    """Short, long, short: two rows, not three."""

    def picture(*_):
        return None

    long = Entry("m" * 30, picture)
    room = 8.0 + width_of(long.text, SMALL) + 1.0
    short = Entry("ab", picture)
    two_rows = 2 * pitch(SMALL) + 0.8
    assert legend_between([short, long, short], 0, room).height == pytest.approx(two_rows)
    assert legend_between([], 0, room).height == 0


def test_a_remark_takes_no_room_for_a_symbol():
    """A remark as wide as the legend stands on one line."""
    words = "words of a remark"
    room = width_of(words, SMALL) + 0.1
    assert legend_between([Entry(words, None)], 0, room).height == pytest.approx(pitch(SMALL) + 0.3)


def test_short_ticks_have_one_step_on_both_sides_of_the_seam():
    axis = day_axis(360, frame_for(180))
    steps = {b - a for a, b in zip(axis.between, axis.between[1:], strict=False)}
    assert len(steps) == 1
    step = steps.pop()
    assert SEAM % step == 0
    before, after = axis.x(step), axis.x(SEAM + step) - axis.x(SEAM)
    assert before > 2 * after


@pytest.mark.parametrize(("exponent", "words"), [(0, "1"), (1, "10¹"), (3, "10³"), (-4, "10⁻⁴")])
def test_ticks_of_all_log_axes_are_worded_alike(exponent, words):
    assert decade_words(exponent) == words


def test_axes_of_both_curves_stand_on_one_line():
    """Oracle: the lower ends of the lowest frames of A and of B."""
    figure = drawn(panels="AB")
    figure.canvas.draw()
    frames = [a for a in figure.findobj() if str(a.get_gid()).startswith("frame-")]
    lowest = {}
    for frame in frames:
        letter = str(frame.get_gid())[6]
        y = frame.get_window_extent().y0
        lowest[letter] = min(y, lowest.get(letter, y))
    assert lowest["A"] == pytest.approx(lowest["B"], abs=0.3 / MM_PER_POINT * figure.dpi / 72)
