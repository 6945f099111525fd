"""The tables of sets of criteria on the pages of the rulebook."""

from __future__ import annotations

from collections.abc import Iterator

from set_boundaries import Raw, SetBoundary
from vod_boundaries import SET_BOUNDARIES

from residua.standards.criteria_book import CriteriaBook, load_criteria

HEAD = "| criterion | moved | beside it | value: verdict | provenance | reading |"


def set_pages() -> dict[str, tuple[tuple[CriteriaBook, ...], str]]:
    """Standard -> its books and the tables of their sets."""
    names = dict.fromkeys(boundary.book for boundary in SET_BOUNDARIES)
    books: dict[str, list[str]] = {}
    for name in names:
        books.setdefault(load_criteria(name).rulebook.standard, []).append(name)
    return {
        standard: (
            tuple(load_criteria(name) for name in listed),
            "\n".join(line for name in listed for line in _tables(name)),
        )
        for standard, listed in books.items()
    }


def _tables(name: str) -> Iterator[str]:
    book = load_criteria(name)
    yield f"## {book.name}: diagnosis\n"
    yield f"{book.cite}\n"
    for one in book.sets[:-1]:
        yield f"- **{one.verdict}** ({one.id}): {one.clause}"
    yield f"\n{HEAD}\n|---|---|---|---|---|---|"
    for boundary in SET_BOUNDARIES:
        if boundary.book == name:
            yield _row(book, boundary)
    yield ""


def _row(book: CriteriaBook, boundary: SetBoundary) -> str:
    rules = [book[rule] for rule in boundary.rules.split()]
    clauses = "; ".join(dict.fromkeys(rule.clause for rule in rules))
    provenance = ", ".join(dict.fromkeys(rule.provenance for rule in rules))
    readings = "; ".join(dict.fromkeys(rule.reading for rule in rules if rule.reading))
    values = "<br>".join(f"{_raw(value)}: **{word}**" for value, word in boundary.rows.items())
    beside = ", ".join(
        f"{_label(name)} {_raw(value)}"
        for name, value in boundary.base.items()
        if name != boundary.quantity and name in book.quantities
    )
    moved = _label(boundary.quantity)
    return f"| {clauses} | {moved} | {beside} | {values} | {provenance} | {readings} |"


def _raw(value: Raw) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not done" if value == "unavailable" else value


def _label(name: str) -> str:
    return name.replace("_", " ")
