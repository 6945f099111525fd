"""Events at the end of a range, whose value is only a bound.

As the margin events of flowAI (doi:10.1093/bioinformatics/btw191) and PeacoQC
(doi:10.1002/cyto.a.24501): at or above the last step of $PnR, or piled at the lowest value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.facts.acquisition import Channel
from residua.facts.quality import QualityCheck
from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.events import Events
from residua.measures.acquisition_quality.finding import Finding, Mask, Values, share
from residua.measures.acquisition_quality.scan import CHUNK, Scan
from residua.measures.acquisition_quality.scatter import is_signal, scatter_of


@dataclass(frozen=True)
class _Edge:
    """One end of one channel: events at or above `value`, or equal to it at the bottom.

    Events at an edge of `scatter` are removed, others counted and kept.
    """

    place: int
    value: float
    bottom: bool = False
    scatter: bool = False

    def holds(self, column: Values) -> Mask:
        """Which values lie at this end."""
        mask: Mask = column == self.value if self.bottom else column >= self.value
        return mask


def find_boundary(events: Events) -> Finding:
    """Events at an end of the area or height of a scatter; those of other signals are kept.

    Where forward or side scatter is only a bound, neither size nor granularity is known. A cell
    off scale in a fluorescence is a cell, often the brightest blast, and one at the lowest
    value a negative one: both are counted and kept.
    """
    channels, values = events.acquisition.channels, events.acquisition.events
    edges = [
        edge
        for place, channel in enumerate(channels)
        if is_signal(channel)
        for edge in (
            *_top(values, place, channel, events.scan),
            *_bottom(values, place, channel, events.scan),
        )
    ]
    removed, counts = _marked(values, events.left, edges)
    before = int(events.left.sum())
    checks: list[QualityCheck] = []
    flags: list[str] = []
    for edge, count in zip(edges, counts, strict=True):
        if count:
            check, flag = _words(channels[edge.place], edge, count, before)
            checks.append(check)
            flags += flag
    total = int(np.count_nonzero(removed))
    reason = f"{share(total, before)} of the events lie at the end of a scatter's range"
    return Finding(removed, reason, tuple(checks), tuple(flags))


def _top(values: Values, place: int, channel: Channel, scan: Scan) -> tuple[_Edge, ...]:
    """The last step of $PnR; else the highest value where events are piled just below it.

    Values that pass $PnR clearly, as those of real numbers may, show that it is not the end.
    """
    end, last = _end(channel)
    high, scatter = float(scan.highs[place]), _is_size(channel)
    if last <= high <= chosen("boundary", "beyond") * end:
        return (_Edge(place, last, scatter=scatter),)
    near = high >= chosen("boundary", "top") * end
    if near and scan.high_shared[place] and _piled(values[:, place], high, -1):
        return (_Edge(place, high, scatter=scatter),)
    return ()


def _bottom(values: Values, place: int, channel: Channel, scan: Scan) -> tuple[_Edge, ...]:
    low = float(scan.lows[place])
    if not (scan.low_shared[place] and _piled(values[:, place], low, 1)):
        return ()
    return (_Edge(place, low, bottom=True, scatter=_is_size(channel)),)


def _is_size(channel: Channel) -> bool:
    """Whether a channel is the area or height of a scatter; widths serve doublets alone."""
    found = scatter_of(channel)
    return found is not None and found[1] != "width"


def _end(channel: Channel) -> tuple[float, float]:
    """The end of a channel's range on the scale of its events, and its last step."""
    decades, offset = channel.amplification
    if decades > 0:
        first = offset or 1.0  # as the reader has it: an offset of 0 makes no sense
        last = first * 10 ** (decades * (channel.range - 1) / channel.range)
        return first * 10**decades, last
    return channel.range / channel.gain, (channel.range - 1) / channel.gain


def _piled(column: Values, extreme: float, inwards: int) -> bool:
    """Whether many more events share the extreme value than the next value inwards."""
    count = np.count_nonzero(column == extreme)
    if count < chosen("boundary", "pile"):
        return False
    inside = column[column > extreme] if inwards > 0 else column[column < extreme]
    inside = inside[np.isfinite(inside)]
    if not len(inside):
        return False
    following = inside.min() if inwards > 0 else inside.max()
    return bool(count >= chosen("boundary", "steeper") * np.count_nonzero(inside == following))


def _marked(values: Values, left: Mask, edges: list[_Edge]) -> tuple[Mask, list[int]]:
    """The events at an edge of scatter, and how many of those left lie at each edge."""
    removed, counts = np.zeros(len(left), bool), [0] * len(edges)
    for first in range(0, len(values), CHUNK):
        rows = slice(first, first + CHUNK)
        chunk, open_ = values[rows], left[rows]
        for number, edge in enumerate(edges):
            at_edge = edge.holds(chunk[:, edge.place])
            if at_edge.any():
                at_edge &= open_
                counts[number] += int(np.count_nonzero(at_edge))
                if edge.scatter:
                    removed[rows] |= at_edge
    return removed, counts


def _words(
    channel: Channel, edge: _Edge, count: int, before: int
) -> tuple[QualityCheck, tuple[str, ...]]:
    where = "piled at the lowest value" if edge.bottom else "at the top of the range"
    said = f"{share(count, before)} of the events lie {where}"
    axis = edge.bottom and not edge.scatter and edge.value >= 0  # half of all cells may lie there
    notable = count > chosen("boundary", "notable") * before and not axis
    kept = "" if edge.scatter else ", and are kept"
    flags = (f"{said} of {channel.name}{kept}",) * notable
    return QualityCheck(channel.name, count if edge.scatter else 0, said + kept), flags
