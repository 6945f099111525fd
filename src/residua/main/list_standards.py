"""`residua standards` without a name: what is encoded, one line each.

Apart from the pages, which import what judges a course: the list answers at once.
"""

from __future__ import annotations

from residua.main.show_criteria import criteria_lines
from residua.standards.grade_book_file import load_grades
from residua.standards.option_shelf import option_shelf
from residua.standards.regimen_shelf import regimen_names
from residua.standards.response_books import BOOKS
from residua.standards.rulebook import load
from residua.standards.trial_shelf import trial_shelf
from residua.views.grade_book_text import grade_shelf_lines
from residua.views.option_shelf_text import option_shelf_lines
from residua.views.standards_text import shelf_text

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
    "mrd_concordance",
    "consistency",
    "ice",
    "astct_signs",
    "vod_after_ino",
    "clonotypes",
    "digital_pcr",
    "assay_validation",
    "automatic_mrd",
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


def list_standards() -> str:
    """All standards and options, and how many regimens and trials there are."""
    books, graded = [load(book) for book in RULE_BOOKS], [load_grades(book) for book in GRADE_BOOKS]
    width = max(len(book.name) for book in books)
    lines = [shelf_text(books), *grade_shelf_lines(graded, width), *criteria_lines(width)]
    lines += option_shelf_lines(option_shelf(), width)
    return "\n".join([*lines, _regimens_line(width), _trials_line(width)])


def _regimens_line(width: int) -> str:
    return f"{'regimens':<{width}}  {len(regimen_names())} schedules: residua regimen"


def _trials_line(width: int) -> str:
    results = sum(len(trial.results) for trial in trial_shelf())
    count = f"{len(trial_shelf())} trials and studies with {results} results"
    return f"{'trials':<{width}}  {count}: residua standards trials"
