"""Numbers, dates and lengths of time as people read them. What is not known is said in words."""

from __future__ import annotations

import re
from decimal import Decimal

from residua.course.course import DAYS_PER_MONTH, Course, Range
from residua.course.placing import Placed, own_day
from residua.facts.day import Day, Span
from residua.facts.quantity import Quantity
from residua.views.powers import power_of_ten

NOT_STATED = "not stated"
MOST_STATED_DIGITS = 9
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ABBREVIATIONS = {
    "hsct": "HSCT", "ino": "InO", "mrd": "MRD", "car t": "CAR-T", "csf": "CSF", "dli": "DLI",
    "cd19": "CD19", "cd22": "CD22", "labs": "lab", "cr": "CR", "gvhd": "GVHD", "crs": "CRS",
    "tki": "TKI", "fish": "FISH", "pcr": "PCR", "ngs": "NGS", "cart": "CAR-T",
}  # fmt: skip
_MICRO = re.compile(r"\bu(?=(?:mol|g|L)\b)")
_POWER = re.compile(r"10\*(\d+)")


def shown(value: Decimal | float | int) -> Decimal:
    """The digits as stated; at three significant ones where no one states so many."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    computed = len(exact.normalize().as_tuple().digits) > MOST_STATED_DIGITS
    return Decimal(f"{exact:.2e}") if computed else exact


def number_words(value: Decimal | float | int) -> str:
    """``2.68 × 10⁻⁵`` for very small and very large numbers, else plain digits."""
    exact = shown(value)
    if isinstance(value, float) and exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    if exact == 0:
        return "0"
    exponent = exact.adjusted()
    if -4 < exponent < 6:
        return f"{exact:f}"
    return f"{exact.scaleb(-exponent):f} × {power_of_ten(exponent)}"


def unit_words(unit: str) -> str:
    """``10*9/L`` -> ``× 10⁹/L``; the dimensionless unit is nothing."""
    if unit == "1":
        return ""
    plain = unit.replace("{", "").replace("}", "").replace("10*", "× 10*", 1)
    plain = _MICRO.sub("µ", plain).replace("Cel", "°C")
    return _POWER.sub(lambda m: power_of_ten(int(m[1])), plain).replace("m2", "m²")


def quantity_words(quantity: Quantity) -> str:
    """The value with its unit and, where it is only a bound, its ``<`` or ``>``."""
    unit = unit_words(quantity.unit)
    gap = "" if unit.startswith("/") else " "
    text = number_words(quantity.value)
    return f"{quantity.comparator}{text}{gap if unit else ''}{unit}"


def fraction_words(quantity: Quantity | None) -> str:
    """A fraction as stated, with the other form in brackets: ``2.68 × 10⁻⁵ (0.00268 %)``."""
    if quantity is None:
        return NOT_STATED
    if quantity.value == 0:
        return quantity_words(quantity)
    value = shown(quantity.value)
    if quantity.unit == "%":
        other = _scientific(value.scaleb(-2))
        return f"{quantity_words(quantity)} ({quantity.comparator}{other})"
    percent = value.scaleb(2)
    stated = f"{quantity.comparator}{_scientific(value)}"
    return f"{stated} ({quantity.comparator}{percent.normalize():f} %)"


def percent_words(quantity: Quantity) -> str:
    """A fraction as a percentage: ``11.5 %``."""
    share = quantity.value if quantity.unit == "%" else shown(quantity.value).scaleb(2).normalize()
    return f"{quantity.comparator}{shown(share):f} %"


def interval_words(interval: tuple[float, float], scale: str = "%") -> str:
    """``1.07 to 28.0 %``, each end at three significant digits.

    An end just below 100 % keeps the digits that tell it from 100 %.
    """
    low, high = (_end_words(end, scale) for end in interval)
    return f"{low} to {high}{f' {scale}' if scale else ''}"


def _end_words(end: float, scale: str) -> str:
    if scale == "%" and 99.9 <= end < 100:
        return f"{100 - Decimal(f'{100 - end:.1e}'):f}"
    return number_words(Decimal(f"{end:.2e}"))


def fraction_interval_words(interval: tuple[float, float]) -> str:
    """As `short_fraction`, both ends in one form: ``2.83 to 2.95 %``, ``1.8×10⁻⁵ to 3.9×10⁻⁵``."""
    low, high = interval
    if low >= 1e-3:
        return interval_words((100 * low, 100 * high))
    ends = ("0" if end == 0 else tight(_scientific(Decimal(f"{end:.2e}"))) for end in interval)
    return " to ".join(ends)


def count_words(count: int) -> str:
    """``1 007 463``, with narrow spaces that do not break."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def level_words(level: float) -> str:
    """A computed fraction at three significant digits, in both forms."""
    rounded = Decimal(f"{level:.3g}")
    return fraction_words(Quantity(rounded))


