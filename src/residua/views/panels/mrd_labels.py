"""Labels of panel C: each reading's short label, its value where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from residua.views.boxes import Box, Point, around, find_room
from residua.views.mrd_points import MrdPoint
from residua.views.panels.mrd_marks import LIMIT_HALF, LinkLine, links
from residua.views.panels.mrd_scale import CUT_OFF, MrdScale, x_of
from residua.views.panels.panel import Frame
from residua.views.places import Placement
from residua.views.sheet import Sheet
from residua.views.style import GREY, INK, SMALL
from residua.views.typeset import fraction_words, pitch, width_of

_MARK_HALF = 1.5
_SYMBOL_GAP = 0.9
_LEADER_FROM = 3.4
_FARTHEST_VALUE = 9.0
_CUT_OFF_WORDS = f"{fraction_words(CUT_OFF)} = 0.01 %"


@dataclass(frozen=True)
class SpotLabel:
    """A bold label and its value in a box, in mm from the top of the body."""

    label: str
    value: str
    box: Box
    anchor: Point
    colour: str = INK

    def draw(self, sheet: Sheet, top: float) -> None:
        """The words and, where they stand far off, a thin line to their point."""
        box = self.box
        sheet.words(box.left, top + box.top, self.label, size=SMALL, bold=True, colour=self.colour)
        offset = width_of(self.label, SMALL, bold=True) + _SYMBOL_GAP if self.label else 0.0
        if self.value:
            x = box.left + offset
            sheet.words(x, top + box.top, self.value, size=SMALL, colour=self.colour)
        near = _nearest(self.anchor, box)
        if math.dist(near, self.anchor) > _LEADER_FROM:
            xs, ys = zip(self.anchor, near, strict=True)
            sheet.line(xs, [top + y for y in ys], color=GREY, linewidth=0.35, zorder=1.2)


def place_labels(
    points: Sequence[MrdPoint], placement: Placement, frame: Frame, scale: MrdScale
) -> tuple[SpotLabel, ...] | None:
    """A place for every label, with its value where all fit; None where the panel is too low."""
    taken = _marks(points, placement, frame, scale)
    lines = [box for link in links(points, placement, frame, scale) for box in _pieces(link)]
    anchors = {p.label: (x_of(placement.by_id[p.host], frame), scale.y_of(p)) for p in points}
    cut_off = _cut_off_label(frame, scale, taken, lines)
    held = [*taken, *([cut_off.box] if cut_off else [])]
    for wordy in (True, False):
        placed = _all_labels(points, anchors, _area(frame, scale), held, lines, wordy=wordy)
        if placed is not None:
            words = _limit_words(points, anchors, scale, frame, [*held, *_boxes(placed)], lines)
            return (*([cut_off] if cut_off else []), *placed, *words)
    return None


def _area(frame: Frame, scale: MrdScale) -> Box:
    return frame.region(0.4, scale.height - 0.4).grown(-0.4)


def _boxes(labels: Iterable[SpotLabel]) -> list[Box]:
    return [label.box.grown(0.3) for label in labels]


def _all_labels(
    points: Sequence[MrdPoint], anchors: dict[str, Point], area: Box, held: list[Box],
    lines: list[Box], *, wordy: bool,
) -> list[SpotLabel] | None:  # fmt: skip
    placed: list[SpotLabel] = []
    for point in points:
        taken = [*held, *_boxes(placed)]
        anchor = anchors[point.label]
        label = None
        if wordy and point.value:
            label = _spot(point.label, point.value, anchor, area, taken, lines)
            if label and math.dist(_nearest(anchor, label.box), anchor) > _FARTHEST_VALUE:
                label = None
        label = label or _spot(point.label, "", anchor, area, taken, lines)
        if label is None:
            return None
        placed.append(label)
    return placed


def _spot(
    label: str, value: str, anchor: Point, area: Box, taken: list[Box], lines: list[Box]
) -> SpotLabel | None:
    width = width_of(label, SMALL, bold=True) + 0.3
    width += (_SYMBOL_GAP if label else 0.0) + width_of(value, SMALL) if value else 0.0
    size = (width, pitch(SMALL))
    box = find_room(anchor, size, area=area, taken=taken, lines=lines)
    return SpotLabel(label, value, box, anchor) if box else None


def _cut_off_label(
    frame: Frame, scale: MrdScale, taken: list[Box], lines: list[Box]
) -> SpotLabel | None:
    """The name of the reference line, on it, at the right end that is free."""
    y = scale.y(CUT_OFF)
    width, height = width_of(_CUT_OFF_WORDS, SMALL) + 0.3, pitch(SMALL)
    for side in (-height - 0.2, 0.3):
        for x in range(int(frame.right - width - 1), int(frame.left), -3):
            box = Box(x, y + side, x + width, y + side + height)
            if not any(box.overlaps(other) for other in (*taken, *lines)):
                return SpotLabel("", _CUT_OFF_WORDS, box, (box.left, box.bottom), INK)
    return None


def _limit_words(
    points: Sequence[MrdPoint], anchors: dict[str, Point], scale: MrdScale, frame: Frame,
    held: list[Box], lines: list[Box],
) -> list[SpotLabel]:  # fmt: skip
    """``LOD`` and ``LLOQ`` beside their ticks, where there is room right there."""
    placed: list[SpotLabel] = []
    for point in points:
        for name, level in (("LOD", point.lod), ("LLOQ", point.lloq)):
            if level is None:
                continue
            x, y = anchors[point.label][0], scale.y(level)
            height = pitch(SMALL)
            left = x + LIMIT_HALF + 0.5
            box = Box(left, y - height / 2, left + width_of(name, SMALL) + 0.2, y + height / 2)
            blocked = any(box.overlaps(o) for o in (*held, *_boxes(placed), *lines))
            if not blocked and box.within(_area(frame, scale)):
                placed.append(SpotLabel("", name, box, (left, y), GREY))
    return placed


def _marks(
    points: Sequence[MrdPoint], placement: Placement, frame: Frame, scale: MrdScale
) -> list[Box]:
    """Boxes of everything drawn for the points that words must not cover."""
    boxes: list[Box] = []
    for point in points:
        place = placement.by_id[point.host]
        x, y = x_of(place, frame), scale.y_of(point)
        boxes.append(around(x, y, _MARK_HALF))
        if not place.exact:
            boxes.append(Box(frame.left + place.left, y - 1, frame.left + place.right, y + 1))
        for level in (point.lod, point.lloq):
            if level is not None:
                at = scale.y(level)
                boxes.append(Box(x - LIMIT_HALF, at - 0.4, x + LIMIT_HALF, at + 0.4))
        if point.interval:
            top, bottom = scale.y(point.interval[1]), scale.y(max(point.interval[0], 1e-12))
            boxes.append(Box(x - 0.9, top, x + 0.9, bottom))
        if point.arrow:
            step = -4.5 if point.arrow == "up" else 4.5
            boxes.append(Box(x - 0.9, min(y, y + step), x + 0.9, max(y, y + step)))
    return boxes


def _pieces(link: LinkLine) -> list[Box]:
    """A slanting line as a chain of small boxes."""
    (x1, y1), (x2, y2) = link.start, link.stop
    count = max(2, int(math.dist(link.start, link.stop) / 2))
    xs = [x1 + (x2 - x1) * n / count for n in range(count + 1)]
    ys = [y1 + (y2 - y1) * n / count for n in range(count + 1)]
    return [
        Box(min(a, b), min(c, d), max(a, b) + 0.1, max(c, d) + 0.1)
        for a, b, c, d in zip(xs, xs[1:], ys, ys[1:], strict=False)
    ]


def _nearest(point: Point, box: Box) -> Point:
    """The point of `box` nearest to `point`."""
    x = min(max(point[0], box.left), box.right)
    return (x, min(max(point[1], box.top), box.bottom))
