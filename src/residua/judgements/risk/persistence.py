"""Whether infused cells were still there at a relapse: transgene, B cells, the source's word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from residua.course.course import Range
from residua.course.lab_series import days_after
from residua.course.occasions import within
from residua.course.placing import Placed
from residua.facts.finding import Finding
from residua.facts.laboratory import Transgene
from residua.facts.treatment import CellInfusion
from residua.judgements.readings import UNSTATED, Stated
from residua.judgements.risk.aplasia import back_under_every_rule
from residua.judgements.risk.relapses import Relapse
from residua.standards.rulebook import load
from residua.standards.truth import Given

_CELLS = re.compile(r"\bcar\b|car[- ]?t|transgene|infused cells")
_THERE = re.compile(r"detect|persist|present|positive")
_GONE = re.compile(r"\b(loss|lost|no longer|disappear\w*|not detect\w*|undetectable|absen\w+)\b")
_UNTIL = re.compile(r"\b(only|until|up to|within|no longer|not after|lost|disappeared)\b")
_SPAN = re.compile(r"\b(first|one|\d+)[ -]?(day|week|month|year)")
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True)
class _Result:
    """One transgene result: its fact, and whether it found the transgene."""

    item: Placed
    detected: bool


def cells_persist(relapse: Relapse) -> tuple[Stated, Stated]:
    """Whether the infused cells were there at relapse: as measured, and as the source says."""
    if not relapse.cells:
        note = f"{relapse.therapy.therapy} is no infusion of cells: persistence is not judged"
        return Stated(None, (), (note,)), UNSTATED
    return _measured(relapse), _by_word(relapse)


def _measured(relapse: Relapse) -> Stated:
    transgene, b_cells = _by_transgene(relapse), back_under_every_rule(relapse)
    if b_cells.given is not True:
        return transgene
    if transgene.given is None:
        return Stated(False, b_cells.facts, (*transgene.notes, *b_cells.notes))
    facts = (*transgene.facts, *b_cells.facts)
    if transgene.given is True:
        note = "transgene found although B cells came back"
        return Stated((True, False), facts, (*b_cells.notes, note))
    return Stated(False, facts, b_cells.notes)


def _by_transgene(relapse: Relapse) -> Stated:
    """The last result before or at relapse, where it tells of the relapse.

    None found after an earlier find means that the cells were lost, whenever it was read. A
    find speaks for the days of the relapse only.
    """
    results = tuple(_results(relapse))
    if not results:
        return UNSTATED
    last = results[-1]
    fact = (last.item.id,)
    if any(r.detected != last.detected for r in results if _one_day(r.item, last.item)):
        return Stated((True, False), fact, ("transgene results differ",))
    near = _of_relapse(relapse, last.item)
    if not last.detected:
        earlier = any(r.detected for r in results)
        return Stated(False, fact) if earlier or near else Stated(None, fact, (TOO_EARLY,))
    return Stated(True, fact) if near else Stated(None, fact, (NOT_OF_RELAPSE,))


TOO_EARLY = "transgene never found and not sought at relapse"
NOT_OF_RELAPSE = "transgene last found before the days of the relapse"


def _results(relapse: Relapse) -> Iterator[_Result]:
    course = relapse.course
    for item, fact in course.of(Transgene):
        after = course.position[item.id] > course.position[relapse.therapy.treatment]
        detected = _detected(fact)
        if detected is None or not after or not _aims(relapse, fact):
            continue
        if _not_later(relapse, item):
            yield _Result(item, detected)


def _detected(fact: Transgene) -> bool | None:
    """As stated, or by a number; a bound from below tells, one from above does not."""
    if fact.detected is not None:
        return fact.detected
    if fact.value is None:
        return None
    if "<" in fact.value.comparator:
        return False if fact.lloq is None or fact.value.number <= fact.lloq.number else None
    if fact.lloq is not None and fact.value.kind == fact.lloq.kind:
        return fact.value.number >= fact.lloq.number
    return fact.value.number > 0


def _aims(relapse: Relapse, fact: Transgene) -> bool:
    """Whether a result is of this infusion's transgene; one without a target is of any."""
    infusion = relapse.course.by_id[relapse.therapy.treatment].fact
    others = [
        f for _, f in relapse.course.of(CellInfusion) if f.kind == "car-t" and f.id != infusion.id
    ]
    if fact.target is None:
        return not others
    return relapse.therapy.marker.casefold() in fact.target.casefold()


def _not_later(relapse: Relapse, item: Placed) -> bool:
    """Whether a fact lies before the relapse or in its days."""
    course, main = relapse.course, relapse.occasion.main
    if course.position[item.id] < course.position[main.id]:
        return True
    return _of_relapse(relapse, item)


def _of_relapse(relapse: Relapse, item: Placed) -> bool:
    """Whether a fact is of the relapse's days: named as its own, or within the count window."""
    main = relapse.occasion.main
    if item.fact.assessment == main.id:
        return True
    window = int(load("conventions")["count-window"].limit_number)
    return within(item, main, window)


def _one_day(a: Placed, b: Placed) -> bool:
    return a.id == b.id or (a.dated and b.dated and a.span.exact and a.span == b.span)


def _by_word(relapse: Relapse) -> Stated:
    """What findings say of the cells: there, not there, or only until a time before relapse."""
    told: dict[str, bool] = {}
    for item, finding in relapse.course.of(Finding):
        if not _CELLS.search(finding.term.lower()) or not _about(relapse, item):
            continue
        said = _says(relapse, item, finding)
        if said is not None:
            told[finding.id] = said
    values = tuple(dict.fromkeys(told.values()))
    given: Given = values[0] if len(values) == 1 else values or None
    return Stated(given, tuple(told))


def _about(relapse: Relapse, item: Placed) -> bool:
    """Whether a finding comes after this infusion and no later one, and not after the relapse."""
    course = relapse.course
    if item.id in course.predecessors[relapse.therapy.treatment]:
        return False
    place = course.position[item.id]
    infusions = [i.id for i, f in course.of(CellInfusion) if f.kind == "car-t"]
    last = [name for name in infusions if course.position[name] < place]
    return bool(last) and last[-1] == relapse.therapy.treatment and _not_later(relapse, item)


def _says(relapse: Relapse, item: Placed, finding: Finding) -> bool | None:
    term, value = finding.term.lower(), (finding.value or "").lower()
    if finding.present is None:
        return None
    gone = bool(_GONE.search(term))
    if gone or not _THERE.search(term):
        return False if gone and finding.present else None
    if not finding.present:
        return False
    if _UNTIL.search(value) or _GONE.search(value):
        return None if _still(relapse, value) else False
    return True if _of_relapse(relapse, item) else None


def _still(relapse: Relapse, value: str) -> bool:
    """Whether the relapse may lie within the time for which the source saw the cells."""
    match = _SPAN.search(value)
    if match is None:
        return False
    number = int(match[1]) if match[1].isdigit() else 1
    seen = number * _DAYS[match[2]]
    days = _since_infusion(relapse)
    return days.longest is not None and days.longest <= seen


def _since_infusion(relapse: Relapse) -> Range:
    return days_after(relapse.course, relapse.therapy.treatment, relapse.occasion.main.id)
