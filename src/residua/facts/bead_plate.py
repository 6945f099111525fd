"""The wells of a bead-array plate: which file, which sample, standard, unknown or blank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BeadRole = Literal["standard", "unknown", "blank"]


@dataclass(frozen=True)
class BeadWell:
    """One well; `file` as the table has it, beside the table.

    A standard has a `quantity` of every analyte, or None for the panel's top over `dilution`;
    concentrations of an unknown are multiplied by its `dilution`.
    """

    well: str
    file: str
    sample: str
    role: BeadRole
    quantity: float | None = None
    dilution: float = 1.0


@dataclass(frozen=True)
class BeadPlate:
    """All wells of one table; `unit` is that of the standards, "" where the panel says it."""

    name: str
    wells: tuple[BeadWell, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
