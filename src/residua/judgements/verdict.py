"""A ruling of a standard becomes a judgement: computed, as reported, or not assessable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from residua.course.occasions import Occasion
from residua.judgements.judgement import Judgement
from residua.judgements.readings import Stated
from residua.judgements.reports import Report
from residua.judgements.unjudged import unjudged
from residua.standards.rulebook import Rulebook
from residua.standards.ruling import Ruling


@dataclass(frozen=True)
class Evidence:
    """What a ruling rested on: stated quantities, assertions, and remarks for every outcome."""

    stated: Mapping[str, Stated]
    reports: tuple[Report, ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""
    """What to say instead of the plain list of missing inputs, where no verdict is computed."""
    extra: Mapping[str, str] = field(default_factory=dict)
    """Reported word -> possible word of the standard that it supports."""


def judged(occasion: Occasion, ruling: Ruling, evidence: Evidence, term: str = "") -> Judgement:
    """The judgement of a ruling at an occasion; `term` replaces the ruling's."""
    base = _base(occasion, ruling.book, term or ruling.term)
    facts = [f for q in ruling.used if q in evidence.stated for f in evidence.stated[q].facts]
    noted = [n for q in ruling.used if q in evidence.stated for n in evidence.stated[q].notes]
    said = replace(
        base,
        reason=ruling.reason,
        clause=ruling.clause,
        cite=ruling.cite,
        provenance=ruling.provenance,
        facts=tuple(dict.fromkeys(facts)),
        missing=ruling.missing,
        notes=_unique((*evidence.notes, *noted, *ruling.readings, *base.notes)),
    )
    if ruling.verdict is not None:
        return _computed(said, ruling, evidence)
    report = _supporting(ruling, evidence)
    if report is not None:
        return _reported(said, ruling, evidence, report)
    quotations = _unbacked(evidence.reports)
    reason = "; ".join((evidence.reason or ruling.reason, *quotations))
    words = [r.quotation for r in evidence.reports if r.word is not None]
    resting_on = _with(said.facts, evidence.reports)
    return replace(said, reason=reason, facts=resting_on, notes=_unique((*words, *said.notes)))


def not_assessable(
    occasion: Occasion, book: Rulebook, term: str, *, reason: str, missing: str
) -> Judgement:
    """The judgement of a standard of which not even the setting is known."""
    said = does_not_apply(occasion, book, term, reason=reason)
    return replace(said, outcome="not assessable", missing=(missing,))


def does_not_apply(occasion: Occasion, book: Rulebook, term: str, *, reason: str) -> Judgement:
    """The judgement of a standard whose setting is absent."""
    return replace(
        _base(occasion, book, term),
        outcome="does not apply",
        reason=reason,
        clause=f"setting of {book.name}",
        cite=book.cite,
        provenance="read",
    )


def _base(occasion: Occasion, book: Rulebook, term: str) -> Judgement:
    main = occasion.main
    said = unjudged(book, occasion.subject, term, day=main.fact.date, span=main.span)
    return replace(said, notes=(*_order_notes(occasion), *said.notes))


def _order_notes(occasion: Occasion) -> Iterator[str]:
    """What the order of the record leaves open, and where one day is judged twice."""
    if occasion.same_day:
        yield f"one occasion with {', '.join(occasion.same_day)}"
    if occasion.unordered:
        names = ", ".join(sorted(p.id for p in occasion.unordered))
        yield f"whether it was before or after {names} is not stated"


def _computed(said: Judgement, ruling: Ruling, evidence: Evidence) -> Judgement:
    """A computed verdict; assertions that it does not bear out stand beside it."""
    word = _word(ruling.verdict or "")
    against = [r.quotation for r in evidence.reports if r.word != word]
    return replace(
        said,
        outcome="verdict",
        verdict=ruling.verdict,
        basis="computed",
        notes=_unique((*against, *said.notes)),
    )


def _supporting(ruling: Ruling, evidence: Evidence) -> Report | None:
    """The one word that the source asserts, where the facts leave it possible."""
    able = [r for r in evidence.reports if r.word in (*ruling.possible, *evidence.extra)]
    return able[0] if len({r.word for r in able}) == 1 else None


def _reported(said: Judgement, ruling: Ruling, evidence: Evidence, report: Report) -> Judgement:
    word = report.word or ""
    missing = ruling.missing_for.get(evidence.extra.get(word, word), ruling.missing)
    others = [r.quotation for r in evidence.reports if r.word != word]
    lacking = f"{', '.join(missing)} not stated" if missing else "not computed"
    return replace(
        said,
        outcome="verdict",
        verdict=word,
        basis="reported",
        reason=f"as reported; {evidence.reason or lacking}",
        missing=missing,
        facts=_with(said.facts, [report]),
        notes=_unique((*others, *said.notes)),
    )


def _unbacked(reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(f"{r.text!r} is not a report of {_wanted(r)}" for r in reports if r.word is None)


def _wanted(report: Report) -> str:
    return "a kind of relapse" if "relapse" in report.text.lower() else "CR"


def _with(facts: tuple[str, ...], reports: Iterable[Report]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*facts, *(r.fact for r in reports))))


def _unique(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notes))


def _word(verdict: str) -> str:
    return verdict.split(":", 1)[0]
