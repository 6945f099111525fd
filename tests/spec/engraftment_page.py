"""Engraftment by counts day after day, and the page of both definitions.

The oracles are days counted by hand under the printed rules: the first of 3 successive days
(ASTCT) or of 3 laboratory values on different days (CIBMTR) from 500/uL, or 20 000/uL on, after the
nadir; platelets at least 7 days after the last transfusion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from residua.facts.quantity import Quantity
from residua.judgements.cytopenia.engraftment import asked
from residua.standards.count_level import level_of
from residua.standards.engraftment import Counts, recovery
from residua.standards.rulebook import Rulebook, load

ASTCT, CIBMTR = "astct_engraftment", "cibmtr_engraftment"


@dataclass(frozen=True)
class Example:
    """Counts per microlitre by day, and the day of recovery under each definition."""

    of: str
    counts: dict[int, int]
    astct: str
    cibmtr: str
    transfused: tuple[int, ...] = ()
    note: str = ""

    def expected(self, book: str) -> str:
        """What the definition says."""
        return self.astct if book == ASTCT else self.cibmtr


def daily(first: int, *values: int) -> dict[int, int]:
    """One count a day from `first` on."""
    return dict(enumerate(values, first))


EXAMPLES = (
    Example("neutrophils", daily(10, 100, 499, 499, 499), "not yet", "not yet"),
    Example("neutrophils", daily(10, 100, 500, 500, 500), "day +11", "day +11"),
    Example("neutrophils", daily(10, 100, 501, 501, 501), "day +11", "day +11"),
    Example("neutrophils", daily(10, 100, 500, 500, 499, 500, 500, 500), "day +14", "day +14"),
    Example("neutrophils", {10: 100, 11: 600, 13: 600, 14: 600, 15: 600},
            "day +11 to +13", "day +11", note="no count on day +12"),
    Example("neutrophils", daily(10, 100, 600, 600), "not yet", "not yet",
            note="two days are not three"),
    Example("platelets", daily(10, 9000, 19999, 19999, 19999), "not yet", "not yet"),
    Example("platelets", daily(10, 9000, 20000, 20000, 20000), "day +11", "day +11"),
    Example("platelets", daily(10, 9000, 20001, 20001, 20001), "day +11", "day +11"),
    Example("platelets", daily(10, 9000, *[30000] * 8), "not yet", "not yet", (10,),
            note="the third day, +19, has no count"),
    Example("platelets", daily(10, 9000, *[30000] * 9), "day +17", "day +17", (10,),
            note="7 days after the last transfusion"),
)  # fmt: skip


def recovered(name: str, example: Example) -> str:
    """The day that the code finds, in words."""
    levels = {d: level_of(Quantity.parse(f"{n} /uL")) for d, n in example.counts.items()}
    given = dict.fromkeys(example.transfused, True)
    found = recovery(
        asked(name, example.of).criterion, Counts(levels, max(levels), transfused=given)
    )
    if found.day is None:
        return "not yet"
    return f"day +{found.day}" if found.decided else f"day +{found.earliest} to +{found.day}"


def engraftment_pages() -> dict[str, str]:
    """File name -> text of the page of each definition."""
    return {f"{load(name).standard}.md": "\n".join(_page(name)) for name in (ASTCT, CIBMTR)}


def engraftment_books() -> tuple[Rulebook, ...]:
    """The standards of those pages."""
    return tuple(load(name) for name in (ASTCT, CIBMTR))


def _page(name: str) -> Iterator[str]:
    book = load(name)
    yield f"# {book.name}\n"
    yield f"{book.cite}\n"
    yield "Counts per microlitre, one a day; day 0 is that of the transplant.\n"
    yield "| of | counts | recovery | remark |"
    yield "|---|---|---|---|"
    for example in EXAMPLES:
        days = ", ".join(f"+{day}: {count}" for day, count in example.counts.items())
        given = f"; platelets given on +{example.transfused[0]}" if example.transfused else ""
        yield f"| {example.of} | {days}{given} | **{example.expected(name)}** | {example.note} |"
    yield "\n| rule | limit | clause | provenance | reading |"
    yield "|---|---|---|---|---|"
    for rule in book.rules:
        yield f"| {rule.id} | {rule.text} | {rule.clause} | {rule.provenance} | {rule.reading} |"
    yield ""
