"""Body surface and lean mass from height and weight, by a named published formula."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from residua.facts.body_size import check_size
from residua.facts.quantity import Quantity
from residua.standards.body_surface import lean_mass_formula, surface_formula

DEFAULT_FORMULA = "mosteller"
_DIGITS = 28
_PLACES = Decimal("1e-12")  # so that rounding of the roots does not show


@dataclass(frozen=True)
class BodySize:
    """A height and a weight of one time; raises `ValueFault` for what no human has."""

    height: Quantity
    weight: Quantity

    def __post_init__(self) -> None:
        check_size("height", self.height)
        check_size("weight", self.weight)

    @property
    def numbers(self) -> tuple[Decimal, Decimal]:
        """Height in cm and weight in kg."""
        return self.height.to("cm").value, self.weight.to("kg").value


def body_surface(size: BodySize, *, formula: str = DEFAULT_FORMULA) -> Quantity:
    """Body surface in m2 by ``mosteller``, ``dubois`` or ``haycock``.

    Coefficients and citations: standards/body_surface.toml. Raises `ValueFault` for another
    formula.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        surface = surface_formula(formula).of(*size.numbers)
        return Quantity(surface.quantize(_PLACES).normalize(), "m2")


def lean_body_mass(size: BodySize, *, sex: str) -> Quantity:
    """Lean mass in kg by Boer 1984, for ``female`` or ``male``; raises `ValueFault` otherwise."""
    with localcontext() as context:
        context.prec = _DIGITS
        return Quantity(lean_mass_formula(sex).of(*size.numbers), "kg")
