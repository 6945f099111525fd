"""Response to treatment under every standard that defines one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from residua.course.course import Course
from residua.course.occasions import Occasion
from residua.course.targets import targeting
from residua.facts.assessment import Assessment
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_state import level_given, mrd_readings, state_of
from residua.judgements.readings import (
    Stated,
    blood_blasts,
    count,
    extramedullary,
    marrow_blasts,
)
from residua.judgements.reports import of_relapse, reports_of
from residua.judgements.setting import (
    Setting,
    blast_change,
    end_of_induction,
    red_cell_transfusion,
    remission_duration,
    transfusion,
    trilineage,
)
from residua.judgements.verdict import Evidence, does_not_apply, judged
from residua.standards import cibmtr, eln_all, inovate, nccn, nci
from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling
from residua.standards.truth import UNAVAILABLE

STANDARDS: dict[str, Callable[..., Ruling]] = {
    eln_all.BOOK: eln_all.response,
    nci.BOOK: nci.response,
    cibmtr.BOOK: cibmtr.response,
    nccn.BOOK: nccn.response,
    inovate.BOOK: inovate.response,
}
INO = "inotuzumab ozogamicin"
WITHOUT_INO = f"no {INO} before this in the line of therapy"


def judge_response(setting: Setting) -> Iterator[Judgement]:
    """Response at an assessment after treatment; none where a relapse is reported there."""
    if not _assesses_response(setting):
        return
    stated, why_no_change = _stated(setting)
    why = {"blast_change": why_no_change}
    words = _words(setting)
    reports = reports_of(setting.occasion)
    for name, rule in STANDARDS.items():
        book = load(name)
        if name == inovate.BOOK and not after_ino(setting.course, setting.occasion):
            yield does_not_apply(setting.occasion, book, "response", reason=WITHOUT_INO)
            continue
        given = {q: stated[q].given for q in book.quantities("response")}
        ruling = rule(**given, words=words, why=why)
        yield judged(setting.occasion, _with_remark(ruling), Evidence(stated, reports))


def _assesses_response(setting: Setting) -> bool:
    occasion = setting.occasion
    looked = isinstance(occasion.main.fact, Assessment) and bool(occasion.therapies)
    relapse = any(of_relapse(report) for report in reports_of(occasion))
    found = any(a.blasts or a.response_reported for a in occasion.of(Assessment))
    return looked and not relapse and (found or bool(mrd_readings(setting.course, occasion)))


def _stated(setting: Setting) -> tuple[dict[str, Stated], str]:
    course, occasion = setting.course, setting.occasion
    change, why_not = blast_change(setting)
    readings = mrd_readings(course, occasion)
    level = level_given(readings)
    if level == UNAVAILABLE and any("MRD" in (r.word or "") for r in reports_of(occasion)):
        level = None
    stated = {
        "marrow_blasts": marrow_blasts(course, occasion),
        "blood_blasts": blood_blasts(course, occasion),
        "extramedullary": extramedullary(occasion),
        "neutrophils": count(occasion, "neutrophils"),
        "platelets": count(occasion, "platelets"),
        "trilineage": trilineage(occasion),
        "red_cell_transfusion": red_cell_transfusion(occasion),
        "transfusion": transfusion(occasion, ("red cells", "platelets")),
        "remission_duration": remission_duration(setting),
        "blast_change": change,
        "end_of_induction": end_of_induction(occasion),
        "mrd_level": Stated(level, tuple(r.id for r in readings)),
    }
    return stated, why_not


def _words(setting: Setting) -> Mapping[str, str]:
    """A negative MRD without a level lacks its sensitivity."""
    states = [state_of(r) for r in mrd_readings(setting.course, setting.occasion)]
    negative = any(state.detected is False and state.level is None for state in states)
    return {**WORDS, "mrd_level": WORDS["mrd_lod"]} if negative else WORDS


def _with_remark(ruling: Ruling) -> Ruling:
    """Say also of a standard without PR or failure that these are not judged."""
    no_rule = not any(d.verdict in ("PR", "failure") for d in ruling.book.definitions)
    if ruling.verdict is None or ruling.partial or not no_rule:
        return ruling
    if not ruling.verdict.startswith("not CR"):
        return ruling
    remark = "PR or failure not assessable: this standard has no rule for them here"
    return replace(ruling, reason=f"{ruling.reason}; {remark}")


def after_ino(course: Course, occasion: Occasion) -> bool:
    """Whether inotuzumab ozogamicin was given before, in the line of therapy in force."""
    before = {placed.id for placed in occasion.therapies}
    given = [t.treatment for t in targeting(course) if t.therapy == INO and t.treatment in before]
    lines = [course.line_of(treatment) for treatment in given]
    return any(line is not None and line.number == occasion.line for line in lines)
