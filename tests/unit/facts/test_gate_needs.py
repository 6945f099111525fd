"""Oracle: cells that lack CD19 altogether, put through each tree of gates by hand."""

import pytest

from residua.facts.gate_needs import needed_dimensions
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, RectangleGate

INF = float("inf")


def over(name, marker, parent=None):
    return RectangleGate(name=name, parent=parent, limits=(Limit(marker, 2, INF),))


def below(name, marker, parent=None):
    return RectangleGate(name=name, parent=parent, limits=(Limit(marker, -INF, 2),))


def union(name, *of, **more):
    return BooleanGate(name=name, operation="any", of=of, **more)


LOST = [
    ([over("B", "CD19"), below("blasts", "CD45", "B")], True),
    ([over("a", "CD19"), over("b", "CD22"), union("B", "a", "b"), below("blasts", "CD38", "B")],
     False),
    ([over("a", "CD19"), over("b", "CD22"),
      BooleanGate(name="blasts", operation="all", of=("a", "b"))], True),
    ([over("a", "CD19"), over("b", "CD22", "a"), union("blasts", "a", "b")], True),
    ([below("blasts", "CD19")], False),
    ([over("T", "CD3"), BooleanGate(name="blasts", operation="not", of=("T",))], False),
    ([over("a", "CD19"), over("b", "CD19"), union("blasts", "a", "b", negated=(False, True))],
     False),
    ([EllipsoidGate(name="blasts", dimensions=("CD19", "CD45"), center=(3, 1),
                    covariance=((1, 0), (0, 1)), distance2=1)], True),
]  # fmt: skip


@pytest.mark.parametrize(("gates", "missed"), LOST)
def test_whether_cells_without_cd19_are_missed(gates, missed):
    found = needed_dimensions("blasts", {gate.name: gate for gate in gates})
    assert ("CD19" in found) == missed
