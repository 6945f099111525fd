"""The signs of CRS and ICANS after an infusion: findings, vital signs and support, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from residua.course.course import Course, Range, duration
from residua.course.elapsed import Anchored, anchored, days_between
from residua.course.placing import Placed
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.laboratory import Vital
from residua.facts.quantity import Quantity
from residua.facts.support import Support
from residua.judgements.immune_effector.belonging import UNKNOWN_DAY, belonging
from residua.judgements.immune_effector.understood import (
    MEANINGS,
    Meaning,
    flow_word,
    oxygen_word,
    plain,
    score_word,
    word_of,
)
from residua.standards.rulebook import load

BENIGN = {"no", "none", "awake", "0", "1"}
"""Words of no sign; organ toxicity counts from grade 2 on. Scores have their own."""
_NOTHING = {"ice": "10", "capd": "0"}


@dataclass(frozen=True)
class Sign:
    """One statement: its domain, the word of the standards, the fact and its days.

    ``sure`` is False where the record leaves open whether it belongs to the infusion, or
    contradicts it; ``by_day`` where it belongs by Residua's window alone. ``end`` is None where
    the record does not say until when it lasted.
    """

    domain: str
    word: str
    fact: str
    shown: str
    days: Range
    end: Range | None
    sure: bool
    by_day: bool
    agent: str = ""

    @property
    def positive(self) -> bool:
        """Whether it says that something was wrong."""
        if self.domain in ("anticytokine", "sedated"):
            return False
        if self.domain in _NOTHING:
            return self.word != _NOTHING[self.domain]
        return self.word not in BENIGN


def signs_of(course: Course, infusion: str) -> tuple[Sign, ...]:
    """Every statement that belongs, or may belong, to the infusion, in the order of the course."""
    found: list[Sign] = []
    for item, fact in course.of(Finding, Vital, Support):
        for said in _said(fact):
            where = belonging(course, infusion, fact) if said.word else None
            if where is None or where.belongs == "no":
                continue
            sure = where.belongs == "yes" and not course.conflicts_of(item.id)
            end = end_of(course, infusion, item)
            found.append(
                replace(
                    said, fact=item.id, days=where.days, end=end, sure=sure, by_day=where.by_day
                )
            )
    return tuple(replace(s, sure=False) if _denied(course, s, found) else s for s in found)


def end_of(course: Course, infusion: str, item: Placed) -> Range | None:
    """Days from the infusion to the stated end; None where none is stated."""
    day = item.fact.end if isinstance(item.fact, (Finding, Support)) else None
    if day is None:
        return None
    start = anchored(course, infusion)
    if day.anchor in course.by_id:
        end = anchored(course, str(day.anchor))
        return days_between(course, start, Anchored(end.root, end.offset + day.offset))
    first = course.by_id[start.root]
    return duration(first.span.shifted(start.offset), day.span) if first.dated else UNKNOWN_DAY


def _said(fact: Fact) -> Iterator[Sign]:
    """What a fact says, its days and ties left open."""
    if isinstance(fact, Finding):
        meaning = MEANINGS.get(plain(fact.term))
        if meaning is not None:
            yield _bare(meaning.domain, _word(meaning, fact), fact.term)
    elif isinstance(fact, Support):
        yield from _support(fact)
    elif isinstance(fact, Vital) and fact.value is not None:
        yield from _vital(fact, fact.value)


def _word(meaning: Meaning, fact: Finding) -> str:
    """The word of a finding; of a toxicity that a scale counts by grade, its reported grade."""
    graded = meaning.values.get(f"grade {fact.grade_reported}")
    return graded or word_of(meaning, fact.present, fact.value)


def _bare(domain: str, word: str, shown: str, agent: str = "") -> Sign:
    return Sign(domain, word, "", shown, UNKNOWN_DAY, None, True, True, agent)


def _support(fact: Support) -> Iterator[Sign]:
    if fact.kind in ("tocilizumab", "steroid"):
        yield _bare("anticytokine", "yes", fact.kind)
    elif fact.kind == "oxygen":
        yield _bare("hypoxia", oxygen_word(fact.amount or "") or "yes", "oxygen")
    elif fact.kind == "vasopressor":
        yield _bare("vasopressor", "vasopressor", "vasopressor", _agent(fact.amount or ""))


def _agent(amount: str) -> str:
    """The first word of the amount where it is a name: ``noradrenaline 0.1 ug/kg/min``."""
    first = next(iter(plain(amount).split()), "")
    return _SAME.get(first, first) if first.isalpha() else ""


_SAME = {"norepinephrine": "noradrenaline", "epinephrine": "adrenaline"}


def _vital(fact: Vital, value: Quantity) -> Iterator[Sign]:
    if fact.item == "temperature" and not value.censored:
        fever = load("astct_signs")["fever"].holds(value)
        yield _bare("fever", "yes" if fever else "no", f"{value}")
    elif fact.item == "oxygen_flow" and not value.censored:
        yield _bare("hypoxia", flow_word(value), f"oxygen {value}")
    elif fact.item == "ice":
        word = score_word(value, "ice")
        yield _bare("ice", word, f"ICE {word}")


def _denied(course: Course, sign: Sign, found: list[Sign]) -> bool:
    """Whether another finding of the same certain day says the opposite."""
    day = sign.days
    if day.single is None or not _found(course, sign):
        return False
    return any(
        other.domain == sign.domain
        and other.days == day
        and other.positive != sign.positive
        and _found(course, other)
        for other in found
    )


def _found(course: Course, sign: Sign) -> bool:
    return isinstance(course.by_id[sign.fact].fact, Finding) and sign.end is None
