"""Panel F laid out: every item beside its symbol, in rows that never overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from residua.views.boxes import Box, drop
from residua.views.panels.panel import Frame, side_lines
from residua.views.places import Place, Placement
from residua.views.style import SMALL
from residua.views.timeline_item import LANES, Lane, TimelineItem
from residua.views.typeset import clamp_lines, pitch, printable, shorten, width_of, wrap

GLYPH_HEIGHT = 3.0
SYMBOL_HALF = 1.7
_LEAST_BAR = 1.2
_GAP = 1.0
_TAG_GAP = 0.9
_LANE_PADDING = 1.0
_BETWEEN = 0.6
_RIM_USED = 1.0
_LINE_WIDTHS, _LINE_WIDTHS_NARROW = (62.0, 46.0, 34.0), (40.0, 31.0)
_TITLE_WIDTH = 76.0  # of a title that stands alone on its line
_NAME = re.compile(r": |, | \(")


class Wording(Enum):
    """How much of an item's words stands beside its symbol; the rest is in the key below.

    A name is the title up to its first colon, comma or bracket.
    """

    FULL = "full"
    TITLES = "titles"
    NAMES = "names"
    TAGS = "tags"


@dataclass(frozen=True)
class LaidItem:
    """An item with its symbol and words, in mm from the top of its lane; x on the page."""

    item: TimelineItem
    place: Place
    glyph: Box
    words_left: float
    words_top: float
    lines: tuple[str, ...]
    whole: bool

    @property
    def tag_width(self) -> float:
        """From the label to the words after it."""
        return tag_width(self.item.label)


@dataclass(frozen=True)
class LaidLane:
    """A lane with its items; `top` and `bottom` in mm from the top of the timeline."""

    name: Lane
    top: float
    bottom: float
    items: tuple[LaidItem, ...]


def tag_width(label: str) -> float:
    """Room that an item's label takes before its words."""
    return width_of(label, SMALL, bold=True) + _TAG_GAP


def lay_out(
    items: Sequence[TimelineItem], placement: Placement, frame: Frame, wording: Wording
) -> tuple[LaidLane, ...]:
    """The lanes that hold something, from the top down."""
    lanes: list[LaidLane] = []
    top = 0.0
    for name in LANES:
        laid = _pack((i for i in items if i.lane == name), placement, frame, wording)
        if laid:
            least = len(side_lines(name, frame)) * pitch() + 1
            height = max(least, max(_outer(i).bottom for i in laid) + _LANE_PADDING)
            lanes.append(LaidLane(name, top, top + height, tuple(laid)))
            top += height
    return tuple(lanes)


def _pack(
    items: Iterable[TimelineItem], placement: Placement, frame: Frame, wording: Wording
) -> list[LaidItem]:
    laid: list[LaidItem] = []
    taken: list[Box] = []
    ordered = sorted(items, key=lambda i: (placement.by_id[i.host].left, int(i.label[1:])))
    for item in ordered:
        trials = _trials(item, _place_of(item, placement), frame, wording)
        laid.append(min((_dropped(one, taken) for one in trials), key=lambda o: _outer(o).bottom))
        taken.append(_outer(laid[-1]))
    return laid


def _dropped(laid: LaidItem, taken: Sequence[Box]) -> LaidItem:
    """The item as high in its lane as it fits."""
    outer = _outer(laid)
    moved = drop(outer.moved(0, _LANE_PADDING - outer.top), taken, _BETWEEN)
    return _shifted(laid, moved.top - outer.top)


def _place_of(item: TimelineItem, placement: Placement) -> Place:
    """The item's place; a run reaches to the end of its last fact."""
    place = placement.by_id[item.host]
    if not item.last:
        return place
    return replace(place, right=max(place.right, placement.by_id[item.last].right))


def _shifted(laid: LaidItem, by: float) -> LaidItem:
    return LaidItem(
        laid.item, laid.place, laid.glyph.moved(0, by), laid.words_left, laid.words_top + by,
        laid.lines, laid.whole,
    )  # fmt: skip


def _outer(laid: LaidItem) -> Box:
    """Symbol and words together."""
    width = _words_width(laid.item.label, laid.lines)
    bottom = laid.words_top + max(1, len(laid.lines)) * pitch()
    glyph = laid.glyph
    return Box(
        min(glyph.left, laid.words_left),
        min(glyph.top, laid.words_top),
        max(glyph.right, laid.words_left + width),
        max(glyph.bottom, bottom),
    )


def _words_width(label: str, lines: Sequence[str]) -> float:
    return tag_width(label) + max((width_of(line) for line in lines), default=0.0)


def _trials(item: TimelineItem, place: Place, frame: Frame, wording: Wording) -> list[LaidItem]:
    """Ways to set the words: right of the symbol, left of it, in long or short lines.

    Below the symbol where neither side has room.
    """
    glyph = _glyph(item, place, frame)
    nudge = (GLYPH_HEIGHT - pitch()) / 2
    trials = []
    widths = _LINE_WIDTHS_NARROW if frame.narrow else _LINE_WIDTHS
    if wording is Wording.TITLES and not frame.narrow:
        widths = (_TITLE_WIDTH, *widths)
    for longest in widths:
        lines, whole = _lines(item, longest, wording)
        width = _words_width(item.label, lines)
        trials += [
            LaidItem(item, place, glyph, left, nudge, lines, whole)
            for left in (glyph.right + _GAP, glyph.left - _GAP - width)
            if left >= frame.left - _RIM_USED and left + width <= frame.right + _RIM_USED
        ]
    if trials:
        return trials
    left = max(frame.left + 0.5, min(glyph.left, frame.right - width))
    return [LaidItem(item, place, glyph, left, GLYPH_HEIGHT, lines, whole)]


def _glyph(item: TimelineItem, place: Place, frame: Frame) -> Box:
    left, right = frame.left + place.left, frame.left + place.right
    if item.symbol != "bar":
        middle = frame.left + place.x
        left, right = min(left, middle - SYMBOL_HALF), max(right, middle + SYMBOL_HALF)
    elif right - left < _LEAST_BAR:
        right = left + _LEAST_BAR
    if item.symbol == "bar" and place.open_end:
        right += 1.5
    shift = min(0.0, frame.right + 1.5 - right)
    return Box(left + shift, 0.0, right + shift, GLYPH_HEIGHT)


def _lines(item: TimelineItem, most: float, wording: Wording) -> tuple[tuple[str, ...], bool]:
    """The words beside the symbol and whether they are all of the item's words."""
    if wording is Wording.TAGS:
        return (), False
    if wording in (Wording.TITLES, Wording.NAMES):
        name = _NAME.split(item.title)[0].strip() if wording is Wording.NAMES else item.title
        title = shorten(name, most)
        if name != item.title:
            return (title,), False
        return (title,), not item.details and not title.endswith("…")
    title_lines = clamp_lines(item.title, most, 3)
    details = [line for text in item.details for line in wrap(text, most)]
    return (*title_lines, *details), True


def key_texts(lanes: Iterable[LaidLane]) -> tuple[tuple[str, str], ...]:
    """(label, words) of the items that are not wholly worded in place, by number.

    A title that stands whole beside its symbol is not repeated.
    """
    left_out = [laid for lane in lanes for laid in lane.items if not laid.whole]
    left_out.sort(key=lambda laid: int(laid.item.label[1:]))
    return tuple((laid.item.label, _unsaid(laid)) for laid in left_out)


def _unsaid(laid: LaidItem) -> str:
    titled = laid.lines == (printable(laid.item.title),)
    return "; ".join(laid.item.details) if titled else laid.item.text
