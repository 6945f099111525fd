"""Plates of quantitative PCR of the transgene, with a reference gene in the same wells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from residua.simulate.assumptions import assumed, drawn
from residua.simulate.course.car_t_cells import CarTCells

TARGET, REFERENCE = "CAR", "RPPH1"
DAYS = ((0, 1, 3, 5, 7, 9, 11, 14, 21, 28), (35, 45, 60, 75, 90, 120, 150, 180))
"""Days after the infusion on which blood is drawn, by plate."""
_STANDARDS = 6
_REPLICATES = 3
_COLUMNS = "well,sample,target,role,quantity,ct,dna_ng"


@dataclass(frozen=True)
class _Curve:
    slope: float
    intercept: float


def blood_id(day: int) -> str:
    """The specimen of a day after the infusion."""
    return f"blood-car-t-day-{day}"


def plate_table(cells: CarTCells, days: Sequence[int], random: np.random.Generator) -> str:
    """One plate as CSV: standards, no-template controls and the blood of `days`, in triplicate."""
    curves = {
        name: _Curve(drawn("plate", "slope", random), drawn("plate", "intercept", random))
        for name in (TARGET, REFERENCE)
    }
    rows = []
    for place, well in enumerate(_content(cells, days, random)):
        at = f"{'ABCDEFGH'[place // 12]}{place % 12 + 1:02d}"
        for name, curve in curves.items():
            rows.append(",".join([at, *_cells(well, name, curve, random)]))
    return "\n".join((_COLUMNS, *rows, ""))


@dataclass(frozen=True)
class _Well:
    sample: str
    role: str
    copies: dict[str, float]


def _content(cells: CarTCells, days: Sequence[int], random: np.random.Generator) -> Iterator[_Well]:
    """Every well with the copies that are expected in it."""
    lowest = assumed("plate", "lowest")
    for step in reversed(range(_STANDARDS)):
        copies = lowest * 10**step
        yield from [
            _Well(f"standard {step + 1}", "standard", {TARGET: copies, REFERENCE: copies})
        ] * _REPLICATES
    yield from [_Well("NTC", "ntc", {TARGET: 0.0, REFERENCE: 0.0})] * _REPLICATES
    dna = assumed("plate", "dna")
    reference = 2 * dna * 1000 / assumed("plate", "genome")
    for day, true in zip(days, cells.copies([float(d) for d in days]), strict=True):
        yielded = 10 ** random.normal(0, assumed("plate", "extraction"))
        copies = float(true) * dna / 1000
        content = {TARGET: copies * yielded, REFERENCE: reference * yielded}
        yield from [_Well(blood_id(day), "unknown", content)] * _REPLICATES


def _cells(well: _Well, name: str, curve: _Curve, random: np.random.Generator) -> list[str]:
    expected = well.copies[name]
    drawn_copies = expected if well.role == "standard" else float(random.poisson(expected))
    noise = random.normal(0, assumed("plate", "noise"))
    ct = "undetermined"
    if drawn_copies > 0:
        cycle = curve.intercept + curve.slope * float(np.log10(drawn_copies)) + noise
        ct = f"{cycle:.2f}" if cycle < assumed("plate", "cycles") else ct
    quantity = f"{expected:.0f}" if well.role == "standard" else ""
    dna = f"{assumed('plate', 'dna'):.0f}" if well.role == "unknown" else ""
    return [well.sample, name, well.role, quantity, ct, dna]


def plates_toml(names: Sequence[str]) -> str:
    """``qpcr/qpcr.toml``: what the plates are; the names on them are ids of specimens."""
    lowest = assumed("plate", "lowest")
    files = "".join(
        f'\n[[file]]\npath = "{name}"\nassay = "transgene"\ntarget = "{TARGET}"\n'
        f'reference = "{REFERENCE}"\nlloq = {lowest:.0f}   # copies per reaction\n'
        for name in names
    )
    return f'kind = "residua.qpcr"\nversion = "1.0"\n{files}'
