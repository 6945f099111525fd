"""Clonotypes of sequenced samples: rearrangements of the antigen receptor and their reads."""

from __future__ import annotations

import math
from dataclasses import dataclass

from residua.errors import ValueFault


@dataclass(frozen=True)
class Clone:
    """One clonotype of one sample: its id, what it is called, and its reads."""

    id: str
    label: str
    reads: int

    def __post_init__(self) -> None:
        if self.reads < 0:
            raise ValueFault("a number of reads of at least 0", "a negative one", "correct it")


@dataclass(frozen=True)
class ClonotypeSample:
    """One sequenced sample; ``reads`` are those in which a rearrangement was recognised."""

    name: str
    date: str
    reads: int
    clones: tuple[Clone, ...]

    def __post_init__(self) -> None:
        if sum(clone.reads for clone in self.clones) > self.reads:
            expected = "clones with at most the segmented reads of their sample"
            raise ValueFault(expected, "more of them", "correct the reads")

    def fraction(self, clone: Clone) -> float | None:
        """The clone's share of the sample's segmented reads; None of no reads."""
        return clone.reads / self.reads if self.reads else None


@dataclass(frozen=True)
class CloneCells:
    """Cells of one clone in one sample, of ``total`` nucleated cells, both by a spike-in.

    ``cells`` need not be whole: it is an estimate.
    """

    sample: str
    date: str
    clone: str
    locus: str
    cells: float
    total: float

    def __post_init__(self) -> None:
        if not (0 <= self.cells <= self.total < math.inf and self.total > 0):
            expected = "clonal cells of at most all nucleated ones"
            raise ValueFault(expected, "others", "correct the numbers", field="cells")
