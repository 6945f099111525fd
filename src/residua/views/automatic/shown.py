"""What the pictures of an automatic reading are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.antigen_expression import AntigenExpression
from residua.facts.gating import Strategy
from residua.measures.automatic_level import AutomaticLevel
from residua.measures.gate_polygons.fit import PlaneGate
from residua.measures.laip.aberrancies import Aberrancy
from residua.measures.laip.change import AntigenChange

Events = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class ShownCells:
    """The cells of one file in its own display decades, all of `dimensions` (d,).

    `others` (n, d) are some of those that are no blasts, `lineage` (l, d) some of them that are of
    B lineage, `blasts` (m, d) those labelled, `diagnosis` (k, d) the blasts of the diagnosis as
    this file would show them. `labels` are what the axes say, `gates` the polygons about the
    blasts, and `strategy` the same as a whole gating, None where there is none.
    """

    name: str
    dimensions: tuple[str, ...]
    labels: tuple[str, ...]
    others: Events
    lineage: Events
    blasts: Events
    diagnosis: Events
    gates: tuple[PlaneGate, ...] = ()
    strategy: Strategy | None = None

    def __post_init__(self) -> None:
        clouds = (self.others, self.lineage, self.blasts, self.diagnosis)
        d = len(self.dimensions)
        if len(self.labels) != d or any(c.ndim != 2 or c.shape[1] != d for c in clouds):
            raise ValueFault("events and labels of the dimensions", "others", "give all of them")

    def values(self, cloud: Events, name: str) -> NDArray[np.float32]:
        """One dimension of one of the clouds."""
        return np.ascontiguousarray(cloud[:, self.dimensions.index(name)])


@dataclass(frozen=True, eq=False)
class Shown:
    """An automatic reading: its `level`, its `files`, and what is said beside.

    `title` names specimen or file, `after` the antigens whose loss was allowed for, `antigens` what
    the blasts carry, `before` what they carried at diagnosis, `changes` of their medians since.
    """

    title: str
    level: AutomaticLevel
    files: tuple[ShownCells, ...]
    aberrancies: tuple[Aberrancy, ...] = ()
    antigens: tuple[AntigenExpression, ...] = ()
    before: tuple[AntigenExpression, ...] = ()
    changes: tuple[AntigenChange, ...] = ()
    after: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    simulated: bool = False
