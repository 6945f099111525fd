"""Risk by genetics: lists of lesions with the class that a publication gives to each.

Unlike the axes of a rulebook, every definition stands for itself: the highest class of any
lesion found is the verdict, if no lesion of a higher class is left unsought.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from residua.facts.lesion_names import lesion_table
from residua.facts.quantity import Quantity
from residua.standards.rulebook import Definition, Rule, Rulebook, edition, weakest
from residua.standards.truth import Given, settled

NCCN, ELN = "nccn_genetics", "eln_genetics"
HIGH, OPEN, INTERMEDIATE, STANDARD = "high risk", "open", "intermediate risk", "standard risk"
RANKS = (HIGH, OPEN, INTERMEDIATE, STANDARD)
COUNTS = ("chromosomes", "abnormalities")


@dataclass(frozen=True)
class Lesions:
    """What is known of a genome: lesion -> found or not; one absent from it is not known.

    ``counts`` are the stated numbers of chromosomes and of abnormalities, ``others`` what was
    found and has a name that no table knows.
    """

    found: Mapping[str, bool | None] = field(default_factory=dict)
    counts: Mapping[str, Given] = field(default_factory=dict)
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class GeneticRuling:
    """The class by one list, or why there is none; ``truths`` say what each definition comes to."""

    book: Rulebook
    verdict: str | None
    reason: str
    truths: tuple[tuple[Definition, bool | None], ...]
    missing: tuple[str, ...] = ()
    deciding: tuple[Definition, ...] = ()

    @property
    def clause(self) -> str:
        """Clauses of what decided, or of the list."""
        found = (d.clause for d in self.deciding)
        return "; ".join(dict.fromkeys(found)) or f"genetic risk by {self.book.cite}"

    @property
    def provenance(self) -> str:
        """The weakest of what decided, or of the list."""
        return weakest(d.provenance for d in self.deciding or [d for d, _ in self.truths])

    @property
    def readings(self) -> tuple[str, ...]:
        """How ambiguous texts behind the verdict were read."""
        return tuple(dict.fromkeys(d.reading for d in self.deciding if d.reading))

    @property
    def found(self) -> tuple[Definition, ...]:
        """The definitions that hold."""
        return tuple(d for d, truth in self.truths if truth)


def nccn(lesions: Lesions, *, version: str = "current") -> GeneticRuling:
    """Poor or standard risk as NCCN has it."""
    return genetics(edition(NCCN, version), lesions)


def eln(lesions: Lesions, *, version: str = "2024") -> GeneticRuling:
    """Unfavourable, intermediate or favourable as ELN 2024 has it."""
    return genetics(edition(ELN, version), lesions)


def genetics(book: Rulebook, lesions: Lesions) -> GeneticRuling:
    """The class by one list."""
    truths = tuple((d, _truth(book, d, lesions)) for d in book.definitions if d.rules)
    high = _of(truths, HIGH, True)
    if high:
        return GeneticRuling(book, _verdict(high), _details(high), truths, (), high)
    strange = _unlisted(book, lesions)
    if strange:
        reason = _and_found(truths, f"in no class of the list: {', '.join(strange)}")
        return GeneticRuling(book, None, reason, truths, (f"class of {', '.join(strange)}",))
    for rank in RANKS:
        found, unknown = _of(truths, rank, True), _of(truths, rank, None)
        if found:
            verdict = None if rank == OPEN else _verdict(found)
            reason = f"no one class: {_details(found)}" if rank == OPEN else _details(found)
            missing = ("one class of the list",) if rank == OPEN else ()
            return GeneticRuling(book, verdict, reason, truths, missing, found)
        if unknown and rank != STANDARD:
            return _open(book, lesions, truths)
    return _nothing_listed(book, truths)


def _nothing_listed(
    book: Rulebook, truths: tuple[tuple[Definition, bool | None], ...]
) -> GeneticRuling:
    """Every adverse lesion was looked for and none found."""
    rest = tuple(d for d in book.definitions if not d.rules)
    if rest:
        return GeneticRuling(book, _verdict(rest), rest[0].clause, truths, (), rest)
    reason = _and_found(truths, "no lesion with a class of the list was found")
    return GeneticRuling(book, None, reason, truths, ("a lesion with a class of the list",))


def _open(
    book: Rulebook, lesions: Lesions, truths: tuple[tuple[Definition, bool | None], ...]
) -> GeneticRuling:
    """A lesion of a higher class than those found may be there: it was not looked for by name."""
    best = next((r for r in RANKS if _of(truths, r, True)), STANDARD)
    above = RANKS[: RANKS.index(best)]
    waiting = [d for d, truth in truths if truth is None and d.verdict in above]
    keys = [
        book[rule].quantity
        for d in waiting
        for rule in d.rules
        if _holds(book[rule], lesions) is None
    ]
    names = tuple(dict.fromkeys(lesion_table()[key].name for key in keys))
    reason = _and_found(truths, f"not looked for by a test that names it: {', '.join(names)}")
    return GeneticRuling(book, None, reason, truths, names)


def _and_found(truths: Iterable[tuple[Definition, bool | None]], reason: str) -> str:
    found = [d for d, truth in truths if truth]
    return f"found: {_details(found)}; {reason}" if found else reason


def _unlisted(book: Rulebook, lesions: Lesions) -> tuple[str, ...]:
    """What was found and stands in no definition of the list, nor anything that it is a kind of."""
    listed = {rule.quantity for rule in book.rules}
    table = lesion_table()
    present = [key for key, there in lesions.found.items() if there]
    implied = {other for key in present for other in table[key].implies}
    strange = [
        table[key].name
        for key in present
        if key not in implied and not listed & {key, *table[key].implies}
    ]
    counted = [f"number of {name}" for name in lesions.counts if name not in listed]
    return (*strange, *counted, *lesions.others)


def _of(
    truths: Iterable[tuple[Definition, bool | None]], word: str, wanted: bool | None
) -> tuple[Definition, ...]:
    return tuple(d for d, truth in truths if d.verdict == word and truth is wanted)


def _details(found: Sequence[Definition]) -> str:
    return ", ".join(dict.fromkeys(d.detail or d.clause for d in found))


def _verdict(found: Sequence[Definition]) -> str:
    return f"{found[0].verdict}: {_details(found)}"


def _truth(book: Rulebook, definition: Definition, lesions: Lesions) -> bool | None:
    one = [book[rule] for rule in definition.any]
    counted = [rule for rule in one if rule.quantity in lesions.counts]
    parts = [_holds(book[rule], lesions) for rule in definition.all]
    parts += [_not(_holds(book[rule], lesions)) for rule in definition.none]
    if one:
        # a stated number stands in place of the word for it
        parts.append(_any([_holds(rule, lesions) for rule in counted or one]))
    return _not(_any([_not(part) for part in parts]))


def _holds(rule: Rule, lesions: Lesions) -> bool | None:
    """Whether a lesion is there; a number that is not stated is no sign of it."""
    if rule.quantity not in COUNTS:
        return lesions.found.get(rule.quantity)
    number = lesions.counts.get(rule.quantity)
    return False if number is None else settled(rule, number)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def _any(values: Iterable[bool | None]) -> bool | None:
    listed = list(values)
    return True if True in listed else None if None in listed else False


def count(number: int) -> Quantity:
    """A number of chromosomes or abnormalities."""
    return Quantity.parse(f"{number} 1")
