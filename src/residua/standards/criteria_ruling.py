"""Which sets of criteria are met, some of the criteria not being known.

A verdict stands only where every way in which the unknown may fall gives it: a set is met where
all of them meet it, "none" where none of them meets any. Where all ways meet some set, the weakest
of their verdicts stands and what would raise it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from residua.facts.quantity import Quantity
from residua.standards.criteria_book import NONE, CriteriaBook, CriteriaSet
from residua.standards.rulebook import weakest
from residua.standards.truth import Given, holdings

Options = tuple[frozenset[str], ...]
DAY = "day"


@dataclass(frozen=True)
class CriteriaRuling:
    """The verdict, or None with the ``possible`` ones (strongest first).

    ``deciding`` are the sets behind the possible verdicts, ``missing`` the quantities of which
    each can change the verdict, the others held.
    """

    verdict: str | None
    possible: tuple[str, ...]
    deciding: tuple[CriteriaSet, ...]
    missing: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether some set is met whatever the unknown may be."""
        return self.verdict not in (None, NONE)

    @property
    def clause(self) -> str:
        """Where the sets behind it stand."""
        return "; ".join(dict.fromkeys(one.clause for one in self.deciding))

    @property
    def cite(self) -> str:
        """Their source."""
        return "; ".join(dict.fromkeys(one.cite for one in self.deciding))

    @property
    def provenance(self) -> str:
        """The weakest provenance of the sets behind it."""
        return weakest(one.provenance for one in self.deciding)

    @property
    def readings(self) -> tuple[str, ...]:
        """How their ambiguous texts were read."""
        return tuple(dict.fromkeys(one.reading for one in self.deciding if one.reading))


def options_of(book: CriteriaBook, given: Mapping[str, Given]) -> dict[str, Options]:
    """Quantity -> the sets of its criteria that may hold; what is not given is unknown.

    Raises ValueFault where a value is of another kind than the limits.
    """
    return {q: holdings(book.rules_on(q), in_unit(book, q, given.get(q))) for q in book.quantities}


def in_unit(book: CriteriaBook, quantity: str, given: Given) -> Given:
    """What is known of a quantity, its measurements in the unit of the book's limits."""
    if isinstance(given, tuple):
        return tuple(
            book.in_its_unit(quantity, one) if isinstance(one, Quantity) else one for one in given
        )
    return book.in_its_unit(quantity, given) if isinstance(given, Quantity) else given


def rule_on_criteria(
    book: CriteriaBook, options: Mapping[str, Options], *, anchored: bool = True
) -> CriteriaRuling:
    """What the sets say; a quantity without options is unknown.

    Without a transplant (not `anchored`) days are counted from elsewhere: criteria on the day are
    left out, as are the sets that mean a day after transplant.
    """
    listed = tuple((q, options.get(q)) for q in book.quantities if anchored or q != DAY)
    return _ruling(book, listed, anchored)


@lru_cache(maxsize=8192)
def _ruling(
    book: CriteriaBook, listed: tuple[tuple[str, Options | None], ...], anchored: bool
) -> CriteriaRuling:
    quantities = [q for q, _ in listed]
    choices = [given or holdings(book.rules_on(q), None) for q, given in listed]
    days = frozenset() if anchored else frozenset(rule.id for rule in book.rules_on(DAY))
    sets = [one for one in book.sets if anchored or not one.transplant_only]
    found = {
        way: next(one for one in sets if one.met(days.union(*way))) for way in product(*choices)
    }
    met = set(found.values())
    deciding = tuple(one for one in sets if one in met)
    possible = tuple(dict.fromkeys(one.verdict for one in deciding))
    verdict = possible[-1] if len(possible) == 1 or NONE not in possible else None
    behind = deciding if verdict is None else tuple(d for d in deciding if d.verdict == verdict)
    missing = tuple(q for place, q in enumerate(quantities) if _matters(place, found))
    return CriteriaRuling(verdict, possible, behind, missing)


def _matters(place: int, found: Mapping[tuple[frozenset[str], ...], CriteriaSet]) -> bool:
    """Whether the quantity at `place` alone can change the verdict, the others held."""
    seen: dict[object, str] = {}
    for way, one in found.items():
        rest = way[:place] + way[place + 1 :]
        if seen.setdefault(rest, one.verdict) != one.verdict:
            return True
    return False


def strongest(book: CriteriaBook, verdicts: Iterable[str]) -> str:
    """The strongest of some verdicts of the book."""
    order = list(dict.fromkeys(one.verdict for one in book.sets))
    return min(verdicts, key=order.index)
