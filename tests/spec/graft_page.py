"""The pages of engraftment: one per rulebook, from `graft_boundaries`."""

from __future__ import annotations

from collections.abc import Iterator

from graft_boundaries import GRAFT_BOUNDARIES, GraftBoundary

from residua.standards.rulebook import Rulebook, load

HEAD = "| rule | moved | beside it | value: verdict | provenance | reading |"


def graft_books() -> tuple[Rulebook, ...]:
    """The rulebooks of engraftment, in the order of the boundaries."""
    return tuple(load(name) for name in dict.fromkeys(b.book for b in GRAFT_BOUNDARIES))


def graft_pages() -> dict[str, str]:
    """File name -> text."""
    names = dict.fromkeys(boundary.book for boundary in GRAFT_BOUNDARIES)
    return {f"{load(name).standard}.md": "\n".join(_page(name, load(name))) for name in names}


def _page(name: str, book: Rulebook) -> Iterator[str]:
    yield f"# {book.name}\n"
    yield f"{book.cite}\n"
    here = [boundary for boundary in GRAFT_BOUNDARIES if boundary.book == name]
    for term in dict.fromkeys(boundary.term for boundary in here):
        yield f"## {term}\n"
        yield f"{HEAD}\n|---|---|---|---|---|---|"
        yield from (_row(book, boundary) for boundary in here if boundary.term == term)
        yield ""


def _row(book: Rulebook, boundary: GraftBoundary) -> str:
    rules = [book[rule] for rule in boundary.rules.split()]
    clauses = "; ".join(rule.clause for rule in rules)
    provenance = ", ".join(dict.fromkeys(rule.provenance for rule in rules))
    readings = "; ".join(rule.reading for rule in rules if rule.reading)
    values = "<br>".join(f"{value}: **{word}**" for value, word in boundary.rows.items())
    cells = (clauses, boundary.moved, boundary.beside, values, provenance, readings)
    return f"| {' | '.join(cells)} |"
