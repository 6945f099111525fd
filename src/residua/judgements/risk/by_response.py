"""How the first line of treatment went: CR after induction 1, MRD and its persistence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from residua.course.course import Course
from residua.course.elapsed import anchored, days_between
from residua.course.occasions import Occasion, occasions
from residua.course.placing import Placed
from residua.course.relapse_words import denied
from residua.course.targets import NOT_GIVEN
from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.facts.treatment import Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_state import mrd_readings
from residua.judgements.mrd_stated import stated_of, with_rivals
from residua.judgements.readings import UNSTATED, Stated
from residua.judgements.reports import of_relapse, reports_of
from residua.judgements.risk.scheme_verdict import Inputs
from residua.standards.clinical_risk import book
from residua.standards.rulebook import load
from residua.standards.truth import Given, settled

HAEMATOLOGICAL = ("nci", "cibmtr", "nccn")
"""Standards whose CR does not ask for MRD."""
REACHED = ("CR", "CRi", "CRh")
NOT_REACHED = ("not CR", "PR", "failure", "refractory")
_RE_INDUCTION = re.compile(r"\bre-?induction")


@dataclass(frozen=True)
class FirstLine:
    """The occasions of the first line, before transplant and relapse, by what came before them.

    ``treated`` are all of them, on treatment or after it.
    """

    after_first: tuple[Occasion, ...]
    after_induction: tuple[Occasion, ...]
    after_consolidation: tuple[Occasion, ...]
    treated: tuple[Occasion, ...]


def by_response(course: Course, said: tuple[Judgement, ...]) -> Inputs:
    """The quantities of the scheme; CR that only the source tells of is a report."""
    line = _first_line(course, said)
    computed, reported = _cr(line, said)
    return Inputs(
        {
            "cr_after_first_induction": computed,
            "mrd_end_of_induction": _level(course, line.after_induction),
            "mrd_after_consolidation": _level(course, line.after_consolidation),
            "mrd_time_points": _time_points(course, line.treated),
        },
        {"cr_after_first_induction": reported} if reported.given is not None else {},
    )


def _first_line(course: Course, said: tuple[Judgement, ...]) -> FirstLine:
    window = int(load("conventions")["count-window"].limit_number)
    relapses = {j.subject for j in said if _is_relapse(j)}
    listed: list[Occasion] = []
    for occasion in occasions(course, count_window_days=window):
        if occasion.subject in relapses or any(map(of_relapse, reports_of(occasion))):
            break
        listed.append(occasion)
    treated = tuple(o for o in listed if o.therapies and not _transplanted(o))
    first = _first_induction(course)
    ended = [o for o in treated if _at_end(course, o)]
    return FirstLine(
        tuple(o for o in ended if o.treatment == first and not o.unordered),
        tuple(o for o in ended if "induction" in _intent(o)),
        tuple(o for o in ended if "consolidation" in _intent(o)),
        treated,
    )


def _is_relapse(judgement: Judgement) -> bool:
    word = (judgement.verdict or "").split(":")[0]
    return word in ("haematological relapse", "MRD relapse", "molecular relapse")


def _transplanted(occasion: Occasion) -> bool:
    return any(isinstance(p.fact, Transplant) for p in occasion.therapies)


def _first_induction(course: Course) -> str | None:
    """The first course of treatment, if the record calls it an induction."""
    for _, treatment in course.of(Treatment):
        intent = (treatment.intent or "").lower()
        named = "induction" in intent and not _RE_INDUCTION.search(intent)
        return treatment.id if named else None
    return None


def _intent(occasion: Occasion) -> str:
    """What the last treatment was for, or what the assessment says that it follows."""
    last = occasion.therapies[-1].fact if occasion.therapies else None
    intent = (last.intent or "").lower() if isinstance(last, Treatment) else ""
    contexts = [a.context.lower() for a in occasion.of(Assessment) if a.context]
    told = [text for text in contexts if re.search(r"\b(end of|after|post)\b", text)]
    said = " ".join(text for text in told if not denied(text))
    return intent if intent else said


def _at_end(course: Course, occasion: Occasion) -> bool:
    """Whether the last treatment had ended: as stated, or by its days; an order alone is enough."""
    if any("end of" in (a.context or "").lower() for a in occasion.of(Assessment)):
        return True
    if occasion.unordered and not occasion.main.dated:
        return False
    last = course.by_id[occasion.therapies[-1].id]
    started, ended = anchored(course, last.id), _last_day(last)
    if ended is None:
        return True
    passed = days_between(course, started, anchored(course, occasion.main.id)).shortest
    return passed is None or passed >= ended


def _last_day(item: Placed) -> int | None:
    """Days from the first to the last day of a treatment's drugs; None where not stated."""
    drugs = item.fact.drugs if isinstance(item.fact, Treatment) else ()
    days = [day for drug in drugs if drug.status not in NOT_GIVEN for day in drug.days]
    return max(days) - 1 if days else None


