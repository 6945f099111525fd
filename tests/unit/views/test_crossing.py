"""Leaders through labels. Oracle: Liang and Barsky's clipping, one line and one box at a time."""

import numpy as np

from residua.views.boxes import crossing


def _crosses(line, box):
    low, high = 0.0, 1.0
    for a, b, least, most in (
        (line[0], line[2], box[0], box[2]),
        (line[1], line[3], box[1], box[3]),
    ):
        if a == b:
            if not least < a < most:
                return False
            continue
        enters, leaves = sorted(((least - a) / (b - a), (most - a) / (b - a)))
        low, high = max(low, enters), min(high, leaves)
    return low < high


def test_lines_on_a_grid_of_whole_numbers_touch_corners_edges_and_nothing():
    rng = np.random.default_rng(1)
    lines = np.round(rng.uniform(0, 6, (3000, 4)))
    corners = np.round(rng.uniform(0, 5, (3000, 2)))
    boxes = np.hstack([corners, corners + np.round(rng.uniform(1, 3, (3000, 2)))])
    expected = [_crosses(line, box) for line, box in zip(lines, boxes, strict=True)]
    assert crossing(lines, boxes).tolist() == expected
    assert 300 < sum(expected) < 2700


def test_one_box_beside_many_lines_and_the_other_way_round():
    box = np.array([[0.0, 0.0, 2.0, 2.0]])
    lines = np.array([[-1.0, 1.0, 3.0, 1.0], [3.0, 0.0, 4.0, 1.0]])
    assert crossing(lines, box).tolist() == [True, False]
    assert crossing(lines[:1], np.vstack([box, box + 5])).tolist() == [True, False]
    assert crossing(np.empty((0, 4)), box).tolist() == []
