"""The standards of diagnosis by sets of criteria, for `residua standards`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from residua.standards.criteria_book import load_criteria
from residua.standards.severity_table import load_severity
from residua.views.criteria_text import criteria_shelf_lines, criteria_text

CRITERIA_BOOKS = (
    "ebmt_vod_2016", "ebmt_vod_2023", "ebmt_vod_paediatric_2018", "baltimore", "seattle",
)  # fmt: skip
"""Standards whose file holds sets of criteria."""

SEVERITIES = ("ebmt_vod_2016", "ebmt_vod_2023", "ebmt_vod_paediatric_2018")
"""Those of them that have a severity."""


def criteria_lines(width: int) -> Iterator[str]:
    """Two lines a standard, its name padded to `width`."""
    books = [load_criteria(book) for book in CRITERIA_BOOKS]
    return criteria_shelf_lines(books, [load_severity(name) for name in SEVERITIES], width)


def criteria_pages() -> list[tuple[str, str, Callable[[], str]]]:
    """Standard, its name with the version, and what writes it out."""
    books = [load_criteria(book) for book in CRITERIA_BOOKS]
    tables = [load_severity(name) for name in SEVERITIES]
    return [
        (book.rulebook.standard, book.name, partial(criteria_text, book, tables)) for book in books
    ]
