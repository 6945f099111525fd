"""A panel of a multiplex bead array: which beads there are and in which channels they are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.errors import ValueFault

Order = Literal["low to high", "high to low"]


@dataclass(frozen=True)
class BeadAnalyte:
    """One kind of bead; `top` is the analyte's concentration in the undiluted standard."""

    id: str
    name: str
    top: float | None = None


@dataclass(frozen=True)
class BeadSize:
    """The beads of one size, in the order of their classifier intensity."""

    name: str
    analytes: tuple[BeadAnalyte, ...]


@dataclass(frozen=True)
class BeadPanel:
    """Sizes from small to large and the channels; a channel or its marker may be named.

    `scatter` are forward and side scatter. Events below `floor` on the classifier (linear, as
    the file has it) carry no bead dye and are left out. `unit` is that of the analytes' `top`.
    """

    name: str
    sizes: tuple[BeadSize, ...]
    scatter: tuple[str, str]
    classifier: str
    reporter: str
    order: Order = "low to high"
    floor: float | None = None
    unit: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        names = [one.name for one in self.analytes]
        if not names or not all(size.analytes for size in self.sizes):
            raise ValueFault("bead sizes with analytes", "none", "add [[size]]", field="size")
        for kind in (names, [one.id for one in self.analytes], [s.name for s in self.sizes]):
            if len(set(kind)) < len(kind):
                raise ValueFault("each name once", "one twice", "rename one", field="size")

    @property
    def analytes(self) -> tuple[BeadAnalyte, ...]:
        """All analytes, small beads first."""
        return tuple(one for size in self.sizes for one in size.analytes)
