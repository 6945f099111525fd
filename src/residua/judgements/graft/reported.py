"""The grades of GVHD that a source asserts, each with the scale that it counts under."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.judgements.graft.gvhd_words import grade_of, scale_of
from residua.judgements.graft.moments import Key, Stated, key_of
from residua.judgements.graft.scales import Scale, usual_at
from residua.judgements.unjudged import SCALE_NOT_STATED, counted_under

_WORDS = {"acute": "acute GVHD", "chronic": "chronic GVHD", "either": "GVHD"}


@dataclass(frozen=True)
class Assertion:
    """What one finding asserts: the grades that it leaves possible under one scale.

    ``counts`` is False where the grade is of another scale, or of none that can be told.
    """

    stated: Stated
    key: Key
    possible: frozenset[int]
    counts: bool
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of its finding."""
        return self.stated.item.id

    @property
    def grade(self) -> int | None:
        """The grade, where it asserts one that counts."""
        return next(iter(self.possible)) if self.counts and len(self.possible) == 1 else None

    @property
    def quotation(self) -> str:
        """The assertion in words, without what the source wrote."""
        said, finding = self.stated.said, self.stated.told.finding
        words, scale = _WORDS[said.kind], finding.standard
        if said.denied:
            return f"the source reports no {words}"
        grade = grade_of(finding, said)
        named = f"{words} grade {grade}" if grade is not None else f"{words}, grade not stated"
        if grade is not None:
            named += f" ({scale})" if scale else f" ({SCALE_NOT_STATED})"
        return f"the source reports {named}"


def assertions(scale: Scale, stated: Iterable[Stated]) -> tuple[Assertion, ...]:
    """What the findings on the disease as a whole assert under a scale."""
    found = (_assertion(scale, one) for one in stated if one.said.what == "whole")
    return tuple(one for one in found if one is not None)


def _assertion(scale: Scale, stated: Stated) -> Assertion | None:
    said, finding, key = stated.said, stated.told.finding, key_of(stated.item)
    if said.kind not in (scale.kind, "either"):
        return None
    if said.denied:
        return Assertion(stated, key, frozenset({0}), counts=True)
    if said.kind == "either":
        note = "acute or chronic not stated, and timing alone does not tell"
        return Assertion(stated, key, scale.every, counts=False, notes=(note,))
    grade = grade_of(finding, said)
    if grade == 0:
        return Assertion(stated, key, frozenset({0}), counts=True)
    if grade is None or grade > scale.worst:
        present = finding.present is True
        return Assertion(stated, key, scale.every - {0}, counts=present)
    return _graded(scale, stated, grade)


def _graded(scale: Scale, stated: Stated, grade: int) -> Assertion:
    """A grade from 1 on: of the scale that it names, else of the usual one."""
    key, named = key_of(stated.item), scale_of(stated.told.finding)
    if named is not None:
        counts = named == scale.name
        possible = frozenset({grade}) if counts else scale.every - {0}
        return Assertion(stated, key, possible, counts=counts)
    usual = usual_at(stated.item.span) if scale.kind == "acute" else scale.name
    if usual == scale.name:
        return Assertion(stated, key, frozenset({grade}), counts=True, notes=(_usual(scale),))
    return Assertion(stated, key, scale.every - {0}, counts=False, notes=(SCALE_NOT_STATED,))


def _usual(scale: Scale) -> str:
    usual = " the scale usual at its date" if scale.kind == "acute" else " the only one encoded"
    return counted_under(f"{scale.book.name},{usual}")
