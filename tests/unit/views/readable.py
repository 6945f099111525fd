"""Whether the words of a figure can be read: as matplotlib itself measures every rendered text."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from residua.views.style import RC

LEAST_SIZE = 6.0  # points at print size


def words_of(figure: Figure) -> list[Text]:
    found = (text for text in figure.findobj(Text) if text.get_visible())
    return [text for text in found if text.get_text().strip()]


def assert_readable(figure: Figure) -> None:
    with mpl.rc_context(RC):
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in words_of(figure)]
    assert min((t.get_fontsize() for t in words_of(figure)), default=9) >= LEAST_SIZE
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= figure.bbox.x1, text
        assert box.y1 <= figure.bbox.y1, text
    ends = np.array([(box.x0, box.y0, box.x1, box.y1) for _, box in boxes]).reshape(-1, 4)
    for place, (one, _) in enumerate(boxes):
        others = ends[place + 1 :]
        shared = np.minimum(ends[place, 2:], others[:, 2:]) - np.maximum(
            ends[place, :2], others[:, :2]
        )
        over = [boxes[place + 1 + n][0] for n in np.flatnonzero(shared.min(axis=1) >= 0.5)]
        assert not over, f"{one!r} lies over {over}"


def assert_clear_of_lines(figure: Figure) -> None:
    """No words lie on a panel's frame, and none on the line of the MRD cut-off."""
    with mpl.rc_context(RC):
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        boxes = [(t.get_text(), t.get_window_extent(renderer)) for t in words_of(figure)]
        named = {
            a.get_gid(): a.get_window_extent(renderer) for a in figure.findobj() if a.get_gid()
        }
    for text, box in boxes:
        for name, frame in named.items():
            across = box.x0 < frame.x1 and box.x1 > frame.x0
            down = box.y0 < frame.y1 and box.y1 > frame.y0
            inside = (
                box.x0 > frame.x0 and box.x1 < frame.x1 and box.y0 > frame.y0 and box.y1 < frame.y1
            )
            if name == "cut-off":
                inside = not box.y0 < frame.y0 < box.y1
            assert inside or not (across and down), f"{text!r} lies on {name}"
