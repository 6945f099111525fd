"""The transformations and spectrum matrices of a Gating-ML 2.0 document (its section 6)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.facts.scales import (
    Arcsinh,
    Hyperlog,
    Linear,
    Log,
    Logicle,
    Scale,
    ScaledArcsinh,
)
from residua.readers.gatingml.node import Node, numbers_of

_SCALES: Mapping[str, tuple[tuple[str, ...], Callable[..., Scale]]] = {
    "flin": (("T", "A"), Linear),
    "flog": (("T", "M"), Log),
    "fasinh": (("T", "M", "A"), ScaledArcsinh),
    "logicle": (("T", "W", "M", "A"), Logicle),
    "hyperlog": (("T", "W", "M", "A"), Hyperlog),
}
KINDS = (*_SCALES, "fratio")
_LARGEST_CONDITION = 1e12
Bounds = tuple[float, float]


@dataclass(frozen=True)
class Transformation:
    """A scale, or the ratio of two channels (`of`) with its A, B and C; and its bounds."""

    id: str
    bounds: Bounds
    scale: Scale | None = None
    of: tuple[str, ...] = ()
    ratio: tuple[float, float, float] | None = None


def read_transformation(node: Node) -> Transformation | None:
    """A ``transformation``; None, with its faults noted, where it cannot be made."""
    node.holds(*KINDS)
    name = node.word("id")
    parts = [child for kind in KINDS for child in node.all(kind)]
    low, high = node.number("boundMin", -math.inf), node.number("boundMax", math.inf)
    if len(parts) != 1:
        fault = ValueFault("one transformation", f"{len(parts)} of them", "state exactly one")
        node.wrong(fault)
        return None
    if name is None or low is None or high is None:
        return None
    if parts[0].name == "fratio":
        return _ratio(parts[0], name, (low, high))
    scale = _scale(parts[0])
    return None if scale is None else Transformation(name, (low, high), scale=scale)


def _scale(node: Node) -> Scale | None:
    node.holds()
    keys, maker = _SCALES[node.name]
    values = {key: node.number(key) for key in keys}
    if None in values.values():
        return None
    made = node.made(lambda: maker(**values))
    if made == Linear(1.0):  # x / 1: values as they are
        return Linear()
    own = node.number("cofactor", math.nan)  # written by Residua beside what it stands for
    if own is not None and own > 0 and Arcsinh(own).scaled == made:
        return Arcsinh(own)
    return made


def _ratio(node: Node, name: str, bounds: Bounds) -> Transformation | None:
    node.holds("fcs-dimension")
    of = [child.word("name") for child in node.all("fcs-dimension")]
    if len(of) != 2:
        node.wrong(ValueFault("two channels", f"{len(of)} of them", "name the two of the ratio"))
    a, b, c = (node.number(key) for key in ("A", "B", "C"))
    if a is None or b is None or c is None or len(of) != 2 or None in of:
        return None
    named = tuple(one for one in of if one is not None)
    return Transformation(name, bounds, of=named, ratio=(a, b, c))


def read_matrix(node: Node) -> tuple[str, Spillover] | None:
    """A ``spectrumMatrix`` as (id, spillover); None, with its faults noted, where it is none.

    Rows are fluorochromes, columns detectors; with ``matrix-inverted-already`` the matrix is the
    inverse of that one, so that its rows are detectors. A fluorochrome without a name is called
    as its detector.
    """
    node.holds("fluorochromes", "detectors", "spectrum")
    name = node.word("id")
    detectors = _names(node, "detectors", required=True)
    dyes = _names(node, "fluorochromes", required=False)
    inverted = node.truth("matrix-inverted-already")
    rows = [_row(spectrum) for spectrum in node.all("spectrum")]
    known = [row for row in rows if row is not None]
    if name is None or detectors is None or dyes is None or len(known) < len(rows) or not rows:
        return None
    named = dyes
    if not all(dyes):
        named = tuple(dye or own for dye, own in zip(dyes, detectors, strict=False))
    size = (len(detectors), len(dyes)) if inverted else (len(dyes), len(detectors))
    if {len(row) for row in known} != {size[1]} or len(known) != size[0]:
        expected = f"{size[0]} rows of {size[1]} numbers"
        node.wrong(ValueFault(expected, "others", "give one number per dye and detector"))
        return None
    return node.made(lambda: (name, _spillover(np.array(known), detectors, named, inverted)))


def _spillover(
    matrix: NDArray[np.float64], detectors: tuple[str, ...], dyes: tuple[str, ...], inverted: bool
) -> Spillover:
    if len(set(detectors)) < len(detectors) or len(set(dyes)) < len(dyes):
        raise ValueFault("each dye and detector once", "one again", "correct the matrix")
    if not np.isfinite(matrix).all() or not np.linalg.cond(matrix) < _LARGEST_CONDITION:
        raise ValueFault("a matrix with an inverse", "a singular one", "correct the matrix")
    own = () if dyes == detectors else dyes
    if not inverted:
        return Spillover(detectors, matrix, own)
    square = len(detectors) == len(dyes)
    back = np.linalg.inv(matrix) if square else np.linalg.pinv(matrix)
    return Spillover(detectors, back.astype(np.float64), own)


def _names(node: Node, part: str, *, required: bool) -> tuple[str, ...] | None:
    found = node.one(part)
    if found is None:
        return None
    found.holds("fcs-dimension")
    children = found.all("fcs-dimension")
    if not required:
        return tuple(child.element.attributes.get("name", "").strip() for child in children)
    names = [child.word("name") for child in children]
    return None if None in names else tuple(name for name in names if name is not None)


def _row(node: Node) -> tuple[float, ...] | None:
    node.holds("coefficient")
    return numbers_of(node.all("coefficient"))
