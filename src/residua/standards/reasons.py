"""Quantities as the reason of a ruling words them: readable numbers, conflicts, bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal

from residua.facts.quantity import Quantity
from residua.standards.quantities import COUNTED, LABELS, NONE, PLAIN, WORDS, Wording
from residua.standards.rulebook import Rule
from residua.standards.truth import UNAVAILABLE, Given

DIGITS = 3
_AS_WRITTEN = 5
_MOST_DIGITS = 12
_AS_PERCENT = Decimal("0.001")


def in_one_line(
    name: str, given: Given, rules: Iterable[Rule] = (), wording: Wording = PLAIN
) -> str:
    """A quantity with its value: ``MRD level: <1.52e-4 (LLOQ)``.

    A number has three significant digits, or as many more as keep it on its side of the limits
    of `rules`.
    """
    if given == UNAVAILABLE and name in NONE:
        return NONE[name]
    limits = tuple(
        rule.limit for rule in rules if rule.quantity == name and isinstance(rule.limit, Quantity)
    )
    value = in_words(given, limits, counted=name in COUNTED)
    return f"{LABELS.get(name, WORDS[name])}: {value}{_remark(name, wording)}"


def why_open(missing: Iterable[str], given: Mapping[str, Given], wording: Wording) -> str:
    """Why quantities leave a verdict open: not stated, in conflict, or stated only as a bound."""
    names = tuple(missing)
    conflicts = [n for n in names if isinstance(given.get(n), tuple)]
    bounds = [n for n in names if isinstance(given.get(n), Quantity)]
    silent = dict.fromkeys(
        f"{wording.words[n]}{_remark(n, wording)}" for n in names if n not in conflicts + bounds
    )
    parts = [f"{', '.join(silent)} not stated"] if silent else []
    if conflicts:
        told = (f"{WORDS[n]} {in_words(given[n], counted=n in COUNTED)}" for n in conflicts)
        parts.append(f"readings in conflict: {', '.join(told)}")
    for n in bounds:
        value = in_words(given[n], counted=n in COUNTED)
        parts.append(f"{WORDS[n]} stated only as {value}{_remark(n, wording)}")
    return "; ".join(parts)


def _remark(name: str, wording: Wording) -> str:
    remark = wording.remarks.get(name)
    return f" ({remark})" if remark else ""


def in_words(given: Given, limits: tuple[Quantity, ...] = (), *, counted: bool = False) -> str:
    """A given value as people read it."""
    if isinstance(given, tuple):
        return " or ".join(in_words(one, limits, counted=counted) for one in given)
    if isinstance(given, bool):
        return "yes" if given else "no"
    if given == UNAVAILABLE:
        return "not available"
    if not isinstance(given, Quantity):
        return "not stated"
    return str(given) if counted else _number(given, limits)


def _number(given: Quantity, limits: tuple[Quantity, ...]) -> str:
    """Fractions as percent, below 0.1 % as powers of ten; other units as they were written."""
    if given.kind == "fraction" and given.unit == "1":
        small = abs(given.value) < _AS_PERCENT
        given = given if small and given.value else given.to("%")
    marks = [limit.to(given.unit).value for limit in limits if limit.kind == given.kind]
    value = _rounded(given.value, marks)
    if given.unit != "1":
        unit = given.unit
        return f"{given.comparator}{value:f} {unit}"
    digits, exponent = f"{value:e}".split("e")
    return f"{given.comparator}{digits}e{int(exponent)}"


def _rounded(value: Decimal, marks: list[Decimal]) -> Decimal:
    if len(value.as_tuple().digits) <= _AS_WRITTEN:
        return value
    for digits in range(DIGITS, _MOST_DIGITS):
        short = Context(prec=digits).plus(value)
        if all((short > m, short < m) == (value > m, value < m) for m in marks):
            return short
    return value
