"""Days since an infusion: the first four weeks wide, what follows narrower, both linear."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from residua.views.panels.panel import MARGIN, Frame
from residua.views.sheet import Sheet
from residua.views.style import GREY, GUIDE, SMALL
from residua.views.typeset import pitch, width_of

SEAM = 28.0
"""The day on which the scale changes; AUC0-28d ends there."""
_SHARE = 0.55  # of the width for the days before the seam
_PLAIN_UNTIL = 50.0  # days that one scale shows well
_LEAST_END = 28.0
_STEPS = (7, 14, 30, 60, 90, 180, 365, 730, 1825, 3650, 7300)
_SHORT_STEPS, _LEAST_SHORT = (7, 28), 0.6  # days; mm between two short ticks
_BETWEEN = 1.6  # mm between the words of two ticks
WORDS = "days since the infusion (day 0)"
SHORT = "days since infusion"
NARROWER = "day 28 on: narrower"


@dataclass(frozen=True)
class DayAxis:
    """Days from 0 to `end` on `width` mm; `seam` None where one scale serves all."""

    end: float
    width: float
    seam: float | None

    def x(self, day: float) -> float:
        """mm from the axis' left end; days beyond the ends lie at the ends."""
        day = min(max(day, 0.0), self.end)
        if self.seam is None:
            return self.width * day / self.end
        first = _SHARE * self.width
        if day <= self.seam:
            return first * day / self.seam
        return first + (self.width - first) * (day - self.seam) / (self.end - self.seam)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Days with words: weeks at first, then the narrowest steps that leave room."""
        if self.seam is None:
            return self._every(0.0, self.end)
        first = self._every(0.0, self.seam)
        return (*first, *self._every(self.seam, self.end)[1:])

    @property
    def between(self) -> tuple[float, ...]:
        """Days with a short tick: the same step on both sides of the seam shows its scales."""
        step = next((s for s in _SHORT_STEPS if self._room(s) >= _LEAST_SHORT), None)
        return tuple(n * step for n in range(int(self.end // step) + 1)) if step else ()

    def _room(self, step: float) -> float:
        """mm of `step` days where the scale is narrowest."""
        return self.x(self.end) - self.x(max(self.end - step, 0.0))

    def _every(self, start: float, stop: float) -> tuple[float, ...]:
        room = width_of(f"{stop:.0f}", SMALL) + _BETWEEN
        for step in _STEPS:
            begin = step * (start // step + 1)
            days = [begin + n * step for n in range(int((stop - begin) // step) + 1)]
            places = [self.x(day) for day in (start, *days)]
            if min((b - a for a, b in pairwise(places)), default=room) >= room:
                return (start, *days)
        return (start,)


def day_axis(last: float, frame: Frame) -> DayAxis:
    """The axis that holds day `last`, and four weeks at least."""
    end = max(last, _LEAST_END)
    return DayAxis(end, frame.width, SEAM if end > _PLAIN_UNTIL else None)


def axis_height() -> float:
    """Height of ticks and words in mm."""
    return 1.5 + 2 * pitch(SMALL) + 0.6


def draw_day_guides(
    sheet: Sheet, axis: DayAxis, frame: Frame, top: float, bottom: float
) -> None:  # fmt: skip
    """Faint lines at the ticks, a stronger one where the scale changes."""
    for day in axis.ticks:
        x = frame.left + axis.x(day)
        seam = day == axis.seam
        sheet.line(
            [x, x], [top, bottom], color=GREY if seam else GUIDE, zorder=0.5,
            linewidth=0.8 if seam else 0.4,
        )  # fmt: skip


def draw_day_axis(sheet: Sheet, axis: DayAxis, frame: Frame, top: float) -> None:
    """Ticks with their days, weeks between them where they have room, and what they are."""
    for day in axis.between:
        x = frame.left + axis.x(day)
        sheet.line([x, x], [top, top + 0.7], linewidth=0.5)
    for day in axis.ticks:
        x = frame.left + axis.x(day)
        sheet.line([x, x], [top, top + 1.2], linewidth=0.6)
        text = f"{day:.0f}"
        half = width_of(text, SMALL) / 2
        middle = min(x, frame.page - MARGIN - half)
        sheet.words(middle, top + 1.4, text, size=SMALL, side="center")
    for words, start, stop in _words_below(axis, frame):
        half = width_of(words, SMALL) / 2
        middle = max(min((start + stop) / 2, frame.page - MARGIN - half), MARGIN + half)
        sheet.words(middle, top + 1.4 + pitch(SMALL), words, size=SMALL, side="center")


def _words_below(axis: DayAxis, frame: Frame) -> list[tuple[str, float, float]]:
    """What the axis shows, and what the part beyond the seam does, each below its part."""
    if axis.seam is None:
        return [(WORDS, frame.left, frame.right)]
    seam = frame.left + axis.x(axis.seam)
    names = (w for w in (WORDS, SHORT) if width_of(w, SMALL) + _BETWEEN <= axis.x(axis.seam))
    name = next(names, None)
    if name is None or width_of(NARROWER, SMALL) + _BETWEEN > frame.right - seam:
        return [(f"{SHORT}; {NARROWER}", frame.left, frame.right)]
    return [(name, frame.left, seam), (NARROWER, seam, frame.right)]
