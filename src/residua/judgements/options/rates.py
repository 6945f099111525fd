"""Harms and results of studies as rates, with the exact interval where a count is given."""

from __future__ import annotations

from collections.abc import Iterable

from residua.facts.interval import Interval
from residua.judgements.options.table import Rate
from residua.measures.limits import clopper_pearson
from residua.standards.option import Harm
from residua.standards.trial_shelf import find_result


def harm_rate(harm: Harm) -> Rate:
    """A harm with its count, percentage and interval."""
    return Rate(
        harm.words, harm.n, harm.of, harm.percent, _interval(harm.n, harm.of), harm.clause,
        harm.cite, harm.provenance, note=harm.reading,
    )  # fmt: skip


def trial_rates(references: Iterable[str]) -> tuple[Rate, ...]:
    """The results of trials that an option names, each once."""
    return tuple(_rate(reference) for reference in dict.fromkeys(references))


def _rate(reference: str) -> Rate:
    """Raises `ValueFault` for a result that is not encoded."""
    trial, result = find_result(reference)
    weaker = [f"{name} {how}" for name, how in result.weaker.items()]
    of = (f"of {result.denominator}",) if result.denominator else ()
    notes = (trial.population, *of, result.timing, result.note, result.disagrees, *weaker)
    return Rate(
        words=f"{result.endpoint}, {result.arm} ({trial.name})",
        n=result.n,
        of=result.of,
        percent=result.percent,
        interval=_interval(result.n, result.of),
        clause=result.clause,
        cite=result.cite,
        provenance=result.provenance,
        ref=reference,
        value=_value(result.median, result.value),
        note="; ".join(note for note in notes if note),
    )


def _value(median: str, value: str) -> str:
    return f"median {median}" if median else value


def _interval(n: int | None, of: int | None) -> Interval | None:
    return clopper_pearson(n, of, scale=100) if n is not None and of is not None else None
