"""What the automatic reader takes of a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault


@dataclass(frozen=True, eq=False)
class PreparedSample:
    """The nucleated single cells of one file, in display decades: asinh(value / 150) / ln 10.

    `events` (n, d) float32 are compensated, `rows` (n,) their places in the file, `total` all its
    events, `dimensions` (d,) FSC-A, SSC-A and the markers as the tube names them. `refusals` say
    why this file can give no negative, `unfit` why nothing can be measured in it at all (then a
    dimension may be missing), `flags` what a reader of its result should know; `digest` is the
    SHA-256 of the file.
    """

    dimensions: tuple[str, ...]
    events: NDArray[np.float32]
    rows: NDArray[np.intp]
    total: int
    digest: str
    flags: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    unfit: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.events.shape != (len(self.rows), len(self.dimensions)) or self.total < len(self):
            raise ValueFault("rows and dimensions that fit the events", "others", "prepare it anew")

    def __len__(self) -> int:
        return len(self.rows)


def in_order(sample: PreparedSample, dimensions: tuple[str, ...]) -> PreparedSample:
    """The sample with its dimensions in this order; raises `ValueFault` where it has others."""
    if sample.dimensions == dimensions:
        return sample
    if sorted(sample.dimensions) != sorted(dimensions):
        raise ValueFault("a file of the same tube", "one of another", "take files of one tube")
    columns = [sample.dimensions.index(name) for name in dimensions]
    events = np.ascontiguousarray(sample.events[:, columns])
    return replace(sample, dimensions=dimensions, events=events)
