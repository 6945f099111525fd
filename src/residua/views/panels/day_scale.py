"""Days since an infusion as millimetres on the page, with their ticks and words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from residua.views.sheet import Sheet
from residua.views.style import FAINT, GUIDE, SMALL
from residua.views.typeset import pitch, width_of

DAY_TICKS = 1.5 + pitch(SMALL)
HEIGHT = DAY_TICKS + pitch(SMALL) + 0.4
_DENSE = 0.7  # mm of a day from which each day has a tick
_STEPS = (1, 7, 14, 28)
_EDGE = 2.2  # mm between the outer days and the frame


@dataclass(frozen=True)
class DayScale:
    """Days from `first` to `last` between `left` and `right` on the page, in mm."""

    first: float
    last: float
    left: float
    right: float

    def x(self, day: float) -> float:
        """Where a day lies; days beyond the ends lie at the ends."""
        part = (min(max(day, self.first), self.last) - self.first) / (self.last - self.first)
        return self.left + _EDGE + part * (self.right - self.left - 2 * _EDGE)

    @property
    def room(self) -> float:
        """Millimetres of a day."""
        return (self.right - self.left - 2 * _EDGE) / (self.last - self.first)

    @property
    def ticks(self) -> tuple[int, ...]:
        """Days with a word: every one, or weeks, as their words have room."""
        least = width_of("-14", SMALL) + 1.0
        step = next((s for s in _STEPS if s * self.room >= least), 2 * _STEPS[-1])
        low = -int(-self.first // step)
        return tuple(n * step for n in range(low, int(self.last // step) + 1))


def draw_day_guides(sheet: Sheet, scale: DayScale, top: float, bottom: float) -> None:
    """Faint lines at the ticks, a darker one on day 0."""
    for day in scale.ticks:
        x = scale.x(day)
        colour, width = (FAINT, 0.7) if day == 0 else (GUIDE, 0.4)
        sheet.line([x, x], [top, bottom], color=colour, linewidth=width, zorder=0.5)


def draw_days(sheet: Sheet, scale: DayScale, top: float) -> None:
    """Ticks, their words and the name of the axis, `HEIGHT` mm high."""
    for day in range(math.ceil(scale.first), int(scale.last) + 1):
        if scale.room >= _DENSE:
            x = scale.x(day)
            sheet.line([x, x], [top, top + 0.7], linewidth=0.4)
    for day in scale.ticks:
        x = scale.x(day)
        sheet.line([x, x], [top, top + 1.2], linewidth=0.6)
        words = str(day).replace("-", "\N{MINUS SIGN}")
        sheet.words(x, top + 1.3, words, size=SMALL, side="center")
    middle = (scale.left + scale.right) / 2
    sheet.words(middle, top + DAY_TICKS, "days since the infusion", size=SMALL, side="center")
