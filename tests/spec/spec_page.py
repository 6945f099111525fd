"""Writes docs/reference/rulebook.md from the boundaries: ``python tests/spec/spec_page.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spec_boundaries import BOUNDARIES, Boundary

from residua.standards.quantities import WORDS
from residua.standards.rulebook import Rulebook, load

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "rulebook.md"
INTRO = """\
# The rulebook by example

Each table moves one quantity across the limits of a standard, all else held so that the verdict
turns on it alone. The page is made from the tests (`tests/spec`), which hold the code to it.

Provenance: *read* in the source; *abstract*: only its abstract was read; *secondary*: by another
work that cites it; *unverified*: not yet checked against the source; *choice*: Residua's own.
"""


def page() -> str:
    """The whole page."""
    books = dict.fromkeys(boundary.book for boundary in BOUNDARIES)
    return INTRO + "".join("\n".join(_book(name)) for name in books)


def _book(name: str) -> Iterator[str]:
    book = load(name)
    yield f"\n## {book.name}\n"
    yield f"{book.cite}\n"
    for term in dict.fromkeys(b.term for b in BOUNDARIES if b.book == name):
        yield f"### {term}\n"
        yield "| rule | quantity | value: verdict | provenance | reading |"
        yield "|---|---|---|---|---|"
        for boundary in BOUNDARIES:
            if (boundary.book, boundary.term) == (name, term):
                yield _row(book, boundary)
        yield ""


def _row(book: Rulebook, boundary: Boundary) -> str:
    rules = [book[rule] for rule in boundary.rules.split()]
    values = "<br>".join(f"{_value(v)}: **{verdict}**" for v, verdict in boundary.rows.items())
    readings = "; ".join(dict.fromkeys(rule.reading for rule in rules if rule.reading))
    provenance = ", ".join(dict.fromkeys(rule.provenance for rule in rules))
    clauses = "; ".join(dict.fromkeys(rule.clause for rule in rules))
    return f"| {clauses} | {WORDS[boundary.quantity]} | {values} | {provenance} | {readings} |"


def _value(value: str | bool) -> str:
    return {True: "yes", False: "no"}.get(value, str(value).removesuffix(" 1"))  # type: ignore[call-overload]


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
