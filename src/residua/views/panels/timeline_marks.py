"""The symbols of panel F."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from residua.views.boxes import Box, around
from residua.views.course_words import LATER, LATER_MEANING, UNREAD, UNREAD_MEANING
from residua.views.panels.dated_marks import draw_time_of, hatched
from residua.views.panels.legend import Entry, Picture
from residua.views.panels.timeline_layout import LaidItem
from residua.views.sheet import Sheet
from residua.views.style import ACCENT, BAR, BAR_CERTAIN, INK, PAPER
from residua.views.timeline_item import Symbol
from residua.views.typeset import pitch

_BAR_HEIGHT = 2.2
_FILLED = {"markerfacecolor": INK, "markeredgecolor": INK}
_WARM = {"markerfacecolor": ACCENT, "markeredgecolor": INK, "markeredgewidth": 0.6}
_SYMBOLS: dict[Symbol, tuple[str, str, dict[str, Any]]] = {
    "transplant": ("*", "transplant", _WARM | {"markersize": 8.0}),
    "car-t": ("P", "CAR-T cell infusion", _WARM | {"markersize": 6.2}),
    "dli": ("h", "donor lymphocyte infusion", _WARM | {"markersize": 6.0}),
    "diagnosis": ("s", "diagnosis", _FILLED),
    "assessment": ("o", "assessment", {"markerfacecolor": PAPER, "markeredgecolor": INK}),
    "relapse": ("^", "relapse or progression", _FILLED | {"markersize": 5.6}),
    "last contact": (">", "last contact", _FILLED),
    "death": ("X", "death", _FILLED | {"markersize": 5.8}),
}


def draw_item_mark(sheet: Sheet, top: float, laid: LaidItem, left: float) -> None:
    """The bar or symbol of one item in a lane that begins at `top`; the axis begins at `left`."""
    glyph = laid.glyph.moved(0, top)
    y = (glyph.top + glyph.bottom) / 2
    if laid.item.symbol != "bar":
        draw_time_of(sheet, laid.place, left, y)
        if not laid.place.dated:
            middle = around(left + laid.place.x, y, 1.2)
            sheet.box(middle, facecolor=PAPER, edgecolor="none", zorder=2.2)
        x = min(max(left + laid.place.x, glyph.left), glyph.right)
        draw_symbol(sheet, laid.item.symbol, x, y)
        return
    bar = Box(glyph.left, y - _BAR_HEIGHT / 2, glyph.right, y + _BAR_HEIGHT / 2)
    if not laid.place.dated:
        hatched(sheet, bar)
        return
    draw_bar(sheet, bar, exact=laid.place.exact, open_end=laid.place.open_end)
    if laid.place.core is not None and not laid.place.exact:
        first, last = laid.place.core
        core = Box(left + first, bar.top, left + last, bar.bottom)
        sheet.box(core, facecolor=BAR_CERTAIN, edgecolor=INK, linewidth=0.4, zorder=2.6)


def draw_bar(sheet: Sheet, bar: Box, *, exact: bool, open_end: bool) -> None:
    """A course of treatment; dark where its days are known, open to the right without an end."""
    fill = BAR_CERTAIN if exact else BAR
    if not open_end:
        sheet.box(bar, facecolor=fill, linewidth=0.5)
        return
    point = 1.2
    corner = bar.right - point
    middle = (bar.top + bar.bottom) / 2
    outline = [(bar.left, bar.top), (corner, bar.top), (bar.right, middle), (corner, bar.bottom),
               (bar.left, bar.bottom)]  # fmt: skip
    sheet.area(outline, facecolor=fill, linewidth=0.5, zorder=2)


def draw_symbol(sheet: Sheet, symbol: Symbol, x: float, y: float) -> None:
    """The symbol of a point event."""
    shape, _, style = _SYMBOLS[symbol]
    sheet.marker(x, y, shape, **style)


def timeline_entries(items: Iterable[LaidItem]) -> list[Entry]:
    """Legend entries for what is drawn."""
    listed = list(items)
    bars = [i.place for i in listed if i.item.symbol == "bar" and i.place.dated]
    entries = []
    if any(p.exact for p in bars) or any(p.core for p in bars):
        entries.append(_bar_entry("given or present on these days", exact=True, open_end=False))
    if any(not p.exact for p in bars):
        words = "given or present within this time (known to the month or year)"
        entries.append(_bar_entry(words, exact=False, open_end=False))
    if any(p.open_end for p in bars):
        entries.append(_bar_entry("pointed end: last day not stated", exact=False, open_end=True))
    used = {i.item.symbol for i in listed}
    entries += [_symbol_entry(symbol) for symbol in _SYMBOLS if symbol in used]
    return entries + _mark_entries(" ".join(i.item.text for i in listed))


def _mark_entries(words: str) -> list[Entry]:
    """The marks behind names of standards that are used."""
    marks = ((LATER, LATER_MEANING), (UNREAD, UNREAD_MEANING))
    return [Entry(meaning, _sign(mark)) for mark, meaning in marks if mark in words]


def _sign(mark: str) -> Picture:
    return lambda sheet, x, y: sheet.words(x, y - pitch() / 2, mark, side="center")


def _bar_entry(text: str, *, exact: bool, open_end: bool) -> Entry:
    def picture(sheet: Sheet, x: float, y: float) -> None:
        half = _BAR_HEIGHT / 2
        draw_bar(sheet, Box(x - 3, y - half, x + 3, y + half), exact=exact, open_end=open_end)

    return Entry(text, picture)


def _symbol_entry(symbol: Symbol) -> Entry:
    return Entry(_SYMBOLS[symbol][1], lambda sheet, x, y: draw_symbol(sheet, symbol, x, y))
