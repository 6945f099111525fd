"""Which planes of a tube show blasts of B lineage best."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from residua.measures.laip.aberrancies import Aberrancy

Plane = tuple[str, str]
SIDE = "SSC-A"
USUAL: tuple[Plane, ...] = (
    ("CD19", SIDE),
    ("CD10", "CD20"),
    ("CD34", "CD38"),
    ("CD45", "CD10"),
    ("CD58", "CD10"),
)
"""The plots in which B-ALL is looked for by hand (Dworzak 2018, doi:10.1002/cyto.b.21518, and
EuroFlow's BCP-ALL tubes); which of them is a choice of Residua's."""
LINEAGE = ("CD19", "CD22", "CD24", "CD10", "CD34")
CARRIED = 0.45  # decades: above most of what carries none
APART = 3  # further planes, of the antigens by which this patient's blasts stand apart


def usual_planes(dimensions: Sequence[str]) -> tuple[Plane, ...]:
    """Those of the usual planes that a tube has; CD45 against side scatter where it lacks CD10."""
    known = [plane for plane in USUAL if set(plane) <= set(dimensions)]
    if ("CD45", "CD10") not in known and {"CD45", SIDE} <= set(dimensions):
        known.append(("CD45", SIDE))
    return tuple(known)


def planes_apart(
    aberrancies: Sequence[Aberrancy], seen: Iterable[Plane], *, most: int = APART
) -> tuple[Plane, ...]:
    """Pairs of the antigens that differ most from normal precursors, none of them in `seen`.

    `aberrancies` are the most unlike first. Each antigen stands in one pair, which is aberrant in
    one of both at least; where none is aberrant, the two most unlike make the only pair.
    """
    known = {frozenset(plane) for plane in seen}
    rank = {one.marker: place for place, one in enumerate(aberrancies)}
    unlike = {one.marker for one in aberrancies if one.aberrant}
    new = [pair for pair in combinations(rank, 2) if frozenset(pair) not in known]
    pairs = [pair for pair in new if unlike & set(pair)] if unlike else new
    most = most if unlike else 1
    pairs.sort(key=lambda pair: (rank[pair[0]] + rank[pair[1]], rank[pair[0]]))
    found: list[Plane] = []
    for pair in pairs:
        if len(found) < most and not {name for plane in found for name in plane} & set(pair):
            found.append(pair)
    return tuple(found)


def first_plane(dimensions: Sequence[str], lowest: Mapping[str, float]) -> Plane | None:
    """Where B lineage is gated first: the first of its antigens that the blasts carry, by SSC.

    `lowest` is where an antigen's dimmest blasts lie, in display decades.
    """
    held = [name for name in LINEAGE if {name, SIDE} <= set(dimensions)]
    carried = [name for name in held if lowest[name] > CARRIED]
    return ((carried or held)[0], SIDE) if held else None


def further_planes(dimensions: Sequence[str]) -> tuple[Plane, ...]:
    """Every pair of antigens, and CD45 against side scatter."""
    names = [name for name in dimensions if name not in (SIDE, "FSC-A")]
    white = (("CD45", SIDE),) if {"CD45", SIDE} <= set(dimensions) else ()
    return (*combinations(names, 2), *white)
