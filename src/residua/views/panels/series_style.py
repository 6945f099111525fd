"""Which shape, fill and colour tells one series of readings from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from residua.views.mrd_points import Series
from residua.views.sheet import Sheet
from residua.views.style import FAINT, PAPER, SERIES

_SHAPES = {"flow": "o", "pcr": "s", "ngs": "D"}
_OTHER_SHAPES = ("p", "h", "8")
_FAINT_SHAPES = {"morphology": "x", "differential": "+"}
_FILLS = ("full", "left", "bottom", "right", "top")


@dataclass(frozen=True)
class SeriesStyle:
    """A shape for the modality, a fill and a colour for the denominator."""

    shape: str
    fill: str
    colour: str
    mrd: bool

    def draw(self, sheet: Sheet, x: float, y: float, size: float = 4.6) -> None:
        """The series' symbol."""
        style: dict[str, Any] = {
            "markersize": size if self.mrd else 1.25 * size,
            "markeredgecolor": self.colour,
        }
        if self.mrd:
            style |= {
                "markerfacecolor": self.colour, "markerfacecoloralt": PAPER, "fillstyle": self.fill,
            }  # fmt: skip
        sheet.marker(x, y, self.shape, **style)

    def draw_not_detected(self, sheet: Sheet, x: float, y: float) -> None:
        """An open triangle that points down, the series' symbol within it."""
        style = {"markerfacecolor": PAPER, "markeredgecolor": self.colour, "markeredgewidth": 0.9}
        sheet.marker(x, y, "v", markersize=7.6, **style)
        self.draw(sheet, x, y - 0.35, size=2.2)


def styles_of(series: Iterable[Series]) -> dict[Series, SeriesStyle]:
    """A style for each series, in the order of first appearance."""
    listed = list(dict.fromkeys(series))
    used: Counter[str] = Counter()
    others: dict[str, str] = {}
    styles: dict[Series, SeriesStyle] = {}
    for one in listed:
        if not one.mrd:
            shape = _FAINT_SHAPES.get(one.modality, "1")
            styles[one] = SeriesStyle(shape, "full", FAINT, mrd=False)
            continue
        if one.modality not in _SHAPES:
            others.setdefault(one.modality, _OTHER_SHAPES[len(others) % len(_OTHER_SHAPES)])
        shape = _SHAPES.get(one.modality) or others[one.modality]
        fill = _FILLS[used[shape] % len(_FILLS)]
        colour = SERIES[sum(used.values()) % len(SERIES)]
        styles[one] = SeriesStyle(shape, fill, colour, mrd=True)
        used[shape] += 1
    return styles
