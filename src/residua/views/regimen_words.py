"""Doses and rules of a regimen in words, as the table and the JSON print them."""

from __future__ import annotations

from decimal import Context, Decimal

from residua.facts.quantity import Quantity
from residua.measures.dose import Worked
from residua.standards.regimen import Dose, RegimenRule

DIGITS = 3
NOT_STATED = "not stated"
_MARKED = {
    "abstract": "abstract only",
    "secondary": "secondary source",
    "choice": "Residua's choice",
}


def amount_words(low: Quantity, high: Quantity | None = None) -> str:
    """``1.19 mg`` or ``1.94-2.68 mg``: three significant digits, or more where stated so."""
    first, last = number_words(low.value), number_words((high or low).value)
    number = first if first == last else f"{first}-{last}"
    unit = "cells" if low.unit == "{cells}" else low.unit
    return f"{number} {unit}"


def number_words(value: Decimal) -> str:
    """Computed numbers to three significant digits, whole stated ones as they are; large as 5e7."""
    if value and abs(value) >= 100_000:
        digits, exponent = f"{Context(prec=DIGITS).plus(value).normalize():e}".split("e")
        return f"{digits}e{int(exponent)}"
    if value == value.to_integral_value() and abs(value) >= 1000:
        return f"{int(value)}"
    short = (
        Context(prec=DIGITS).plus(value)
        if len(value.normalize().as_tuple().digits) > DIGITS
        else value
    )
    text = f"{short:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def published_words(dose: Dose) -> str:
    """The dose as published: ``300 mg/m2``."""
    return amount_words(dose.dose, dose.up_to) if dose.dose is not None else NOT_STATED


def worked_words(dose: Dose, worked: Worked | None) -> str:
    """The absolute dose with what cut it: ``2.1 mg, capped at 2 mg (cap: unverified)``."""
    if dose.dose is None:
        return NOT_STATED
    if worked is None:
        return "needs height and weight" if "m2" in dose.dose.unit else "needs weight"
    text = amount_words(worked.low, worked.high)
    if worked.cap is not None and worked.uncapped is not None:
        rule = (
            f"cap: {worked.cap_rule.provenance}" if worked.cap_rule else f"cap: {dose.provenance}"
        )
        text = f"{amount_words(worked.uncapped)}, capped at {amount_words(worked.cap)} ({rule})"
    return text + (" a day" if dose.dose.kind.startswith("dose rate") else "")


def times_words(dose: Dose) -> str:
    """``2 a day (every 12 h)``, ``8 doses``, ``once``."""
    if dose.times is not None:
        every = f", every {dose.every}" if dose.every else ""
        return f"{dose.times} dose{'' if dose.times == 1 else 's'}{every}"
    return f"{dose.a_day} a day, every {dose.every}" if dose.every else ""


def infusion_words(dose: Dose) -> str:
    """How long one dose runs: ``2-3 h``, ``continuous``."""
    if dose.continuous:
        return "continuous"
    return amount_words(dose.infusion, dose.infusion_up_to) if dose.infusion else ""


def condition_words(dose: Dose) -> str:
    """``only if age >=60 a``."""
    return f"only if {' and '.join(map(str, dose.when))}"


def rule_words(rule: RegimenRule) -> str:
    """A rule with its mark: ``vincristine: at most 2 mg in one dose (unverified)``."""
    marked = mark(rule.provenance)
    return f"{rule.text}{f' ({marked})' if marked else ''}"


def mark(provenance: str) -> str:
    """What a reader has to know of where a number is from; empty where it was read."""
    if provenance in ("read", "computed", "reported"):
        return ""
    return _MARKED.get(provenance, provenance)
