"""Where an occasion stands in the course: what came before, what follows, whether in remission."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course, duration
from residua.course.occasions import Occasion
from residua.facts.assessment import Assessment
from residua.facts.finding import Finding
from residua.facts.quantity import Quantity
from residua.facts.support import Support
from residua.judgements.readings import UNSTATED, Stated, is_marrow, marrow_blasts
from residua.judgements.reports import in_remission, of_relapse, reports_of
from residua.standards.rulebook import load
from residua.standards.truth import UNAVAILABLE


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
    recurrence; at most until the first reported relapse.
    """
    shown = UNSTATED
    for later in setting.later:
        length = duration(setting.occasion.main.span, later.main.span)
        if any(of_relapse(report) for report in reports_of(later)):
            if shown is UNSTATED and length.longest is not None:
                return Stated(_days(max(length.longest, 0), "<="), (later.main.id,))
            return shown
        if _without_disease(setting.course, later) and (length.shortest or 0) > 0:
            shown = Stated(_days(length.shortest or 0, ">="), (later.main.id,))
    return shown


def _without_disease(course: Course, occasion: Occasion) -> bool:
    blasts = marrow_blasts(course, occasion).given
    rule = load("conventions")["remission-marrow"]
    reported = any(in_remission(report) for report in reports_of(occasion))
    return reported or (isinstance(blasts, Quantity) and rule.holds(blasts))


def _days(days: int, comparator: str) -> Quantity:
    return Quantity.parse(f"{comparator}{days} d")


def blast_change(setting: Setting) -> tuple[Stated, str]:
    """Relative change of marrow blasts since before the last therapy, and why it is not known."""
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
    return _finding(occasion, "trilineage", negate=False)


def transfusion(occasion: Occasion, kinds: tuple[str, ...]) -> Stated:
    """Whether transfusions of these kinds are recorded, or independence of them is stated."""
    given = [s.id for s in occasion.of(Support) if s.kind in kinds]
    if given:
        return Stated(True, tuple(given))
    return _finding(occasion, "transfusion independen", negate=True)


def red_cell_transfusion(occasion: Occasion) -> Stated:
    """As `transfusion`, for a standard that asks for it only where it is stated."""
    stated = transfusion(occasion, ("red cells",))
    return Stated(UNAVAILABLE) if stated.given is None else stated


def _finding(occasion: Occasion, term: str, *, negate: bool) -> Stated:
    found = [f for f in occasion.of(Finding) if term in f.term.lower() and f.present is not None]
    values = {bool(f.present) != negate for f in found}
    return Stated(values.pop(), tuple(f.id for f in found)) if len(values) == 1 else UNSTATED


def end_of_induction(occasion: Occasion) -> Stated:
    """Whether the assessment is stated to be that of the end of induction."""
    contexts = [(a.id, a.context) for a in occasion.of(Assessment) if a.context]
    if not contexts:
        return UNSTATED
    ids = tuple(fact for fact, _ in contexts)
    return Stated(any("end of induction" in text.lower() for _, text in contexts), ids)
