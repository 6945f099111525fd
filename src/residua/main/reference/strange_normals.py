"""Normals that hold what no other does: a leukaemia among them hides those of patients."""

from __future__ import annotations

from collections.abc import Sequence

from residua.errors import Fault, InputError, ValueFault
from residua.measures.laip.find import CLEAR
from residua.measures.laip.odd_normals import strangest_clusters
from residua.measures.reference.reference import NormalReference


def strange_normals(reference: NormalReference, called: Sequence[str]) -> list[tuple[str, ...]]:
    """What to say of cells that only one of the normals has, for each of them.

    Raises `InputError` where they are so many that the marrow must be taken for leukaemic.
    """
    times = _times(reference)
    do = "look at it: a marrow with blasts makes every such patient negative; leave it out"
    faults = [
        Fault(name, "the normal", "a normal marrow", f"one with {_words(one)}", do)
        for name, one in zip(called, times, strict=True)
        if one >= CLEAR
    ]
    if faults:
        raise InputError(faults)
    return [(_words(one),) if one else () for one in times]


def leukaemic(reference: NormalReference) -> frozenset[str]:
    """The digests of the normals that must be taken for leukaemic."""
    pairs = zip(reference.normals, _times(reference), strict=True)
    return frozenset(normal.digest for normal, times in pairs if times >= CLEAR)


def _times(reference: NormalReference) -> tuple[float, ...]:
    try:
        return strangest_clusters(reference)
    except ValueFault:  # a panel that tells no blasts serves gates alone
        return (0.0,) * len(reference.normals)


def _words(times: float) -> str:
    return f"a cluster of B-lineage or CD34+ cells {times:.0f} times as full as in any other normal"