def short_fraction(level: float) -> str:
    """A fraction where room is scarce: ``1.6 %`` from 0.001 up, ``2.68×10⁻⁵`` below."""
    rounded = Decimal(f"{level:.2e}")
    if level == 0:
        return "0 %"
    if level >= 1e-3:
        return f"{rounded.scaleb(2).normalize():f} %"
    return tight(_scientific(rounded)).removeprefix("1×")


def tight(words: str) -> str:
    """The same words as they are set in the figure: no spaces around the sign of a product."""
    return words.replace(" × ", "×")


def _scientific(value: Decimal) -> str:
    exponent = value.adjusted()
    digits = f"{value.scaleb(-exponent).normalize():f}"
    return f"{digits} × {power_of_ten(exponent)}"


def day_words(day: Day) -> str:
    """A stated day: ``14 Aug 2019``, ``Aug 2019``, ``2019``, ``28 days after CAR-T``."""
    if day.anchor is not None:
        side = "after" if day.offset >= 0 else "before"
        plural = "" if abs(day.offset) == 1 else "s"
        return f"{abs(day.offset)} day{plural} {side} {id_words(day.anchor)}"
    parts = day.text.split("-")
    month = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 else []
    dom = [str(int(parts[2]))] if len(parts) > 2 else []
    return " ".join([*dom, *month, parts[0]])


def span_words(span: Span) -> str:
    """The days that something may lie on: ``1 Aug 2022 to 31 Aug 2022``."""
    if span.earliest is None and span.latest is None:
        return "date not stated"
    if span.exact and span.earliest is not None:
        return day_words(Day.parse(span.earliest))
    first = day_words(Day.parse(span.earliest)) if span.earliest else ""
    last = day_words(Day.parse(span.latest)) if span.latest else ""
    if not first:
        return f"by {last}"
    return f"{first} to {last}" if last else f"from {first}"


def date_words(course: Course, item: Placed) -> str:
    """When a fact was, as stated; a relative day with the dates it can be."""
    day = own_day(item.fact)
    if day is None:
        occasion = _occasion(course, item)
        if occasion is not None and (item.dated or own_day(occasion.fact)):
            return date_words(course, occasion)
        return _order_words(item)
    if day.relative and item.dated:
        return f"{day_words(day)} ({span_words(item.span)})"
    return day_words(day)


def _occasion(course: Course, item: Placed) -> Placed | None:
    refers = item.fact.refers_to
    return course.by_id.get(refers.get("assessment") or refers.get("specimen") or "")


def _order_words(item: Placed) -> str:
    after, before = item.fact.after, item.fact.before
    order = [f"after “{id_words(after)}”"] if after else []
    order += [f"before “{id_words(before)}”"] if before else []
    return "date not stated" + (f" ({', '.join(order)})" if order else "")


def range_words(elapsed: Range | None) -> str:
    """A length of time in days and, above three months, in months too; open ends in words."""
    if elapsed is None or (elapsed.shortest is None and elapsed.longest is None):
        return "not known: a date is not stated"
    low, high = elapsed.shortest, elapsed.longest
    if low is None or low == high or (low == 0 and high is not None):
        bound = "" if low == high else "at most "
        return f"{bound}{_days(high or 0)}"
    if high is None:
        return f"at least {_days(low)}"
    if high <= 92:
        return f"{low} to {high} days"
    return f"{low} to {high} days ({str(elapsed).replace('-', ' to ')})"


def _days(days: int) -> str:
    months = round(days / DAYS_PER_MONTH)
    unit = "day" if days == 1 else "days"
    return f"{days} {unit}" if days <= 92 else f"{days} days (about {months} months)"


def id_words(name: str) -> str:
    """An id as a heading: ``car-t-day-28`` -> ``CAR-T day 28``."""
    words = name.replace("-", " ")
    for short, long in _ABBREVIATIONS.items():
        words = " ".join(_swap(words.split(" "), short.split(" "), long))
    words = re.sub(r"\b([Rr]e|[Pp]re|[Pp]ost|[Nn]on) ", r"\1-", words)
    return words[:1].upper() + words[1:]


def _swap(words: list[str], short: list[str], long: str) -> list[str]:
    width = len(short)
    for at in range(len(words) - width + 1):
        if words[at : at + width] == short:
            return [*words[:at], long, *words[at + width :]]
    return words
