"""The tables of engraftment and graft failure at every limit, from `graft_boundaries`."""

from __future__ import annotations

from graft_boundaries import GRAFT_BOUNDARIES, GraftBoundary

from residua.standards.rulebook import Rulebook, load

HEAD = "| rule | moved | beside it | value: verdict | provenance | reading |"


def graft_tables(page: str) -> str:
    """The tables of every limit, at the end of the page of their standard."""
    names = dict.fromkeys(boundary.book for boundary in GRAFT_BOUNDARIES)
    return "".join(_tables(name) for name in names if page == f"{load(name).standard}.md")


def _tables(name: str) -> str:
    book = load(name)
    here = [boundary for boundary in GRAFT_BOUNDARIES if boundary.book == name]
    lines: list[str] = []
    for term in dict.fromkeys(boundary.term for boundary in here):
        lines += ["", f"## {term}", "", HEAD, "|---|---|---|---|---|---|"]
        lines += [_row(book, boundary) for boundary in here if boundary.term == term]
    return "\n".join([*lines, ""])


def _row(book: Rulebook, boundary: GraftBoundary) -> str:
    rules = [book[rule] for rule in boundary.rules.split()]
    clauses = "; ".join(rule.clause for rule in rules)
    provenance = ", ".join(dict.fromkeys(rule.provenance for rule in rules))
    readings = "; ".join(rule.reading for rule in rules if rule.reading)
    values = "<br>".join(f"{value}: **{word}**" for value, word in boundary.rows.items())
    cells = (clauses, boundary.moved, boundary.beside, values, provenance, readings)
    return f"| {' | '.join(cells)} |"
