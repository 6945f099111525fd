"""Vasopressors as an answer to what hypotension needed; vasopressin is not counted."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from residua.judgements.immune_effector.signs import Sign

ONE_ROW = "a row of vasopressor support is read as one vasopressor (Residua's choice)"
VASOPRESSIN = "vasopressin"


def joined(signs: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The signs with vasopressors turned into hypotension and what it needed.

    Several agents at one time are several vasopressors; whether two rows that name no agent, or
    whose days may differ, are several is left open. A vasopressor denied says of a hypotension
    of unstated treatment that it needed none.
    """
    given = [s for s in signs if s.domain == "vasopressor" and s.positive]
    denied = any(s.domain == "vasopressor" and not s.positive and s.sure for s in signs)
    rest = tuple(s for s in signs if s.domain != "vasopressor")
    if given:
        needed = [replace(s, domain="hypotension") for s in _with_vasopressin(given)]
        together = [_together(a, b) for a, b in combinations(given, 2)]
        if True in together:
            last = max(needed, key=lambda s: s.days.shortest or 0)
            last = replace(last, word="multiple-vasopressors", shown="several vasopressors")
            needed.append(replace(last, sure=_all_sure(given)))
        elif None in together:
            needed = [replace(s, word="any-vasopressor") for s in needed]
        return (*rest, *needed)
    if denied:
        return tuple(
            replace(s, word="no-vasopressor") if (s.domain, s.word) == ("hypotension", "yes") else s
            for s in rest
        )
    return rest


def _with_vasopressin(given: list[Sign]) -> list[Sign]:
    """Vasopressin beside another vasopressor is named, as scales differ on it."""
    if {VASOPRESSIN} >= {s.agent for s in given} or all(s.agent != VASOPRESSIN for s in given):
        return given
    return [replace(s, word="vasopressor-and-vasopressin") for s in given]


def _all_sure(signs: list[Sign]) -> bool:
    return all(sign.sure for sign in signs)


def _together(a: Sign, b: Sign) -> bool | None:
    """Whether two rows are two vasopressors at one time; None where the record does not tell."""
    if VASOPRESSIN in (a.agent, b.agent) or (a.agent and a.agent == b.agent):
        return False
    if _before(a, b) or _before(b, a):
        return False
    surely = _begun_while(a, b) and _begun_while(b, a)
    return True if surely and a.agent and b.agent else None


def _before(one: Sign, other: Sign) -> bool:
    """Whether one surely ends before the other begins."""
    end = one.end.longest if one.end else None
    begin = other.days.shortest
    return end is not None and begin is not None and end < begin


def _begun_while(one: Sign, other: Sign) -> bool:
    """Whether one has surely begun while the other surely still runs."""
    begin, end = one.days.longest, (other.end or other.days).shortest
    return begin is not None and end is not None and begin <= end
