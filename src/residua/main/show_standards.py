"""`residua standards`: which standards are encoded, and every rule of one."""

from __future__ import annotations

from residua.errors import UsageError, nearest
from residua.judgements.judge import BOOKS
from residua.standards.rulebook import load
from residua.views.standards_text import book_text, shelf_text


def show_standards(name: str | None = None) -> str:
    """All standards, or one by its name (``eln-all`` or ``eln-all 2024``), in words.

    Raises `UsageError` for a standard that is not encoded.
    """
    books = [load(book) for book in BOOKS]
    if name is None:
        return shelf_text(books)
    for book in books:
        if name.lower() in (book.standard, book.name):
            return book_text(book)
    known = [book.standard for book in books]
    raise UsageError(f"standard {name!r} is not encoded: {nearest(name, known)}")
