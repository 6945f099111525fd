"""`residua standards`: which standards and trials are encoded, and every rule of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from residua.errors import UsageError, nearest
from residua.judgements.judge import BOOKS
from residua.standards.criteria_book import load_criteria
from residua.main.show_trials import trial_pages, trials_line
from residua.standards.grade_book_file import load_grades
from residua.standards.rulebook import load
from residua.standards.severity_table import load_severity
from residua.views.criteria_text import criteria_shelf_lines, criteria_text
from residua.views.grade_book_text import grade_book_text, grade_shelf_lines
from residua.views.standards_text import book_text, shelf_text

GRADE_BOOKS = ("ctcae_5", "ctcae_6", "astct_crs", "astct_icans", "lee", "penn")
"""Standards whose file holds terms with cells."""

CRITERIA_BOOKS = (
    "ebmt_vod_2016", "ebmt_vod_2023", "ebmt_vod_paediatric_2018", "baltimore", "seattle",
)  # fmt: skip
"""Standards whose file holds sets of criteria."""

SEVERITIES = ("ebmt_vod_2016", "ebmt_vod_2023", "ebmt_vod_paediatric_2018")
"""Those of them that have a severity."""


def show_standards(name: str | None = None) -> str:
    """All standards, or one by its name (``eln-all`` or ``eln-all 2024``), in words.

    A name without a version shows every version. Raises `UsageError` for a standard that is
    not encoded.
    """
    books, graded = [load(book) for book in BOOKS], [load_grades(book) for book in GRADE_BOOKS]
    criteria = [load_criteria(book) for book in CRITERIA_BOOKS]
    severities = [load_severity(book) for book in SEVERITIES]
    if name is None:
        width = max(len(book.name) for book in books)
        lines = [shelf_text(books), *grade_shelf_lines(graded, width)]
        return "\n".join([*lines, *criteria_shelf_lines(criteria, severities, width)])
    texts: list[tuple[str, str, Callable[[], str]]] = []
    texts += [(book.standard, book.name, partial(book_text, book)) for book in books]
    texts += [(book.standard, book.name, partial(grade_book_text, book)) for book in graded]
    texts += [
        (book.rulebook.standard, book.name, partial(criteria_text, book, severities))
        for book in criteria
    ]
        return "\n".join([*lines, trials_line(width)])
    texts: list[tuple[str, str, Callable[[], str]]] = []
    texts += [(book.standard, book.name, partial(book_text, book)) for book in books]
    texts += [(book.standard, book.name, partial(grade_book_text, book)) for book in graded]
    texts += trial_pages()
    found = [text() for standard, full, text in texts if name.lower() in (standard, full)]
    if not found:
        known = dict.fromkeys(standard for standard, _, _ in texts)
        raise UsageError(f"standard {name!r} is not encoded: {nearest(name, known)}")
    return "\n\n".join(found)
