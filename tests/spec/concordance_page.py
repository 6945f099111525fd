"""Agreement of MRD methods at its limits, and the page of it in docs/reference/rulebook/.

The verdicts are worked out by hand from the clauses: 10^0.5 = 3.162, so 0.5 log10 above 2e-3 is
6.325e-3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from residua.facts.mrd import MrdReading
from residua.judgements.concordance.concordance import BOOK, Said, qualitative, quantitative
from residua.judgements.concordance.pairs import Pair
from residua.standards.rulebook import Rulebook, load

OPEN = "not assessable"
AGREE, DIFFER = "concordant", "discordant"
Row = dict[str, Any]
HIGH: Row = {"method": "pcr", "status": "quantified", "fraction": "2e-3", "lloq": "1e-4"}


def level(low: float, high: float, kind: str | None) -> Row:
    """A quantified level with its counting interval."""
    return {
        "method": "flow", "status": "quantified", "fraction": str(high), "lloq": "1e-5",
        "interval": (low, high), "denominator_kind": kind,
    }  # fmt: skip


@dataclass(frozen=True)
class Moved:
    """One result moved, the other held; words -> the moved result and the verdict."""

    rule: str
    beside: str
    held: Row
    rows: dict[str, tuple[Row, str]]


def flow(**row: Any) -> Row:
    return {"method": "flow"} | row


OF_CELLS = level(1e-3, 2e-3, "nucleated") | {"method": "ngs"}
OF_NO_KIND = level(1e-3, 2e-3, None) | {"method": "ngs"}
MOVED = (
    Moved("cut-off", "PCR quantified 2e-3", HIGH, {
        "9.9e-5": (flow(fraction="9.9e-5"), DIFFER),
        "1e-4": (flow(fraction="1e-4"), AGREE),
        "not detected, LOD 1e-4": (flow(status="not detected", lod="1e-4"), DIFFER),
        "not detected, LOD 1.1e-4": (flow(status="not detected", lod="1.1e-4"), OPEN),
        "negative, LOD not stated": (flow(status="negative"), OPEN),
        "detected below an LLOQ of 1e-4": (flow(status="detected below LLOQ", lloq="1e-4"), DIFFER),
        "detected below an LLOQ of 2e-4, LOD 1e-5":
            (flow(status="detected below LLOQ", lloq="2e-4", lod="1e-5"), OPEN),
        "detected below an LLOQ of 2e-4, LOD 1e-4":
            (flow(status="detected below LLOQ", lloq="2e-4", lod="1e-4"), OPEN),
        "positive without a number, LOD 1e-4": (flow(status="positive", lod="1e-4"), OPEN),
        "positive without a number, LOD 1e-5": (flow(status="positive", lod="1e-5"), OPEN),
        "<1e-4": (flow(fraction="<1e-4"), DIFFER),
        "<=1e-4": (flow(fraction="<=1e-4"), OPEN),
        "not assessable": (flow(status="not assessable"), OPEN),
    }),
    Moved("quantified", "NGS 1e-3 to 2e-3 of nucleated cells", OF_CELLS, {
        "1.5e-3, LLOQ 1.5e-3": (level(1.4e-3, 1.5e-3, "nucleated") | {"lloq": "1.5e-3"}, AGREE),
        "1.5e-3, LLOQ 1.6e-3": (level(1.4e-3, 1.5e-3, "nucleated") | {"lloq": "1.6e-3"}, OPEN),
        "2e-5 of an unnamed status, LLOQ not stated":
            (level(1e-5, 2e-5, "nucleated") | {"lloq": None, "status": None},
             OPEN),
    }),
    Moved("apart", "NGS 1e-3 to 2e-3 of nucleated cells", OF_CELLS, {
        "from 2e-3, of nucleated cells": (level(2e-3, 3e-3, "nucleated"), AGREE),
        "from 2.01e-3, of nucleated cells": (level(2.01e-3, 3e-3, "nucleated"), DIFFER),
        "2e-3 without an interval":
            (level(2e-3, 2e-3, "nucleated") | {"interval": None}, AGREE),
        "3e-3 without an interval":
            (level(3e-3, 3e-3, "nucleated") | {"interval": None}, OPEN),
    }),
    Moved("apart-across-denominators", "NGS 1e-3 to 2e-3 of nucleated cells", OF_CELLS, {
        "from 6.32e-3, of genomes": (level(6.32e-3, 9e-3, "dna"), AGREE),
        "from 6.33e-3, of genomes": (level(6.33e-3, 9e-3, "dna"), DIFFER),
        "up to 3.17e-4, of genomes": (level(2e-4, 3.17e-4, "dna"), AGREE),
        "up to 3.16e-4, of genomes": (level(2e-4, 3.16e-4, "dna"), DIFFER),
    }),
    Moved("apart-across-denominators", "NGS 1e-3 to 2e-3, denominator not stated", OF_NO_KIND, {
        "from 2e-3, of genomes": (level(2e-3, 3e-3, "dna"), AGREE),
        "from 4e-3, of genomes": (level(4e-3, 5e-3, "dna"), OPEN),
        "from 6.33e-3, of genomes": (level(6.33e-3, 9e-3, "dna"), DIFFER),
    }),
)  # fmt: skip


def said(moved: Moved, row: Row) -> Said:
    """What the two results give."""
    a, b = (
        MrdReading(id=name, date="2024-01-02", source="mrd.csv:2", **one)
        for name, one in (("moved", row), ("held", moved.held))
    )
    pair = Pair("moved", a, b, "flow", ())
    book = load(BOOK)
    return qualitative(pair, book["cut-off"].limit_number) if moved.rule == "cut-off" else (
        quantitative(pair)
    )  # fmt: skip


def concordance_pages() -> tuple[tuple[Rulebook, ...], dict[str, str]]:
    """The book and its page."""
    book = load(BOOK)
    lines = [f"# {book.name}\n", f"{book.cite}\n"]
    lines += ["| rule | beside it | the other result: verdict | provenance | reading |"]
    lines += ["|---|---|---|---|---|"]
    for moved in MOVED:
        rule = book[moved.rule]
        values = "<br>".join(f"{words}: **{word}**" for words, (_, word) in moved.rows.items())
        lines.append(
            f"| {rule.clause} | {moved.beside} | {values} | {rule.provenance} | {rule.reading} |"
        )
    return (book,), {f"{book.standard}.md": "\n".join([*lines, ""])}
