"""CRS and ICANS after an infusion of CAR-T cells, and what was given, in days since it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from residua.course.course import Course, Range
from residua.facts.support import Support
from residua.judgements.immune_effector import episodes as judged
from residua.judgements.immune_effector.belonging import belonging, car_t_infusions
from residua.judgements.immune_effector.scales import SCALES, Scale
from residua.judgements.immune_effector.signs import end_of, signs_of
from residua.judgements.judgement import Judgement

Kind = Literal["crs", "icans", "tocilizumab", "steroid", "vasopressor", "oxygen"]
SYNDROMES: dict[str, str] = {"crs": "CRS", "icans": "ICANS"}
GIVEN: tuple[Kind, ...] = ("tocilizumab", "steroid", "vasopressor", "oxygen")
_SCALES = tuple(scale for scale in SCALES if scale.book().standard.startswith("astct"))


@dataclass(frozen=True)
class Episode:
    """CRS, ICANS, or a treatment of them, after the infusion `infusion` (id).

    ``first`` and ``last`` are its first and last day since the infusion, each a range; ``last``
    is the last day on which it was seen where ``ended`` is False. ``id`` is that of the judgement
    or of the fact; ``sure`` is False where it may belong to another time.
    """

    id: str
    infusion: str
    kind: Kind
    first: Range
    last: Range
    words: str
    ended: bool = True
    sure: bool = True
    simulated: bool = False

    @property
    def syndrome(self) -> bool:
        """Whether it is CRS or ICANS, not a treatment."""
        return self.kind in SYNDROMES


def effector_episodes(
    course: Course, effector_judgements: Iterable[Judgement]
) -> tuple[Episode, ...]:
    """Episodes of CRS and ICANS, then treatments, infusion by infusion.

    The grade is that of the ASTCT of the family "immune effector" where it gives one, computed or
    as reported; else what the source reports on whatever scale, or that none is assessable. What
    is denied (grade 0), and what has no known day, is not drawn.
    """
    found = {judgement.id: judgement for judgement in effector_judgements}
    return tuple(
        episode
        for infusion in car_t_infusions(course)
        for episode in (
            *_syndromes(course, infusion.id, found),
            *_treatments(course, infusion.id),
        )
    )


def _syndromes(course: Course, infusion: str, found: dict[str, Judgement]) -> Iterator[Episode]:
    signs = signs_of(course, infusion)
    for scale in _SCALES:
        for one in judged.episodes_of(course, infusion, scale.syndrome, signs):
            name = scale.syndrome + (f"-{one.number}" if one.number > 1 else "")
            book = scale.book()
            judgement = found.get(f"{book.standard}/{book.version}/{infusion}/{name}")
            episode = _syndrome(course, infusion, scale, one, judgement)
            if episode is not None:
                yield episode


def _syndrome(
    course: Course, infusion: str, scale: Scale, one: judged.Episode, judgement: Judgement | None
) -> Episode | None:
    """The episode from its first report or sign to the end as reported, else of its signs."""
    there = [report for report in one.reports if report.present is not False]
    own = [s for s in one.signs if s.domain in scale.takes and s.positive]
    starts = [days for days in (*(r.days for r in there), *(s.days for s in own)) if _known(days)]
    words = _grade_words(there, judgement)
    if not starts or words is None:
        return None
    told = [r.end for r in there if _known(r.end)]
    ends = told or [s.end for s in own]
    ended = bool(ends) and all(_known(end) for end in ends)
    seen = ends if ended else [*starts, *ends]
    last = _latest([days for days in seen if days is not None and _known(days)])
    facts = (*(r.fact for r in there), *(s.fact for s in own))
    simulated = course.case.simulated or any(course.by_id[f].fact.simulated for f in facts)
    kind: Kind = "crs" if scale.syndrome == "crs" else "icans"
    return Episode(
        judgement.id if judgement else facts[0], infusion, kind, _earliest(starts), last,
        f"{SYNDROMES[kind]} {words}", ended=ended,
        sure=bool(there) or any(s.sure for s in own), simulated=simulated,
    )  # fmt: skip


def _grade_words(there: list[judged.Reported], judgement: Judgement | None) -> str | None:
    """``grade 2``, ``grade 2 (as reported)``; None for grade 0."""
    if judgement is not None and judgement.verdict is not None:
        reported = " (as reported)" if judgement.basis == "reported" else ""
        return None if judgement.verdict == "grade 0" else f"{judgement.verdict}{reported}"
    grades = {r.grade: r for r in there if r.grade is not None}
    if len(grades) == 1:
        grade, report = next(iter(grades.items()))
        if grade == 0:
            return None
        named = f" {report.standard}" if report.standard else ""
        return f"grade {grade} (as reported{named})"
    return "(grade not assessable)"


def _known(days: Range | None) -> bool:
    return days is not None and days.longest is not None


def _earliest(days: list[Range]) -> Range:
    low = min(d.shortest or 0 for d in days)
    return Range(max(low, 0), min(d.longest for d in days if d.longest is not None))


def _latest(days: list[Range]) -> Range:
    low = max(d.shortest or 0 for d in days)
    return Range(low, max(d.longest for d in days if d.longest is not None))


def _treatments(course: Course, infusion: str) -> Iterator[Episode]:
    for item, support in course.of(Support):
        kind = next((kind for kind in GIVEN if kind == support.kind), None)
        where = belonging(course, infusion, support) if kind else None
        if kind is None or where is None or where.belongs == "no":
            continue
        days, end = where.days, end_of(course, infusion, item)
        if days.longest is None:
            continue
        first = Range(max(days.shortest or 0, 0), days.longest)
        known = end is not None and end.longest is not None
        yield Episode(
            item.id, infusion, kind, first, end if known and end is not None else first, kind,
            ended=known, sure=where.belongs == "yes",
            simulated=course.case.simulated or support.simulated,
        )  # fmt: skip
