"""States that findings tell: GVHD, infection, disorders of nerves and liver, SOS/VOD, CNS disease.

"No GVHD" counts for its look-back only; a state that began and whose end is not stated counts as
going on for as long, and is not known after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from residua.course.placing import Placed
from residua.facts.assessment import Assessment
from residua.facts.finding import Finding
from residua.facts.treatment import Transplant
from residua.judgements.options.history import ino_treatments
from residua.judgements.options.known import Known, dated, not_stated, too_old
from residua.judgements.options.point import BLOOD, STATE, Point
from residua.judgements.readings import tissue_of

_GVHD = re.compile(r"\bgvhd\b|graft[- ]versus[- ]host|graft[- ]vs")
_INFECTION = re.compile(r"infection|sepsis|septic|pneumonia|bacter[ia]*emia|fung[ia]*emia|viraemia")
_NEURO = re.compile(r"neurolog|seizure|epilep|stroke|encephalopath|icans|neurotox")
_CNS = re.compile(r"\bcns (disease|leuk|relapse|involvement)|central nervous|mening")
_VOD = re.compile(r"\bvod\b|\bsos\b|veno-?occlusive|sinusoidal obstruction")
_LIVER = re.compile(r"hepatitis|cirrhosis|liver (disease|fibrosis)|chronic hepat")
_PROVEN = ("probable", "clinical", "proven")
Weigh = Callable[[Finding], bool | None]
Found = list[tuple[Placed, Finding]]


def gvhd_active(point: Point) -> Known:
    """Whether graft-versus-host disease goes on; "no acute" says nothing of chronic."""
    return _gvhd(point, _any)


def gvhd_limiting(point: Point) -> Known:
    """As `gvhd_active`, where acute GVHD of grade 0 or 1 and limited chronic GVHD do not count."""
    return _gvhd(point, _limits)


def _any(finding: Finding) -> bool | None:
    del finding
    return True


def _limits(finding: Finding) -> bool | None:
    text = f"{finding.term} {finding.value or ''}".lower()
    if "chronic" in text:
        known = [word for word in ("extensive", "limited") if word in text]
        return known[0] == "extensive" if len(known) == 1 else None
    return finding.grade_reported >= 2 if finding.grade_reported is not None else None


def _gvhd(point: Point, counts: Weigh) -> Known:
    found = findings_of(point, _GVHD)
    acute = [(i, f) for i, f in found if "chronic" not in f.term.lower()]
    chronic = [(i, f) for i, f in found if "acute" not in f.term.lower()]
    kinds = [state_told(point, part, "GVHD", STATE) for part in (acute, chronic)]
    ids = tuple(dict.fromkeys(fact for known in kinds for fact in known.facts))
    words = "; ".join(dict.fromkeys(known.words for known in kinds))
    active = [f for known in kinds if known.given is True for f in known.facts]
    told = {_weight(point, name, counts) for name in active}
    if True in told:
        return Known(words, True, ids)
    settled = all(known.given is False for known in kinds if known.given is not True)
    if settled and None not in told:
        return Known(words, False, ids)
    lacking = (
        "grade or extent of GVHD" if None in told else "GVHD at the decision, acute or chronic"
    )
    return Known(words, None, ids, (lacking,))


def _weight(point: Point, name: str, counts: Weigh) -> bool | None:
    fact = point.course.by_id[name].fact
    assert isinstance(fact, Finding)  # _state names findings
    return counts(fact)


def infection_active(point: Point) -> Known:
    """Whether an infection goes on."""
    return state_told(point, findings_of(point, _INFECTION), "infection", BLOOD)


def neuro_disorder(point: Point) -> Known:
    """Whether a severe neurological disorder is stated; severe is grade 3 or more as reported."""
    what = "severe neurological disorder"
    found = findings_of(point, _NEURO)
    known = state_told(point, found, what, BLOOD)
    if known.given is not True:
        return known
    grades = [f.grade_reported for i, f in found if i.id in known.facts and f.present is not False]
    if any(grade is not None and grade >= 3 for grade in grades):
        return known
    return Known(known.words, None, known.facts, ("severity of the neurological disorder",))


def liver_disease(point: Point) -> Known:
    """Whether a liver disease is or was there."""
    return _history(point, findings_of(point, _LIVER), "liver disease")


def vod_history(point: Point) -> Known:
    """Whether there was SOS/VOD: by report, or by any standard that found it.

    "No SOS/VOD" counts until a transplant or inotuzumab ozogamicin that came after it.
    """
    judged = [
        j for j in point.said
        if ("vod" in j.standard or j.standard in ("baltimore", "seattle"))
        and j.verdict is not None and j.verdict.split(":")[0].split(",")[0] in _PROVEN
    ]  # fmt: skip
    before = [j for j in judged if all(_came_before(point, f) for f in (j.subject, *j.facts))]
    if before:
        return Known(f"SOS/VOD by {before[0].standard}", True, before[0].facts)
    return _history(point, findings_of(point, _VOD), "SOS/VOD")


def _came_before(point: Point, name: str) -> bool:
    item = point.course.by_id.get(name)
    return item is not None and point.before(item) is True


def cns_active(point: Point) -> Known:
    """Whether leukaemia of the central nervous system is there: findings, or the fluid."""
    told = state_told(point, findings_of(point, _CNS), "CNS disease", STATE)
    fluid = [
        (item, a) for item, a in point.course.of(Assessment)
        if a.blasts and point.before(item)
        and (a.kind == "csf" or tissue_of(a, point.course.case) == "csf")
    ]  # fmt: skip
    if told.given is not None or not fluid:
        return told
    item, last = fluid[-1]
    if not point.fresh(item, STATE):
        return too_old(point, item, "CNS disease", STATE)
    assert last.blasts is not None  # asked above
    words = f"{last.blasts} blasts in the cerebrospinal fluid {dated(point, item)}"
    if "<" in last.blasts.comparator:
        return Known(words, None, (item.id,), ("blasts in the cerebrospinal fluid",))
    return Known(words, last.blasts.value > 0 or ">" in last.blasts.comparator, (item.id,))


def findings_of(point: Point, term: re.Pattern[str]) -> Found:
    """Findings of a term which say whether it was there, but for those of a later time."""
    return [
        (item, finding)
        for item, finding in point.course.of(Finding)
        if term.search(finding.term.lower())
        and finding.present is not None
        and point.before(item) is not False
    ]


def state_told(point: Point, found: Found, what: str, look_back: str) -> Known:
    """Whether something goes on at the point."""
    if not found:
        return not_stated(what)
    told = [(item, f, _goes_on(point, item, f, look_back)) for item, f in found]
    fresh = [(item, f) for item, f, state in told if state is not None]
    if not fresh:
        item, finding = found[-1]
        last = _words(point, item, finding) if item.dated else _stated(finding)
        return too_old(point, item, what, look_back, told=last)
    states = {state for _, _, state in told if state is not None}
    ids = tuple(item.id for item, _ in fresh)
    words = "; ".join(_words(point, item, f) for item, f in fresh)
    if len(states) > 1:
        return Known(f"{words}: both are stated", None, ids, (f"{what} at the decision",))
    return Known(words, states.pop(), ids)


def _goes_on(point: Point, item: Placed, finding: Finding, look_back: str) -> bool | None:
    """True or False where the finding tells of the point, None where it is too old to."""
    if not point.before(item):
        return None
    now, end = point.now.span, item.end
    if finding.present and finding.end is not None and end is not None:
        if end.earliest and now.latest and end.earliest >= now.latest:
            return True
        return None
    return finding.present if point.fresh(item, look_back) else None


def _history(point: Point, found: Found, what: str) -> Known:
    """Whether something ever was; an absence counts until the next thing that may bring it."""
    ever = [(item, f) for item, f in found if f.present]
    sure = [(item, f) for item, f in ever if point.before(item)]
    if sure:
        return Known(_words(point, *sure[-1]), True, tuple(item.id for item, _ in sure))
    if ever:
        words = f"{_words(point, *ever[-1])}: whether before the decision is not stated"
        return Known(words, None, (ever[-1][0].id,), (f"date of the {what}",))
    if not found:
        return not_stated(f"earlier {what}")
    item, finding = found[-1]
    if not point.before(item):
        return Known(_words(point, item, finding), None, (item.id,), (f"earlier {what}",))
    later = _risks_after(point, item)
    words = _words(point, item, finding)
    if later:
        missing = (f"{what} after {', '.join(later)}",)
        return Known(f"{words}; not stated of {', '.join(later)}", None, (item.id,), missing)
    return Known(words, False, (item.id,))


def _risks_after(point: Point, item: Placed) -> tuple[str, ...]:
    """Transplants and courses of inotuzumab ozogamicin that began after a finding."""
    place, ino = point.course.position, ino_treatments(point)
    begun: Iterable[Placed] = (i for items in point.therapies for i in items)
    later = [i for i in begun if place[i.id] > place[item.id]]
    return tuple(i.id for i in later if isinstance(i.fact, Transplant) or i.id in ino)


def _words(point: Point, item: Placed, finding: Finding) -> str:
    return f"{_stated(finding)} {dated(point, item)}"


def _stated(finding: Finding) -> str:
    grade = "" if finding.grade_reported is None else f", grade {finding.grade_reported}"
    return f"{'' if finding.present else 'no '}{finding.term}{grade}"
