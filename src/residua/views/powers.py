"""Powers of ten as people write them."""

from __future__ import annotations

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """``10⁻⁴``, also ``10⁰``."""
    return "10" + raised(exponent)


def raised(number: int | str) -> str:
    """The digits raised: ``⁻⁴``."""
    return str(number).translate(_RAISED)
