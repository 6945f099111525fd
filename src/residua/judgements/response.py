"""Response to treatment under every standard that defines one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.judgements.ino import INO_UNKNOWN, WITHOUT_INO, after_ino, since_ino
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_cells import AMONG_CELLS, NOT_OF_CELLS, of_cells
from residua.judgements.mrd_state import (
    cell_readings,
    level_given,
    mrd_readings,
    remark_on_level,
    state_of,
)
from residua.judgements.mrd_stated import quantities_of, wording_for
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
from residua.judgements.verdict import Evidence, does_not_apply, judged, not_assessable
from residua.standards import cibmtr, eln_all, inovate, nccn, nci
from residua.standards.quantities import WORDS, Wording
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


def judge_response(setting: Setting) -> Iterator[Judgement]:
    """Response at an assessment after treatment; none where a relapse is reported there."""
    if not _assesses_response(setting):
        return
    stated, why_no_change = _stated(setting)
    given = quantities_of(stated)
    wording = _wording(setting, why_no_change)
    reports = reports_of(setting.occasion)
    for name, rule in STANDARDS.items():
        if name == inovate.BOOK and (absent := without_ino(setting, "response")):
            yield absent
            continue
        notes = since_ino(setting.course, setting.occasion) if name == inovate.BOOK else ()
        ruling = _with_remark(rule(given, wording))
        yield judged(setting.occasion, ruling, Evidence(stated, reports, notes))


def without_ino(setting: Setting, term: str) -> Judgement | None:
    """What INO-VATE says where the drug was not given before, or may have been; else None."""
    occasion, book = setting.occasion, load(inovate.BOOK)
    given = after_ino(setting.course, occasion)
    if given is None:
        reason = f"{INO_UNKNOWN} is not stated"
        return not_assessable(occasion, book, term, reason=reason, missing=INO_UNKNOWN)
    return None if given else does_not_apply(occasion, book, term, reason=WITHOUT_INO)


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
        "extramedullary": extramedullary(course, occasion),
        "neutrophils": count(course, occasion, "neutrophils"),
        "platelets": count(course, occasion, "platelets"),
        "trilineage": trilineage(occasion),
        "red_cell_transfusion": red_cell_transfusion(setting),
        "transfusion": transfusion(setting, ("red cells", "platelets")),
        "remission_duration": remission_duration(setting),
        "blast_change": change,
        "end_of_induction": end_of_induction(setting),
        "mrd_level": Stated(level, tuple(r.id for r in cell_readings(readings)), _aside(readings)),
    }
    return stated, why_not


def _aside(readings: tuple[MrdReading, ...]) -> tuple[str, ...]:
    """Which results take no part in the level, and why."""
    used = cell_readings(readings)
    return tuple(
        f"{r.id} is not compared with limits of cells: {NOT_OF_CELLS[r.denominator_kind or '']}"
        for r in readings
        if r not in used and not of_cells(r)
    )


def _wording(setting: Setting, why_no_change: str) -> Wording:
    """A negative MRD without a level lacks its sensitivity, one below the LLOQ its number."""
    readings = mrd_readings(setting.course, setting.occasion)
    told = cell_readings(readings)
    open_ones = [r for r in told if state_of(r).level is None]
    words = wording_for(open_ones).words if open_ones else WORDS
    if any(not of_cells(r) for r in told):
        words = {**words, "mrd_level": AMONG_CELLS}
    remark = remark_on_level(readings[0]) if len(readings) == 1 else ""
    return Wording(words, {"blast_change": why_no_change, "mrd_level": remark})


def _with_remark(ruling: Ruling) -> Ruling:
    """Say also of a standard without PR or failure that these are not judged."""
    no_rule = not any(d.verdict in ("PR", "failure") for d in ruling.book.definitions)
    if ruling.verdict is None or ruling.partial or not no_rule:
        return ruling
    if not ruling.verdict.startswith("not CR"):
        return ruling
    remark = "PR or failure not assessable: this standard has no rule for them here"
    return replace(ruling, reason=f"{ruling.reason}; {remark}")
