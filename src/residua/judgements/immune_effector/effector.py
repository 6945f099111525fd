"""CRS and ICANS of each CAR-T infusion under every scale, episode by episode."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from residua.course.age import ages_at
from residua.course.course import Course
from residua.course.placing import Placed, own_day
from residua.facts.finding import Finding
from residua.facts.laboratory import Vital
from residua.judgements.immune_effector.belonging import belonging, car_t_infusions
from residua.judgements.immune_effector.episode_details import details
from residua.judgements.immune_effector.episodes import Episode, episodes_of
from residua.judgements.immune_effector.pressors import ONE_ROW
from residua.judgements.immune_effector.reported_grade import Told, told
from residua.judgements.immune_effector.scales import SCALES, Graded, Scale, grade_episode
from residua.judgements.immune_effector.signs import signs_of
from residua.judgements.immune_effector.understood import EXCLUDED, plain
from residua.judgements.judgement import Judgement
from residua.judgements.unjudged import unjudged
from residua.standards import astct_icans
from residua.standards.grade_book import Term
from residua.standards.rulebook import load, weakest

AGE = "age at the infusion not stated: graded by ICE or CAPD as given"
NO_LIMIT = "no source read gives a limit for {}: the values of the record are not read as signs"
_UNREAD = {"systolic": "systolic pressure", "spo2": "oxygen saturation"}
ABSENT = "{} recorded as absent, taken for the whole episode (Residua's choice)"
FLOW = "a flow without its device is read as of a nasal cannula (Residua's choice)"


def judge_effector(course: Course) -> tuple[Judgement, ...]:
    """One judgement for each CAR-T infusion, scale and episode, in the order of the course."""
    return tuple(
        judgement for item in car_t_infusions(course) for judgement in _of_infusion(course, item)
    )


def _of_infusion(course: Course, item: Placed) -> Iterator[Judgement]:
    signs = signs_of(course, item.id)
    for scale in SCALES:
        for episode in episodes_of(course, item.id, scale.syndrome, signs):
            yield _judged(course, item, scale, episode)


def _judged(course: Course, item: Placed, scale: Scale, episode: Episode) -> Judgement:
    book = scale.book()
    term, episode, aged = _by_age(course, item, scale, episode)
    graded = grade_episode(scale, term, episode.signs)
    reports = told(book, item, episode.reports)
    notes = (*reports.notes, *aged, *_notes(course, item, scale, episode, graded))
    name = scale.syndrome + (f"-{episode.number}" if episode.number > 1 else "")
    said = replace(
        unjudged(book, item.id, name, day=own_day(item.fact), span=item.span),
        reason=_reason(graded), clause=_clause(scale, term, graded), cite=graded.deciding.cite,
        provenance=graded.deciding.provenance,
        facts=_facts(item, graded, reports), missing=graded.missing,
        notes=tuple(dict.fromkeys(notes)),
        details=details(episode, graded, reports.grades, frozenset(scale.takes)),
    )  # fmt: skip
    return _verdict(said, scale, term, graded, reports)


def _by_age(
    course: Course, item: Placed, scale: Scale, episode: Episode
) -> tuple[str, Episode, tuple[str, ...]]:
    """The term of ICANS by the age at the infusion, without the score that it does not take."""
    if scale.syndrome != "icans":
        return "", episode, ()
    domains = {sign.domain for sign in episode.signs}
    young = _young(course, item)
    by_capd = "capd" in domains and "ice" not in domains if young is None else young
    other = "ice" if by_capd else "capd"
    kept = tuple(sign for sign in episode.signs if sign.domain != other)
    notes = [AGE] if young is None else []
    if len(kept) < len(episode.signs):
        notes.append(f"{other.upper()} is not the score of that age and is left out")
    term = astct_icans.CAPD if by_capd else astct_icans.ICE
    return term, replace(episode, signs=kept), tuple(notes)


def _young(course: Course, item: Placed) -> bool | None:
    """Whether the CAPD counts: below the age, or with developmental delay; None if not known."""
    rule = load("astct_signs")["capd-age"]
    findings = (finding for _, finding in course.of(Finding))
    if any(plain(f.term) == "developmental delay" and f.present for f in findings):
        return True
    ages = {rule.holds(age) for age in ages_at(course, item)}
    patient = course.case.patient
    at_first = patient.age_at_diagnosis if patient else None
    if not ages and at_first is not None and not rule.holds(at_first):
        return False  # the infusion came after the diagnosis
    return ages.pop() if len(ages) == 1 else None


def _term_of(scale: Scale, term: str) -> Term:
    terms = scale.book().terms
    return next(t for t in terms if t.id == (term or terms[0].id))


def _reason(graded: Graded) -> str:
    """The signs that decide, and what is not stated where several grades are possible."""
    if graded.grade is not None or not graded.missing or not graded.deciding.missing:
        return graded.deciding.reason
    stated = ", ".join(dict.fromkeys(f"{s.domain} {s.word}" for s in graded.used))
    grades = ", ".join(map(str, graded.possible[:-1])) + f" or {graded.possible[-1]}"
    lacking = ", ".join(graded.missing)
    return f"{f'{stated}; ' if stated else ''}not stated: {lacking}; grade {grades} possible"


def _clause(scale: Scale, term: str, graded: Graded) -> str:
    """The cells that decide; where many grades are open, only which standard's they are."""
    if len(graded.possible) <= 2:
        return graded.deciding.clause
    grades = f"grades {graded.possible[0]} to {graded.possible[-1]}"
    return f"{scale.book().name}, {_term_of(scale, term).name}: {grades}"


