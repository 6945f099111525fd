"""Wells of a cytokine plate to one result a sample and analyte: bounds and replicates.

A value out of range is a bound, never a number; a zero is no concentration.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from statistics import fmean, stdev

from residua.facts.cytokine_names import laboratory_name
from residua.facts.cytokine_table import (
    CytokinePlate,
    CytokineResult,
    CytokineTable,
    CytokineWell,
)
from residua.facts.quantity import Quantity
from residua.standards.cytokine_tables import CytokineRules

_SIX = Context(prec=6)
_SIDE = {"<": "below the range", ">": "above the range"}
_NO_LIMIT = "and the file does not state the limit"


@dataclass(frozen=True)
class _Level:
    """What one well says: number and comparator, or why there is none."""

    number: Decimal | None
    comparator: str = ""
    flags: tuple[str, ...] = ()
    reason: str = ""


def join_wells(plate: CytokinePlate, rules: CytokineRules) -> CytokineTable:
    """One result for each sample and analyte, replicate wells joined by the stated rule."""
    groups: dict[tuple[str, str], list[CytokineWell]] = {}
    for well in plate.wells:
        groups.setdefault((well.sample, well.analyte), []).append(well)
    results = tuple(_joined(group, plate, rules) for group in groups.values())
    return CytokineTable(plate.name, plate.form, results, plate.left_out, plate.notes)


def each_well(plate: CytokinePlate, rules: CytokineRules) -> CytokineTable:
    """One result for each well."""
    results = tuple(_joined([well], plate, rules) for well in plate.wells)
    return CytokineTable(plate.name, plate.form, results, plate.left_out, plate.notes)


def _joined(
    wells: Sequence[CytokineWell], plate: CytokinePlate, rules: CytokineRules
) -> CytokineResult:
    first = wells[0]
    limits = plate.ranges.get(first.analyte)
    diluted = sorted({w.dilution for w in wells if w.dilution not in (None, Decimal(1))})
    known = None if diluted else limits
    levels = [_level(well, known) for well in wells]
    mean = _mean(levels)
    counted = [well.beads for well in wells if well.beads is not None]
    result = CytokineResult(
        first.sample, first.analyte, first.unit,
        value=None if mean.number is None else Quantity(mean.number, first.unit, mean.comparator),
        reason=mean.reason,
        lloq=Quantity(known[0], first.unit) if known else None,
        uloq=Quantity(known[1], first.unit) if known else None,
        wells=tuple(well.well for well in wells if well.well),
        beads=min(counted, default=None),
        cv=_cv(levels),
        printed=tuple(well.reading.printed for well in wells),
        line=first.line,
    )  # fmt: skip
    dilution = tuple(f"diluted {factor}-fold, value as exported" for factor in diluted)
    return replace(result, flags=(*mean.flags, *dilution, *_flags(result, rules)))


def _flags(result: CytokineResult, rules: CytokineRules) -> Iterable[str]:
    if laboratory_name(result.analyte):
        yield "a laboratory value, no cytokine"
    if result.beads is not None and result.beads < rules.beads:
        yield f"few beads: {result.beads}, {rules.beads} are asked for"
    if result.cv is not None and result.cv > rules.cv:
        yield f"replicates differ: CV {result.cv:.0%}"


def _level(well: CytokineWell, limits: tuple[Decimal, Decimal] | None) -> _Level:
    reading = well.reading
    if reading.comparator and reading.number is not None and reading.number > 0:
        return _Level(reading.number, reading.comparator)
    if reading.comparator:
        return _out(reading.comparator, limits)
    if reading.number is None:
        return _Level(None, reason=reading.reason)
    if reading.number <= 0:
        return _out("<", limits)
    if limits is not None and not limits[0] <= reading.number <= limits[1]:
        return _out("<" if reading.number < limits[0] else ">", limits, "extrapolated")
    if reading.extrapolated:
        reason = f"extrapolated beyond the standards, {_NO_LIMIT}"
        return _Level(None, flags=("extrapolated",), reason=reason)
    return _Level(reading.number)


def _out(side: str, limits: tuple[Decimal, Decimal] | None, *flags: str) -> _Level:
    if limits is None:
        return _Level(None, flags=flags, reason=f"{_SIDE[side]}, {_NO_LIMIT}")
    return _Level(limits[0] if side == "<" else limits[1], side, flags)


def _mean(levels: Sequence[_Level]) -> _Level:
    """The mean of the wells: of numbers a number, with bounds on one side a bound.

    Each well below its bound, the mean of the wells lies below the mean of bounds and numbers.
    """
    there = [level for level in levels if level.number is not None]
    flags = [flag for level in levels for flag in level.flags]
    if not there:
        reasons = dict.fromkeys(level.reason for level in levels)
        return _Level(None, flags=tuple(dict.fromkeys(flags)), reason="; ".join(reasons))
    if len(there) < len(levels):
        missing = len(levels) - len(there)
        flags.append(f"{missing} of {len(levels)} wells without a value")
    sides = {level.comparator for level in there} - {""}
    if len(sides) > 1:
        reason = "replicate wells on both sides of the range"
        return _Level(None, flags=tuple(dict.fromkeys(flags)), reason=reason)
    if sides and len({level.comparator for level in there}) > 1:
        flags.append("replicate wells within and outside the range")
    numbers = [level.number for level in there if level.number is not None]
    mean = numbers[0] if len(set(numbers)) == 1 else _SIX.divide(sum(numbers), len(numbers))
    return _Level(mean, "".join(sides), tuple(dict.fromkeys(flags)))


def _cv(levels: Sequence[_Level]) -> float | None:
    """Standard deviation (n - 1) over mean, where at least two wells are numbers."""
    numbers = [float(x.number) for x in levels if x.number is not None and not x.comparator]
    return stdev(numbers) / fmean(numbers) if len(numbers) > 1 else None
