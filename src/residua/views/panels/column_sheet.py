"""A sheet on which a panel of one column draws as if the column were the page."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.transforms import Affine2D, Transform

from residua.views.boxes import Box
from residua.views.panels.column import Column
from residua.views.panels.panel import MARGIN, RIM, Frame
from residua.views.sheet import Sheet


@dataclass(frozen=True)
class ColumnSheet(Sheet):
    """A sheet whose x counts from `left` mm on the page."""

    left: float = 0.0

    @property
    def millimetres(self) -> Transform:
        """From mm of the column to the figure's own units."""
        return Affine2D().translate(self.left, 0) + super().millimetres

    def axes_rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """As that of the page."""
        return super().axes_rectangle(box.moved(self.left, 0))


def column_frame(column: Column, *, margin: float) -> Frame:
    """A page as wide as the column and its margins; the plot begins `margin` mm within it."""
    page = column.width + 2 * MARGIN
    return Frame(page, MARGIN + margin, page - MARGIN - RIM - 0.4)


def on_column(sheet: Sheet, column: Column) -> ColumnSheet:
    """`sheet` as a page whose margins lie outside the column."""
    return ColumnSheet(sheet.figure, sheet.width, sheet.height, column.left - MARGIN)
