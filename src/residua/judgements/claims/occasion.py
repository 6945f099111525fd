"""The facts and verdicts of what a claim is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from residua.course.course import Course
from residua.course.occasions import Occasion, occasions
from residua.facts.fact import Fact
from residua.facts.finding import Claim
from residua.judgements.judgement import Judgement
from residua.standards.rulebook import load

F = TypeVar("F", bound=Fact)
Said = tuple[Judgement, ...]


def about(course: Course, claim: Claim, kind: type[F]) -> F | None:
    """The fact that the claim is about, where it is of that kind."""
    item = course.by_id.get(claim.about or "")
    return item.fact if item is not None and isinstance(item.fact, kind) else None


def occasion_of(course: Course, claim: Claim) -> Occasion | None:
    """The occasion that the claim is about, or that holds what it is about."""
    if claim.about is None:
        return None
    window = int(load("conventions")["count-window"].limit_number)
    listed = occasions(course, count_window_days=window)
    own = (o for o in listed if claim.about in (o.subject, o.main.id))
    holding = (o for o in listed if claim.about in {item.id for item in o.facts})
    return next(own, None) or next(holding, None)


def occasion_of_its_time(course: Course, fact_id: str) -> Occasion | None:
    """The last occasion whose date may be that of a fact, such as a last contact."""
    item = course.by_id[fact_id]
    window = int(load("conventions")["count-window"].limit_number)
    listed = occasions(course, count_window_days=window)
    together = [o for o in listed if o.main.dated and o.main.span.overlaps(item.span)]
    return together[-1] if item.dated and together else None


def said_of(said: Said, subjects: Iterable[str], *terms: str) -> Said:
    """What was judged of some subjects on some axes (the first word of a term)."""
    wanted = set(subjects)
    return tuple(j for j in said if j.subject in wanted and j.term.split("-")[0] in terms)


def subjects_of(claim: Claim, occasion: Occasion | None) -> tuple[str, ...]:
    """The ids under which what a claim is about was judged."""
    own = (claim.about,) if claim.about else ()
    return (*own, *((occasion.subject, occasion.main.id) if occasion else ()))
