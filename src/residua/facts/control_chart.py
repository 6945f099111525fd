"""The results of control samples over runs, each tied to all before it by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise


@dataclass(frozen=True)
class ControlResult:
    """One control in one run; `target` (fraction) and `sd` (log10) as stated, None where not."""

    control: str
    file: str
    sha256: str
    gates: str
    run: str
    operator: str
    instrument: str
    date: str | None
    numerator: int
    denominator: int
    target: float | None = None
    sd: float | None = None
    simulated: bool = False

    @property
    def fraction(self) -> float:
        """Blasts over cells."""
        return self.numerator / self.denominator

    @property
    def where(self) -> str:
        """The run, told apart from another of that number on another day or instrument."""
        return "/".join((self.date or "", self.instrument, self.run))


@dataclass(frozen=True)
class ChainedResult:
    """A result with the hash over it and over everything before it."""

    result: ControlResult
    chain: str


def chained(
    results: Sequence[ControlResult], *, after: Sequence[ChainedResult] = ()
) -> tuple[ChainedResult, ...]:
    """`after`, as it is, followed by `results`."""
    found = list(after)
    for result in results:
        found.append(ChainedResult(result, _hash(found[-1].chain if found else "", result)))
    return tuple(found)


def broken_at(history: Sequence[ChainedResult]) -> int | None:
    """The place of the first result that is not what was once written, or None."""
    start = ChainedResult(history[0].result, "") if history else None
    if start is not None and history[0].chain != _hash("", history[0].result):
        return 0
    pairs = enumerate(pairwise(history), start=1)
    return next((n for n, (one, two) in pairs if two.chain != _hash(one.chain, two.result)), None)


def _hash(before: str, result: ControlResult) -> str:
    text = json.dumps([before, asdict(result)], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
