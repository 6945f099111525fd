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
from residua.judgements.mrd_state import MOLECULAR, mrd_readings, state_of
from residua.judgements.mrd_status import notes_of, stated_before, stated_of, words_for
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
from residua.standards.quantities import WORDS
from residua.standards.rulebook import Rulebook, load
from residua.standards.ruling import Ruling
from residua.standards.truth import holdings

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
        "extramedullary": extramedullary(setting.occasion),
    }
    ruling = BY_BLASTS[name](**{q: s.given for q, s in stated.items()})
    evidence = Evidence(stated, _haematological(setting), reason=_open_parts(load(name), stated))
    return judged(setting.occasion, ruling, evidence)


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
    readings = mrd_readings(setting.course, setting.occasion)
    highest = _highest(readings)
    others = tuple(t for t in _tests(setting, setting.occasion) if not highest or t != highest.id)
    stated = {
        "mrd_level": Stated(state_of(highest).level, (highest.id,)) if highest else UNSTATED,
        "other_tests": _at_least(others),
        "second_marrow_tests": _at_least(_second_marrow(setting)),
        "extramedullary": extramedullary(setting.occasion),
    }
    given = {q: s.given for q, s in stated.items()}
    ruling = ponte_di_legno.relapse(**given, words=WORDS, why=None)
    if ruling.verdict == OUTSIDE:
        ruling = replace(ruling, verdict=None)
    return judged(setting.occasion, ruling, Evidence(stated, (), reason=_pdl_parts(stated)))


def _highest(readings: tuple[MrdReading, ...]) -> MrdReading | None:
    """The result with the highest known level."""
    known = [(level.number, r) for r in readings if (level := state_of(r).level) is not None]
    return max(known, key=lambda item: item[0], default=(0.0, None))[1]


def _tests(setting: Setting, occasion: Occasion) -> tuple[str, ...]:
    """Ids of the marrow readings of an occasion that show at least 1 %."""
    one = load(ponte_di_legno.BOOK)["mrd-at-least-1"]
    blasts = [
        a.id
        for a in occasion.of(Assessment)
        if a.blasts
        and not a.blasts.censored
        and is_marrow(a, setting.course.case)
        and one.holds(a.blasts)
    ]
    levels = [(r.id, state_of(r).level) for r in mrd_readings(setting.course, occasion)]
    return (*blasts, *(i for i, v in levels if v and not v.censored and one.holds(v)))


def _second_marrow(setting: Setting) -> tuple[str, ...]:
    """The tests of the next occasion, if no treatment lies between."""
    now = setting.occasion
    for later in setting.later:
        if later.therapies != now.therapies:
            return ()
        different = [t for t in _tests(setting, later) if t not in {p.id for p in now.facts}]
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
    reports = tuple(r for r in reports_of(setting.occasion) if r.word in _MRD_WORDS)
    for reading in mrd_readings(setting.course, setting.occasion):
        state, before = state_of(reading), stated_before(setting, reading)
        negative = before is not None and before["earlier_mrd_detected"].given is False
        if state.detected is False or not (reports or (negative and setting.remission)):
            continue
        blasts = {"marrow_blasts": marrow_blasts(setting.course, setting.occasion)}
        stated = stated_of(state, reading) | (before or {}) | blasts
        quantities = load(mrd_terms.BOOK).quantities("relapse")
        given = {q: stated.get(q, UNSTATED).given for q in quantities}
        ruling = _named(mrd_terms.relapse(**given, words=words_for(state), why=None), reading)
        same = tuple(Report(r.fact, r.text, word_for(reading)) for r in reports)
        notes = notes_of(setting, reading, mrd_terms.BOOK)
        yield judged(setting.occasion, ruling, Evidence(stated, same, notes))
        return


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