def _verdict(said: Judgement, scale: Scale, term: str, graded: Graded, reports: Told) -> Judgement:
    """Computed where one grade is possible; as reported where one report fits; else open."""
    if graded.grade is not None:
        window = "choice" if any(s.by_day for s in graded.used) else "read"
        return replace(
            said, outcome="verdict", basis="computed", verdict=f"grade {graded.grade}",
            missing=(), provenance=weakest((said.provenance, window)),
        )  # fmt: skip
    grades = reports.grades
    if len(grades) == 1 and _fits(grades[0], graded):
        return _as_reported(said, scale, term, grades[0])
    reason = said.reason
    if len(grades) > 1:
        words = " and ".join(f"grade {grade}" for grade in sorted(grades))
        reason = f"reports differ: {words}; {reason}"
    elif grades:
        reason = f"grade {grades[0]} as reported does not fit what is recorded; {reason}"
    return replace(said, reason=reason)


def _fits(grade: int, graded: Graded) -> bool:
    """Whether the record leaves a reported grade possible; a denial fits where nothing was there.

    (CAPD below 9 of a child who is awake is grade 1 as printed, so that 0 is never computed.)
    """
    return grade in graded.possible or (grade == 0 and not any(s.positive for s in graded.used))


def _as_reported(said: Judgement, scale: Scale, term: str, grade: int) -> Judgement:
    found = _term_of(scale, term)
    cells = [cell for cell in found.cells if cell.grade == grade]
    clause = "; ".join(cell.clause for cell in cells) or f"{found.name}: no cell is met"
    return replace(
        said, outcome="verdict", basis="reported", verdict=f"grade {grade}",
        reason=f"as reported; {said.reason}", clause=clause,
        cite="; ".join(dict.fromkeys(c.cite for c in cells)) or said.cite,
        provenance=weakest(cell.provenance for cell in cells or found.cells),
    )  # fmt: skip


def _facts(item: Placed, graded: Graded, reports: Told) -> tuple[str, ...]:
    used = (*(sign.fact for sign in graded.used), *(r.fact for r in reports.counting))
    return tuple(dict.fromkeys((item.id, *used)))


def _notes(
    course: Course, item: Placed, scale: Scale, episode: Episode, graded: Graded
) -> Iterator[str]:
    """What a reader has to know beside the grade."""
    yield from graded.deciding.flags
    yield from graded.deciding.readings if graded.grade is not None else ()
    for sign in graded.used:
        if not sign.positive and sign.domain not in ("anticytokine", "sedated"):
            yield ABSENT.format(sign.shown)
        if isinstance(course.by_id[sign.fact].fact, Vital) and sign.shown.startswith("oxygen"):
            yield FLOW
    for sign in episode.signs:
        if sign.domain in scale.takes and not sign.sure:
            yield f"{sign.fact}: whether it belongs to this episode is not settled by the record"
        if sign.domain == "vasopressor" and sign.agent == "" and "hypotension" in scale.takes:
            yield ONE_ROW
    yield from _unread(course, item, scale)


def _unread(course: Course, item: Placed, scale: Scale) -> Iterator[str]:
    if scale.syndrome == "crs":
        vitals = [vital for _, vital in course.of(Vital)]
        for name, words in _UNREAD.items():
            own = (vital for vital in vitals if vital.item == name)
            if any(belonging(course, item.id, vital).belongs != "no" for vital in own):
                yield NO_LIMIT.format(words)
    else:
        for _, finding in course.of(Finding):
            left_out = plain(finding.term) in EXCLUDED and finding.present is not False
            if left_out and belonging(course, item.id, finding).belongs != "no":
                yield f"{finding.term} is excluded from ICANS"
