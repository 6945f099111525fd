"""A standard of grades as data: terms made of cells, each with its bounds, place and source.

A cell says which grade a value or a finding meets; the worst cell that is met is the grade.
Limits stand on a scale: the term's own unit, times a limit of normal or the baseline
(``3 ULN``, ``0.75 LLN``, ``1.5 BL``), or a change from the baseline (``25 % fall``,
``60 ms rise``). Clause, cite and provenance are needed, or the file does not load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from residua.facts.day import Day

Scale = Literal["", "lln", "uln", "baseline", "fall", "rise"]
Comparison = Literal["below", "at_most", "at_least", "above"]
BaselineState = Literal["", "high", "not high", "low", "not low"]


@dataclass(frozen=True)
class Bound:
    """A limit on the value, or on the finding named ``of``, on one scale."""

    of: str
    comparison: Comparison
    limit: Decimal
    scale: Scale
    text: str


@dataclass(frozen=True)
class FindingKind:
    """A finding that cells ask for: words (with others that stand for some of them) or a number.

    ``absent`` is the word that counts where nothing is documented; where it is empty, an
    absent finding is unknown. The words of ``description`` are those of the term's own cells.
    """

    name: str
    asks: str
    words: tuple[str, ...]
    also: Mapping[str, tuple[str, ...]]
    absent: str
    unit: str


@dataclass(frozen=True, eq=False)
class Cell:
    """One way to meet one grade; ``grade`` None where the text refers to another term."""

    id: str
    term: str
    grade: int | None
    bounds: tuple[Bound, ...]
    baseline: BaselineState
    findings: tuple[tuple[str, tuple[str, ...]], ...]
    clause: str
    cite: str
    provenance: str
    reading: str = ""

    @property
    def names(self) -> frozenset[str]:
        """The inputs that it asks for."""
        found = {bound.of for bound in self.bounds} | {name for name, _ in self.findings}
        found |= {"lln"} if self.baseline in ("low", "not low") else set()
        found |= {"uln"} if self.baseline in ("high", "not high") else set()
        found |= {"baseline"} if self.baseline else set()
        for bound in self.bounds:
            found |= {"baseline"} if bound.scale in ("fall", "rise") else {bound.scale}
        return frozenset(found - {""})

    @property
    def text(self) -> str:
        """What it asks for, in words."""
        words = [bound.text for bound in self.bounds]
        words += [f"baseline {self.baseline}"] if self.baseline else []
        words += [f"{n.replace('_', ' ')} {' or '.join(w)}" for n, w in self.findings]
        return ", ".join(words)


@dataclass(frozen=True, eq=False)
class Term:
    """One term of the standard; ``cells`` stand from the worst to the mildest.

    ``unit`` is that of limits without a scale, ``divided_by`` takes a unit of another kind to
    it. ``whole``: the value is rounded to whole units first.
    """

    id: str
    name: str
    kinds: tuple[str, ...]
    unit: str
    divided_by: Mapping[str, Decimal]
    conversion: str
    whole: bool
    confounded_by_baseline: bool
    note: str
    cells: tuple[Cell, ...]
    findings: tuple[FindingKind, ...]

    @property
    def names(self) -> frozenset[str]:
        """The inputs that its cells ask for."""
        return frozenset().union(*(cell.names for cell in self.cells))


@dataclass(frozen=True, eq=False)
class GradeBook:
    """One version of one standard of grades."""

    standard: str
    version: str
    published: Day | None
    cite: str
    doi: str
    checked_by: str
    terms: tuple[Term, ...]

    @property
    def name(self) -> str:
        """``standard version``, as files and the command line have it."""
        return f"{self.standard} {self.version}"

    def __getitem__(self, cell_id: str) -> Cell:
        return next(cell for term in self.terms for cell in term.cells if cell.id == cell_id)
