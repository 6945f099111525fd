"""Height, weight and age within the bounds of a human being.

The bounds are Residua's choice. They find slips of the pen (a weight in grams, a height in the
wrong unit), not unusual patients.
"""

from __future__ import annotations

from collections.abc import Iterable

from residua.errors import ValueFault
from residua.facts.quantity import Quantity

BOUNDS: dict[str, tuple[Quantity, Quantity]] = {
    "height": (Quantity.parse("20 cm"), Quantity.parse("280 cm")),
    "weight": (Quantity.parse("0.2 kg"), Quantity.parse("650 kg")),
    "age": (Quantity.parse("0 a"), Quantity.parse("130 a")),
}


def check_size(name: str, value: Quantity, *, field: str = "") -> Quantity:
    """`value` itself; raises `ValueFault` where no human has such a height, weight or age."""
    low, high = BOUNDS[name]
    expected = f"a {name} from {low.value} to {high}".replace("a age", "an age")
    if value.kind != low.kind:
        raise ValueFault(expected, f"unit {value.unit!r}", f"give it in {low.unit}", field=field)
    if value.censored:
        raise ValueFault(expected, "only a bound", "give the number itself", field=field)
    if not low.value <= value.to(low.unit).value <= high.value:
        received = f"a {name} beyond it".replace("a age", "an age")
        raise ValueFault(expected, received, "correct it", field=field)
    return value


def the_one(name: str, values: Iterable[Quantity]) -> Quantity | None:
    """The one height or weight of a day, None of none; raises `ValueFault` for two that differ."""
    found = {value.number: check_size(name, value) for value in values}
    if len(found) > 1:
        received = f"two {name}s on one day that differ"
        raise ValueFault(f"one {name} for a day", received, "leave out the wrong one")
    return next(iter(found.values()), None)
