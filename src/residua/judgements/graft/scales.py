"""The scales of GVHD as the judgements use them: which, of what, by which inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Literal

from residua.facts.day import Span
from residua.standards import glucksberg, magic, nih_cgvhd
from residua.standards.grade_book import Cell, GradeBook
from residua.standards.grade_by_cells import NOTHING_MET, find_term
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.rulebook import weakest

Options = Mapping[str, frozenset[str]]
"""Finding of a standard -> the words that it may have."""


@dataclass(frozen=True)
class Scale:
    """One version of one standard of GVHD, with the organs that it asks for."""

    kind: Literal["acute", "chronic"]
    book: GradeBook
    grade: Callable[[str, GradeInputs], Grading]
    organs: tuple[str, ...]
    worst: int

    @property
    def name(self) -> str:
        """The standard's name."""
        return self.book.standard

    @property
    def term(self) -> str:
        """The term of its judgements."""
        return f"{self.kind}-gvhd"

    @property
    def every(self) -> frozenset[int]:
        """Every grade that it has."""
        return frozenset(range(self.worst + 1))

    @property
    def asks(self) -> tuple[str, ...]:
        """What it asks for, in words."""
        if self.kind == "chronic":
            return tuple(f"{organ} score" for organ in self.organs)
        named = find_term(self.book, self.term).findings
        return tuple(kind.asks for kind in named if kind.name in self.organs)

    def verdict(self, grade: int) -> str:
        """The verdict word."""
        severity = nih_cgvhd.SEVERITY.get(grade) if self.kind == "chronic" else None
        return f"grade {grade}: {severity}" if severity else f"grade {grade}"


SCALES = (
    Scale("acute", magic.book(), magic.grade, ("skin", "liver", "upper_gi", "lower_gi"), 4),
    Scale("acute", glucksberg.book(), glucksberg.grade, ("skin", "liver", "gi"), 4),
    Scale("chronic", nih_cgvhd.book(), nih_cgvhd.grade, nih_cgvhd.ORGANS, 3),
)


def grade_options(scale: Scale, stages: Options) -> Grading:
    """The grade of every way in which the stages may fall, as one grading."""
    names = tuple(stages)
    ways = [dict(zip(names, words, strict=True)) for words in product(*stages.values())]
    gradings = [scale.grade("", GradeInputs(findings=way)) for way in ways]
    return merged(gradings)


def merged(gradings: list[Grading]) -> Grading:
    """What several gradings leave open together."""
    first = gradings[0]
    if all(grading == first for grading in gradings):
        return first
    possible = tuple(sorted({grade for grading in gradings for grade in grading.possible}))
    return replace(
        first,
        grade=possible[0] if len(possible) == 1 else None,
        possible=possible,
        reason=" or ".join(dict.fromkeys(g.reason for g in gradings)),
        clause=_unique(g.clause for g in gradings),
        cite=_unique(g.cite for g in gradings),
        provenance=weakest(g.provenance for g in gradings),
        missing=tuple(dict.fromkeys(m for g in gradings for m in g.missing)),
        readings=tuple(dict.fromkeys(r for g in gradings for r in g.readings)),
    )


def cells_of(scale: Scale, grades: Iterable[int]) -> tuple[str, str, str]:
    """Clause, cite and provenance of the overall cells of some grades."""
    wanted, term = set(grades), find_term(scale.book, scale.term)
    cells: list[Cell] = [cell for cell in reversed(term.cells) if cell.grade in wanted]
    behind = cells or list(term.cells)
    clause = _unique(cell.clause for cell in cells) or f"{term.name}: {NOTHING_MET}"
    provenance = weakest(cell.provenance for cell in behind)
    return clause, _unique(cell.cite for cell in behind), provenance


def usual_at(span: Span) -> str | None:
    """The scale of acute GVHD that a grade without one counts under; None where dates leave both.

    MAGIC from its publication on, Glucksberg before (Residua's choice).
    """
    published = magic.book().published
    start = published.span.earliest if published else None
    if start is None:
        return None
    if span.earliest and span.earliest >= start:
        return SCALES[0].name
    if span.latest and span.latest < start:
        return SCALES[1].name
    return None


def _unique(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
