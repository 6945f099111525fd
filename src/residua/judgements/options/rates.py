"""Harms and results of studies as rates, with the exact interval where a count is given."""

from __future__ import annotations

from residua.judgements.options.table import Rate
from residua.measures.limits import clopper_pearson
from residua.standards.option import Harm


def harm_rate(harm: Harm) -> Rate:
    """A harm with its count, percentage and interval."""
    return _rate(harm, ref="", note=harm.reading)


def evidence_rates(references: tuple[str, ...]) -> tuple[Rate, ...]:
    """The results of trials that an option names."""
    del references
    return ()


def _rate(harm: Harm, *, ref: str, note: str) -> Rate:
    counted = harm.n is not None and harm.of is not None
    interval = clopper_pearson(harm.n or 0, harm.of or 0, scale=100) if counted else None
    return Rate(
        harm.words, harm.n, harm.of, harm.percent, interval, harm.clause, harm.cite,
        harm.provenance, ref, note,
    )  # fmt: skip
