"""Concentrations of cytokines as an instrument exported them: wells first, then results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from residua.errors import ValueFault
from residua.facts.quantity import Quantity

Form = Literal["xPONENT", "CBA", "LEGENDplex", "sample rows", "bead plate"]
"""The software whose form a file has; "sample rows" where it does not name itself.

A "bead plate" was worked out by Residua from the events of its wells.
"""


@dataclass(frozen=True)
class CytokineReading:
    """One cell: a number, a bound, or why there is neither.

    ``comparator`` is ``<`` or ``>`` where the cell says that the value is out of range on that
    side, with the limit as ``number`` or without one. ``extrapolated`` where the cell marks its
    number as outside the standards.
    """

    printed: str
    number: Decimal | None = None
    comparator: str = ""
    extrapolated: bool = False
    reason: str = ""

    def __post_init__(self) -> None:
        if self.number is None and not (self.comparator or self.reason):
            raise ValueFault("a number, a bound or a reason", "none", "give one")


@dataclass(frozen=True)
class CytokineWell:
    """One analyte in one well; ``beads`` is how many of its beads were counted there.

    ``dilution`` is the factor that the file names beside the well, ``line`` that of the file.
    """

    sample: str
    analyte: str
    unit: str
    reading: CytokineReading
    well: str = ""
    beads: int | None = None
    dilution: Decimal | None = None
    line: int | None = None


@dataclass(frozen=True)
class CytokinePlate:
    """All wells of patients' samples in one file.

    ``ranges`` holds by analyte the lowest and the highest standard where the file lists them, in
    the analyte's unit; ``left_out`` the names of standards, blanks and controls.
    """

    name: str
    form: Form
    wells: tuple[CytokineWell, ...]
    ranges: Mapping[str, tuple[Decimal, Decimal]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CytokineResult:
    """One analyte of one sample, its replicate wells taken together.

    ``value`` is censored where out of range and None with a ``reason`` where the file gives no
    value. ``lloq`` and ``uloq`` are the lowest and highest standard, where known. ``beads`` is
    the fewest of any well, ``cv`` (a fraction) that of the replicates that are numbers,
    ``printed`` the cells as they stand in the file.
    """

    sample: str
    analyte: str
    unit: str
    value: Quantity | None
    reason: str = ""
    lloq: Quantity | None = None
    uloq: Quantity | None = None
    wells: tuple[str, ...] = ()
    beads: int | None = None
    cv: float | None = None
    printed: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    line: int | None = None

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueFault("a reason why there is no value", "none", "add it")


@dataclass(frozen=True)
class CytokineTable:
    """The results of one file, in the order of the file.

    ``files`` are further files behind them, relative to the folder of this one.
    """

    name: str
    form: Form
    results: tuple[CytokineResult, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
