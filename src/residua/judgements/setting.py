"""Where an occasion stands in the course: what came before, what follows, whether in remission."""

from __future__ import annotations

import re
from dataclasses import dataclass

from residua.course.course import Course, Range, duration
from residua.course.occasions import Occasion
from residua.course.relapse_words import denied
from residua.facts.assessment import Assessment
from residua.facts.finding import Finding
from residua.facts.quantity import Quantity
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.judgements.mrd_state import level_given, mrd_readings
from residua.judgements.readings import (
    UNSTATED,
    Stated,
    extramedullary,
    is_marrow,
    marrow_blasts,
)
from residua.judgements.reports import in_remission, of_progression, of_relapse, reports_of
from residua.standards import nci
from residua.standards.rulebook import load
from residua.standards.truth import UNAVAILABLE, settled


@dataclass(frozen=True)
class Setting:
    """One occasion among all; ``remission`` is whether the patient was in remission before."""

    course: Course
    occasions: tuple[Occasion, ...]
    place: int
    remission: bool

    @property
    def occasion(self) -> Occasion:
        """The occasion itself."""
        return self.occasions[self.place]

    @property
    def earlier(self) -> tuple[Occasion, ...]:
        """What came before, the latest first."""
        return self.occasions[: self.place][::-1]

    @property
    def later(self) -> tuple[Occasion, ...]:
        """What follows, the next first."""
        return self.occasions[self.place + 1 :]


def remission_duration(setting: Setting) -> Stated:
    """How long remission lasted, as far as later occasions show.

    At least until the last later occasion with a reported remission or a marrow without
    recurrence; at most until the first relapse or progression, reported or seen. A marrow of
    which neither can be said ends what is known.
    """
    shown = UNSTATED
    for later in setting.later:
        length = duration(setting.occasion.main.span, later.main.span)
        if _ended(setting.course, later):
            if _perhaps_before(setting, later, length):
                return shown
            return _until(shown, length.longest, later.main.id)
        if marrow_below_5(setting.course, later) is False:
            return shown
        if _without_disease(setting.course, later) and (length.shortest or 0) > 0:
            shown = Stated(_days(length.shortest or 0, ">="), (later.main.id,))
    return shown


def _perhaps_before(setting: Setting, later: Occasion, length: Range) -> bool:
    """Whether what stands later may lie before, as neither dates nor order tell."""
    told = setting.occasion.main.id in setting.course.predecessors[later.main.id]
    return not told and (length.shortest is None or length.shortest < 0)


def _until(shown: Stated, longest: int | None, fact: str) -> Stated:
    """The bound of its end where that is too short for the four weeks; else what was shown."""
    if longest is None:
        return shown
    bound = _days(max(longest, 0), "<=")
    short = settled(load(nci.BOOK)["four-weeks"], bound) is False
    return Stated(bound, (fact,)) if short else shown


def _ended(course: Course, occasion: Occasion) -> bool:
    """Whether the disease is back by report, by blasts that NCI calls a relapse, or elsewhere."""
    reports = reports_of(occasion)
    blasts = marrow_blasts(course, occasion).given
    return (
        any(of_relapse(report) or of_progression(report) for report in reports)
        or settled(load(nci.BOOK)["relapse-marrow-at-least-25"], blasts) is True
        or extramedullary(course, occasion).given is True
    )


def marrow_below_5(course: Course, occasion: Occasion) -> bool | None:
    """Whether the marrow has less than 5 % blasts; None where it is not known.

    Where no blast count is stated, the level of its MRD tells.
    """
    rule = load("conventions")["remission-marrow"]
    blasts = marrow_blasts(course, occasion).given
    level = level_given(mrd_readings(course, occasion)) if blasts is None else blasts
    return settled(rule, None if level == UNAVAILABLE else level)


def _without_disease(course: Course, occasion: Occasion) -> bool:
    reported = any(in_remission(report) for report in reports_of(occasion))
    return reported or marrow_below_5(course, occasion) is True


def _days(days: int, comparator: str) -> Quantity:
    return Quantity.parse(f"{comparator}{days} d")


