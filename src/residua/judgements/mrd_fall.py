"""How far MRD lies below the reading before it, in powers of ten, and whether the methods differ.

A number of one method against one of another is told as such: numerator and denominator differ.
"""

from __future__ import annotations

from math import log10

from residua.course.occasions import Occasion
from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.judgements.mrd_state import mrd_readings, state_of
from residua.judgements.readings import marrow_blasts
from residua.judgements.setting import Setting
from residua.standards.reasons import in_words

ACROSS = "across methods, so only roughly"
Earlier = tuple[str, Quantity]


def fall_of(setting: Setting, reading: MrdReading) -> str:
    """Such as ``3.05 log10 below the 3 % by morphology of relapse-2022 (across methods, ...)``.

    Against the occasion before that has marrow or MRD; empty where either holds no exact number
    above 0, or where there was no fall.
    """
    now = _exact(state_of(reading).level)
    before = next((o for o in setting.earlier if _has_marrow(setting, o, reading)), None)
    earlier = _number_of(setting, before, reading) if before is not None and now else None
    if now is None or before is None or earlier is None:
        return ""
    method, value = earlier
    fall = log10(value.number / now.number)
    if fall <= 0:
        return ""
    kind = "" if method == reading.modality else f" ({ACROSS})"
    return f"{fall:.2f} log10 below the {in_words(value)} by {method} of {before.subject}{kind}"


def _has_marrow(setting: Setting, occasion: Occasion, reading: MrdReading) -> bool:
    results = mrd_readings(setting.course, occasion)
    blasts = marrow_blasts(setting.course, occasion).facts
    return bool(blasts or results) and reading not in results


def _number_of(setting: Setting, occasion: Occasion, reading: MrdReading) -> Earlier | None:
    """A number of the same method, else of marrow blasts, else of another method."""
    results = mrd_readings(setting.course, occasion)
    found = [(r.modality, _exact(state_of(r).level)) for r in results]
    same = [(m, v) for m, v in found if v is not None and m == reading.modality]
    other = [(m, v) for m, v in found if v is not None and m != reading.modality]
    stated = marrow_blasts(setting.course, occasion)
    blasts = _exact(stated.given if isinstance(stated.given, Quantity) else None)
    read = setting.course.by_id[stated.facts[0]].fact if stated.facts else None
    kind = read.kind if isinstance(read, Assessment) and read.kind else "marrow"
    listed = [*same, *([(kind, blasts)] if blasts else []), *other]
    return listed[0] if listed else None


def _exact(value: Quantity | None) -> Quantity | None:
    known = value is not None and not value.comparator and value.value > 0
    return value if known else None
