"""How sources call what CTCAE calls otherwise: other spellings of encoded terms, nothing else."""

from __future__ import annotations

import re
from functools import cache

from residua.standards.grade_book import GradeBook, Term

SAME = {
    "neutropenia": "neutrophils",
    "neutrophils decreased": "neutrophils",
    "thrombocytopenia": "platelets",
    "thrombopenia": "platelets",
    "platelets decreased": "platelets",
    "anaemia": "hemoglobin",
    "anemia": "hemoglobin",
    "leukopenia": "wbc",
    "leucopenia": "wbc",
    "lymphopenia": "lymphocytes",
    "lymphocytopenia": "lymphocytes",
    "lymphocytosis": "lymphocytes-high",
    "leukocytosis": "leukocytosis",
    "leucocytosis": "leukocytosis",
    "alt increased": "alt",
    "ast increased": "ast",
    "alp increased": "alp",
    "ggt increased": "ggt",
    "hyperbilirubinemia": "bilirubin",
    "hyperbilirubinaemia": "bilirubin",
    "bilirubin increased": "bilirubin",
    "hypofibrinogenemia": "fibrinogen",
    "hypofibrinogenaemia": "fibrinogen",
    "amylase increased": "amylase",
    "aptt prolonged": "aptt",
    "qtc prolonged": "qtc",
    "pyrexia": "fever",
    "bacteraemia": "bacteremia",
    "infusion reaction": "infusion-related-reaction",
}
"""A name, in lower case -> the term; the id and the official name of each term fit besides."""
OTHERS = frozenset({"cytokine-release-syndrome", "sinusoidal-obstruction-syndrome"})
"""Terms of which another standard speaks first: CTCAE only where the source names it."""


def term_named(book: GradeBook, name: str) -> Term | None:
    """The term that a source means by `name`; None where the book has none of that name."""
    return _names(book).get(plain(name))


def plain(name: str) -> str:
    """A name in lower case, hyphens and repeated spaces as one space."""
    return re.sub(r"[\s_-]+", " ", name.strip().lower())


@cache
def _names(book: GradeBook) -> dict[str, Term]:
    by_id = {term.id: term for term in book.terms}
    names = {name: by_id[term] for name, term in SAME.items() if term in by_id}
    names |= {plain(term.name): term for term in book.terms}
    return names | {plain(term.id): term for term in book.terms if term.id not in _ANALYTES}


_ANALYTES = frozenset(
    {"platelets", "neutrophils", "wbc", "lymphocytes", "cd4", "hemoglobin", "alt", "ast", "alp",
     "ggt", "bilirubin", "creatinine", "crcl", "fibrinogen", "lipase", "amylase", "inr", "aptt",
     "qtc"}
)  # fmt: skip
"""Ids that are names of analytes: a finding so called says nothing of a toxicity."""
