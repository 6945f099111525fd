"""The disease at a decision: blasts, MRD, relapses, remission, persistence of CAR-T cells."""

from __future__ import annotations

from decimal import Decimal

from residua.facts.quantity import Quantity
from residua.judgements.mrd_state import level_given, mrd_readings
from residua.judgements.options.known import Known, dated, not_stated
from residua.judgements.options.point import Point, relapses_until
from residua.judgements.readings import Stated
from residua.judgements.readings import extramedullary as stated_extramedullary
from residua.judgements.readings import marrow_blasts as stated_marrow
from residua.standards.truth import UNAVAILABLE, Given

_REFRACTORY = frozenset({"refractory"})
_HAEMATOLOGICAL = "haematological relapse"
_LOST = "target-positive with lost persistence"
_MECHANISMS = (
    _LOST, "target-positive with persistence", "target-negative or dim", "lineage switch",
)  # fmt: skip


def marrow_blasts(point: Point) -> Known:
    """Marrow blasts of what was decided at."""
    if point.occasion is None:
        return not_stated("marrow blasts")
    stated = stated_marrow(point.course, point.occasion)
    return _known(point, stated, "marrow blasts")


def extramedullary(point: Point) -> Known:
    """Whether extramedullary disease is stated at what was decided at."""
    if point.occasion is None:
        return not_stated("extramedullary disease")
    return _known(
        point, stated_extramedullary(point.course, point.occasion), "extramedullary disease"
    )


def mrd_level(point: Point) -> Known:
    """The MRD level of what was decided at; "positive" without a number has none."""
    readings = mrd_readings(point.course, point.occasion) if point.occasion else ()
    if not readings:
        return not_stated("MRD level")
    given = level_given(readings)
    ids = tuple(reading.id for reading in readings)
    if given is None or given == UNAVAILABLE:
        words = f"MRD {readings[0].status or 'without a result'}, no number"
        return Known(words, None, ids, ("MRD level",))
    return Known(f"MRD {_shown(given)}", given, ids)


def relapses(point: Point) -> Known:
    """How many relapses there were; those by MRD alone may count or not."""
    found = relapses_until(point)
    if not found:
        return not_stated("a relapse")
    haematological = [subject for subject, word in found if word == _HAEMATOLOGICAL]
    ids = tuple(subject for subject, _ in found)
    fewest, most = len(haematological), len(found)
    told = ", ".join(f"{subject} ({word})" for subject, word in found)
    if fewest == most:
        return Known(f"{most}: {told}", Quantity(Decimal(most)), ids)
    either = (Quantity(Decimal(fewest)), Quantity(Decimal(most)))
    words = f"{fewest} or {most}: {told}; whether a relapse by MRD alone counts is not said"
    return Known(words, either, ids, ("whether a relapse by MRD alone counts",))


def remission_number(point: Point) -> Known:
    """Which remission it is: one more than the haematological relapses before it.

    Where nothing has been said of a course before, nothing is counted.
    """
    certain, _ = point.therapies
    if not certain:
        return not_stated("earlier treatment")
    place, here = point.course.position, point.course.position[point.at.id]
    found = relapses_until(point)
    before = [s for s, word in found if word == _HAEMATOLOGICAL and place[s] < here]
    ids = tuple(before) or tuple(item.id for item in certain)
    count = len(before)
    words = f"remission {count + 1}, if it is one (haematological relapses before it: {count})"
    return Known(words, Quantity(Decimal(len(before) + 1)), ids)


def haematological_relapse(point: Point) -> Known:
    """Whether a standard finds a haematological relapse here; not known where none judged."""
    words = point.words_here("response", "relapse")
    if not words:
        return not_stated("whether the disease is in remission")
    ids = (point.at.id,)
    if _HAEMATOLOGICAL in words:
        return Known(f"haematological relapse at {point.at.id}", True, ids)
    return Known(f"no haematological relapse found at {point.at.id}", False, ids)


def relapsed_or_refractory(point: Point) -> Known:
    """Yes at a haematological relapse or in refractory disease; open at a relapse by MRD alone."""
    words = point.words_here("response", "relapse")
    ids = (point.at.id,)
    if words & {_HAEMATOLOGICAL, *_REFRACTORY}:
        told = sorted(words & {_HAEMATOLOGICAL, *_REFRACTORY})
        return Known(f"{' and '.join(told)} at {point.at.id}", True, ids)
    by_mrd = sorted(words & {"MRD relapse", "molecular relapse"})
    if by_mrd:
        missing = ("whether a relapse by MRD alone counts",)
        return Known(f"{by_mrd[0]} at {point.at.id}, not a haematological one", None, ids, missing)
    return not_stated("relapsed or refractory disease at the decision")


def refractory(point: Point) -> Known:
    """Whether a standard calls the disease refractory here."""
    if point.words_here("response") & _REFRACTORY:
        return Known(f"refractory at {point.at.id}", True, (point.at.id,))
    return not_stated("whether the disease is refractory")


def lost_persistence(point: Point) -> Known:
    """Whether the relapse came with CAR-T cells that had not persisted, as judged before."""
    words = sorted(point.words_here() & set(_MECHANISMS))
    if len(words) != 1:
        return not_stated("how the earlier CAR-T cells failed")
    return Known(words[0], words[0] == _LOST, (point.at.id,))


def _known(point: Point, stated: Stated, what: str) -> Known:
    if stated.given is None:
        return not_stated(what)
    item = point.course.by_id[stated.facts[-1]]
    missing = (f"which reading of {what} holds",) if isinstance(stated.given, tuple) else ()
    words = f"{what} {_shown(stated.given)} {dated(point, item)}"
    return Known(words, stated.given, stated.facts, missing, stated.notes)


def _shown(given: Given) -> str:
    if isinstance(given, tuple):
        return " or ".join(_shown(one) for one in given)
    return {True: "present", False: "none"}[given] if isinstance(given, bool) else str(given)
