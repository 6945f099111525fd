"""A length of time that a source states, held against the dates of its two ends."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from residua.course.course import Course, Range
from residua.course.elapsed import anchored, days_between
from residua.errors import ValueFault
from residua.facts.finding import Claim
from residua.facts.quantity import Quantity
from residua.judgements.claims.occasion import Said
from residua.judgements.claims.position import Position, by_rule, claim_rule

DAYS = {"d": 1.0, "wk": 7.0, "mo": 365.25 / 12, "a": 365.25}


def judge_other(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """A duration from what the claim comes `after` to what it is `about`; nothing else yet."""
    del said
    stated = _stated(claim)
    known = {claim.after, claim.about} <= course.by_id.keys()
    if stated is None or not known or claim.after is None or claim.about is None:
        yield by_rule(claim_rule("no-rule"), None, "Residua has no rule for such a claim")
        return
    days = days_between(course, anchored(course, claim.after), anchored(course, claim.about))
    yield _by_dates(claim.after, claim.about, stated, days)


def _by_dates(start: str, end: str, stated: tuple[float, str], days: Range) -> Position:
    """Supported where every, not supported where no possible pair of days rounds to it."""
    rule, facts = claim_rule("duration-of-the-dates"), (start, end)
    if days.shortest is None or days.longest is None:
        missing = (f"dates of {start} and {end}",)
        return by_rule(rule, None, "a date is not stated", facts=facts, missing=missing)
    shortest, longest = _limits(*stated)
    reason = f"{days} by the dates"
    if shortest <= days.longest and days.shortest <= longest:
        return by_rule(rule, "supported", reason, facts=facts)
    return by_rule(rule, "not supported", reason, facts=facts)


def _limits(number: float, unit: str) -> tuple[float, float]:
    """The days that a person calls so many whole months: from one less to one more."""
    step = 0.0 if unit == "d" else 1.0
    low = math.floor((number - step) * DAYS[unit])
    return low, math.ceil((number + step) * DAYS[unit])


def _stated(claim: Claim) -> tuple[float, str] | None:
    text = str(claim.value or "")
    if not re.match(r"\d", text):
        return None
    try:
        quantity = Quantity.parse(text)
    except ValueFault:
        return None
    return (float(quantity.value), quantity.unit) if quantity.unit in DAYS else None