def blast_change(setting: Setting) -> tuple[Stated, str]:
    """Relative change of marrow blasts since before the last therapy, and why it is not known."""
    if setting.occasion.unordered:
        return UNSTATED, "the order of treatments is not stated"
    now = marrow_blasts(setting.course, setting.occasion)
    base = _baseline(setting)
    if base is None:
        return UNSTATED, "no reading before treatment"
    before = marrow_blasts(setting.course, base)
    firsts, seconds = _exact(before), _exact(now)
    if not firsts or not seconds or any(not value.number for value in firsts):
        return UNSTATED, _why_not(setting.course, base)
    changes = tuple(
        Quantity((b.to("1").value - a.to("1").value) / a.to("1").value)
        for a in firsts
        for b in seconds
    )
    given = changes[0] if len(changes) == 1 else changes
    return Stated(given, (*before.facts, *now.facts)), ""


def _exact(stated: Stated) -> tuple[Quantity, ...]:
    given = stated.given if isinstance(stated.given, tuple) else (stated.given,)
    values = tuple(value for value in given if isinstance(value, Quantity) and not value.censored)
    return values if len(values) == len(given) else ()


def _baseline(setting: Setting) -> Occasion | None:
    """The last occasion with a blast count before the last therapy began."""
    treatment = setting.occasion.treatment
    if treatment is None:
        return None
    position = setting.course.position
    return next(
        (
            occasion
            for occasion in setting.earlier
            if position[occasion.main.id] < position[treatment]
            and any(a.blasts for a in occasion.of(Assessment))
        ),
        None,
    )


def _why_not(course: Course, base: Occasion) -> str:
    readings = [a for a in base.of(Assessment) if a.blasts]
    parts = [
        f"tissue of the {a.blasts} not stated" for a in readings if not is_marrow(a, course.case)
    ]
    if any(course.conflicts_of(a.id) for a in readings):
        parts.append("readings in conflict")
    return f"{base.main.id}: {', '.join(parts)}" if parts else "no reading of now and before"


def trilineage(occasion: Occasion) -> Stated:
    """Whether trilineage haematopoiesis is stated."""
    return _finding(occasion, _TRILINEAGE, negate=False)


def transfusion(setting: Setting, kinds: tuple[str, ...]) -> Stated:
    """Whether transfusions of these kinds are recorded, or independence of them is stated."""
    given = [s.id for s in setting.occasion.of(Support) if s.kind in kinds]
    if given:
        return Stated(True, tuple(given))
    return _finding(setting.occasion, _independence(kinds), negate=True)


def red_cell_transfusion(setting: Setting) -> Stated:
    """As `transfusion`, for a standard that asks for it only where it is stated.

    Transfusions of unknown date are not silence: they may have been given then.
    """
    stated = transfusion(setting, ("red cells",))
    undated = any(s.kind == "red cells" and not p.dated for p, s in setting.course.of(Support))
    return Stated(UNAVAILABLE) if stated.given is None and not undated else stated


_TRILINEAGE = re.compile(r"tri-?lineage (ha?ematopoiesis|recovery|regeneration|maturation)")


def _independence(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """Words for independence of all these kinds: of one named kind only where it is the one."""
    named = r"(red[- ]cell |rbc )?" if kinds == ("red cells",) else ""
    return re.compile(rf"^{named}transfusion[- ]independen")


def _finding(occasion: Occasion, term: re.Pattern[str], *, negate: bool) -> Stated:
    found = [
        f for f in occasion.of(Finding) if f.present is not None and term.search(f.term.lower())
    ]
    values = {bool(f.present) != negate for f in found}
    return Stated(values.pop(), tuple(f.id for f in found)) if len(values) == 1 else UNSTATED


def end_of_induction(setting: Setting) -> Stated:
    """Whether the assessment is stated to be that of the end of induction.

    It is none where the last therapy before it is not an induction; other words leave it open.
    """
    contexts = [(a.id, a.context.lower()) for a in setting.occasion.of(Assessment) if a.context]
    told = [fact for fact, text in contexts if "end of induction" in text and not denied(text)]
    if told:
        return Stated(True, tuple(told))
    last = setting.occasion.therapies[-1] if setting.occasion.therapies else None
    if last is None or setting.occasion.unordered:
        return UNSTATED
    intent = last.fact.intent if isinstance(last.fact, Treatment) else "transplant or infusion"
    return (
        UNSTATED if intent is None or "induction" in intent.lower() else Stated(False, (last.id,))
    )
