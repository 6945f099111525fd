"""`residua standards`: which standards and trials are encoded, and every rule of one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from residua.errors import UsageError, nearest
from residua.judgements.judge import BOOKS
from residua.main.show_trials import trial_pages, trials_line
from residua.standards.grade_book_file import load_grades
from residua.standards.rulebook import load
from residua.views.grade_book_text import grade_book_text, grade_shelf_lines
from residua.views.standards_text import book_text, shelf_text

GRADE_BOOKS = (
    "ctcae_5", "ctcae_6", "astct_crs", "astct_icans", "lee", "penn", "icaht_2023", "t_icaht_2025",
)  # fmt: skip
"""Standards whose file holds terms with cells."""

COUNT_BOOKS = (
    "icaht_2023_counting",
    "t_icaht_2025_counting",
    "astct_engraftment",
    "cibmtr_engraftment",
)
"""Rules by which the days of blood counts are counted."""


def show_standards(name: str | None = None) -> str:
    """All standards, or one by its name (``eln-all`` or ``eln-all 2024``), in words.

    A name without a version shows every version. Raises `UsageError` for a standard that is
    not encoded.
    """
    books, graded = (
        [load(book) for book in (*BOOKS, *COUNT_BOOKS)],
        [load_grades(book) for book in GRADE_BOOKS],
    )
    if name is None:
        width = max(len(book.name) for book in books)
        lines = [shelf_text(books), *grade_shelf_lines(graded, width)]
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
