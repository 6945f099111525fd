"""Whether two methods agree on the MRD of one sample, asked only where both can say.

Qualitative: on which side of 1e-4 each lies for certain. Quantitative: only of two numbers at or
above their own LLOQ, by their counting intervals. Nothing is averaged and no method is preferred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from residua.course.course import Course
from residua.facts.mrd import MrdReading
from residua.judgements.concordance.compared import (
    Spread,
    detected,
    log10_apart,
    quantified,
    side_of,
    spread_of,
)
from residua.judgements.concordance.pairs import Pair, method_of, pairs
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_cells import AMONG_CELLS, NOT_OF_CELLS, comparable, of_cells
from residua.judgements.unjudged import date_words
from residua.standards.rulebook import Rule, load

BOOK = "mrd_concordance"
CONCORDANT, DISCORDANT = "concordant", "discordant"


@dataclass(frozen=True)
class Said:
    """A verdict, or None with what is missing."""

    verdict: str | None
    reason: str
    missing: tuple[str, ...] = ()


def judge_concordance(course: Course) -> tuple[Judgement, ...]:
    """The judgements of every pair, in the order of the course; none without a pair."""
    return tuple(judgement for pair in pairs(course) for judgement in _of_pair(course, pair))


def _of_pair(course: Course, pair: Pair) -> Iterator[Judgement]:
    book = load(BOOK)
    against = tuple(
        f"{r.id} contradicts {', '.join(sorted(rivals))}"
        for r in (pair.first, pair.second)
        if (rivals := course.conflicts_of(r.id))
    )
    in_conflict = Said(None, f"readings in conflict: {'; '.join(against)}") if against else None
    rule = book["cut-off"]
    yield _judgement(course, pair, rule, in_conflict or qualitative(pair, rule.limit_number))
    if all(detected(reading) for reading in (pair.first, pair.second)):
        rule = _rule_of_levels(pair)
        yield _judgement(course, pair, rule, in_conflict or quantitative(pair))


def qualitative(pair: Pair, cut: float) -> Said:
    """Whether both lie on one side of `cut`."""
    sides = [(r, side_of(r, cut)) for r in (pair.first, pair.second)]
    open_still = [(r, side) for r, side in sides if isinstance(side, str)]
    told = "; ".join(f"{named(r)}: {_side_words(side, cut)}" for r, side in sides)
    if open_still:
        missing = (f"{named(r)}: a result that is certain at {cut:g}" for r, _ in open_still)
        return Said(None, told, tuple(dict.fromkeys(missing)))
    first, second = (side for _, side in sides)
    return Said(CONCORDANT if first == second else DISCORDANT, told)


def _side_words(side: bool | str, cut: float) -> str:
    if isinstance(side, str):
        return f"not certain at {cut:g}: {side}"
    return f"at or above {cut:g}" if side else f"below {cut:g}"


def quantitative(pair: Pair) -> Said:
    """Whether the intervals of two quantified levels lie too far apart."""
    both = (pair.first, pair.second)
    short = [(r, quantified(r)) for r in both if not quantified(r)]
    if short:
        told = "; ".join(
            f"{named(r)} is {'not known to be ' if known is None else 'not '}quantified at or "
            "above its own LLOQ"
            for r, known in short
        )
        return Said(None, told, tuple(f"{named(r)}: a quantified level" for r, _ in short))
    spreads = tuple(spread_of(reading) for reading in both)
    if not comparable(*both):
        odd = next(r for r in both if not of_cells(r))
        told = "; ".join(f"{named(r)} {_words(r, s)}" for r, s in zip(both, spreads, strict=True))
        why = NOT_OF_CELLS[odd.denominator_kind or ""]
        return Said(None, f"{told}: {why}", (f"{named(odd)}: {AMONG_CELLS}",))
    least, most = _allowed(pair)
    gap = log10_apart(*spreads)
    told = "; ".join(f"{named(r)} {_words(r, s)}" for r, s in zip(both, spreads, strict=True))
    silent = [r for r, s in zip(both, spreads, strict=True) if not s.known]
    if gap <= 0:
        return Said(CONCORDANT, f"{told}: {_touching(spreads)}")
    far = f"{told}: {gap:.2f} log10 apart"
    if gap <= least:
        return Said(CONCORDANT, f"{far}, at most {least:g} allowed")
    if gap > most and not silent:
        return Said(DISCORDANT, f"{far}, more than {most:g} allowed")
    if silent and gap > least:
        missing = tuple(f"{named(r)}: its counting interval" for r in silent)
        return Said(None, f"{far} without the interval of {', '.join(map(named, silent))}", missing)
    return Said(None, f"{far}; whether both have one kind of denominator is not stated",
                ("kind of denominator",))  # fmt: skip


def _touching(spreads: tuple[Spread, ...]) -> str:
    known = sum(spread.known for spread in spreads)
    one = "one number lies within the interval of the other"
    return ("the numbers are equal", one, "the intervals overlap")[known]


def _words(reading: MrdReading, spread: Spread) -> str:
    number = f"{reading.level:.3g}"
    return f"{number} (95 % {spread.low:.3g} to {spread.high:.3g})" if spread.known else number


def _allowed(pair: Pair) -> tuple[float, float]:
    """The least and the most that two intervals may lie apart."""
    book = load(BOOK)
    one, across = (book[name].limit_number for name in ("apart", "apart-across-denominators"))
    kinds = {pair.first.denominator_kind, pair.second.denominator_kind}
    if None in kinds:
        return one, across
    return (one, one) if len(kinds) == 1 else (across, across)


def _rule_of_levels(pair: Pair) -> Rule:
    least, _ = _allowed(pair)
    book = load(BOOK)
    across = book["apart-across-denominators"]
    kinds = {pair.first.denominator_kind, pair.second.denominator_kind}
    return across if least == across.limit_number or None in kinds else book["apart"]


def named(reading: MrdReading) -> str:
    """``pcr of IGH``: the method, with its target where stated."""
    return f"{method_of(reading)}{f' of {reading.target}' if reading.target else ''}"


def _judgement(course: Course, pair: Pair, rule: Rule, said: Said) -> Judgement:
    book = load(BOOK)
    item = course.by_id.get(pair.subject) or course.by_id[pair.first.id]
    day = item.fact.date or pair.first.date or pair.second.date
    readings = (rule.reading,) if rule.reading else ()
    return Judgement(
        standard=book.standard,
        version=book.version,
        subject=pair.subject,
        term=f"{rule.term}-{pair.methods}",
        date=date_words(day),
        outcome="not assessable" if said.verdict is None else "verdict",
        verdict=said.verdict,
        basis=None if said.verdict is None else "computed",
        reason=said.reason,
        clause=rule.clause,
        cite=rule.cite,
        provenance=rule.provenance,
        facts=(pair.first.id, pair.second.id),
        missing=said.missing,
        notes=tuple(dict.fromkeys((*pair.notes, *readings))),
    )
