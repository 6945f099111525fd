"""MRD status of every result, under each standard that names one; modalities are kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from residua.course.occasions import Occasion
from residua.facts.mrd import MrdReading
from residua.judgements.antigen_masking import maskings
from residua.judgements.ino import since_ino
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_fall import fall_of
from residua.judgements.mrd_state import mrd_readings, reading_notes, state_of
from residua.judgements.mrd_stated import (
    NUCLEATED,
    among_nucleated,
    quantities_of,
    stated_of,
    with_rivals,
    wording_for,
)
from residua.judgements.readings import UNSTATED, Stated
from residua.judgements.reports import Report, mrd_reports, of_relapse
from residua.judgements.response import without_ino
from residua.judgements.setting import Setting
from residua.judgements.verdict import Evidence, judged
from residua.standards import eln_all, inovate, mrd_terms
from residua.standards.quantities import Wording
from residua.standards.ruling import Ruling

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
    for reading, suffix in by_method(setting):
        for name, term, rule in AXES:
            if name == inovate.BOOK and (absent := without_ino(setting, term + suffix)):
                yield absent
                continue
            yield _status(setting, reading, (name, term, rule), suffix)
        if reading is not None:
            yield from _change(setting, reading, suffix)


def by_method(setting: Setting) -> list[tuple[MrdReading | None, str]]:
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
    results = with_rivals(setting.course, reading) if reading else ()
    stated = stated_of(results)
    wording = wording_for(results)
    if name == inovate.BOOK and reading is not None:
        stated, wording = _for_inovate(results, stated, wording)
    ruling = rule(quantities_of(stated), wording)
    extra = REPORTED_NEGATIVE if name == mrd_terms.BOOK else {}
    reports = tuple(r for r in mrd_reports(setting.occasion, reading) if not of_relapse(r))
    notes = (*notes_of(setting, reading, name), *_fall(setting, reading, name))
    evidence = Evidence(stated, reports, notes, extra=extra)
    return judged(setting.occasion, ruling, evidence, term + suffix)


def _fall(setting: Setting, reading: MrdReading | None, book: str) -> tuple[str, ...]:
    """The fall since the reading before, told once: with the terms of MRD."""
    told = fall_of(setting, reading) if reading is not None and book == mrd_terms.BOOK else ""
    return (told,) if told else ()


def _for_inovate(
    results: tuple[MrdReading, ...], stated: Mapping[str, Stated], wording: Wording
) -> tuple[dict[str, Stated], Wording]:
    """The level among nucleated cells, as far as the denominators allow."""
    kinds = {r.denominator_kind for r in results} - {None, "nucleated"}
    if not kinds:
        return dict(stated), wording
    odd = next(r for r in results if r.denominator_kind in kinds)
    level = among_nucleated(odd, stated["mrd_level"]) if len(kinds) == 1 else UNSTATED
    words = {**wording.words, "mrd_level": NUCLEATED}
    return {**stated, "mrd_level": level}, Wording(words, wording.remarks)


def notes_of(setting: Setting, reading: MrdReading | None, book: str) -> tuple[str, ...]:
    """Remarks on a result: tissue, denominator, masked antigens."""
    notes = list(reading_notes(setting.course, reading)) if reading else []
    kind = reading.denominator_kind if reading else None
    if book == inovate.BOOK and kind != "nucleated":
        notes.append(f"denominator {kind or 'not stated'}; INO-VATE counts nucleated cells")
    if book == inovate.BOOK:
        notes += since_ino(setting.course, setting.occasion)
    return (*notes, *(str(m) for m in maskings(setting.course, setting.occasion)))


def earlier_result(setting: Setting, reading: MrdReading) -> tuple[Occasion, MrdReading] | None:
    """The last result before this occasion with its own, of the method or of none stated."""
    own = {r.id for r in mrd_readings(setting.course, setting.occasion)}
    for occasion in setting.earlier:
        for other in mrd_readings(setting.course, occasion):
            if _comparable(reading, other) and other.id not in own:
                return occasion, other
    return None


def _comparable(now: MrdReading, before: MrdReading) -> bool:
    """Whether both may be of one method and, where stated, of one target."""
    alike = before.method in (None, now.method) or now.method is None
    return alike and (before.target in (None, now.target) or now.target is None)


def stated_before(setting: Setting, reading: MrdReading) -> dict[str, Stated] | None:
    """The quantities of the result before, and whether treatment lies between; None without."""
    found = earlier_result(setting, reading)
    if found is None:
        return None
    occasion, earlier = found
    before = stated_of(with_rivals(setting.course, earlier), before=True)
    return before | {"treated_between": _treated_between(setting.occasion, occasion)}


def _treated_between(now: Occasion, earlier: Occasion) -> Stated:
    between = [p for p in now.therapies if p not in earlier.therapies]
    sure = [p for p in between if p not in earlier.unordered]
    if sure:
        return Stated(True, tuple(p.id for p in sure))
    return UNSTATED if between or now.unordered else Stated(False)


def _change(setting: Setting, reading: MrdReading, suffix: str) -> Iterator[Judgement]:
    """Persistence or reappearance, where there is an earlier result and now a positive one."""
    before = stated_before(setting, reading)
    if before is None or state_of(reading).detected is False:
        return
    results = with_rivals(setting.course, reading)
    stated = stated_of(results) | before
    ruling = mrd_terms.mrd_change(quantities_of(stated), wording_for(results))
    if ruling.possible == ("MRD other",):
        return
    reports = tuple(
        Report(r.fact, r.text, "MRD reappearance")
        for r in mrd_reports(setting.occasion, reading)
        if of_relapse(r) and before["earlier_mrd_detected"].given is False
    )
    evidence = Evidence(stated, reports, notes_of(setting, reading, mrd_terms.BOOK))
    yield judged(setting.occasion, ruling, evidence, f"mrd-change{suffix}")
