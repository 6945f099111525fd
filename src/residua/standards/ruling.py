"""What a standard says of plain quantities, some of which may not be known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from residua.facts.quantity import Quantity
from residua.standards.quantities import PLAIN, Wording
from residua.standards.reasons import in_one_line, why_open
from residua.standards.rulebook import Definition, Exclusion, Rule, Rulebook, weakest
from residua.standards.truth import UNAVAILABLE, Given, holdings

Choice = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Ruling:
    """The verdict of one axis of one standard, or why there is none.

    ``verdict`` (word, with detail after a colon) is None where the unknown inputs leave
    several words in ``possible``; ``partial`` marks a verdict that only excludes some.
    ``missing`` says in words what would settle it, ``missing_for`` what would settle whether
    it is one of the possible words; ``used`` names the known quantities that it rests on.
    """

    book: Rulebook
    term: str
    verdict: str | None
    possible: tuple[str, ...]
    missing: tuple[str, ...]
    used: tuple[str, ...]
    reason: str
    clause: str
    cite: str
    provenance: str
    partial: bool = False
    readings: tuple[str, ...] = ()
    missing_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def rule_on(
    book: Rulebook,
    term: str,
    given: Mapping[str, Given],
    wording: Wording = PLAIN,
) -> Ruling:
    """Judge one axis; quantities absent from `given` are unknown.

    Every completion of the unknown quantities is tried against the definitions in order, so a
    verdict stands exactly where it does not depend on what is unknown.
    """
    found = _completions(book, term, given)
    possible = tuple(dict.fromkeys(d.verdict for d in _in_order(book, term, found.values())))
    missing = _relevant(book, term, found, lambda d: d.verdict)
    used = _used(book, term, given, set(possible))
    deciding = _in_order(book, term, found.values())
    behind: tuple[Definition | Rule, ...] = (
        *deciding,
        *_rules_behind(book, term, deciding, used),
    )
    words = wording.words
    lacking = tuple(dict.fromkeys(words[name] for name in missing))
    not_stated = why_open(missing, given, wording)
    values = ", ".join(in_one_line(q, given[q], book.rules_of(term), wording) for q in used)
    exclusion = _partial(book, term, possible)
    if len(possible) == 1:
        verdict, reason, lacking = _with_detail(deciding), values or deciding[0].clause, ()
    elif exclusion is None:
        verdict, reason = None, not_stated
    else:
        verdict = exclusion.verdict + _exclusion_detail(exclusion)
        reason = f"{values}; {exclusion.left_open} not assessable: {not_stated}"
    return Ruling(
        book,
        term,
        verdict,
        possible,
        lacking,
        used,
        reason,
        clause="; ".join(dict.fromkeys(d.clause for d in deciding)),
        cite="; ".join(dict.fromkeys(d.cite for d in deciding)),
        provenance=weakest(item.provenance for item in behind),
        partial=exclusion is not None,
        readings=_readings(book.rules_of(term), behind, given),
        missing_for={
            word: tuple(
                dict.fromkeys(words[n] for n in _relevant(book, term, found, _is_word(word)))
            )
            for word in possible
        },
    )


def _is_word(word: str) -> Callable[[Definition], bool]:
    return lambda definition: definition.verdict == word


def _by_quantity(book: Rulebook, term: str) -> dict[str, tuple[Rule, ...]]:
    rules = book.rules_of(term)
    return {q: tuple(r for r in rules if r.quantity == q) for q in book.quantities(term)}


def _completions(book: Rulebook, term: str, given: Mapping[str, Given]) -> dict[Choice, Definition]:
    """The definition that fits each way in which the quantities may fall."""
    options = [holdings(rules, given.get(q)) for q, rules in _by_quantity(book, term).items()]
    definitions = book.definitions_of(term)
    return {
        choice: next(d for d in definitions if d.matches(frozenset().union(*choice)))
        for choice in product(*options)
    }


def _in_order(book: Rulebook, term: str, found: Iterable[Definition]) -> tuple[Definition, ...]:
    ids = {definition.id for definition in found}
    return tuple(d for d in book.definitions_of(term) if d.id in ids)


def _relevant(
    book: Rulebook,
    term: str,
    found: Mapping[Choice, Definition],
    key: Callable[[Definition], object],
) -> tuple[str, ...]:
    """The quantities whose value alone can change what `key` sees, the others held."""
    names: list[str] = []
    for place, quantity in enumerate(book.quantities(term)):
        seen: dict[Choice, object] = {}
        for choice, definition in found.items():
            rest = choice[:place] + choice[place + 1 :]
            if seen.setdefault(rest, key(definition)) != key(definition):
                names.append(quantity)
                break
    return tuple(names)


def _used(
    book: Rulebook, term: str, given: Mapping[str, Given], possible: set[str]
) -> tuple[str, ...]:
    """The known quantities without any one of which more verdicts would be possible."""
    known = [
        q
        for q, rules in _by_quantity(book, term).items()
        if len(holdings(rules, given.get(q))) < len(holdings(rules, None))
    ]
    needed = [
        q
        for q in known
        if {d.verdict for d in _completions(book, term, {**given, q: None}).values()} != possible
    ]
    return tuple(needed or known)


def _rules_behind(
    book: Rulebook, term: str, deciding: Iterable[Definition], used: tuple[str, ...]
) -> tuple[Rule, ...]:
    named = {rule for d in deciding for rule in d.rules}
    return tuple(r for r in book.rules_of(term) if r.id in named and r.quantity in used)


def _partial(book: Rulebook, term: str, possible: tuple[str, ...]) -> Exclusion | None:
    """The partial verdict, where several are possible and none of those that it excludes."""
    exclusion = book.exclusion(term)
    if len(possible) == 1 or exclusion is None or set(possible) & set(exclusion.excludes):
        return None
    return exclusion


def _exclusion_detail(exclusion: Exclusion) -> str:
    others = exclusion.excludes[1:]
    return f": {_and(others)} excluded" if others else ""


def _readings(
    rules: tuple[Rule, ...], behind: tuple[Definition | Rule, ...], given: Mapping[str, Given]
) -> tuple[str, ...]:
    """How ambiguous texts were read: those behind the verdict, and those of a limit just met."""
    said = [item.reading for item in behind if _worth_saying(item, given)]
    met = [r.reading for r in rules if r.provenance == "read" and _on_the_limit(r, given)]
    return tuple(dict.fromkeys(reading for reading in (*said, *met) if reading))


def _worth_saying(item: Definition | Rule, given: Mapping[str, Given]) -> bool:
    """Whether the reading of an ambiguous text bears on these values."""
    if not isinstance(item, Rule) or item.provenance != "read":
        return bool(item.reading)
    on_the_limit = _on_the_limit(item, given)
    return bool(item.reading) and (given.get(item.quantity) == UNAVAILABLE or on_the_limit)


def _on_the_limit(rule: Rule, given: Mapping[str, Given]) -> bool:
    value = given.get(rule.quantity)
    return (
        isinstance(value, Quantity)
        and isinstance(rule.limit, Quantity)
        and value.number == rule.limit.number
    )


def _with_detail(deciding: tuple[Definition, ...]) -> str:
    details = tuple(dict.fromkeys(d.detail for d in deciding if d.detail))
    return deciding[0].verdict + (f": {', or '.join(details)}" if details else "")


def _and(words: tuple[str, ...]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
