"""What every panel is: a height that is known beforehand, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from residua.views.boxes import Box
from residua.views.sheet import Sheet
from residua.views.style import LETTER, TEXT, TITLE
from residua.views.typeset import pitch, wrap

MARGIN = 2.0
_LETTER_WIDTH = 6.0


@dataclass(frozen=True)
class Frame:
    """The page's width and where, on it, the time axis lies; all mm."""

    page: float
    left: float
    right: float

    @property
    def width(self) -> float:
        """Length of the time axis."""
        return self.right - self.left

    @property
    def narrow(self) -> bool:
        """Whether the figure is for one column of a journal."""
        return self.page < 120

    def region(self, top: float, bottom: float) -> Box:
        """The part of the page above the time axis, from `top` to `bottom`."""
        return Box(self.left, top, self.right, bottom)


def frame_for(width_mm: float) -> Frame:
    """Margins that hold the names of lanes and strips."""
    left = 25.0 if width_mm >= 120 else 19.0
    return Frame(width_mm, left, width_mm - 3.0)


@dataclass(frozen=True)
class Panel:
    """A drawing `height` mm high that is drawn from a given y downward."""

    height: float
    draw: Callable[[Sheet, float], None]


def header_height(title: str, frame: Frame) -> float:
    """Height of a panel's letter and title."""
    lines = wrap(title, frame.page - 2 * MARGIN - _LETTER_WIDTH, TITLE, bold=True)
    return max(pitch(LETTER), len(lines) * pitch(TITLE)) + 1.0


def draw_header(
    sheet: Sheet, top: float, letter: str, title: str, *, left: float, right: float
) -> None:
    """The panel's letter and title between `left` and `right`."""
    sheet.words(left, top, letter, size=LETTER, bold=True)
    lines = wrap(title, right - left - _LETTER_WIDTH, TITLE, bold=True)
    sheet.lines_of_words(left + _LETTER_WIDTH, top + 0.7, lines, size=TITLE, bold=True)


def side_label(sheet: Sheet, frame: Frame, top: float, text: str) -> None:
    """Words in the left margin, beside a lane or a strip."""
    lines = side_lines(text, frame)
    sheet.lines_of_words(MARGIN, top, lines, size=TEXT)


def side_lines(text: str, frame: Frame) -> tuple[str, ...]:
    """The words of the left margin, wrapped."""
    return wrap(text, frame.left - MARGIN - 1.5, TEXT)
