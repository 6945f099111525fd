"""What a source asserts, turned into verdict words; what is no verdict word stays a quotation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from residua.course.occasions import Occasion
from residua.course.relapse_words import denied, says_relapse
from residua.facts.assessment import Assessment
from residua.facts.finding import Event
from residua.facts.mrd import MrdReading

REMISSION = ("CR", "CRi", "CRh", "MLFS")
RELAPSE = ("haematological relapse", "MRD relapse", "molecular relapse")
_WORDS = (
    *REMISSION, "PR", "failure", "not CR", "refractory", *RELAPSE, "complete MRD response",
    "MRD-negative", "MRD failure", "MRD persistence", "MRD reappearance", "MRD other",
)  # fmt: skip
_SYNONYMS = {
    "complete remission": "CR",
    "complete response": "CR",
    "no cr": "not CR",
    "partial remission": "PR",
    "partial response": "PR",
    "mrd negative": "MRD-negative",
} | {word.lower(): word for word in _WORDS}


@dataclass(frozen=True)
class Report:
    """An assertion: the fact that holds it, its text, and its verdict word, if it is one.

    ``kind`` is what it is about; a denied relapse is a report of response.
    """

    fact: str
    text: str
    word: str | None
    kind: Literal["response", "relapse", "progression"] = "response"

    @property
    def quotation(self) -> str:
        """The assertion as it stands in the record."""
        return f"the source reports {self.text!r}"


def reports_of(occasion: Occasion) -> tuple[Report, ...]:
    """All assertions of response or relapse at an occasion."""
    found = [
        _report(a.id, a.response_reported)
        for a in occasion.of(Assessment)
        if a.response_reported is not None
    ]
    main = occasion.main.fact
    if isinstance(main, Event):
        found.append(_relapse_report(main))
    same_day = [e for e in occasion.of(Event) if e.id != main.id]
    turns = [e for e in same_day if e.kind in ("relapse reported", "progression")]
    return (*found, *(_relapse_report(e) for e in turns))


def mrd_reports(occasion: Occasion, reading: MrdReading | None) -> tuple[Report, ...]:
    """Assertions about MRD; a hospital's "negative" is one."""
    found = tuple(r for r in reports_of(occasion) if r.word and "MRD" in r.word)
    if reading is not None and reading.status == "negative":
        return (*found, Report(reading.id, "MRD-negative", "MRD-negative"))
    return found


def in_remission(report: Report) -> bool:
    """Whether the assertion says that the disease was in remission."""
    if report.word is not None:
        return report.word in (*REMISSION, "complete MRD response", "MRD-negative")
    text = report.text.lower()
    return "remission" in text and not (denied(text) or "partial" in text or "relaps" in text)


def of_relapse(report: Report) -> bool:
    """Whether the assertion says that the disease came back."""
    return report.kind == "relapse"


def of_haematological_relapse(report: Report) -> bool:
    """Whether the relapse asserted is haematological, or of a kind not stated."""
    return of_relapse(report) and report.word not in ("MRD relapse", "molecular relapse")


def of_progression(report: Report) -> bool:
    """Whether the assertion says that the disease grew."""
    return report.kind == "progression"


def _report(fact: str, text: str) -> Report:
    relapse = says_relapse(text)
    word = _SYNONYMS.get(text.strip().lower()) or (_relapse_word(text) if relapse else None)
    return Report(fact, text, word, "relapse" if relapse else "response")


def _relapse_report(event: Event) -> Report:
    text = "progression" if event.kind == "progression" else "relapse"
    if event.detail:
        text = event.detail if "relapse" in event.detail.lower() else f"{event.detail} {text}"
    relapse = event.kind == "relapse reported" or says_relapse(text)
    word = _relapse_word(text) if relapse else None
    return Report(event.id, text, word, "relapse" if relapse else "progression")


def _relapse_word(text: str) -> str | None:
    """The kind of relapse that a text names; None where it names none, or denies one."""
    lowered = text.lower()
    if denied(lowered):
        return None
    kinds = {"mrd": "MRD relapse", "molecular": "molecular relapse"}
    named = [word for part, word in kinds.items() if part in lowered]
    if re.search(r"ha?ematolog", lowered):
        named.append("haematological relapse")
    return named[0] if len(named) == 1 else None
