"""The transformations of a sample's parameters, as FlowJo names them, as scales.

`log` (offset, decades) is log10(x / offset) / decades, values below the offset counting as the
offset: a log scale whose top is offset 10^decades. `fasinh` (T, M, A) is the arcsinh of
Gating-ML 2.0; its maxRange, W and length only say how FlowJo draws it. `biex` has maxRange, neg,
width and pos. `linear` (minRange to maxRange) leaves values as they are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from residua.errors import ValueFault
from residua.facts.scale_curves import exact_position
from residua.facts.scales import (
    BIEX_CHANNELS,
    Biex,
    Hyperlog,
    Linear,
    Log,
    Logicle,
    Scale,
    ScaledArcsinh,
)
from residua.readers.flowjo.attributes import Wrong, number, number_or
from residua.readers.xml_tree import Element

DISPLAY = 256  # FlowJo draws every axis over so many steps
_ON_EDGE = 1e-6  # of the display; limits are written with about ten digits
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Axis:
    """A scale, the values it ends at, and what the two ends of FlowJo's display stand for.

    `bounds` and `shown` are in units of the scale; values beyond `bounds` count as those. On a
    linear scale the units are those in which the workspace gives values.
    """

    scale: Scale
    shown: Bounds = (0.0, 1.0)
    bounds: Bounds = (-math.inf, math.inf)

    def position(self, value: float) -> float:
        """A value of the workspace in units of the scale."""
        if isinstance(self.scale, Linear):
            return value
        low, high = self.bounds
        return min(max(exact_position(value, self.scale), low), high)

    def limits(self, low: float, high: float) -> Bounds:
        """Two limits of the workspace in units of the scale.

        One that lies on the edge of the display is none: FlowJo counts what lies beyond the
        edge as lying on it.
        """
        near = _ON_EDGE * (self.shown[1] - self.shown[0])
        first, last = self.position(low), self.position(high)
        on_left = abs(first - self.shown[0]) <= near or first <= self.bounds[0]
        on_right = abs(last - self.shown[1]) <= near or last >= self.bounds[1]
        return -math.inf if on_left else first, math.inf if on_right else last


def read_axis(element: Element) -> Axis:
    """The axis of one transformation; raises `Wrong` for one that is not read, or its numbers."""
    reader = _READERS.get(element.name)
    if reader is None:
        raise Wrong(
            element,
            f"one of the scales {', '.join(_READERS)}",
            f"{element.name!r}",
            "choose another scale for the parameter in FlowJo",
        )
    if number_or(element, "length", DISPLAY) != DISPLAY:
        raise Wrong(element, f"a length of {DISPLAY}", "another number", "correct it")
    try:
        return reader(element)
    except Wrong:
        raise
    except ValueFault as fault:
        raise Wrong(element, fault.expected, fault.received, fault.do) from fault


def _linear(element: Element) -> Axis:
    low, high = number_or(element, "minRange", 0.0), number(element, "maxRange")
    if not low < high:
        raise Wrong(element, "minRange < maxRange", "other numbers", "correct them")
    return Axis(Linear(), (low, high))


def _log(element: Element) -> Axis:
    offset, decades = number(element, "offset"), number(element, "decades")
    if offset <= 0:
        raise Wrong(element, "an offset above 0", "0 or less", "correct it")
    spread = Log(1.0, decades).M
    return Axis(Log(offset * 10.0**spread, spread), bounds=(0.0, math.inf))


def _biex(element: Element) -> Axis:
    top, pos = number(element, "maxRange"), number(element, "pos")
    ends = (0.0, (BIEX_CHANNELS - 1) / BIEX_CHANNELS)
    return Axis(Biex(top, number(element, "neg"), number(element, "width"), pos), bounds=ends)


def _fasinh(element: Element) -> Axis:
    return Axis(
        ScaledArcsinh(number(element, "T"), number(element, "M"), number_or(element, "A", 0.0))
    )


def _logicle(element: Element) -> Axis:
    return Axis(Logicle(*(number(element, key) for key in "TWMA")))


def _hyperlog(element: Element) -> Axis:
    return Axis(Hyperlog(*(number(element, key) for key in "TWMA")))


_READERS = {
    "linear": _linear,
    "log": _log,
    "biex": _biex,
    "fasinh": _fasinh,
    "logicle": _logicle,
    "hyperlog": _hyperlog,
}
