"""The sections of the report in their order, and which of them a page has."""

from __future__ import annotations

from collections.abc import Iterable

SECTIONS = (
    ("state", "State"),
    ("figure", "Figure"),
    ("course", "Course"),
    ("flow", "Flow measurement"),
    ("curves", "Laboratory curves"),
    ("verdicts", "Verdicts"),
    ("concordance", "Agreement of MRD methods"),
    ("treatments", "Treatments"),
    ("toxicity", "Toxicity"),
    ("risk", "Risk"),
    ("options", "Options"),
    ("evidence", "Evidence"),
    ("claims", "Claims"),
    ("missing", "Missing"),
    ("conflicts", "Conflicts"),
    ("care", "CARE"),
    ("facts", "Facts"),
    ("explanations", "Explanations"),
    ("software", "Software"),
)
ALWAYS = frozenset(
    {
        "state", "figure", "course", "verdicts", "treatments", "missing", "conflicts", "facts",
        "explanations", "care", "software",
    }
)  # fmt: skip
"""Sections that say so themselves where they are empty."""


def sections_with(filled: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Anchor and title of the sections of a page; `filled` are those of the others that it has."""
    here = ALWAYS | set(filled)
    return tuple((anchor, title) for anchor, title in SECTIONS if anchor in here)
