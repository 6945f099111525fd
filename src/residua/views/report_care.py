"""The CARE checklist as rows: where the report holds an item, or "missing"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.judgements.care import CareAnswer

MISSING = "missing"
SECTIONS = {
    "top": "the title", "course": "The course in sentences", "figure": "Course figure",
    "facts": "Facts", "risk": "Risk", "treatments": "Treatments", "options": "Options",
    "verdicts": "Verdicts", "toxicity": "Toxicity",
}  # fmt: skip


@dataclass(frozen=True)
class CareRow:
    """One item with its place in the report and what it still lacks."""

    id: str
    text: str
    present: bool
    place: str
    anchor: str
    lacks: tuple[str, ...]


def care_rows(answers: Iterable[CareAnswer], sections: frozenset[str]) -> tuple[CareRow, ...]:
    """Every item; `sections` are those that the page has, an absent one is told as Facts."""
    return tuple(_row(answer, sections) for answer in answers)


def _row(answer: CareAnswer, sections: frozenset[str]) -> CareRow:
    section = answer.section if answer.section in (*sections, "top") else "facts"
    place = SECTIONS[section] if answer.present else MISSING
    item = answer.item
    return CareRow(item.id, item.text, answer.present, place, section, answer.lacks)
