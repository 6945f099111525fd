"""The diagnosis of one set of criteria in one episode as a judgement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from residua.facts.quantity import Quantity
from residua.judgements.judgement import Judgement
from residua.judgements.liver.details import care, details_of, signs_in_words, state_of_signs
from residua.judgements.liver.episode import WINDOW
from residua.judgements.liver.inputs import WORDS, Inputs
from residua.judgements.liver.reports import reported_word
from residua.judgements.liver.setting import Setting
from residua.judgements.liver.verdict import Found
from residua.judgements.unjudged import counted_under
from residua.standards.criteria_book import NONE, CriteriaBook
from residua.standards.criteria_ruling import DAY
from residua.standards.rulebook import Rule, load, weakest

TERM = "diagnosis"
AGE = "the age at the start (below 18 years the paediatric criteria apply)"
CAUSES = "whether other causes were excluded is not judged"
TOGETHER = (
    "signs of different days count together unless the record shows one gone (Residua's reading)"
)
UNNAMED = counted_under("the criteria in force at its date")


def silent(setting: Setting, book: CriteriaBook) -> Judgement:
    """That nothing of the liver is on record after a transplant or the drug."""
    asked = tuple(WORDS[q] for q in book.quantities if q != DAY)
    last = book.sets[-1]
    return replace(
        setting.base(book, TERM),
        reason=f"nothing of the liver is on record after {setting.episode.id}",
        clause=last.clause,
        cite=last.cite,
        provenance=last.provenance,
        facts=(setting.episode.id,),
        missing=(*asked, *((AGE,) if setting.child is None else ())),
        details=care(setting),
    )


def diagnosed(setting: Setting, inputs: Inputs, found: Found) -> Judgement:
    """The judgement of one standard: computed, as reported, or not assessable."""
    rules = tuple(_behind(inputs, found))
    window = (load(WINDOW)["by-day-56"],) if setting.episode.kind == "ino" else ()
    marks = found.criteria if found.met else found.marks
    said = setting.base(inputs.book, TERM)
    said = replace(
        said,
        clause="; ".join((found.ruling.clause, *(rule.clause for rule in window))),
        cite="; ".join((found.ruling.cite, *(rule.cite for rule in window))),
        provenance=weakest(
            (found.ruling.provenance, *(rule.provenance for rule in (*rules, *window)))
        ),
        reason=_reason(setting, inputs, found),
        facts=tuple(dict.fromkeys((setting.episode.id, *(mark.fact for mark in marks)))),
        missing=() if found.word == NONE else tuple(WORDS[q] for q in found.missing),
        details=details_of(setting, found),
        notes=(*_notes(setting, found, (*window, *rules)), *said.notes),
    )
    if found.word is not None:
        return _computed(setting, inputs.book, said, found)
    return _reported(setting, inputs.book, said, found)


def _reason(setting: Setting, inputs: Inputs, found: Found) -> str:
    if found.met:
        return signs_in_words(setting, found.criteria)
    return state_of_signs(setting, inputs) or "no sign is on record"


def _behind(inputs: Inputs, found: Found) -> Iterator[Rule]:
    """The criteria of the deciding sets of which the record states something."""
    named = {rule for one in found.ruling.deciding for rule in one.rules}
    for rule in inputs.book.criteria:
        if rule.id in named and inputs.seen.get(rule.quantity):
            yield rule


def _notes(setting: Setting, found: Found, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield from found.ruling.readings
    yield from dict.fromkeys(rule.reading for rule in rules if rule.reading)
    if setting.child is None:
        yield f"not stated: {AGE}"


def _computed(setting: Setting, book: CriteriaBook, said: Judgement, found: Found) -> Judgement:
    none = found.word == NONE
    notes = [one.quotation for one in setting.reports if one.present == none]
    notes += said.notes
    if not none:
        notes.append(CAUSES)
    if len({mark.where.lo for mark in found.criteria}) > 1:
        notes.append(TOGETHER)
    if not none and said.missing:
        above = [word for word in found.possible if word != found.word]
        notes.append(f"{' or '.join(above)} not excluded: {', '.join(said.missing)} not stated")
    return replace(
        said,
        outcome="verdict",
        basis="computed",
        verdict=_verdict(setting, book, found),
        notes=tuple(dict.fromkeys(notes)),
    )


def _reported(setting: Setting, book: CriteriaBook, said: Judgement, found: Found) -> Judgement:
    word, behind = reported_word(setting.reports, book, found.possible, setting.in_force)
    others = [one.quotation for one in setting.reports if word is None or one not in behind]
    if word is None:
        return replace(said, reason="; ".join((said.reason, *others)))
    unnamed = word != NONE and not all(one.standard for one in behind)
    notes = (*others, *said.notes, *((UNNAMED,) if unnamed else ()))
    return replace(
        said,
        outcome="verdict",
        basis="reported",
        verdict=word,
        facts=tuple(dict.fromkeys((*said.facts, *(one.fact for one in behind)))),
        reason=f"as reported; {said.reason}",
        notes=tuple(dict.fromkeys(notes)),
    )


def _verdict(setting: Setting, book: CriteriaBook, found: Found) -> str:
    """The word, with what the standard calls the onset, or its day."""
    word = found.word or NONE
    if word == NONE or found.onset is None:
        return word
    labels = [rule for rule in book.rulebook.rules if rule.term == "onset"]
    day = Quantity(Decimal(found.onset), "d")
    if setting.episode.kind == "transplant":
        for rule in labels:
            if rule.holds(day):
                late = f", {setting.day_words(found.onset)}" if rule.comparison == "above" else ""
                return f"{word}: {rule.verdict}{late}"
    return f"{word}: {setting.day_words(found.onset)}"
