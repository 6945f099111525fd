"""What an entry or a command says of the wells of a plate, put onto the plate."""

from __future__ import annotations

from dataclasses import replace

from residua.errors import Fault, InputError, UsageError
from residua.facts.qpcr import Plate


def with_dna(plate: Plate, dna_ng: float | None) -> Plate:
    """The plate with `dna_ng` in the wells that do not state their DNA."""
    if dna_ng is None:
        return plate
    wells = (w if w.dna_ng is not None else replace(w, dna_ng=dna_ng) for w in plate.wells)
    return replace(plate, wells=tuple(wells))


def with_roles(plate: Plate) -> Plate:
    """The plate; raises `InputError` where it has neither standards nor unknowns."""
    if any(well.role in ("standard", "unknown") for well in plate.wells):
        return plate
    expected, received = "standards or unknown samples", "other wells only"
    do = "give the wells their roles"
    raise InputError(Fault(plate.name, "the roles", expected, received, do))


def with_background(plate: Plate, sample: str | None) -> Plate:
    """The plate with the wells of `sample` as background; raises `UsageError` without any."""
    if sample is None:
        return plate
    if all(well.sample != sample for well in plate.wells):
        raise UsageError("--background is no sample of the file")
    wells = (replace(w, role="background") if w.sample == sample else w for w in plate.wells)
    return replace(plate, wells=tuple(wells))
