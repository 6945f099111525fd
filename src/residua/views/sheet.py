"""A page in millimetres from its top left corner, on which panels draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.transforms import Affine2D, Transform

from residua.views.boxes import Box
from residua.views.style import ASCENT, INK, MM_PER_INCH, MM_PER_POINT, TEXT
from residua.views.typeset import font_of, pitch, printable

Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Sheet:
    """Draws on `figure`; x to the right and y down, both in mm."""

    figure: Figure
    width: float
    height: float

    @property
    def millimetres(self) -> Transform:
        """From mm on the page to the figure's own units."""
        turned = Affine2D().scale(1 / MM_PER_INCH, -1 / MM_PER_INCH)
        return turned.translate(0, self.height / MM_PER_INCH) + self.figure.dpi_scale_trans

    def words(
        self, x: float, top: float, text: str, *, size: float = TEXT, side: Side = "left",
        bold: bool = False, colour: str = INK, upright: bool = False,
    ) -> None:  # fmt: skip
        """One line of text whose line box begins at `top`; `upright` turns it by 90 degrees."""
        baseline = top + ASCENT * size * MM_PER_POINT
        self.figure.text(
            x, baseline, printable(text), transform=self.millimetres, ha=side,
            va="center" if upright else "baseline", rotation=90 if upright else 0,
            rotation_mode="anchor" if not upright else "default", color=colour,
            fontproperties=font_of(size, bold), parse_math=False,
        )  # fmt: skip

    def lines_of_words(
        self, x: float, top: float, lines: Sequence[str], *, size: float = TEXT,
        side: Side = "left", colour: str = INK, bold: bool = False,
    ) -> None:  # fmt: skip
        """Lines of text one below the other."""
        for number, text in enumerate(lines):
            y = top + number * pitch(size)
            self.words(x, y, text, size=size, side=side, colour=colour, bold=bold)

    def line(self, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:
        """A line through points; `style` as Line2D takes it."""
        given: dict[str, Any] = {"color": INK, "linewidth": 0.6, "solid_capstyle": "butt"} | style
        self.figure.add_artist(
            Line2D(np.asarray(xs), np.asarray(ys), transform=self.millimetres, **given)
        )

    def marker(self, x: float, y: float, shape: Any, **style: Any) -> None:
        """One symbol; `style` as Line2D takes it."""
        given = {"markersize": 4.5, "markeredgewidth": 0.8, "zorder": 5} | style
        self.line([x], [y], marker=shape, linestyle="none", **given)

    def box(self, box: Box, **style: Any) -> None:
        """A rectangle; `style` as Rectangle takes it."""
        given: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": INK,
            "linewidth": 0.5,
            "zorder": 2,
        } | style
        corner = (box.left, box.top)
        self.figure.add_artist(
            Rectangle(corner, box.width, box.height, transform=self.millimetres, **given)
        )

    def area(self, points: Sequence[tuple[float, float]], **style: Any) -> None:
        """A closed outline; `style` as Polygon takes it."""
        given: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": INK,
            "linewidth": 0.6,
            "zorder": 3,
        } | style
        self.figure.add_artist(
            Polygon(np.asarray(points), closed=True, transform=self.millimetres, **given)
        )

    def axes_rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """`box` as matplotlib's axes want it: parts of the page, from its lower left corner."""
        return (
            box.left / self.width,
            1 - box.bottom / self.height,
            box.width / self.width,
            box.height / self.height,
        )
