"""Relapse: haematological, by MRD in children, and MRD or molecular relapse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from residua.course.occasions import Occasion
from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_cells import of_cells
from residua.judgements.mrd_state import (
    MOLECULAR,
    cell_readings,
    cell_state_of,
    mrd_readings,
    state_of,
)
from residua.judgements.mrd_stated import quantities_of, stated_of, with_rivals, wording_for
from residua.judgements.mrd_status import by_method, notes_of, stated_before
from residua.judgements.readings import (
    UNSTATED,
    Stated,
    blood_blasts,
    extramedullary,
    is_marrow,
    marrow_blasts,
)
from residua.judgements.reports import Report, of_haematological_relapse, of_relapse, reports_of
from residua.judgements.setting import Setting
from residua.judgements.verdict import Evidence, judged
from residua.standards import mrd_terms, nccn, nci, ponte_di_legno
from residua.standards.rulebook import Rulebook, load
from residua.standards.ruling import Ruling
from residua.standards.truth import holdings, settled

OUTSIDE = "relapse outside the marrow"
BY_BLASTS: dict[str, Callable[..., Ruling]] = {nci.BOOK: nci.relapse, nccn.BOOK: nccn.relapse}


def judge_relapse(setting: Setting) -> Iterator[Judgement]:
    """Relapse where one is reported, or where disease was looked for in remission."""
    reported = any(of_relapse(report) for report in reports_of(setting.occasion))
    asked = reported or (setting.remission and _looked_for(setting))
    if asked:
        yield from (_by_blasts(setting, name) for name in BY_BLASTS)
    by_mrd = _ponte_di_legno(setting)
    if asked or (setting.remission and _says_relapse(by_mrd)):
        yield by_mrd
    yield from _mrd_relapse(setting)


def _looked_for(setting: Setting) -> bool:
    found = setting.occasion.of(Assessment)
    return any(a.blasts or a.extramedullary == "present" for a in found)


def _says_relapse(judgement: Judgement) -> bool:
    return (judgement.verdict or "").startswith("haematological relapse")


def _by_blasts(setting: Setting, name: str) -> Judgement:
    stated = {
        "marrow_blasts": marrow_blasts(setting.course, setting.occasion),
        "blood_blasts": blood_blasts(setting.course, setting.occasion),
        "extramedullary": extramedullary(setting.course, setting.occasion),
    }
    ruling = BY_BLASTS[name](quantities_of(stated))
    reason = _open_parts(load(name), stated)
    evidence = Evidence(stated, _haematological(setting), _remission_notes(setting, ruling), reason)
    return judged(setting.occasion, ruling, evidence)


NO_REMISSION = "no remission is recorded before"


def _remission_notes(setting: Setting, ruling: Ruling) -> tuple[str, ...]:
    said = (ruling.verdict or "").startswith("haematological relapse")
    return (NO_REMISSION,) if said and not setting.remission else ()


def _haematological(setting: Setting) -> tuple[Report, ...]:
    """Assertions of relapse; one of an MRD relapse is none of a haematological one."""
    return tuple(r for r in reports_of(setting.occasion) if of_haematological_relapse(r))


def _open_parts(book: Rulebook, stated: Mapping[str, Stated]) -> str:
    marrow = stated["marrow_blasts"].given
    rules = tuple(r for r in book.rules_of("relapse") if r.quantity == "marrow_blasts")
    met = {bool(held) for held in holdings(rules, marrow)}
    parts = ["marrow criterion not met"] if met == {False} else []
    parts += ["blast fraction not stated"] if marrow is None else []
    parts += ["marrow readings in conflict"] if marrow is not None and len(met) > 1 else []
    words = {"extramedullary": "extramedullary", "blood_blasts": "blasts in blood"}
    parts += [f"{word} not stated" for q, word in words.items() if stated[q].given is None]
    return ", ".join(parts)


def _ponte_di_legno(setting: Setting) -> Judgement:
    """The highest MRD of the marrow, with its other readings as further tests."""
    readings = cell_readings(mrd_readings(setting.course, setting.occasion))
    highest = _highest(readings)
    own = _kind(highest) if highest else None
    others = tuple(i for kind, i in _tests(setting, setting.occasion).items() if kind != own)
    stated = {
        "mrd_level": _highest_level(setting, readings, highest),
        "other_tests": _at_least(others),
        "second_marrow_tests": _at_least(_second_marrow(setting)),
        "extramedullary": extramedullary(setting.course, setting.occasion),
    }
    ruling = ponte_di_legno.relapse(quantities_of(stated))
    if ruling.verdict == OUTSIDE:
        ruling = replace(ruling, verdict=None)
    evidence = Evidence(stated, (), _remission_notes(setting, ruling), _pdl_parts(stated))
    return judged(setting.occasion, ruling, evidence)


def _highest(readings: tuple[MrdReading, ...]) -> MrdReading | None:
    """The result with the highest known level."""
    known = [(level.number, r) for r in readings if (level := cell_state_of(r).level) is not None]
    return max(known, key=lambda item: item[0], default=(0.0, None))[1]


def _highest_level(
    setting: Setting, readings: tuple[MrdReading, ...], highest: MrdReading | None
) -> Stated:
    """Its level; only a lower bound where another result may be higher, several in conflict."""
    if highest is None:
        return UNSTATED
    level = stated_of(with_rivals(setting.course, highest))["mrd_level"]
    positives = [s for r in readings if (s := cell_state_of(r)).level is None and s.detected]
    if not positives or not isinstance(level.given, Quantity):
        return UNSTATED if positives else level
    exact = not level.given.censored
    return Stated(replace(level.given, comparator=">="), level.facts) if exact else UNSTATED


def _kind(fact: Assessment | MrdReading) -> str:
    """The test: the modality; every count under the microscope is one and the same."""
    if isinstance(fact, MrdReading):
        return fact.modality
    return "morphology" if fact.kind in (None, "differential") else str(fact.kind)


def _tests(setting: Setting, occasion: Occasion) -> dict[str, str]:
    """Test -> id of a marrow reading of an occasion that shows at least 1 % by it."""
    one = load(ponte_di_legno.BOOK)["mrd-at-least-1"]
    found: dict[str, str] = {}
    for a in occasion.of(Assessment):
        if a.blasts and is_marrow(a, setting.course.case) and settled(one, a.blasts):
            found.setdefault(_kind(a), a.id)
    for r in filter(of_cells, mrd_readings(setting.course, occasion)):
        level = stated_of(with_rivals(setting.course, r))["mrd_level"].given
        if settled(one, level):
            found.setdefault(_kind(r), r.id)
    return found


def _second_marrow(setting: Setting) -> tuple[str, ...]:
    """The tests of the next occasion, if no treatment lies between."""
    now = setting.occasion
    for later in setting.later:
        if later.therapies != now.therapies or later.unordered:
            return ()
        own = {p.id for p in now.facts}
        different = [t for t in _tests(setting, later).values() if t not in own]
        if different:
            return tuple(different)
    return ()


def _at_least(tests: tuple[str, ...]) -> Stated:
    """So many tests are recorded; more may have been done."""
    return Stated(Quantity(Decimal(len(tests)), "1", ">="), tests) if tests else UNSTATED


def _pdl_parts(stated: Mapping[str, Stated]) -> str:
    level = stated["mrd_level"].given
    rules = load(ponte_di_legno.BOOK).rules_of("relapse")
    met = holdings(tuple(r for r in rules if r.quantity == "mrd_level"), level)
    if level is None:
        return "no MRD value, no second test"
    if met == (frozenset(),):
        known = stated["extramedullary"].given is not None
        outside = "criteria of extramedullary relapse not encoded"
        return f"marrow criterion not met, {outside if known else 'extramedullary not stated'}"
    return "no second test"


def _mrd_relapse(setting: Setting) -> Iterator[Judgement]:
    """By each method that gave a result; by none where a source only asserts it."""
    reports = tuple(r for r in reports_of(setting.occasion) if r.word in _MRD_WORDS)
    readings = mrd_readings(setting.course, setting.occasion)
    if reports and not readings:
        yield _one_mrd_relapse(setting, None, reports, "")
    for reading, suffix in by_method(setting):
        if reading is None:
            continue
        before = stated_before(setting, reading)
        negative = before is not None and before["earlier_mrd_detected"].given is False
        fresh = negative and setting.remission and state_of(reading).detected is not False
        if reports or fresh:
            yield _one_mrd_relapse(setting, reading, reports, suffix)


def _one_mrd_relapse(
    setting: Setting, reading: MrdReading | None, reports: tuple[Report, ...], suffix: str
) -> Judgement:
    results = with_rivals(setting.course, reading) if reading else ()
    before = (stated_before(setting, reading) if reading else None) or {}
    blasts = {"marrow_blasts": marrow_blasts(setting.course, setting.occasion)}
    stated = stated_of(results) | before | blasts
    ruling = mrd_terms.relapse(quantities_of(stated), wording_for(results))
    notes = notes_of(setting, reading, mrd_terms.BOOK)
    if reading is not None:
        ruling = _named(ruling, reading)
        reports = tuple(replace(r, word=word_for(reading)) for r in reports)
    else:
        ruling = replace(ruling, possible=(*ruling.possible, *_MRD_WORDS))
    return judged(setting.occasion, ruling, Evidence(stated, reports, notes), f"relapse{suffix}")


_MRD_WORDS = ("MRD relapse", "molecular relapse")


def word_for(reading: MrdReading) -> str:
    """``MRD relapse`` is the word for flow, ``molecular relapse`` for PCR and sequencing."""
    return "molecular relapse" if reading.modality in MOLECULAR else "MRD relapse"


def _named(ruling: Ruling, reading: MrdReading) -> Ruling:
    """The ruling with the word that belongs to the method."""
    word = word_for(reading)

    def name(text: str) -> str:
        return word if text == "MRD relapse" else text

    return replace(
        ruling,
        verdict=name(ruling.verdict) if ruling.verdict else None,
        possible=tuple(name(p) for p in ruling.possible),
        missing_for={name(p): m for p, m in ruling.missing_for.items()},
    )
