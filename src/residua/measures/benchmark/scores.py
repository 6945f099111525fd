"""What the cases of one tier and one scenario amount to.

A median of errors takes an answer of nothing for half a cell. Proportions have exact intervals
(Clopper and Pearson), which take cases for independent; those of one patient are not, so the
true ones are wider.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

import numpy as np

from residua.measures.benchmark.record import Record
from residua.measures.limits import clopper_pearson

DECISION = 1e-4  # the level at which therapy is decided
_SURELY_ABOVE, _SURELY_BELOW = 1.5e-4, 3e-5  # between them a case is in the grey zone
_SILENT = 3.0  # times the reported limit: a negative there is wrong
_F1_BLASTS = 20  # fewer make F1 a matter of chance
_LAIP_INTERVALS = 5  # fewer of one LAIP say nothing of it


@dataclass(frozen=True)
class Score:
    """A number over `n` cases; None where there is none. `low`, `high`: exact 95 % interval."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


Records = Sequence[Record]
Scorer = Callable[[Records, Records], Score]  # of the cases and those of the intact scenario


def score(name: str, records: Records, intact: Records = ()) -> Score:
    """The score of that name, ``error@1e-4`` or ``type-1``; `intact` serves ``recall-ratio``."""
    kind, _, level = name.partition("@")
    chosen = [r for r in records if not level or math.isclose(r.level, float(level))]
    return _SCORERS[kind](chosen, intact)


def score_names() -> tuple[str, ...]:
    """Every score without its level."""
    return tuple(_SCORERS)


def _share(marks: Iterable[bool]) -> Score:
    marked = list(marks)
    interval = clopper_pearson(sum(marked), len(marked))
    if interval is None:
        return Score(None, 0)
    return Score(sum(marked) / len(marked), len(marked), interval.low, interval.high)


def _summary(summed: Callable[[list[float]], float], values: Iterable[float]) -> Score:
    numbers = list(values)
    return Score(summed(numbers) if numbers else None, len(numbers))


def _error(record: Record) -> float:
    read = max(record.fraction or 0.0, 0.5 / record.cells)
    return abs(math.log10(read / record.truth))


def _errors(records: Records, _: Records) -> Score:
    return _summary(median, (_error(r) for r in records if r.reported and not r.blank))


def _twofold(records: Records, _: Records) -> Score:
    high = (r for r in records if r.reported and r.truth >= DECISION * 0.999)
    return _share(_error(r) <= math.log10(2) for r in high)


def _power(records: Records, _: Records) -> Score:
    return _share(r.positive for r in records if r.reported and not r.blank)


def _seen(records: Records, _: Records) -> Score:
    """Read above the limit of blank, enough events to be called or not."""
    return _share(
        (r.fraction or 0.0) > (r.limit_of_blank or 0.0)
        for r in records
        if r.reported and not r.blank
    )


def _f1(records: Records) -> list[float]:
    return [r.f1 for r in records if r.reported and r.hit + r.missed >= _F1_BLASTS]


def _type_1(records: Records, _: Records) -> Score:
    return _share(r.positive for r in records if r.reported and r.blank)


def _high_blanks(records: Records, _: Records) -> Score:
    blanks = [r for r in records if r.reported and r.blank]
    return _share(r.positive and (r.fraction or 0.0) >= DECISION for r in blanks)


def _covered(record: Record) -> bool:
    if record.low is None or record.high is None:
        return False
    return record.low <= record.truth <= record.high


def _coverage(records: Records, _: Records) -> Score:
    return _share(_covered(r) for r in records if r.reported and not r.blank)


def _worst_coverage(records: Records, _: Records) -> Score:
    """The lowest of one LAIP; `n` counts the LAIPs."""
    by: dict[str, list[bool]] = defaultdict(list)
    for record in records:
        if record.reported and not record.blank:
            by[record.laip].append(_covered(record))
    return _summary(min, (fmean(one) for one in by.values() if len(one) >= _LAIP_INTERVALS))


def _silent(records: Records, _: Records) -> Score:
    """Of the reported cases with three times the reported limit, those called negative unwarned."""
    seen = [
        r
        for r in records
        if r.reported and not r.blank and r.truth >= _SILENT * (r.lod or math.inf)
    ]
    return _share(not r.positive and not r.warned for r in seen)


def _refused(records: Records, _: Records) -> Score:
    return _share(not r.reported for r in records if r.separable)


def _refused_blanks(records: Records, _: Records) -> Score:
    return _share(not r.reported for r in records if r.separable and r.blank)


def _refused_inseparable(records: Records, _: Records) -> Score:
    return _share(not r.reported for r in records if not r.separable)


def _unsure_inseparable(records: Records, _: Records) -> Score:
    """Refused, or reported with a flag."""
    return _share(not r.reported or r.warned for r in records if not r.separable)


def _recall(records: Records, _: Records) -> Score:
    high = (r for r in records if r.reported and r.truth >= DECISION * 0.999)
    return _summary(fmean, (r.recall for r in high))


def _recall_ratio(records: Records, intact: Records) -> Score:
    own, whole = _recall(records, ()), _recall(intact, ())
    if own.value is None or not whole.value:
        return Score(None, 0)
    return Score(own.value / whole.value, min(own.n, whole.n))


def _high(record: Record) -> bool:
    return record.positive and (record.fraction or 0.0) >= DECISION


def _ppa(records: Records, _: Records) -> Score:
    return _share(_high(r) for r in records if r.reported and r.truth >= _SURELY_ABOVE)


def _npa(records: Records, _: Records) -> Score:
    return _share(not _high(r) for r in records if r.reported and r.truth <= _SURELY_BELOW)


def _grey(records: Records, _: Records) -> Score:
    """The share called at or above the decision level in the grey zone."""
    grey = (r for r in records if r.reported and _SURELY_BELOW < r.truth < _SURELY_ABOVE)
    return _share(_high(r) for r in grey)


def _second(records: Records, _: Records) -> Score:
    blanks = (r for r in records if r.blank)
    return _share(any("reader" in flag for flag in r.flags) for r in blanks)


def _flagged(records: Records, _: Records) -> Score:
    return _share(r.warned for r in records if r.blank)


def _seconds(fitted: str) -> Scorer:
    return lambda records, _: _summary(median, (r.seconds for r in records if r.fitted == fitted))


def _same(records: Records, _: Records) -> Score:
    return _share(r.same for r in records if r.same is not None)


_SCORERS: Mapping[str, Scorer] = {
    "error": _errors,
    "twofold": _twofold,
    "power": _power,
    "seen": _seen,
    "f1": lambda records, _: _summary(median, _f1(records)),
    "f1-mean": lambda records, _: _summary(fmean, _f1(records)),
    "f1-5th": lambda records, _: _summary(_fifth, _f1(records)),
    "type-1": _type_1,
    "blanks-high": _high_blanks,
    "coverage": _coverage,
    "coverage-worst": _worst_coverage,
    "silent": _silent,
    "refused": _refused,
    "refused-blanks": _refused_blanks,
    "refused-inseparable": _refused_inseparable,
    "unsure-inseparable": _unsure_inseparable,
    "recall": _recall,
    "recall-ratio": _recall_ratio,
    "ppa": _ppa,
    "npa": _npa,
    "grey": _grey,
    "second-reader": _second,
    "flagged-blanks": _flagged,
    "seconds": _seconds(""),
    "seconds-patient": _seconds("patient"),
    "same": _same,
}


def _fifth(values: list[float]) -> float:
    return float(np.quantile(values, 0.05))
