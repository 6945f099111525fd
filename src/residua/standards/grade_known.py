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

_DIGITS = 20
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
    unit = term.unit or (given.value.unit if given.value is not None else "")
    number = {
        name: _number(term, name, quantity, unit)
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


def _number(term: Term, name: str, quantity: Quantity, unit: str) -> Decimal:
    if not term.kinds:
        do = "state findings with --finding"
        raise ValueFault(f"no value for {term.id}", "a value", do, field=name)
    try:
        number = _in_unit(term, quantity, unit)
    except ValueFault as fault:
        field = fault.field or ("unit" if name == "value" else name)
        raise ValueFault(fault.expected, fault.received, fault.do, field=field) from fault
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


def _in_unit(term: Term, quantity: Quantity, unit: str) -> Decimal:
    """The number in `unit`: the term's, or that of the value where the term has none."""
    factor, divisor = _conversion(term, quantity.unit, unit)
    number = quantity.value if factor is None else quantity.value * factor
    return number if divisor is None else number / divisor


@cache
def _conversion(term: Term, unit: str, to: str) -> tuple[Decimal | None, Decimal | None]:
    """By what a number in `unit` is multiplied and divided; raises ValueFault where none fits."""
    if unit in term.divided_by:
        return None, term.divided_by[unit]
    if not unit_fits(unit, term):
        fits = [u for u in unit_table() if unit_fits(u, term)]
        do = f"use one of: {', '.join(fits)}"
        expected = f"{term.id} in a unit of {' or '.join(term.kinds)}"
        raise ValueFault(expected, f"unit {unit!r}", do, field="unit")
    if not to or unit == to:
        return None, None
    return Quantity(Decimal(1), unit).to(to).value, None


def whole(number: Decimal) -> Decimal:
    """To the nearest whole number, halves up; a number beyond all digits is one already."""
    if number.adjusted() >= _DIGITS:
        return number
    return number.quantize(Decimal(1), rounding=ROUND_HALF_UP)


@cache
def unit_fits(unit: str, term: Term) -> bool:
    """Whether the term takes values in this unit."""
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
