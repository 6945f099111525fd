"""The severity of SOS/VOD as a judgement, where the diagnosis is made or a source names one."""

from __future__ import annotations

from dataclasses import replace

from residua.judgements.judgement import Judgement
from residua.judgements.liver.setting import Setting
from residua.judgements.liver.severity import facts_of, graded
from residua.judgements.liver.verdict import Found
from residua.standards.criteria_book import NONE, CriteriaBook
from residua.standards.severity_ruling import NAMES, TERM

STANDARDS = ("ebmt-vod", "ebmt-vod-paediatric")
WORST = "by the worst values measured from the first sign on; what was not measured may be worse"


def severity_judgement(
    setting: Setting, book: CriteriaBook, found: Found, diagnosis: Judgement
) -> Judgement | None:
    """The severity; None where the standard has none or there is no diagnosis to grade."""
    made = diagnosis.verdict is not None and diagnosis.verdict != NONE
    if book.rulebook.standard not in STANDARDS or not made:
        return None
    grading = graded(setting.course, setting.episode, book, found)
    told = {
        one.severity: one
        for one in setting.reports
        if one.present and one.severity and one.speaks_of(book, setting.in_force)
    }
    said = replace(
        setting.base(book, TERM),
        reason=grading.reason,
        clause=grading.clause,
        cite=grading.cite,
        provenance=grading.provenance,
        facts=(setting.episode.id, *facts_of(setting.course, setting.episode, found)),
        missing=grading.missing,
        notes=(*grading.readings, WORST),
    )
    if grading.grade is not None:
        others = tuple(one.quotation for grade, one in told.items() if grade != grading.grade)
        return replace(
            said, outcome="verdict", basis="computed", verdict=_words(grading.grade),
            notes=(*others, *said.notes),
        )  # fmt: skip
    able = {grade: one for grade, one in told.items() if grade in grading.possible}
    if len(told) == 1 and able:
        ((grade, one),) = able.items()
        assert grade is not None  # only reports that name one are told
        return replace(
            said, outcome="verdict", basis="reported", verdict=_words(grade),
            reason=f"as reported; {grading.reason}", facts=(*said.facts, one.fact),
        )  # fmt: skip
    quoted = (one.quotation for one in told.values())
    return replace(said, reason="; ".join((grading.reason, *quoted)))


def _words(grade: int) -> str:
    return f"grade {grade}: {NAMES[grade]}"
