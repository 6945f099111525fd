"""A standard of diagnosis in words: its sets, criteria and, where it has one, the severity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from residua.standards.criteria_book import CriteriaBook, CriteriaSet
from residua.standards.rulebook import Rule
from residua.standards.severity_ruling import NAMES
from residua.standards.severity_table import Input, SeverityCell, SeverityTable
from residua.views.record_text import filled, record_lines, source_of

_Record = Rule | CriteriaSet | SeverityCell


def criteria_shelf_lines(
    books: Sequence[CriteriaBook], tables: Sequence[SeverityTable], width: int
) -> Iterator[str]:
    """Two lines a standard: its name and source; how many rules, and how well they are known."""
    for book in books:
        known = Counter(record.provenance for record in _records(book, _table(book, tables)))
        counts = ", ".join(f"{known[word]} {word}" for word in sorted(known))
        yield f"{book.name:<{width}}  {book.cite}"
        sets = len(book.sets) - 1
        many = "set" if sets == 1 else "sets"
        yield f"{'':<{width}}  {sets} {many} of criteria; rules: {counts}"


def criteria_text(book: CriteriaBook, tables: Sequence[SeverityTable]) -> str:
    """A whole standard: sets in the order they are tried, criteria, cells of the severity."""
    published = book.rulebook.published
    checked = book.rulebook.checked_by or "nobody yet"
    lines = [book.name, f"  {book.cite}"]
    lines += [f"  published: {published or 'not stated'}; checked by: {checked}", "", "diagnosis:"]
    table = _table(book, tables)
    lines += record_lines(map(_words, _records(book, None)))
    if table is not None:
        asked = ", ".join(f"{one.name} ({_kind(one)})" for one in table.inputs)
        lines += ["", "severity:", filled(f"takes findings: {asked}", "  ")]
        lines += record_lines(map(_words, table.cells))
    return "\n".join(lines)


def _kind(one: Input) -> str:
    return one.unit or " | ".join(one.words or ("yes", "no"))


def _table(book: CriteriaBook, tables: Sequence[SeverityTable]) -> SeverityTable | None:
    return next((table for table in tables if table.book is book), None)


def _records(book: CriteriaBook, table: SeverityTable | None) -> tuple[_Record, ...]:
    cells = table.cells if table else ()
    return (*book.sets[:-1], *book.rulebook.rules, *cells)


def _words(record: _Record) -> tuple[str, str]:
    match record:
        case CriteriaSet():
            words = f"{record.verdict}  <- {record.text}"
        case SeverityCell():
            words = f"{record.id}: grade {record.grade} ({NAMES[record.grade]})"
        case Rule():
            words = f"{record.id}: {record.quantity.replace('_', ' ')} {record.text}"
    return words, source_of(record)
