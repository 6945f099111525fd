"""How well a reader marks cells whose labels somebody else gave: one line per file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.benchmark.tool import Outcome


@dataclass(frozen=True)
class CellScore:
    """`group` is a centre, or a level; `hit`, `false`, `missed` are cells of `cells`."""

    file: str
    group: str
    cells: int
    hit: int
    false: int
    missed: int
    status: str
    fraction: float | None
    flags: tuple[str, ...]
    reason: str
    seconds: float

    @property
    def f1(self) -> float:
        """2 hit / (2 hit + false + missed); 0 where nothing is marked and nothing there."""
        return 2 * self.hit / max(2 * self.hit + self.false + self.missed, 1)

    @property
    def truth(self) -> float:
        """The share of the cells that are labelled blasts."""
        return (self.hit + self.missed) / max(self.cells, 1)


def cell_score(
    outcome: Outcome,
    blasts: NDArray[np.bool_],
    *,
    file: str,
    group: str,
    elsewhere: int = 0,
    seconds: float,
) -> CellScore:
    """The score of one file; `blasts` (n,) are the labels of the prepared events.

    `elsewhere` counts labelled blasts that preparation had left out: they are missed too.
    """
    hit = int((outcome.blasts & blasts).sum())
    return CellScore(
        file,
        group,
        len(blasts) + elsewhere,
        hit,
        int(outcome.blasts.sum()) - hit,
        int(blasts.sum()) - hit + elsewhere,
        outcome.status,
        outcome.fraction,
        outcome.flags,
        outcome.reason,
        seconds,
    )


def cell_score_document(score: CellScore) -> dict[str, Any]:
    """Its keys and values as JSON has them."""
    return asdict(score) | {"flags": list(score.flags)}


def cell_score_of(document: Mapping[str, Any]) -> CellScore:
    """The inverse; raises `ValueFault` for other keys."""
    try:
        return CellScore(**{**document, "flags": tuple(document["flags"])})
    except (TypeError, KeyError):
        raise ValueFault("the keys of a file's score", "others", "remove the file") from None
