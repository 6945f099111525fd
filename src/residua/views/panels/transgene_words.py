"""The words within panel B: labels, the maximum, the loss."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from residua.views.boxes import Box, Point, find_room
from residua.views.panels.copies_scale import CopiesScale
from residua.views.panels.panel import Frame
from residua.views.panels.transgene_marks import DrawnCurve, line_boxes, spot_boxes
from residua.views.sheet import Sheet
from residua.views.style import PAPER, SMALL, TEXT
from residua.views.typeset import pitch, width_of
from residua.views.wording import count_words, number_words

_PAD = 0.5


@dataclass(frozen=True)
class PlotWords:
    """Words on white within `box`, y from the top of the body."""

    text: str
    box: Box
    bold: bool

    def draw(self, sheet: Sheet, top: float) -> None:
        """On the sheet."""
        box = self.box.moved(0, top)
        sheet.box(box, facecolor=PAPER, edgecolor="none", alpha=0.8, zorder=2.6)
        size = TEXT if self.bold else SMALL
        sheet.words(box.left + _PAD, box.top + 0.1, self.text, size=size, bold=self.bold)


def place_words(
    curves: Sequence[DrawnCurve], frame: Frame, scale: CopiesScale
) -> tuple[PlotWords, ...]:
    """Every curve's label, then its maximum and its loss, where there is room for them."""
    area = Box(frame.left - 1.0, scale.log_top + 0.4, frame.right + 1.0, scale.log_bottom - 0.4)
    taken = [box for one in curves for box in spot_boxes(one.spots)]
    taken += [one.loss for one in curves if one.loss is not None]
    lines = [box for one in curves for box in line_boxes(one)]
    wanted = [_label(one) for one in curves if one.spots]
    for one in curves:
        wanted += _told(one, scale, f"{one.label.label} " if len(curves) > 1 else "")
    found = []
    for text, anchor, bold in wanted:
        letters = TEXT if bold else SMALL
        size = (width_of(text, letters, bold) + 2 * _PAD, pitch(letters) + 0.2)
        box = find_room(anchor, size, area=area, taken=taken, lines=lines)
        if box is not None:
            found.append(PlotWords(text, box, bold))
            taken.append(box)
    return tuple(found)


Wanted = tuple[str, Point, bool]


def _label(one: DrawnCurve) -> Wanted:
    """The label, beside the last value."""
    last = one.spots[-1]
    return one.label.label, (last.x, last.y), True


def _told(one: DrawnCurve, scale: CopiesScale, whose: str) -> Iterator[Wanted]:
    """Words with the point that they belong to."""
    kinetics = one.label.curve.kinetics
    peak, when = kinetics.cmax.value, kinetics.cmax.days
    if peak is not None and when is not None:
        x = next((spot.x for spot in one.spots if spot.sample.days == when), one.spots[0].x)
        text = f"{whose}Cmax {copies_words(peak)}, day {days_words(when)}"
        yield text, (x, scale.y(peak)), False
    if one.loss is not None and kinetics.lost is not None:
        point = ((one.loss.left + one.loss.right) / 2, one.loss.top)
        yield f"{whose}lost: day {days_words(kinetics.lost)}", point, False


def days_words(days: tuple[float, float]) -> str:
    """``28``, or ``28-42`` for a range."""
    return f"{days[0]:g}" if days[0] == days[1] else f"{days[0]:g}-{days[1]:g}"


def copies_words(value: float) -> str:
    """Copies to three significant digits: ``31 200``, ``2.4 × 10⁷``, ``0.12``."""
    short = Decimal(f"{value:.3g}")
    if 1000 <= short < 10_000_000:
        return count_words(int(short))
    return number_words(short)