def _cr(line: FirstLine, said: Iterable[Judgement]) -> tuple[Stated, Stated]:
    """Whether CR was reached by induction 1, as computed and as reported.

    By the last occasion after it; open where the standards that ask for no MRD differ.
    """
    if not line.after_first:
        return UNSTATED, UNSTATED
    subject = line.after_first[-1].subject
    found = [
        j
        for j in said
        if j.subject == subject and j.term == "response" and j.standard in HAEMATOLOGICAL
    ]
    return _agreed(found, "computed"), _agreed(found, "reported")


def _agreed(found: Iterable[Judgement], basis: str) -> Stated:
    own = [j for j in found if j.outcome == "verdict" and j.basis == basis]
    words = [(j.verdict or "").split(":")[0] for j in own]
    reached = {True if w in REACHED else False if w in NOT_REACHED else None for w in words}
    facts = tuple(dict.fromkeys(f for j in own for f in j.facts))
    notes = tuple(f"{j.standard} {j.version}: {j.verdict}" for j in own)
    if len(reached) != 1:
        return Stated(None, facts, notes) if own else UNSTATED
    return Stated(reached.pop(), facts, notes)


def _readings(course: Course, found: Iterable[Occasion]) -> Iterator[tuple[Occasion, MrdReading]]:
    """Every MRD result of marrow with its first occasion."""
    seen: set[str] = set()
    for occasion in found:
        for reading in mrd_readings(course, occasion):
            if reading.id not in seen:
                seen.add(reading.id)
                yield occasion, reading


def _one(course: Course, reading: MrdReading) -> Stated:
    return stated_of(with_rivals(course, reading))["mrd_level"]


def _level(course: Course, found: tuple[Occasion, ...]) -> Stated:
    """Every level of a phase; which of them lies in the scheme's weeks is not chosen."""
    levels = [(r.id, _one(course, r).given) for _, r in _readings(course, found)]
    facts = tuple(name for name, _ in levels)
    if not levels or any(given is None for _, given in levels):
        return Stated(None, facts)
    distinct = tuple(dict.fromkeys(value for _, given in levels for value in _each(given)))
    return Stated(distinct[0] if len(distinct) == 1 else distinct, facts)


def _each(given: Given) -> tuple[Quantity, ...]:
    listed = given if isinstance(given, tuple) else (given,)
    return tuple(value for value in listed if isinstance(value, Quantity))


def _time_points(course: Course, found: tuple[Occasion, ...]) -> Stated:
    """On how many occasions MRD was at least 1e-4; a lower bound where one result is open."""
    rule = book()["mrd-after-consolidation"]
    by_day: dict[str, set[bool | None]] = {}
    facts: list[str] = []
    for occasion, reading in _readings(course, found):
        above = settled(rule, _one(course, reading).given)
        by_day.setdefault(occasion.subject, set()).add(above)
        facts += [reading.id] if above else []
    positive = [day for day, above in by_day.items() if True in above and False not in above]
    unsure = [day for day in by_day if day not in positive and by_day[day] != {False}]
    if not by_day:
        return UNSTATED
    number = Quantity(Decimal(len(positive)), "1", ">=" if unsure else "")
    return Stated(number, tuple(facts))
