"""A plate of quantitative PCR: its wells as an export tells them, nothing computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["standard", "unknown", "ntc", "background", "other"]
"""``background`` is DNA of healthy people, which holds nothing of the target (NMNC)."""
USUAL = (1e-30, 1e30)
"""Numbers of a plate beyond these mean nothing, and what is made of them is no number."""
COPIES = "cop"
"""The unit of quantities that are copies, as RDML spells it."""


@dataclass(frozen=True)
class Well:
    """One reaction of one target.

    ``quantity`` (standards only) in ``unit``, per reaction. ``ct`` is None where the well did
    not amplify (``amplified`` False) and where no Ct is stated (``amplified`` None).
    ``dna_ng`` is the DNA put into the reaction.
    """

    well: str
    sample: str
    target: str
    role: Role
    quantity: float | None = None
    unit: str = COPIES
    ct: float | None = None
    amplified: bool | None = None
    dna_ng: float | None = None
    run: str = ""


@dataclass(frozen=True)
class Plate:
    """The wells of one file; ``told`` names what of MIQE the file says beyond its wells.

    Curves belong to one run and target: runs of one file are never joined.
    """

    name: str
    wells: tuple[Well, ...]
    told: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def runs(self) -> tuple[tuple[str, str], ...]:
        """Every (run, target), in the order of the file."""
        return tuple(dict.fromkeys((well.run, well.target) for well in self.wells))

    def of(self, run: str, target: str) -> tuple[Well, ...]:
        """The wells of a run and target."""
        return tuple(w for w in self.wells if (w.run, w.target) == (run, target))
