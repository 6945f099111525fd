"""The grade of counts that are partly unknown: between the mildest and the worst they may be.

Shared by the standards that count days. More low days, or a lower count, never lower a grade, so
that the grade is decided exactly where the mildest and the worst completion have the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from residua.standards.grading import Grading
from residua.standards.rulebook import Rule, weakest


def between(gradings: Iterable[Grading], *, missing: tuple[str, ...] = ()) -> Grading:
    """One grading for all completions; `missing` says what would settle it.

    `possible` holds every grade from the mildest to the worst, where they differ.
    """
    listed = tuple(gradings)
    grades = sorted({grade for grading in listed for grade in grading.possible})
    sources = tuple(dict.fromkeys((g.clause, g.cite, g.provenance) for g in listed))
    settled = len(grades) == 1
    return replace(
        listed[0],
        grade=grades[0] if settled else None,
        possible=tuple(range(grades[0], grades[-1] + 1)),
        clause="; ".join(dict.fromkeys(clause for clause, _, _ in sources)),
        cite="; ".join(dict.fromkeys(cite for _, cite, _ in sources)),
        provenance=weakest(provenance for _, _, provenance in sources),
        missing=() if settled else missing or listed[0].missing,
        readings=tuple(dict.fromkeys(r for g in listed for r in g.readings)),
    )


def with_rules(grading: Grading, rules: Iterable[Rule]) -> Grading:
    """The grading with the clauses of the rules by which its days were counted."""
    listed = tuple(rules)
    return replace(
        grading,
        clause="; ".join(dict.fromkeys((grading.clause, *(r.clause for r in listed)))),
        cite="; ".join(dict.fromkeys((grading.cite, *(r.cite for r in listed)))),
        provenance=weakest((grading.provenance, *(r.provenance for r in listed))),
        readings=tuple(
            dict.fromkeys((*grading.readings, *(r.reading for r in listed if r.reading)))
        ),
    )
