"""The severity of an episode, by the worst that was measured from the first sign on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from residua.course.course import Course
from residua.facts.finding import Finding
from residua.facts.laboratory import Lab
from residua.facts.quantity import Quantity
from residua.judgements.liver.episode import Episode
from residua.judgements.liver.inputs import bilirubins, daily_bilirubin
from residua.judgements.liver.seen import Seen, by_findings
from residua.judgements.liver.series import baseline, doubled, gains, labs, measured, vitals
from residua.judgements.liver.verdict import Found
from residua.judgements.liver.words import is_present, number_of
from residua.standards import ebmt_vod, ebmt_vod_paediatric
from residua.standards.criteria_book import CriteriaBook
from residua.standards.grading import Grading
from residua.standards.severity_table import Stated

ADULT, CHILD = "ebmt-vod", "ebmt-vod-paediatric"
Stating = dict[str, Stated]


def graded(course: Course, episode: Episode, book: CriteriaBook, found: Found) -> Grading:
    """The severity under a standard that has one."""
    since = _first_sign(found)
    version = book.rulebook.version
    if book.rulebook.standard == CHILD:
        return ebmt_vod_paediatric.severity(_child(course, episode, book, since), version=version)
    stated = _adult(course, episode, book, since)
    if since is not None and found.onset is not None:
        stated["days"] = Quantity(Decimal(found.onset - since), "d")
    return ebmt_vod.severity(stated, version=version)


def facts_of(course: Course, episode: Episode, found: Found) -> tuple[str, ...]:
    """The values of liver, kidney and weight that the severity may rest on."""
    since = _first_sign(found)
    names = ("bilirubin", "alt", "ast", "creatinine")
    listed = [one for name in names for one in _seen(course, episode, name)]
    listed += gains(course, episode)
    return tuple(one.fact for one in listed if since is not None and one.where.lo >= since)


def _first_sign(found: Found) -> int | None:
    """The day of the first sign of those that made the diagnosis; None where it has no day."""
    days = [mark.where.lo for mark in found.criteria if mark.exact]
    return min(days) if days and found.onset is not None else None


def _adult(course: Course, episode: Episode, book: CriteriaBook, since: int | None) -> Stating:
    stated = _liver(course, episode, book, since)
    stated["weight_gain"] = _worst(gains(course, episode), since, "%")
    stated["creatinine"] = _creatinine(course, episode, since)
    risks = [number_of(f, "1") for f in _found(course, episode, "risk_factors")]
    stated["risk_factors"] = risks[0] if len(risks) == 1 else None
    return {name: given for name, given in stated.items() if given is not None}


def _liver(course: Course, episode: Episode, book: CriteriaBook, since: int | None) -> Stating:
    """What both tables ask for."""
    values = measured(course, episode, bilirubins(course, book), "bilirubin")
    hours = book.rulebook["hours-of-doubling"].limit
    assert isinstance(hours, Quantity)  # a number of hours
    daily = daily_bilirubin(course, episode, book)
    return {
        "bilirubin": _worst(values, since, "mg/dL"),
        "transaminases": _worst(_enzymes(course, episode), since, "1"),
        "doubling": None if since is None else doubled(daily, since, hours=int(hours.value)),
        "mod": _yes(by_findings(course, episode, "mod")),
    }


def _child(course: Course, episode: Episode, book: CriteriaBook, since: int | None) -> Stating:
    stated = _liver(course, episode, book, since)
    rt = [s for s in by_findings(course, episode, "refractory_thrombocytopenia") if s.days > 1]
    clearance = _seen(course, episode, "creatinine-clearance")
    oxygen = measured(course, episode, vitals(course, "oxygen_flow"), "oxygen")
    stated |= {
        "refractory_days": Quantity(Decimal(max(s.days for s in rt)), "d") if rt else None,
        "ascites": _word(course, episode, "ascites", ("paracentesis", "moderate", "minimal")),
        "coagulation": _word(course, episode, "coagulation", ("replacement", "impaired", "normal")),
        "gfr": _worst(clearance, since, "mL/min", worst=min),
        "oxygen": _worst(oxygen, since, "L/min"),
        "ventilation": _yes(by_findings(course, episode, "ventilation")),
        "cognitive_impairment": _yes(by_findings(course, episode, "cognitive_impairment")),
    }
    return {name: given for name, given in stated.items() if given is not None}


def _seen(course: Course, episode: Episode, analyte: str) -> tuple[Seen, ...]:
    return measured(course, episode, labs(course, analyte), analyte)


def _worst(
    listed: Iterable[Seen],
    since: int | None,
    unit: str,
    *,
    worst: Callable[[list[Decimal]], Decimal] = max,
) -> Stated:
    """The worst value from a day on; None where there is none, or one is only a bound."""
    if since is None:
        return None
    values = [one.given for one in listed if one.exact and one.where.lo >= since]
    numbers = [v for v in values if isinstance(v, Quantity) and not v.censored]
    if not numbers or len(numbers) < len(values):
        return None
    return Quantity(worst([number.to(unit).value for number in numbers]), unit)


def _enzymes(course: Course, episode: Episode) -> tuple[Seen, ...]:
    """ALT and AST as multiples of the upper limit that the laboratory states."""
    found: list[Seen] = []
    for name in ("alt", "ast"):
        for one in _seen(course, episode, name):
            lab = course.by_id[one.fact].fact
            assert isinstance(lab, Lab)  # a value of a laboratory
            if not isinstance(one.given, Quantity) or lab.upper is None or not lab.upper.value:
                continue
            if lab.upper.kind == one.given.kind:
                part = one.given.value / lab.upper.to(one.given.unit).value
                times = Quantity(part, "1", one.given.comparator)
                found.append(Seen(one.where, times, one.fact, f"{name} {part:.1f} x the limit"))
    return tuple(found)


def _creatinine(course: Course, episode: Episode, since: int | None) -> Stated:
    """The worst creatinine as a multiple of the last one on or before the first day."""
    before = baseline(course, episode, labs(course, "creatinine"))
    bases = {value for _, value in before}
    if len(bases) != 1 or not (base := bases.pop()).value:
        return None
    alike = [one for one in _seen(course, episode, "creatinine") if _kind(one) == base.kind]
    worst = _worst(alike, since, base.unit)
    return Quantity(worst.value / base.value, "1") if isinstance(worst, Quantity) else None


def _kind(one: Seen) -> str:
    return one.given.kind if isinstance(one.given, Quantity) else ""


def _found(course: Course, episode: Episode, sign: str) -> tuple[Finding, ...]:
    """The findings of a sign that are present within an episode."""
    facts = (course.by_id[one.fact].fact for one in by_findings(course, episode, sign))
    return tuple(fact for fact in facts if isinstance(fact, Finding) and is_present(fact))


def _word(course: Course, episode: Episode, sign: str, words: tuple[str, ...]) -> str | None:
    """The worst word (they stand worst first) that a finding uses of a sign."""
    texts = [f"{f.term} {f.value or ''}".lower() for f in _found(course, episode, sign)]
    return next((word for word in words if any(word in text for text in texts)), None)


def _yes(listed: Iterable[Seen]) -> bool | None:
    """Whether a finding is on record as present; False where it is only denied."""
    given = [one.given for one in listed if isinstance(one.given, bool)]
    return any(given) if given else None
