"""Labels of panel C: each reading's short label, its value where there is room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from residua.views.boxes import Box, Point, Table, around, crossing, find_room, table_of
from residua.views.mrd_points import MrdPoint
from residua.views.panels.mrd_marks import ARROW, LIMIT_HALF, LinkLine, Spot, links
from residua.views.panels.mrd_scale import CUT_OFF, MrdScale
from residua.views.panels.panel import Frame
from residua.views.sheet import Sheet
from residua.views.style import GREY, INK, PAPER, SMALL
from residua.views.typeset import pitch, width_of
from residua.views.wording import short_fraction

_MARK_HALF = 1.5
_TAG_GAP = 0.9
_LEADER_FROM = 3.0
_FARTHEST_VALUE = 9.0
_MOST_LED = 0.15  # of the labels, before values are left out
_MANY = 60  # readings, from which labels have no values and their leaders may cross
_CROWD = 9.0  # mm about a reading in which others count as neighbours
_CUT_OFF_WORDS = f"{short_fraction(CUT_OFF)} = 0.01 %"


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
        white = Box(box.left - 0.2, top + box.top, box.right, top + box.bottom)
        sheet.box(white, facecolor=PAPER, edgecolor="none", zorder=0.8)  # over guides only
        sheet.words(box.left, top + box.top, self.label, size=SMALL, bold=True, colour=self.colour)
        if self.value:
            x = box.left + _tag(self.label)
            sheet.words(x, top + box.top, self.value, size=SMALL, colour=self.colour)
        if self.led:
            xs, ys = zip(self.anchor, self.near, strict=True)
            sheet.line(xs, [top + y for y in ys], color=GREY, linewidth=0.5, zorder=1.2)

    @property
    def near(self) -> Point:
        """The point of the label nearest to its reading."""
        return _nearest(self.anchor, self.box)

    @property
    def led(self) -> bool:
        """Whether a thin line leads from the reading to the label."""
        return bool(self.label) and math.dist(self.near, self.anchor) > _LEADER_FROM


@dataclass(frozen=True)
class _Room:
    """The area for labels, what they must not cover, and what they had better not.

    `lines` join readings, `guides` are the decades. A reading's label stays in its own band of
    the panel, so that none seems to belong to another.
    """

    area: Box
    taken: tuple[Box, ...]
    lines: tuple[Box, ...]
    guides: tuple[Box, ...] = ()
    bands: tuple[tuple[float, float], ...] = ()
    labels: tuple[SpotLabel, ...] = ()

    def band(self, y: float) -> Box:
        """The part of the area from which `y` is not parted by a border."""
        top, bottom = next((b for b in self.bands if b[0] <= y <= b[1]), (0.0, math.inf))
        inner = (max(top + 0.3, self.area.top), min(bottom - 0.3, self.area.bottom))
        return replace(self.area, top=inner[0], bottom=inner[1])

    def without(self, labels: Iterable[SpotLabel]) -> _Room:
        """What is left when these labels stand."""
        new = tuple(labels)
        taken = (*self.taken, *(label.box.grown(0.3) for label in new))
        return replace(self, taken=taken, labels=(*self.labels, *new))

    @cached_property
    def _placed(self) -> tuple[Table, Table]:
        """Boxes of the labels, and the leaders among them as start and stop, one row each."""
        leaders = [(*one.anchor, *one.near) for one in self.labels if one.led]
        return table_of(one.box for one in self.labels), np.array(leaders).reshape(-1, 4)

    def clear(self, label: SpotLabel) -> bool:
        """Whether its leader runs through no label, and no leader through it."""
        boxes, leaders = self._placed
        if crossing(leaders, table_of([label.box])).any():
            return False
        own = np.array([(*label.anchor, *label.near)])
        return not label.led or not crossing(own, boxes).any()

    def free(self, box: Box) -> bool:
        """Whether the box lies within the area and covers nothing at all."""
        return box.within(self.area) and not any(map(box.overlaps, (*self.taken, *self.lines)))


def place_labels(
    spots: Sequence[Spot], frame: Frame, scale: MrdScale
) -> tuple[SpotLabel, ...] | None:
    """A place for every label, with its value where there is room nearby.

    Values are left out where they would push many labels far off. None where the panel is too
    low even for the labels alone.
    """
    lines = tuple(box for link in links(spots) for box in _pieces(link))
    edge = frame.region(0.2, scale.height - 0.2)
    area = replace(edge, left=edge.left + 0.8, right=edge.right - 0.8)
    taken = (*_marks(spots, frame, scale), *_borders(frame, scale))
    guides = tuple(_across(frame, scale.y(10.0**decade), 0.1) for decade in scale.decades)
    bands = (*scale.strips.values(), (scale.log_top, scale.log_bottom))
    room = _Room(area, taken, lines, guides, bands)
    named = _cut_off_label(frame, scale, room)
    room = room.without(named)
    ways = [] if len(spots) > _MANY else [_all_labels(spots, room, wordy=True)]
    if not ways or ways[0] is None or len(_led(ways[0])) > _MOST_LED * len(spots):
        ways.append(_all_labels(spots, room, wordy=False))
    found = [placed for placed in ways if placed is not None]
    if not found:
        found = [x for x in [_all_labels(spots, replace(room, bands=()), wordy=False)] if x]
    if not found:
        return None
    placed = min(found, key=lambda one: len(_led(one)))
    return (*named, *placed, *_limit_words(spots, scale, room.without(placed)))


def _led(labels: Iterable[SpotLabel]) -> list[SpotLabel]:
    return [label for label in labels if label.led]


def _crowded_first(spots: Sequence[Spot]) -> list[Spot]:
    """Those with many neighbours first, which have the fewest places to go."""
    near = [sum(math.dist((a.x, a.y), (b.x, b.y)) < _CROWD for b in spots) for a in spots]
    order = sorted(range(len(spots)), key=lambda n: (-near[n], n))
    return [spots[n] for n in order]


def _all_labels(spots: Sequence[Spot], room: _Room, *, wordy: bool) -> list[SpotLabel] | None:
    placed: list[SpotLabel] = []
    for spot in _crowded_first(spots):
        left = room.without(placed)
        label = _nearby(spot, left) if wordy and spot.point.short else None
        label = label or _spot_label(spot, "", left, careful=len(spots) <= _MANY)
        if label is None:
            return None
        placed.append(label)
    return placed


def _nearby(spot: Spot, room: _Room) -> SpotLabel | None:
    """A label with its value, unless it would stand too far off."""
    label = _spot_label(spot, spot.point.short, room)
    near = label is not None and math.dist(_nearest(label.anchor, label.box), label.anchor)
    return label if label is not None and near <= _FARTHEST_VALUE else None


def _spot_label(spot: Spot, value: str, room: _Room, *, careful: bool = True) -> SpotLabel | None:
    """The label at its nearest free place; `careful` asks for one clear of other leaders."""
    name = spot.point.label
    width = _tag(name) + width_of(value, SMALL) if value else width_of(name, SMALL, bold=True)
    anchor, size = (spot.x, spot.y), (width + 0.3, pitch(SMALL))
    wished = (lambda box: room.clear(SpotLabel(name, value, box, anchor))) if careful else None
    box = find_room(
        anchor, size, area=room.band(spot.y), taken=room.taken, lines=room.lines,
        guides=room.guides, wished=wished,
    )  # fmt: skip
    return SpotLabel(name, value, box, anchor) if box else None


def _tag(label: str) -> float:
    return width_of(label, SMALL, bold=True) + _TAG_GAP if label else 0.0


def _cut_off_label(frame: Frame, scale: MrdScale, room: _Room) -> list[SpotLabel]:
    """The name of the reference line, above or below it, as far right as it is free."""
    y = scale.y(CUT_OFF)
    width, height = width_of(_CUT_OFF_WORDS, SMALL) + 0.3, pitch(SMALL)
    for side in (-height - 0.3, 0.4):
        for x in range(int(frame.right - width), int(frame.left), -3):
            box = Box(x, y + side, x + width, y + side + height)
            if room.free(box):
                return [SpotLabel("", _CUT_OFF_WORDS, box, (box.left, box.bottom))]
    return []


def _limit_words(spots: Sequence[Spot], scale: MrdScale, room: _Room) -> list[SpotLabel]:
    """``LOD`` and ``LLOQ`` beside their ticks, where there is room right there."""
    placed: list[SpotLabel] = []
    for spot in spots:
        for name, level in _limits(spot.point):
            y, left = scale.y(level), spot.x + LIMIT_HALF + 0.5
            half = pitch(SMALL) / 2
            box = Box(left, y - half, left + width_of(name, SMALL) + 0.2, y + half)
            if room.without(placed).free(box):
                placed.append(SpotLabel("", name, box, (left, y), GREY))
    return placed


def _limits(point: MrdPoint) -> list[tuple[str, float]]:
    named = (("LOD", point.lod), ("LLOQ", point.lloq))
    return [(name, level) for name, level in named if level is not None]


def _borders(frame: Frame, scale: MrdScale) -> list[Box]:
    """The lines between the strips and the log scale, and the cut-off."""
    edges = {edge for strip in scale.strips.values() for edge in strip} | {scale.y(CUT_OFF)}
    return [_across(frame, y, 0.3) for y in sorted(edges)]


def _across(frame: Frame, y: float, half: float) -> Box:
    region = frame.region(y - half, y + half)
    return Box(region.left, region.top, region.right, region.bottom)


def _marks(spots: Sequence[Spot], frame: Frame, scale: MrdScale) -> list[Box]:
    """Boxes of everything drawn for the points that words must not cover."""
    boxes: list[Box] = []
    for spot in spots:
        x, y, point, place = spot.x, spot.y, spot.point, spot.place
        boxes.append(around(x, y, _MARK_HALF))
        if not place.exact:
            boxes.append(Box(frame.left + place.left, y - 1, frame.left + place.right, y + 1))
        for _, level in _limits(point):
            at = scale.y(level)
            boxes.append(Box(x - LIMIT_HALF, at - 0.4, x + LIMIT_HALF, at + 0.4))
        if point.interval:
            low, high = (scale.y(max(end, 1e-12)) for end in point.interval)
            boxes.append(Box(x - 0.9, high, x + 0.9, low))
        if point.arrow:
            tip = y + (-ARROW if point.arrow == "up" else ARROW)
            boxes.append(Box(x - 0.9, min(y, tip), x + 0.9, max(y, tip)))
    return boxes


def _pieces(link: LinkLine) -> list[Box]:
    """A slanting line as a chain of small boxes."""
    (x1, y1), (x2, y2) = (link.start.x, link.start.y), (link.stop.x, link.stop.y)
    count = max(2, int(math.dist((x1, y1), (x2, y2)) / 2))
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
