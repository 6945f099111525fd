"""Each measurement of donor chimerism, by both of the sources that disagree at 95 %."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from residua.course.before import therapies_before
from residua.course.course import Course
from residua.course.lab_series import days_after
from residua.course.placing import Placed, own_day
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.laboratory import Lab
from residua.facts.quantity import Quantity
from residua.facts.treatment import Transplant
from residua.judgements.judgement import Details, Judgement
from residua.judgements.unjudged import unjudged
from residua.standards import chimerism
from residua.standards.quantities import Quantities
from residua.standards.ruling import Ruling
from residua.standards.truth import Given

ANALYTE = "chimerism"
AXES = (chimerism.over_95, chimerism.from_95)
NOT_UNDERSTOOD = "the value is not understood as a part of donor cells"
NO_LINEAGE = "lineage not stated; the ASTCT table asks for both lineages"
ONE_LINEAGE = "of one lineage; the ASTCT table asks for both"
NO_TRANSPLANT = "the record holds no transplant before it"
_PART = re.compile(r"([<>]=?)?\s*(\d+(?:\.\d+)?)\s*%")
_WHOSE = re.compile(r"\b(?:(?:donor|recipient)(?: cells)?|chimerism)\b", re.IGNORECASE)
_REPORTED = {
    "full donor": "full donor chimerism", "full donor chimerism": "full donor chimerism",
    "complete donor chimerism": "full donor chimerism", "mixed": "mixed chimerism",
    "mixed chimerism": "mixed chimerism", "rejection": "rejection",
}  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One part of donor cells: its fact, the lineage where one is stated, and the value.

    ``given`` holds all values where the record contradicts itself, and is None where the text
    has none; ``word`` is what the source calls it.
    """

    item: Placed
    given: Given
    lineage: str = ""
    several: bool = False
    word: str = ""
    facts: tuple[str, ...] = ()


def judge_chimerism(course: Course) -> Iterator[Judgement]:
    """Every measurement in the order of the course."""
    for item, fact in course.of(Lab, Assessment):
        for measured in _measured(course, item, fact):
            for axis in AXES:
                yield _judged(course, measured, axis(Quantities(donor_chimerism=measured.given)))


def _measured(course: Course, item: Placed, fact: Fact) -> Iterator[Measured]:
    if isinstance(fact, Assessment) and fact.kind == ANALYTE and fact.value is not None:
        yield from _of_text(item, fact.value)
    if isinstance(fact, Lab):
        yield from _of_lab(course, item, fact)


def _of_lab(course: Course, item: Placed, fact: Lab) -> Iterator[Measured]:
    name, _, lineage = fact.analyte.partition("-")
    if name == ANALYTE and fact.value is not None and fact.value.kind == "fraction":
        rivals = course.conflicts_of(item.id)
        others = [rival.value for i in rivals if isinstance(rival := course.by_id[i].fact, Lab)]
        values = (fact.value, *(value for value in others if value is not None))
        given = values if len(values) > 1 else fact.value
        yield Measured(item, given, _lineage(lineage), facts=(item.id, *rivals))


def _lineage(suffix: str) -> str:
    """``cd3`` -> ``CD3``, ``t-cells`` -> ``T cells``."""
    words = re.sub(r"\bcd(?=\d)", "CD", suffix.replace("-", " "))
    return re.sub(r"\A([tb]) ", lambda match: f"{match[1].upper()} ", words)


def _of_text(item: Placed, text: str) -> Iterator[Measured]:
    """``98 %``, or several lineages: ``CD3 80 %, CD33 100 %``; of recipient cells the rest."""
    parts = [part for part in re.split(r"[,;]", text) if part.strip()]
    found = [_of_part(item, part) for part in parts]
    if len(found) == 1:
        yield found[0]
    elif len({measured.lineage for measured in found} - {""}) == len(parts):
        yield from (replace(measured, several=True) for measured in found)
    else:
        yield Measured(item, None, facts=(item.id,))


def _of_part(item: Placed, part: str) -> Measured:
    found = _PART.findall(part)
    words = " ".join(re.sub(r"[^\w+ ]", " ", _PART.sub(" ", part)).split())
    value = _donor(found[0], words) if len(found) == 1 else None
    if value is None:
        word = _REPORTED.get(" ".join(part.lower().split()), "")
        return Measured(item, None, word=word, facts=(item.id,))
    return Measured(item, value, " ".join(_WHOSE.sub(" ", words).split()), facts=(item.id,))


def _donor(found: tuple[str, str], words: str) -> Quantity | None:
    comparator, number = found
    value = Decimal(number)
    if value > 100:
        return None
    if "recipient" in words.lower():
        turned = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
        return Quantity(100 - value, "%", turned.get(comparator, ""))
    return Quantity(value, "%", comparator)


def _judged(course: Course, measured: Measured, ruling: Ruling) -> Judgement:
    item = measured.item
    suffix = re.sub(r"[^a-z0-9]+", "-", measured.lineage.lower()).strip("-")
    term = f"{ruling.term}-{suffix}" if measured.several and suffix else ruling.term
    said = unjudged(ruling.book, item.id, term, day=own_day(item.fact), span=item.span)
    said = replace(
        said, reason=ruling.reason, clause=ruling.clause, cite=ruling.cite,
        provenance=ruling.provenance, facts=measured.facts, missing=ruling.missing,
        notes=(*ruling.readings, *said.notes),
    )  # fmt: skip
    graft, reason = _graft(course, item)
    if reason:
        return replace(said, outcome="does not apply", reason=reason, missing=())
    said = replace(
        said, details=_details(course, measured, graft), notes=_notes(said, measured, graft)
    )
    if ruling.verdict is not None:
        lineage = f": {measured.lineage}" if measured.lineage else ""
        verdict = f"{ruling.verdict}{lineage}"
        return replace(said, outcome="verdict", basis="computed", verdict=verdict)
    if measured.word:
        reason = "as reported; donor chimerism not stated"
        return replace(
            said, outcome="verdict", basis="reported", verdict=measured.word, reason=reason
        )
    if measured.given is None:
        return replace(said, reason=NOT_UNDERSTOOD)
    if isinstance(measured.given, tuple):
        return replace(said, reason=f"the record contradicts itself: {ruling.reason}")
    return said


def _graft(course: Course, item: Placed) -> tuple[Placed | None, str]:
    """The transplant whose cells are measured; or why there is nothing to judge."""
    transplants = course.of(Transplant)
    donors = [p for p, transplant in transplants if transplant.donor != "autologous"]
    if transplants and not donors:
        return None, "the transplant was autologous"
    certain, maybe = therapies_before(course, item)
    before = [p for p in certain if p in donors]
    if donors and not (before or any(p in donors for p in maybe)):
        return None, "measured before the transplant"
    return (before[-1] if before else None), ""


def _notes(said: Judgement, measured: Measured, graft: Placed | None) -> tuple[str, ...]:
    notes = [*said.notes]
    if measured.given is not None:
        notes.append(ONE_LINEAGE if measured.lineage else NO_LINEAGE)
    if graft is None:
        notes.append(NO_TRANSPLANT)
    return tuple(notes)


def _details(course: Course, measured: Measured, graft: Placed | None) -> Details:
    found = [("lineage", measured.lineage)] if measured.lineage else []
    if graft is not None:
        days = days_after(course, graft.id, measured.item.id)
        if days.single is not None:
            found.append(("day", f"day {days.single} after {graft.id}"))
    return tuple(found)
