"""What one standard says of one claim, and what all of them together make of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from residua.facts.finding import Claim
from residua.judgements.axis import variant_of
from residua.judgements.judgement import Judgement
from residua.judgements.unjudged import date_words
from residua.standards.rulebook import Rule, load, weakest

BOOK = "claims"
Word = Literal["supported", "not supported"]


@dataclass(frozen=True)
class Position:
    """One standard's word on a claim; ``verdict`` None where it cannot tell.

    ``later``: the standard was published after what it judges, and does not decide where
    another was in force.
    """

    by: str
    verdict: Word | None
    reason: str
    clause: str
    cite: str
    provenance: str
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    later: bool = False

    @property
    def words(self) -> str:
        """The word with its reason."""
        return f"{self.verdict or 'not assessable'}: {self.reason}"


def by_rule(
    rule: Rule,
    verdict: Word | None,
    reason: str,
    *,
    facts: tuple[str, ...] = (),
    missing: tuple[str, ...] = (),
    by: str = "the record",
) -> Position:
    """A position that rests on one rule of claims."""
    return Position(by, verdict, reason, rule.clause, rule.cite, rule.provenance, facts, missing)


def by_judgement(rule: Rule, said: Judgement, verdict: Word | None) -> Position:
    """A position that rests on what a standard said, under a rule of claims."""
    reported = " as reported" if said.basis == "reported" else ""
    word = f"{said.verdict}{reported} ({said.reason})" if said.verdict else said.reason
    variant = variant_of(said)
    return Position(
        by=f"{said.standard} {said.version}{f', {variant}' if variant else ''}",
        verdict=verdict,
        reason=word,
        clause=f"{rule.clause}; {said.clause}",
        cite=f"{rule.cite}; {said.cite}",
        provenance=weakest((rule.provenance, said.provenance)),
        facts=said.facts,
        missing=said.missing,
        later=said.published_after_event,
    )


def claim_rule(name: str) -> Rule:
    """A rule of claims by its id."""
    return load(BOOK)[name]


def claim_judgement(claim: Claim, positions: Iterable[Position]) -> Judgement:
    """One judgement of a claim: the word of the standards in force, each named beside it.

    Where those in force differ, or none can tell, it is not assessable.
    """
    none = by_rule(claim_rule("no-rule"), None, "no standard judges what it is about")
    book, listed = load(BOOK), tuple(positions) or (none,)
    deciding = tuple(p for p in listed if not p.later) or listed
    able = tuple(p for p in deciding if p.verdict is not None)
    words = {p.verdict for p in able}
    behind = able or deciding
    verdict = words.pop() if len(words) == 1 else None
    return Judgement(
        standard=book.standard,
        version=book.version,
        subject=claim.id,
        term=(claim.predicate or "other").replace(" ", "-"),
        date=date_words(claim.date),
        outcome="verdict" if verdict else "not assessable",
        verdict=verdict,
        basis="computed" if verdict else None,
        reason=_reason(claim, behind, differ=len(able) > 0 and verdict is None),
        clause=_joined(p.clause for p in behind),
        cite=_joined(p.cite for p in behind),
        provenance=weakest(p.provenance for p in behind),
        facts=_unique((*_about(claim), *(f for p in listed for f in p.facts))),
        missing=() if verdict else _unique(m for p in deciding for m in p.missing),
        details=_details(listed),
    )


def _reason(claim: Claim, behind: tuple[Position, ...], *, differ: bool) -> str:
    said = "; ".join(dict.fromkeys(f"{p.by}: {p.reason}" for p in behind))
    head = f"claimed: {claim.text!r}"
    return f"{head}; the standards differ: {said}" if differ else f"{head}; {said}"


def _details(listed: tuple[Position, ...]) -> tuple[tuple[str, str], ...]:
    """Each word by whose it is; several results of one assay stand behind one name."""
    said: dict[str, list[str]] = {}
    for position in listed:
        said.setdefault(position.by, []).append(position.words)
    return tuple((by, "; ".join(dict.fromkeys(words))) for by, words in said.items())


def _about(claim: Claim) -> tuple[str, ...]:
    return (claim.id, *((claim.about,) if claim.about else ()))


def _joined(texts: Iterable[str]) -> str:
    parts = (part for text in texts for part in text.split("; "))
    return "; ".join(dict.fromkeys(parts))


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
