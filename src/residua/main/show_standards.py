"""`residua standards`: which standards and trials are encoded, and every rule of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from residua.errors import UsageError, nearest_or
from residua.judgements.judge import BOOKS
from residua.main.show_criteria import criteria_lines, criteria_pages
from residua.main.show_regimen import regimen_pages, regimens_line
from residua.main.show_trials import trial_pages, trials_line
from residua.standards.drug_rules import drug_rules
from residua.standards.grade_book_file import load_grades
from residua.standards.option_shelf import option_shelf
from residua.standards.rulebook import load
from residua.views.grade_book_text import grade_book_text, grade_shelf_lines
from residua.views.option_shelf_text import option_shelf_lines, option_text
from residua.views.standards_text import book_text, drug_rules_text, shelf_text

RULE_BOOKS = (
    *BOOKS,
    "chimerism",
    "clinical_risk",
    "nccn_genetics",
    "eln_genetics",
    "relapse_mechanism",
    "b_cell_aplasia",
    "icaht_2023_counting",
    "t_icaht_2025_counting",
    "astct_engraftment",
    "cibmtr_engraftment",
    "claims",
    "consistency",
    "ice",
    "astct_signs",
    "vod_after_ino",
    "conventions",
)
"""Standards whose file holds rules and definitions."""

GRADE_BOOKS = (
    "ctcae_5",
    "ctcae_6",
    "astct_crs",
    "astct_icans",
    "lee",
    "penn",
    "magic",
    "glucksberg",
    "nih_cgvhd",
    "icaht_2023",
    "t_icaht_2025",
)
"""Standards whose file holds terms with cells."""


def show_standards(name: str | None = None) -> str:
    """All standards and options, or one by its name (``eln-all``, ``eln-all 2024``, ``dli``).

    Also a regimen or ``drug-rules``, under which doses are judged. A name without a version shows
    every version. Raises `UsageError` for a standard that is not encoded.
    """
    books, graded = [load(book) for book in RULE_BOOKS], [load_grades(book) for book in GRADE_BOOKS]
    if name is None:
        width = max(len(book.name) for book in books)
        lines = [shelf_text(books), *grade_shelf_lines(graded, width)]
        lines += criteria_lines(width)
        lines += option_shelf_lines(option_shelf(), width)
        return "\n".join([*lines, regimens_line(width), trials_line(width)])
    texts: list[tuple[str, str, Callable[[], str]]] = []
    texts += [(book.standard, book.name, partial(book_text, book)) for book in books]
    texts += [(book.standard, book.name, partial(grade_book_text, book)) for book in graded]
    texts += criteria_pages()
    texts += [(o.id, f"option {o.id}", partial(option_text, o)) for o in option_shelf()]
    texts.append(("drug-rules", "drug-rules current", partial(drug_rules_text, drug_rules())))
    texts += [*regimen_pages(), *trial_pages()]
    found = [text() for standard, full, text in texts if name.lower() in (standard, full)]
    if not found:
        known = dict.fromkeys(standard for standard, _, _ in texts)
        near = nearest_or(name, known, "residua standards lists what is")
        raise UsageError(f"standard {name!r} is not encoded: {near}")
    return "\n\n".join(found)
