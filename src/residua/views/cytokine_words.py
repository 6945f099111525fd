"""Baseline, peak, day and fold of an analyte in words; what is only a bound says so."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from residua.course.cytokine_curve import CytokineCurve
from residua.measures.analyte_value import AnalyteValue
from residua.measures.cytokine_kinetics import Concentration, Fold
from residua.views.wording import number_words, unit_words

NOT_ASSESSABLE = "not assessable: {}"
NEVER = "never at or above a limit, so no day of a peak"


def unit_of(curve: CytokineCurve) -> str:
    """``pg/mL``, ``µg/L``, ``IU/mL``."""
    return unit_words(curve.unit).replace("[IU]", "IU")


def level_words(level: Concentration, unit: str) -> str:
    """``48 pg/mL``, ``below 4 pg/mL``, ``at least 500 pg/mL``, ``50 to 100 pg/mL``."""
    if level.low is None:
        return NOT_ASSESSABLE.format(level.reason)
    return _between(level.low, level.high, unit)


def value_words(value: AnalyteValue, unit: str) -> str:
    """A result as it is known."""
    return _between(value.low, value.high, unit)


def _between(low: Decimal, high: Decimal | None, unit: str) -> str:
    if high is None:
        return f"at least {_number(low)} {unit}"
    if low == high:
        return f"{_number(low)} {unit}"
    if low == 0:
        return f"below {_number(high)} {unit}"
    return f"{_number(low)} to {_number(high)} {unit}"


def _number(value: Decimal) -> str:
    return number_words(value.normalize())


def days_words(days: tuple[int, int] | None) -> str:
    """``day 5``, ``a day from 5 to 7``."""
    if days is None:
        return NEVER
    first, last = days
    words = f"day {first}" if first == last else f"a day from {first} to {last}"
    return words.replace("-", "\N{MINUS SIGN}")


def fold_words(fold: Fold) -> str:
    """``12.5-fold``, ``at least 12-fold``, ``at most 0.5-fold``, ``5- to 20-fold``.

    Three significant digits; a lower end is rounded down and an upper end up.
    """
    if fold.low is None:
        return NOT_ASSESSABLE.format(fold.reason)
    if fold.high is None:
        return f"at least {_ratio(fold.low, ROUND_FLOOR)}-fold"
    if fold.low == fold.high:
        return f"{_ratio(fold.low, ROUND_HALF_EVEN)}-fold"
    high = _ratio(fold.high, ROUND_CEILING)
    if fold.low == 0:
        return f"at most {high}-fold"
    return f"{_ratio(fold.low, ROUND_FLOOR)}- to {high}-fold"


def _ratio(number: float, rounding: str) -> str:
    exact = Decimal(repr(number))
    step = Decimal(1).scaleb(exact.adjusted() - 2)
    return _number(exact.quantize(step, rounding=rounding) if exact else exact)


def peak_words(curve: CytokineCurve) -> str:
    """The peak with its day and fold in one sentence."""
    peak, unit = curve.kinetics.peak, unit_of(curve)
    words = f"peak {level_words(peak, unit)}"
    if peak.low is None:
        return words
    on = f" on {days_words(peak.days)}" if peak.days is not None else ""
    return f"{words}{on}; over the baseline {fold_words(curve.kinetics.fold)}"
