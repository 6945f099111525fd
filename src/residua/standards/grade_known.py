"""What is known of one value, in the term's own unit: numbers, bounds, words; units checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from residua.errors import ValueFault, nearest
from residua.facts.quantity import Quantity, unit_table
from residua.standards.grade_book import FindingKind, Term
from residua.standards.grade_inputs import GradeInputs

BASELINE = "baseline"
BASELINE_WORDS = ("normal", "high", "low", "none")
"""The finding ``baseline``: where it lay without its number; ``none``: there was none."""


@dataclass(frozen=True)
class Known:
    """One value as a term takes it; None is unknown.

    ``comparator`` is that of a censored value. ``state`` is where the baseline lay, in words.
    ``findings`` hold, by name, the words that are possible or the number.
    """

    value: Decimal | None
    comparator: str
    lln: Decimal | None
    uln: Decimal | None
    baseline: Decimal | None
    state: str
    findings: tuple[tuple[str, tuple[str, ...] | Decimal], ...]


def known_of(term: Term, given: GradeInputs) -> Known:
    """Check `given` and bring it to the unit of `term`.

    Raises ValueFault, with ``field`` naming the input, for a unit that does not fit, a number
    that cannot be, and a finding that the term does not ask for.
    """
    number = {
        name: _number(term, name, quantity)
        for name in ("value", "lln", "uln", BASELINE)
        if (quantity := getattr(given, name)) is not None
    }
    low, high = number.get("lln"), number.get("uln")
    if low is not None and high is not None and low > high:
        raise ValueFault("lln not above uln", "the reverse", "correct them", field="lln")
    return Known(
        value=number.get("value"),
        comparator=given.value.comparator if given.value else "",
        lln=low,
        uln=high,
        baseline=number.get(BASELINE),
        state=_state(given, number),
        findings=_findings(term, given.findings),
    )


def _number(term: Term, name: str, quantity: Quantity) -> Decimal:
    if not term.kinds:
        do = "state findings with --finding"
        raise ValueFault(f"no value for {term.id}", "a value", do, field=name)
    number = _in_unit(term, quantity)
    if term.whole and name in ("value", BASELINE):
        number = whole(number)
    if quantity.censored and name != "value":
        raise ValueFault("an exact number", "a bound", "give the number", field=name)
    if number < 0 or (name in ("lln", "uln") and number == 0):
        expected = "a value of at least 0" if name in ("value", BASELINE) else "a limit above 0"
        raise ValueFault(expected, "a smaller number", "correct it", field=name)
    if name == BASELINE and number == 0 and _multiplies_baseline(term):
        do = "correct it or leave it out"
        raise ValueFault("a baseline above 0", "a smaller number", do, field=name)
    return number


def _multiplies_baseline(term: Term) -> bool:
    return any(b.scale in (BASELINE, "fall") for cell in term.cells for b in cell.bounds)


def _in_unit(term: Term, quantity: Quantity) -> Decimal:
    if quantity.unit in term.divided_by:
        return quantity.value / term.divided_by[quantity.unit]
    if quantity.kind not in term.kinds or (term.unit and not _converts(quantity, term)):
        fits = [u for u in unit_table() if _fits(u, term)]
        do = f"use one of: {', '.join(fits)}"
        expected = f"{term.id} in a unit of {' or '.join(term.kinds)}"
        raise ValueFault(expected, f"unit {quantity.unit!r}", do, field="unit")
    if not term.unit:
        return quantity.value
    return quantity.value if quantity.unit == term.unit else quantity.to(term.unit).value


def whole(number: Decimal) -> Decimal:
    """To the nearest whole number, halves up."""
    return number.quantize(Decimal(1), rounding=ROUND_HALF_UP)


def _converts(quantity: Quantity, term: Term) -> bool:
    return quantity.kind == unit_table()[term.unit][0]


def _fits(unit: str, term: Term) -> bool:
    kind = unit_table()[unit][0]
    native = unit_table()[term.unit][0] if term.unit else ""
    return unit in term.divided_by or (kind in term.kinds and (not native or kind == native))


def _state(given: GradeInputs, number: Mapping[str, Decimal]) -> str:
    word = given.findings.get(BASELINE, "")
    if word and word not in BASELINE_WORDS:
        do = nearest(word, BASELINE_WORDS)
        raise ValueFault("baseline normal, high, low or none", "another word", do, field="finding")
    if word and BASELINE in number:
        do = "leave one of them out"
        raise ValueFault("a baseline or a word on it", "both", do, field="finding")
    return word


def _findings(
    term: Term, findings: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...] | Decimal], ...]:
    asked = {kind.name: kind for kind in term.findings}
    found: list[tuple[str, tuple[str, ...] | Decimal]] = []
    for name, raw in findings.items():
        if name == BASELINE and BASELINE in _names(term):
            continue
        if name not in asked:
            do = nearest(name, asked) if asked else "leave it out"
            expected = f"a finding that {term.id} asks for"
            raise ValueFault(expected, f"finding {name!r}", do, field="finding")
        found.append((name, _finding(term, asked[name], raw)))
    return tuple(sorted(found, key=lambda pair: pair[0]))


@cache
def _names(term: Term) -> frozenset[str]:
    return term.names


def _finding(term: Term, kind: FindingKind, raw: str) -> tuple[str, ...] | Decimal:
    if kind.unit:
        return Quantity.parse(raw, default_unit=kind.unit).to(kind.unit).value
    word = raw.strip().lower()
    if word in kind.also:
        return kind.also[word]
    words = words_of(term, kind)
    if word not in words:
        expected = f"{kind.name}: one of {', '.join(words)}"
        raise ValueFault(expected, "another word", nearest(word, words), field="finding")
    return (word,)


def words_of(term: Term, kind: FindingKind) -> tuple[str, ...]:
    """Every word that the finding can have; those of a description are the term's own."""
    if kind.words:
        return kind.words
    own = (w for cell in term.cells for name, ws in cell.findings if name == kind.name for w in ws)
    return (*dict.fromkeys(own), "none")
