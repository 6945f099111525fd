"""What every panel is: a height that is known beforehand, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from residua.views.boxes import Box
from residua.views.sheet import Sheet
from residua.views.style import LETTER, SMALL, TEXT, TITLE
from residua.views.typeset import pitch, width_of, wrap

MARGIN = 2.0
RIM = 1.6  # mm between the ends of the time axis and the frame around it
COLUMN_GAP = 4.0  # mm between panels side by side
_SIMULATED = "simulated data"
_LETTER_WIDTH = 6.0
_ONE_LINE = 60.0  # mm from which title and "simulated data" share a line


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
        """The framed part of the page above the time axis, from `top` to `bottom`."""
        return Box(self.left - RIM, top, self.right + RIM, bottom)


def frame_for(width_mm: float) -> Frame:
    """Margins that hold the names of lanes and strips."""
    left = 26.0 if width_mm >= 120 else 20.5
    return Frame(width_mm, left, width_mm - MARGIN - RIM - 0.4)


@dataclass(frozen=True)
class Panel:
    """A drawing `height` mm high that is drawn from a given y downward, `gap` mm below another.

    ``base`` is where its plot ends, for panels side by side whose axes are to stand on one line.
    """

    height: float
    draw: Callable[[Sheet, float], None]
    gap: float = 2.6
    base: float = 0.0


def header_height(title: str, width: float, *, simulated: bool = False) -> float:
    """Height of a panel's letter and title, on `width` mm."""
    lines = wrap(title, _title_width(width, simulated), TITLE, bold=True)
    below = pitch(SMALL) if simulated and width < _ONE_LINE else 0.0
    return max(pitch(LETTER), len(lines) * pitch(TITLE) + 0.7) + 0.6 + below


def fitting_title(titles: Sequence[str], width: float, *, simulated: bool = False) -> str:
    """The first of `titles`, the fullest first, that needs the fewest lines."""
    room = _title_width(width, simulated)
    return min(titles, key=lambda title: len(wrap(title, room, TITLE, bold=True)))


def _title_width(width: float, simulated: bool) -> float:
    beside = simulated and width >= _ONE_LINE
    return width - _LETTER_WIDTH - (width_of(_SIMULATED, SMALL, bold=True) + 3 if beside else 0)


def draw_header(
    sheet: Sheet, corner: tuple[float, float], width: float, words: tuple[str, str], *,
    simulated: bool = False,
) -> None:  # fmt: skip
    """Letter and title (`words`) from `corner`; at the right end whether data are simulated."""
    (left, top), (letter, title) = corner, words
    sheet.words(left, top, letter, size=LETTER, bold=True)
    lines = wrap(title, _title_width(width, simulated), TITLE, bold=True)
    sheet.lines_of_words(left + _LETTER_WIDTH, top + 0.7, lines, size=TITLE, bold=True)
    if simulated:
        y = top + 0.9 if width >= _ONE_LINE else top + 0.7 + len(lines) * pitch(TITLE)
        sheet.words(left + width, y, _SIMULATED, size=SMALL, side="right", bold=True)


def side_label(sheet: Sheet, frame: Frame, top: float, text: str) -> None:
    """Words in the left margin, beside a lane or a strip."""
    lines = side_lines(text, frame)
    sheet.lines_of_words(MARGIN, top, lines, size=TEXT)


def side_lines(text: str, frame: Frame) -> tuple[str, ...]:
    """The words of the left margin, wrapped."""
    return wrap(text, frame.left - RIM - MARGIN - 1.0, TEXT)
