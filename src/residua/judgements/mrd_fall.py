"""How far MRD lies below the reading before it, in powers of ten, and whether the methods differ.

A number of one method against one of another is told as such: numerator and denominator differ.
"""

from __future__ import annotations

from math import log10

from residua.course.occasions import Occasion
from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.judgements.mrd_cells import comparable, of_cells
from residua.judgements.mrd_state import mrd_readings, state_of
from residua.judgements.readings import marrow_blasts
from residua.judgements.setting import Setting
from residua.standards.reasons import in_words

ACROSS = "across methods, so only roughly"
Earlier = tuple[str, Quantity, bool]
"""The method, its number, and whether it is of the method, target and denominator of now."""


def fall_of(setting: Setting, reading: MrdReading) -> str:
    """Such as ``3.05 log10 below the 3 % by morphology of relapse-2022 (across methods, ...)``.

    Against the occasion before that has marrow or MRD; empty where either holds no exact number
    above 0, where there was no fall, or where one of them is no fraction of cells (reads,
    transcripts) and the other is.
    """
    now = _exact(state_of(reading).level)
    before = next((o for o in setting.earlier if _has_marrow(setting, o, reading)), None)
    earlier = _number_of(setting, before, reading) if before is not None and now else None
    if now is None or before is None or earlier is None:
        return ""
    method, value, alike = earlier
    fall = log10(value.number / now.number)
    if fall <= 0:
        return ""
    kind = "" if alike else f" ({ACROSS})"
    return f"{fall:.2f} log10 below the {in_words(value)} by {method} of {before.subject}{kind}"


def _has_marrow(setting: Setting, occasion: Occasion, reading: MrdReading) -> bool:
    results = mrd_readings(setting.course, occasion)
    blasts = marrow_blasts(setting.course, occasion).facts
    return bool(blasts or results) and reading not in results


def _number_of(setting: Setting, occasion: Occasion, reading: MrdReading) -> Earlier | None:
    """A number of the same method, else of marrow blasts, else of another method."""
    results = [r for r in mrd_readings(setting.course, occasion) if comparable(r, reading)]
    found = [(r, v) for r in results if (v := _exact(state_of(r).level)) is not None]
    same = [(r.modality, v, True) for r, v in found if _alike(r, reading)]
    other = [(r.modality, v, False) for r, v in found if not _alike(r, reading)]
    stated = marrow_blasts(setting.course, occasion)
    blasts = _exact(stated.given if isinstance(stated.given, Quantity) else None)
    read = setting.course.by_id[stated.facts[0]].fact if stated.facts else None
    kind = read.kind if isinstance(read, Assessment) and read.kind else "marrow"
    counted = [(kind, blasts, False)] if blasts and of_cells(reading) else []
    return next(iter((*same, *counted, *other)), None)


def _alike(one: MrdReading, other: MrdReading) -> bool:
    """Of one method, and of one target and denominator where both are stated."""
    pairs = ((one.target, other.target), (one.denominator_kind, other.denominator_kind))
    return one.modality == other.modality and all(a == b or None in (a, b) for a, b in pairs)


def _exact(value: Quantity | None) -> Quantity | None:
    known = value is not None and not value.comparator and value.value > 0
    return value if known else None
