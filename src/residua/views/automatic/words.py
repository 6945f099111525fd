"""The level of an automatic reading in words."""

from __future__ import annotations

from residua.facts.interval import Interval
from residua.measures.automatic_level import AutomaticLevel
from residua.views.powers import power_of_ten
from residua.views.wording import count_words, level_words, tight


def level_line(found: AutomaticLevel) -> str:
    """``MRD 1.1×10⁻³ (0.11 %), quantified: 198 of 176 000 ...``; else why there is none."""
    level = found.level
    count = (
        f"{count_words(level.numerator)} of {count_words(level.denominator.count)} "
        f"{level.denominator.kind} cells read as blasts"
    )
    if level.status == "not assessable":
        read = f" ({count})" if level.interval is not None else ""
        return f"MRD not assessable: {level.reason}{read}"
    if level.status == "not detected":
        return f"MRD not detected: {count}"
    return f"MRD {tight(level_words(level.fraction or 0.0))}, {level.status}: {count}"


def limits_line(found: AutomaticLevel) -> str:
    """The intervals and limits of the level, those that are known."""
    level = found.level
    parts = [
        _interval("95 % interval: counting", level.interval),
        _interval("total", found.total_interval),
        _limit("limit of blank", found.limit_of_blank),
        _limit("LoD", reached_lod(found)),
        _limit("LLOQ", level.lloq),
    ]
    return "; ".join(part for part in parts if part)


def reached_lod(found: AutomaticLevel) -> float | None:
    """The higher of the policy's LoD and the one predicted for this patient's blasts."""
    known = [one for one in (found.level.lod, found.predicted_lod) if one is not None]
    return max(known) if known else None


def interval_text(interval: Interval) -> str:
    """``8.2×10⁻⁴ to 1.3×10⁻³``; where the lower end is 0, ``below`` the upper one."""
    if interval.low <= 0:
        return f"below {short(interval.high)}"
    return f"{short(interval.low)} to {short(interval.high)}"


def short(level: float) -> str:
    """A fraction at two significant digits: ``1.1×10⁻³``, from 0.01 on in percent."""
    if level >= 0.01:
        return f"{100 * level:.2g} %" if level < 0.995 else "100 %"
    if level <= 0:
        return "0"
    digits, exponent = f"{level:.1e}".split("e")
    return f"{digits}×{power_of_ten(int(exponent))}"


def _interval(name: str, interval: Interval | None) -> str:
    if interval is None:
        return ""
    return f"{name} {interval_text(interval)}"


def _limit(name: str, value: float | None) -> str:
    if value is None:
        return ""
    return f"{name} {short(value)}" if value < 1 else f"{name}: none"
