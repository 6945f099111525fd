"""A standard of grades in words: every term with its cells, limits, clauses and citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from residua.standards.grade_book import Cell, FindingKind, GradeBook, Term
from residua.views.record_text import record_lines, source_of


def grade_shelf_lines(books: Sequence[GradeBook], width: int) -> Iterator[str]:
    """Two lines a standard: its name and source; how many cells, and how well they are known."""
    for book in books:
        known = Counter(cell.provenance for term in book.terms for cell in term.cells)
        counts = ", ".join(f"{known[word]} {word}" for word in sorted(known))
        yield f"{book.name:<{width}}  {book.cite}"
        terms = "1 term" if len(book.terms) == 1 else f"{len(book.terms)} terms"
        yield f"{'':<{width}}  {terms}; cells: {counts}"


def grade_book_text(book: GradeBook) -> str:
    """A whole standard: the cells of each term from the mildest, and what it asks for."""
    published = str(book.published) if book.published else "not stated"
    checked = book.checked_by or "nobody yet"
    lines = [book.name, f"  {book.cite}", f"  published: {published}; checked by: {checked}"]
    for term in book.terms:
        lines += ["", f"{term.id} ({term.name}):"]
        lines += record_lines([*_notes(term), *map(_cell, _mildest_first(term))])
    return "\n".join(lines)


def _mildest_first(term: Term) -> list[Cell]:
    return sorted(term.cells, key=lambda cell: 9 if cell.grade is None else cell.grade)


def _notes(term: Term) -> Iterator[tuple[str, str]]:
    kinds = f"a value of {' or '.join(term.kinds)}" if term.kinds else "no value, findings only"
    asked = [f"{kind.name} ({_answers(kind)})" for kind in term.findings]
    yield f"takes {kinds}" + (f"; findings: {', '.join(asked)}" if asked else ""), ""
    for note in (term.note, term.conversion):
        if note:
            yield f"note: {note}", ""


def _answers(kind: FindingKind) -> str:
    """The words that a finding takes, or that it is a number."""
    number = "a number" if kind.unit == "1" else f"a number in {kind.unit}"
    return " | ".join(kind.words) or (number if kind.unit else "as below")


def _cell(cell: Cell) -> tuple[str, str]:
    grade = "no grade" if cell.grade is None else f"grade {cell.grade}"
    return f"{cell.id}: {grade}: {cell.text}", source_of(cell)
