"""How much CD19 and CD22 the blasts of an automatic reading carry, by the sample's own T cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.antigen_expression import AntigenExpression
from residua.measures.antigen_expression import (
    AntigenValues,
    measure_antigen,
    not_in_panel,
    pooled,
    threshold_from,
)
from residua.measures.median_spread import SD_OF_MAD
from residua.measures.preflight.display import to_linear
from residua.measures.preflight.panel import SIDE
from residua.measures.preflight.prepared import PreparedSample

TARGETS = ("CD19", "CD22")  # what the therapies aim at after which blasts lose them
OF = "blasts"
_BRIGHTEST = 0.03  # of the other cells by CD45: T and NK cells, which carry no B antigen
_SPREADS = 4.0  # of the lower half above the median: B cells among them lie beyond
_FEW = 100  # the 99th percentile of fewer events is simply their highest value


@dataclass(frozen=True, eq=False)
class ReadSample:
    """A prepared file with its events (n,) that were called blasts."""

    sample: PreparedSample
    blast: NDArray[np.bool_]


def blast_antigens(
    files: Sequence[ReadSample],
    *,
    markers: Sequence[str] = TARGETS,
    masked: Collection[str] = (),
) -> tuple[AntigenExpression, ...]:
    """An entry for each of `markers`, over all files of one tube.

    Positive is what lies at or above the 99th percentile (display decades) of the sample's own T
    and NK cells: of the cells that are no blasts the 3 % brightest in CD45 with little side
    scatter, without those far above their median. The ratio is that of medians of linear values.
    `masked` (lower case) are markers that a drug given shortly before may hide.
    """
    return tuple(_entry(files, marker, marker.lower() in masked) for marker in markers)


def _entry(files: Sequence[ReadSample], marker: str, masked: bool) -> AntigenExpression:
    dimensions = files[0].sample.dimensions
    if marker not in dimensions:
        shared = [name for name in dimensions if marker in name.split("+")]
        if shared:
            flag = f"one detector sees {shared[0]}: not told apart"
            return AntigenExpression(marker, OF, flags=(flag,))
        return not_in_panel(marker, OF)
    values = pooled([_values(file, marker) for file in files])
    assert values.negative_scaled is not None
    count = len(values.negative_scaled)
    few = f"the threshold rests on {count} T cells, fewer than {_FEW}"
    return measure_antigen(
        values,
        marker=marker,
        of=OF,
        threshold=threshold_from(values.negative_scaled),
        may_be_masked=masked,
        flags=(few,) * (count < _FEW),
    )


def _values(file: ReadSample, marker: str) -> AntigenValues:
    column = file.sample.events[:, file.sample.dimensions.index(marker)].astype(np.float64)
    blasts, negative = column[file.blast], column[_negatives(file, column)]
    return AntigenValues(
        scaled=blasts,
        linear=to_linear(blasts),
        negative=to_linear(negative),
        negative_scaled=negative,
    )


def _negatives(file: ReadSample, column: NDArray[np.float64]) -> NDArray[np.intp]:
    """The rows of T and NK cells; B cells among them, in so far as bright, are left out."""
    sample = file.sample
    others: NDArray[np.intp] = np.flatnonzero(~file.blast)
    dimensions = sample.dimensions
    if not len(others) or not {"CD45", SIDE} <= set(dimensions):
        return others[:0]
    white = sample.events[others, dimensions.index("CD45")]
    side = sample.events[others, dimensions.index(SIDE)]
    bright = (white >= np.quantile(white, 1 - _BRIGHTEST)) & (side <= np.median(side))
    rows: NDArray[np.intp] = others[bright]
    if not len(rows):
        return rows
    usual = float(np.median(column[rows]))
    lower = usual - column[rows][column[rows] <= usual]
    limit = usual + _SPREADS * SD_OF_MAD * float(np.median(lower))
    return np.asarray(rows[column[rows] <= limit], np.intp)
