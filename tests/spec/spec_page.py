"""Writes docs/reference/rulebook/ from the boundaries: ``python tests/spec/spec_page.py``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from concordance_page import concordance_pages
from engraftment_page import engraftment_books, engraftment_pages
from grade_boundaries import Book, GradeBoundary, expected_words
from grade_tables import GRADE_BOOKS, GRADE_BOUNDARIES
from graft_page import graft_tables
from risk_page import genetic_books, genetic_pages
from risk_tables import RISK_BOUNDARIES
from set_page import set_pages
from spec_boundaries import BOUNDARIES, Boundary

from residua.standards.quantities import WORDS
from residua.standards.rulebook import Rulebook, load

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "rulebook"
INDEX = "README.md"
INTRO = """\
# The rulebook by example

One page per standard. Each table moves one input across the limits of a standard, all else held so
that the verdict turns on it alone. The pages are made from the tests (`tests/spec`), which hold the
code to them.

Provenance: *read* in the source; *abstract*: only its abstract was read; *secondary*: by another
work that cites it; *unverified*: not yet checked against the source; *choice*: Residua's own.
"""
ALL_BOUNDARIES = (*BOUNDARIES, *RISK_BOUNDARIES)
GRADE_HEAD = "| rule | moved | beside it | value: grade | provenance | reading |"


def pages() -> dict[str, str]:
    """File name -> text of every page, the index included."""
    found: dict[str, str] = {}
    rows: list[str] = []
    for name in dict.fromkeys(boundary.book for boundary in ALL_BOUNDARIES):
        book = load(name)
        found[f"{book.standard}.md"] = "\n".join(_book(name, book))
        rows.append(f"| [{book.standard}]({book.standard}.md) | {book.version} | {book.cite} |")
    agreed, agreed_pages = concordance_pages()
    found |= genetic_pages() | agreed_pages
    found |= {name: text + graft_tables(name) for name, text in engraftment_pages().items()}
    rows += [
        f"| [{b.standard}]({b.standard}.md) | {b.version} | {b.cite} |"
        for b in (*genetic_books(), *engraftment_books(), *agreed)
    ]
    for standard in dict.fromkeys(standard for standard, _ in GRADE_BOOKS):
        books = {v: book for (name, v), book in GRADE_BOOKS.items() if name == standard}
        found[f"{standard}.md"] = "\n".join(_grades(standard, books))
        cites = "; ".join(dict.fromkeys(book.cite for book in books.values()))
        rows.append(f"| [{standard}]({standard}.md) | {', '.join(books)} | {cites} |")
    for standard, (sets, text) in set_pages().items():
        page = f"{standard}.md"
        if page not in found:
            cites = "; ".join(book.cite for book in sets)
            versions = ", ".join(book.rulebook.version for book in sets)
            rows.append(f"| [{standard}]({page}) | {versions} | {cites} |")
        found[page] = "\n".join((found.get(page, f"# {standard}\n"), text))
    table = ["", "| standard | versions | source |", "|---|---|---|", *rows, ""]
    return {INDEX: INTRO + "\n".join(table)} | found


def _book(name: str, book: Rulebook) -> Iterator[str]:
    yield f"# {book.name}\n"
    yield f"{book.cite}\n"
    for term in dict.fromkeys(b.term for b in ALL_BOUNDARIES if b.book == name):
        yield f"## {term}\n"
        yield "| rule | quantity | value: verdict | provenance | reading |"
        yield "|---|---|---|---|---|"
        for boundary in ALL_BOUNDARIES:
            if (boundary.book, boundary.term) == (name, term):
                yield _row(book, boundary)
        yield ""


def _row(book: Rulebook, boundary: Boundary) -> str:
    values = "<br>".join(f"{_value(v)}: **{verdict}**" for v, verdict in boundary.rows.items())
    clauses, provenance, readings = _sources(book, boundary.rules)
    return f"| {clauses} | {WORDS[boundary.quantity]} | {values} | {provenance} | {readings} |"


def _value(value: str | bool) -> str:
    return {True: "yes", False: "no"}.get(value, str(value).removesuffix(" 1"))  # type: ignore[call-overload]


def _sources(book: Book, ids: str) -> tuple[str, str, str]:
    """Clauses, provenance and readings of some rules, each once."""
    rules = [book[rule] for rule in ids.split()]
    clauses = "; ".join(dict.fromkeys(rule.clause for rule in rules))
    provenance = ", ".join(dict.fromkeys(rule.provenance for rule in rules))
    return clauses, provenance, "; ".join(dict.fromkeys(r.reading for r in rules if r.reading))


def _grades(standard: str, books: dict[str, Book]) -> Iterator[str]:
    yield f"# {standard}\n"
    for version, book in books.items():
        yield f"## {book.name}\n"
        yield f"{book.cite}\n"
        here = [b for b in GRADE_BOUNDARIES if (b.standard, b.version) == (standard, version)]
        order = list(dict.fromkeys(boundary.term for boundary in here))
        here.sort(key=lambda boundary: order.index(boundary.term))
        for term, boundaries in groupby(here, key=lambda boundary: boundary.term):
            yield f"### {term}\n" if term else ""
            yield GRADE_HEAD
            yield "|---|---|---|---|---|---|"
            yield from (_grade_row(book, boundary) for boundary in boundaries)
            yield ""


def _grade_row(book: Book, boundary: GradeBoundary) -> str:
    unit = f" {boundary.unit}" if boundary.unit and boundary.moved in ("value", "baseline") else ""
    rows = "<br>".join(
        f"{moved}{unit if moved[0].isdigit() else ''}: **{expected_words(grade)}**"
        for moved, grade in boundary.rows.items()
    )
    beside = ", ".join(f"{_label(name)} {word}" for name, word in boundary.base.items())
    clauses, provenance, readings = _sources(book, boundary.rules)
    moved = _label(boundary.moved)
    return f"| {clauses} | {moved} | {beside} | {rows} | {provenance} | {readings} |"


def _label(name: str) -> str:
    return {"lln": "LLN", "uln": "ULN"}.get(name, name.replace("_", " "))


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in set(FOLDER.glob("*.md")) - {FOLDER / name for name in made}:
        old.unlink()
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
