"""One dose of a regimen for one body: per m2 or per kg made absolute, capped, and in vials.

Nothing is computed from what is not stated: a dose per m2 without height and weight stays None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from functools import cached_property

from residua.errors import ValueFault
from residua.facts.body_size import check_size
from residua.facts.quantity import Quantity
from residua.measures.body_surface import DEFAULT_FORMULA, BodySize, body_surface
from residua.standards.drug_rules import drug_rules
from residua.standards.regimen import Dose, Known, RegimenRule

_DIGITS = 28


@dataclass(frozen=True)
class Body:
    """What is known of whom a regimen is worked out for; raises `ValueFault` for the impossible.

    ``words`` are further conditions of a regimen, such as ``donor`` or ``response``.
    """

    height: Quantity | None = None
    weight: Quantity | None = None
    age: Quantity | None = None
    words: Known = field(default_factory=dict)
    formula: str = DEFAULT_FORMULA

    def __post_init__(self) -> None:
        for name in ("height", "weight", "age"):
            if (value := getattr(self, name)) is not None:
                check_size(name, value)

    @cached_property
    def surface(self) -> Quantity | None:
        """Body surface in m2; None where height or weight is not known."""
        if self.height is None or self.weight is None:
            return None
        return body_surface(BodySize(self.height, self.weight), formula=self.formula)

    @property
    def known(self) -> Known:
        """Everything that a condition may ask for."""
        own = {"age": self.age, "weight": self.weight}
        return {**self.words, **{k: v for k, v in own.items() if v is not None}}


@dataclass(frozen=True)
class Worked:
    """One absolute dose, `low` to `high` (equal where the source gives one number).

    ``uncapped`` is the dose before ``cap`` cut it; ``cap_rule`` is the rule that did, None where
    the regimen's own line did. ``rounded`` is the nearest number of whole vials, where that is
    within the rounding rule and another amount.
    """

    low: Quantity
    high: Quantity
    uncapped: Quantity | None = None
    cap: Quantity | None = None
    cap_rule: RegimenRule | None = None
    vials: int | None = None
    rounded: Quantity | None = None


def work_out(dose: Dose, body: Body) -> Worked | None:
    """The dose for that body; None where the dose, or what it is per, is not stated."""
    if dose.dose is None:
        return None
    low = absolute(dose.dose, body)
    high = absolute(dose.up_to or dose.dose, body)
    if low is None or high is None:
        return None
    cap, rule = _cap_of(dose, body)
    if cap is None or high.number <= cap.number:
        return Worked(low, high, None, None, None, *_in_vials(dose, low, high))
    top = cap.to(high.unit)
    bottom = top if low.number > cap.number else low
    return Worked(bottom, top, high, top, rule, *_in_vials(dose, bottom, top))


def absolute(quantity: Quantity, body: Body) -> Quantity | None:
    """A dose per m2 or kg as an absolute one, a dose per day as that of one day.

    None where the height or weight that it needs is not known.
    """
    kind = quantity.kind
    if kind.startswith("dose rate"):
        quantity = _of_one_day(quantity)
    whole, _, per = quantity.unit.partition("/")
    if per not in ("m2", "kg") or kind == "mass":
        return quantity
    factor = body.surface if per == "m2" else (body.weight.to("kg") if body.weight else None)
    if factor is None:
        return None
    with localcontext() as context:
        context.prec = _DIGITS
        return Quantity(quantity.value * factor.value, whole or "{cells}", quantity.comparator)


def of_course(quantity: Quantity, count: int) -> Quantity:
    """`count` doses together, in the published unit without its "per day"."""
    once = _of_one_day(quantity) if quantity.kind.startswith("dose rate") else quantity
    return Quantity(once.value * count, once.unit, once.comparator)


def _of_one_day(rate: Quantity) -> Quantity:
    """``600 mg/m2/d`` -> ``600 mg/m2``."""
    if not rate.unit.endswith("/d"):
        first, *rest = rate.unit.split("/")
        rate = rate.to("/".join([first, *rest[:-1], "d"]))
    return Quantity(rate.value, rate.unit.removesuffix("/d"), rate.comparator)


def _cap_of(dose: Dose, body: Body) -> tuple[Quantity | None, RegimenRule | None]:
    """The most of one dose: by the regimen's own line, else by a rule of the drug."""
    if dose.cap is not None:
        return absolute(dose.cap, body), None
    for rule in drug_rules().of(dose.drug, "cap"):
        if rule.at_most is not None and not dose.intrathecal:
            return rule.at_most, rule
    return None, None


def _in_vials(dose: Dose, low: Quantity, high: Quantity) -> tuple[int | None, Quantity | None]:
    """Whole vials for a single dose, where they change it by no more than the rule allows."""
    vial = next((r.vial for r in drug_rules().of(dose.drug, "rounding") if r.vial), None)
    most = drug_rules().rounding.at_most
    if vial is None or most is None or low != high or vial.kind != low.kind:
        return None, None
    whole = vial.to(low.unit).value
    count = int((low.value / whole).to_integral_value("ROUND_HALF_UP"))
    change = abs(count * whole - low.value)
    if count == 0 or change > low.value * most.to("1").value or change == Decimal(0):
        return None, None
    return count, Quantity(count * whole, low.unit)


def check_known(asked: dict[str, tuple[str, ...]], words: Known) -> None:
    """Raise `ValueFault` for a word that no dose of a regimen asks for, or asks for otherwise."""
    for name, value in words.items():
        if name not in asked:
            listed = ", ".join(asked) or "nothing"
            raise ValueFault(f"one of: {listed}", "another name", "name what the regimen asks for")
        if isinstance(value, str) and value.casefold() not in {w.casefold() for w in asked[name]}:
            choices = ", ".join(asked[name])
            raise ValueFault(f"{name}: {choices}", "another word", "use one of them")
