"""Where B-lineage blasts can be: cells of low side scatter with an antigen of theirs.

The side scatter below which a cell may be a blast is taken from the reference, because detectors
differ: half way from its B cells to its granulocytes. The other places are Residua's choice, in
display decades whose negatives lie below 0.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault

Mask = NDArray[np.bool_]
Events = NDArray[np.floating]
SIDE = "SSC-A"
LINEAGE = ("CD19", "CD22", "CD10", "CD24", "CD79a")
"""One of them is on every B-lineage blast; CD24 and CD10 are on granulocytes too, of high SSC."""
PROGENITOR = "CD34"
T_CELL = "CD3"
DIM = 0.9  # decades: twice the light of a negative's upper end, half that of a dim population
MANY = 1.5  # decades: a T cell's CD3
GRANULOCYTES = 0.8  # quantile of SSC: more than half of nucleated normal marrow are granulocytes
B_CELL = 1.5  # decades of CD19, bright, as of mature B cells


@dataclass(frozen=True)
class Compartment:
    """`side` is the column of SSC, `below` its limit; columns of antigens, by what they tell."""

    side: int
    below: float
    lineage: tuple[int, ...]
    progenitor: tuple[int, ...]
    others: tuple[int, ...]


def columns_of(dimensions: Sequence[str], marker: str) -> tuple[int, ...]:
    """Columns on which the marker is stained, alone or with another."""
    return tuple(place for place, name in enumerate(dimensions) if marker in name.split("+"))


def alone(dimensions: Sequence[str], marker: str) -> tuple[int, ...]:
    """Columns whose detector has that marker only."""
    return tuple(place for place, name in enumerate(dimensions) if name == marker)


def compartment_of(dimensions: Sequence[str], normals: Events) -> Compartment:
    """The compartment of a panel, its limit of SSC from pooled `normals` (n, d).

    Raises `ValueFault` where the panel has no SSC-A, or neither CD19 nor CD22.
    """
    found = {marker: alone(dimensions, marker) for marker in LINEAGE}
    if not (found["CD19"] or found["CD22"]) or SIDE not in dimensions:
        raise ValueFault(
            "SSC-A and CD19 or CD22 on a detector of their own",
            "a panel without",
            "give a gate of the blasts instead",
        )
    side = list(dimensions).index(SIDE)
    anchor = (found["CD19"] or found["CD22"])[0]
    bright = normals[normals[:, anchor] > B_CELL, side]
    if not len(bright):
        raise ValueFault("normals with B cells", "none", "build the reference from whole marrow")
    below = (float(np.median(bright)) + float(np.quantile(normals[:, side], GRANULOCYTES))) / 2
    lineage = tuple(place for marker in LINEAGE for place in found[marker])
    return Compartment(
        side, below, lineage, alone(dimensions, PROGENITOR), columns_of(dimensions, T_CELL)
    )


def inside(compartment: Compartment, places: Events) -> Mask:
    """Which of places (n, d), events or centres of clusters, may be B-lineage blasts."""
    told = [*compartment.lineage, *compartment.progenitor]
    some = (places[:, told] > DIM).any(axis=1)
    strange = (places[:, list(compartment.others)] > MANY).any(axis=1)
    return np.asarray(some & ~strange & (places[:, compartment.side] < compartment.below))
