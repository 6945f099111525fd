"""MRD status of every result, under each standard that names one; modalities are kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from residua.course.occasions import Occasion
from residua.facts.mrd import MrdReading
from residua.judgements.antigen_masking import maskings
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_state import (
    UNKNOWN_STATE,
    MrdState,
    mrd_readings,
    reading_notes,
    state_of,
)
from residua.judgements.readings import Stated
from residua.judgements.reports import Report, mrd_reports, of_relapse
from residua.judgements.response import WITHOUT_INO, after_ino
from residua.judgements.setting import Setting
from residua.judgements.verdict import Evidence, does_not_apply, judged
from residua.standards import eln_all, inovate, mrd_terms
from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling
from residua.standards.truth import Given

AXES: tuple[tuple[str, str, Callable[..., Ruling]], ...] = (
    (eln_all.BOOK, "mrd-variant-1", eln_all.mrd_variant_1),
    (eln_all.BOOK, "mrd-variant-2", eln_all.mrd_variant_2),
    (inovate.BOOK, "mrd", inovate.mrd),
    (mrd_terms.BOOK, "mrd", mrd_terms.mrd),
)
REPORTED_NEGATIVE = {"MRD-negative": "complete MRD response"}


def judge_mrd(setting: Setting) -> Iterator[Judgement]:
    """MRD status at an occasion after treatment, of each method that gave a result."""
    occasion = setting.occasion
    if not occasion.therapies:
        return
    for reading, suffix in _by_method(setting):
        for name, term, rule in AXES:
            if name == inovate.BOOK and not after_ino(setting.course, occasion):
                yield does_not_apply(occasion, load(name), term + suffix, reason=WITHOUT_INO)
                continue
            yield _status(setting, reading, (name, term, rule), suffix)
        if reading is not None:
            yield from _change(setting, reading, suffix)


def _by_method(setting: Setting) -> list[tuple[MrdReading | None, str]]:
    """Each result with the ending of its terms; none but an assertion is a result of None."""
    readings = mrd_readings(setting.course, setting.occasion)
    if not readings:
        said = [r for r in mrd_reports(setting.occasion, None) if not of_relapse(r)]
        return [(None, "")] if said else []
    if len(readings) == 1:
        return [(readings[0], "")]
    names: list[tuple[MrdReading | None, str]] = []
    for reading in readings:
        kind = "-".join(reading.modality.split())
        earlier = sum(1 for _, n in names if n == f"-{kind}" or n.startswith(f"-{kind}-no-"))
        names.append((reading, f"-{kind}-no-{earlier + 1}" if earlier else f"-{kind}"))
    return names


def _status(
    setting: Setting,
    reading: MrdReading | None,
    axis: tuple[str, str, Callable[..., Ruling]],
    suffix: str,
) -> Judgement:
    name, term, rule = axis
    state = state_of(reading) if reading else UNKNOWN_STATE
    stated = stated_of(state, reading)
    given = {q: stated[q].given for q in load(name).quantities(term)}
    ruling = rule(**given, words=words_for(state), why=None)
    extra = REPORTED_NEGATIVE if name == mrd_terms.BOOK else {}
    reports = tuple(r for r in mrd_reports(setting.occasion, reading) if not of_relapse(r))
    evidence = Evidence(stated, reports, notes_of(setting, reading, name), extra=extra)
    return judged(setting.occasion, ruling, evidence, term + suffix)


def stated_of(state: MrdState, reading: MrdReading | None) -> dict[str, Stated]:
    """The quantities of one result."""
    facts = (reading.id,) if reading else ()
    values: dict[str, Given] = {
        "mrd_detected": state.detected,
        "mrd_level": state.level,
        "mrd_quantifiable": state.quantifiable,
        "mrd_lod": state.lod,
    }
    return {
        name: Stated(value, facts if value is not None else ()) for name, value in values.items()
    }


def words_for(state: MrdState) -> Mapping[str, str]:
    """What is missing where the level is: a negative without level lacks its sensitivity."""
    if state.detected is False:
        return {**WORDS, "mrd_level": WORDS["mrd_lod"]}
    if state.level is None:
        return {**WORDS, "mrd_quantifiable": WORDS["mrd_level"]}
    return WORDS


def notes_of(setting: Setting, reading: MrdReading | None, book: str) -> tuple[str, ...]:
    """Remarks on a result: tissue, denominator, masked antigens."""
    notes = list(reading_notes(setting.course, reading)) if reading else []
    kind = reading.denominator_kind if reading else None
    if book == inovate.BOOK and kind != "nucleated":
        notes.append(f"denominator {kind or 'not stated'}; INO-VATE counts nucleated cells")
    return (*notes, *(str(m) for m in maskings(setting.course, setting.occasion)))


def earlier_result(setting: Setting, reading: MrdReading) -> tuple[Occasion, MrdReading] | None:
    """The last result before this occasion with its own, of the method or of none stated."""
    own = {r.id for r in mrd_readings(setting.course, setting.occasion)}
    for occasion in setting.earlier:
        for other in mrd_readings(setting.course, occasion):
            alike = other.method in (None, reading.method) or reading.method is None
            if alike and other.id not in own:
                return occasion, other
    return None


def stated_before(setting: Setting, reading: MrdReading) -> dict[str, Stated] | None:
    """The quantities of the result before, and whether treatment lies between; None without."""
    found = earlier_result(setting, reading)
    if found is None:
        return None
    occasion, earlier = found
    before = state_of(earlier)
    between = [p for p in setting.occasion.therapies if p not in occasion.therapies]
    facts = (earlier.id,)
    return {
        "earlier_mrd_detected": Stated(before.detected, facts),
        "earlier_mrd_level": Stated(before.level, facts if before.level else ()),
        "earlier_mrd_lod": Stated(before.lod, facts if before.lod else ()),
        "treated_between": Stated(bool(between), tuple(p.id for p in between)),
    }


def _change(setting: Setting, reading: MrdReading, suffix: str) -> Iterator[Judgement]:
    """Persistence or reappearance, where there is an earlier result and now a positive one."""
    state, before = state_of(reading), stated_before(setting, reading)
    if before is None or state.detected is False:
        return
    stated = stated_of(state, reading) | before
    given = {q: stated[q].given for q in load(mrd_terms.BOOK).quantities("mrd-change")}
    ruling = mrd_terms.mrd_change(**given, words=words_for(state), why=None)
    if ruling.possible == ("MRD other",):
        return
    reports = tuple(
        Report(r.fact, r.text, "MRD reappearance")
        for r in mrd_reports(setting.occasion, reading)
        if of_relapse(r) and before["earlier_mrd_detected"].given is False
    )
    evidence = Evidence(stated, reports, notes_of(setting, reading, mrd_terms.BOOK))
    yield judged(setting.occasion, ruling, evidence, f"mrd-change{suffix}")
