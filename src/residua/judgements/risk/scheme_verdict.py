"""A ruling of a scheme of risk as a judgement, with what every rule came to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from residua.course.placing import Placed
from residua.facts.day import Span
from residua.facts.quantity import Quantity
from residua.judgements.judgement import Judgement
from residua.judgements.readings import Stated
from residua.judgements.unjudged import unjudged
from residua.standards.quantities import NONE
from residua.standards.reasons import in_words
from residua.standards.rulebook import Rule, Rulebook
from residua.standards.ruling import Ruling
from residua.standards.truth import UNAVAILABLE, Given, settled

BASELINE, DYNAMIC = "risk-baseline", "risk-dynamic"
TRUTH = {True: "true", False: "false", None: "unknown"}


@dataclass(frozen=True)
class Inputs:
    """What is known of each quantity; ``reported`` fills what only a source's word tells."""

    stated: Mapping[str, Stated]
    reported: Mapping[str, Stated] = field(default_factory=dict)

    @property
    def given(self) -> dict[str, Given]:
        """Quantities as computed facts give them."""
        return {name: s.given for name, s in self.stated.items() if s.given is not None}

    @property
    def with_reports(self) -> Mapping[str, Stated]:
        """The same, with a source's word where facts say nothing."""
        silent = {name: s for name, s in self.reported.items() if name not in self.given}
        return {**self.stated, **silent}


def base_of(book: Rulebook, subject: str, term: str, item: Placed | None) -> Judgement:
    """An empty judgement of a standard on what is dated by `item`."""
    day, span = (item.fact.date, item.span) if item else (None, Span())
    return replace(unjudged(book, subject, term, day=day, span=span), cite=book.cite)


def ruled(
    rule: Callable[[Mapping[str, Given]], Ruling], inputs: Inputs, base: Judgement
) -> Judgement:
    """The verdict as facts compute it; where they leave it open, with the source's word.

    ``details`` name every rule of the axis with what it came to.
    """
    first = rule(inputs.given)
    said, basis, used = first, "computed", inputs.stated
    if _word(first) is None and inputs.reported:
        second = rule({n: s.given for n, s in inputs.with_reports.items() if s.given is not None})
        if _word(second) is not None:
            said, basis, used = second, "reported", inputs.with_reports
    return _judgement(base, first, said, "reported" if basis == "reported" else "computed", used)


def _word(ruling: Ruling) -> str | None:
    """The verdict; None where it is open or the scheme itself gives no word."""
    return None if ruling.verdict in (None, "open") else ruling.verdict


def _judgement(
    base: Judgement,
    first: Ruling,
    said: Ruling,
    basis: Literal["computed", "reported"],
    used: Mapping[str, Stated],
) -> Judgement:
    rules = said.book.rules_of(said.term)
    word = _word(said)
    facts = [fact for q in _quantities(rules) if q in used for fact in used[q].facts]
    notes = [note for q in _quantities(rules) if q in used for note in used[q].notes]
    judgement = replace(
        base, clause=said.clause, cite=said.cite, provenance=said.provenance,
        reason=said.reason, facts=tuple(dict.fromkeys(facts)), missing=said.missing,
        notes=tuple(dict.fromkeys((*notes, *said.readings, *base.notes))),
        details=(*base.details, *_details(rules, used)),
    )  # fmt: skip
    if word is None:
        return replace(judgement, reason=f"{_reason(said)}", missing=_lacking(said))
    if basis == "reported":
        judgement = replace(judgement, missing=first.missing, reason=f"as reported; {said.reason}")
    return replace(judgement, outcome="verdict", basis=basis, verdict=_detailed(word, rules, used))


def _reason(ruling: Ruling) -> str:
    return ruling.clause if ruling.verdict == "open" else ruling.reason


def _lacking(ruling: Ruling) -> tuple[str, ...]:
    return ("the age limit of the group",) if ruling.verdict == "open" else ruling.missing


def _quantities(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rule.quantity for rule in rules))


def _detailed(word: str, rules: Iterable[Rule], used: Mapping[str, Stated]) -> str:
    """The word with the elements that make it, where rules name one (``high risk: WBC ...``)."""
    found = [
        rule.verdict.partition(": ")[2]
        for rule in rules
        if rule.verdict.startswith(f"{word}: ") and _truth(rule, used) is True
    ]
    return f"{word}: {'; '.join(found)}" if found else word


def _truth(rule: Rule, used: Mapping[str, Stated]) -> bool | None:
    return settled(rule, used[rule.quantity].given if rule.quantity in used else None)


def _details(rules: Iterable[Rule], used: Mapping[str, Stated]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        given = used[rule.quantity].given if rule.quantity in used else None
        counted = rule.quantity == "mrd_time_points"
        absent = NONE.get(rule.quantity, "").partition(": ")[2] if given == UNAVAILABLE else ""
        value = absent or in_words(given, _limits(rule), counted=counted)
        truth = None if "not stated" in absent else settled(rule, given)
        words = f"{TRUTH[truth]} ({value}): {rule.clause}"
        yield rule.id, f"{words}; {rule.cite}; {rule.provenance}"


def _limits(rule: Rule) -> tuple[Quantity, ...]:
    return () if isinstance(rule.limit, bool) else (rule.limit,)
