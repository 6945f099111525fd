"""Powers of ten as people write them."""

from __future__ import annotations

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power_of_ten(exponent: int) -> str:
    """``10⁻⁴``, also ``10⁰``."""
    return "10" + raised(exponent)


def decade_words(exponent: int) -> str:
    """``10⁻⁴`` beside a tick, as of every log axis of the course figure; 1 is ``1``."""
    return power_of_ten(exponent) if exponent else "1"


def raised(number: int | str) -> str:
    """The digits raised: ``⁻⁴``."""
    return str(number).translate(_RAISED)
