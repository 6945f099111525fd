"""The pages of risk and of the mechanism of relapse, from their tables."""

from __future__ import annotations

from collections.abc import Iterator

from risk_tables import APL, APLASIA, LESIONS, LesionRow

from residua.standards import genetic_risk
from residua.standards.rulebook import Rulebook, load

LISTS = (("nccn", genetic_risk.NCCN), ("eln", genetic_risk.ELN))


def genetic_pages() -> dict[str, str]:
    """File name -> text of the page of each list and of B-cell aplasia."""
    found = {f"{load(b).standard}.md": "\n".join(_list(load(b), name)) for name, b in LISTS}
    return found | {f"{load(APL).standard}.md": "\n".join(_aplasia(load(APL)))}


def genetic_books() -> tuple[Rulebook, ...]:
    """The standards of those pages."""
    return tuple(load(book) for book in (*(b for _, b in LISTS), APL))


def _list(book: Rulebook, name: str) -> Iterator[str]:
    yield f"# {book.name}\n"
    yield f"{book.cite}\n"
    yield "Every other lesion of the list was looked for by name and not found.\n"
    yield "| lesion found | class |"
    yield "|---|---|"
    yield from (f"| {_named(row)} | **{getattr(row, name)}** |" for row in LESIONS)
    yield "\n| class | clause | provenance | reading |"
    yield "|---|---|---|---|"
    for d in book.definitions:
        yield f"| {d.verdict} | {d.clause} | {d.provenance} | {d.reading} |"
    yield ""


def _named(row: LesionRow) -> str:
    return f"{row.found or 'none'}{f' ({row.note})' if row.note else ''}"


def _aplasia(book: Rulebook) -> Iterator[str]:
    yield f"# {book.name}\n"
    yield f"{book.cite}\n"
    yield "| rule | value: aplasia by this rule | provenance | reading |"
    yield "|---|---|---|---|"
    for name, _, rows in APLASIA:
        rule = book[name]
        values = "<br>".join(f"{value}: **{said}**" for value, said in rows.items())
        yield f"| {rule.clause} | {values} | {rule.provenance} | {rule.reading} |"
    yield ""
