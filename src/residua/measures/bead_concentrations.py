"""From the medians of a plate's wells to standard curves and concentrations, by analyte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from residua.errors import ValueFault
from residua.facts.bead_panel import BeadAnalyte, BeadPanel
from residua.facts.bead_plate import BeadPlate, BeadWell
from residua.facts.interval import Interval
from residua.measures.bead_populations import Population, WellPopulations
from residua.measures.logistic_curve import LogisticFit, Model, NoCurve, fit_logistic
from residua.measures.logistic_inverse import concentration
from residua.standards.bead_assay import BeadRules


@dataclass(frozen=True, eq=False)
class AnalyteCurve:
    """The standard curve of one analyte, or why there is none.

    `concentrations` and `responses` are those of the standards and blanks that it was fitted to.
    """

    analyte: BeadAnalyte
    fit: LogisticFit | NoCurve
    concentrations: tuple[float, ...]
    responses: tuple[float, ...]


@dataclass(frozen=True)
class BeadConcentration:
    """One analyte of one sample, its replicate wells together, in `unit`, times the dilution.

    `value` with `interval` within `lloq` to `uloq`; else `comparator` (< or >) and `bound`; else a
    `reason` why it is not assessable. `beads` is the fewest of any well.
    """

    sample: str
    analyte: str
    unit: str
    value: float | None = None
    interval: Interval | None = None
    comparator: str = ""
    bound: float | None = None
    lloq: float | None = None
    uloq: float | None = None
    reason: str = ""
    wells: tuple[str, ...] = ()
    beads: int | None = None
    medians: tuple[float, ...] = ()
    dilution: float = 1.0
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class BeadPlateResult:
    """A plate measured: its wells by name, curves in the panel's order, results by sample."""

    plate: BeadPlate
    panel: BeadPanel
    unit: str
    wells: Mapping[str, WellPopulations]
    curves: tuple[AnalyteCurve, ...]
    results: tuple[BeadConcentration, ...]


def measure_bead_plate(
    plate: BeadPlate,
    panel: BeadPanel,
    wells: Mapping[str, WellPopulations],
    *,
    model: Model,
    rules: BeadRules,
) -> BeadPlateResult:
    """Curves and concentrations; `wells` by the name of the well.

    Raises `ValueFault` where there is no standard, or its concentration or unit cannot be told.
    """
    if not any(well.role == "standard" for well in plate.wells):
        raise ValueFault("wells of role standard", "none", "mark the standards", field="role")
    if not any(well.role == "unknown" for well in plate.wells):
        raise ValueFault("wells of role unknown", "none", "mark the samples", field="role")
    unit = _unit(plate, panel)
    curves = tuple(_curve(one, plate, wells, model, rules) for one in panel.analytes)
    samples: dict[tuple[str, float], list[BeadWell]] = {}
    for well in plate.wells:
        if well.role == "unknown":
            samples.setdefault((well.sample, well.dilution), []).append(well)
    results = tuple(
        _result(curve, unit, group, wells, rules) for group in samples.values() for curve in curves
    )
    return BeadPlateResult(plate, panel, unit, wells, curves, results)


def _unit(plate: BeadPlate, panel: BeadPanel) -> str:
    """The one unit of all standards."""
    by_panel = any(well.role == "standard" and well.quantity is None for well in plate.wells)
    if by_panel and not all(one.top is not None for one in panel.analytes):
        do = "fill in quantity, or give the panel the top of every analyte"
        raise ValueFault("a quantity of every standard", "a dilution only", do, field="quantity")
    units = {unit for unit in (plate.unit, panel.unit if by_panel else "") if unit}
    if len(units) != 1:
        received, do = "none" if not units else "two", "state it once"
        raise ValueFault("the unit of the standards", received, do, field="unit")
    return units.pop()


def _curve(
    analyte: BeadAnalyte,
    plate: BeadPlate,
    wells: Mapping[str, WellPopulations],
    model: Model,
    rules: BeadRules,
) -> AnalyteCurve:
    points = []
    for well in plate.wells:
        median = wells[well.well].of(analyte.name).median
        if well.role != "unknown" and median is not None and median > 0:
            points.append((_nominal(well, analyte), median))
    xs, ys = tuple(x for x, _ in points), tuple(y for _, y in points)
    if not points:
        return AnalyteCurve(analyte, NoCurve("no standard has a median of its beads"), (), ())
    return AnalyteCurve(analyte, fit_logistic(xs, ys, model, rules.curve), xs, ys)


def _nominal(well: BeadWell, analyte: BeadAnalyte) -> float:
    if well.role == "blank":
        return 0.0
    if well.quantity is not None:
        return well.quantity
    return (analyte.top or 0.0) / well.dilution


def _result(
    curve: AnalyteCurve,
    unit: str,
    group: Sequence[BeadWell],
    wells: Mapping[str, WellPopulations],
    rules: BeadRules,
) -> BeadConcentration:
    name, dilution = curve.analyte.name, group[0].dilution
    seen = [wells[well.well].of(name) for well in group]
    medians = tuple(one.median for one in seen if one.median is not None and one.median > 0)
    base = BeadConcentration(
        group[0].sample,
        name,
        unit,
        wells=tuple(well.well for well in group),
        beads=min(one.events for one in seen),
        medians=medians,
        dilution=dilution,
        flags=_flags(seen, [wells[well.well] for well in group]),
    )
    reason = _reason(curve, seen)
    if reason or isinstance(curve.fit, NoCurve):
        return replace(base, reason=reason)
    base = replace(base, lloq=curve.fit.lloq * dilution, uloq=curve.fit.uloq * dilution)
    found = concentration(curve.fit, medians, level=rules.curve.level)
    if found.value is None or found.interval is None:
        bound = (found.bound or 0.0) * dilution
        return replace(base, comparator=found.status[0], bound=bound)
    own = found.interval
    interval = Interval(own.level, own.low * dilution, own.high * dilution, own.kind)
    return replace(base, value=found.value * dilution, interval=interval)


def _reason(curve: AnalyteCurve, seen: Sequence[Population]) -> str:
    """Why a sample's analyte has no concentration: its own beads, else the curve."""
    missing = [one.reason for one in seen if one.median is None or one.median <= 0]
    if len(missing) == len(seen):
        return missing[0] or "the median of the reporter is not above zero"
    return curve.fit.reason if isinstance(curve.fit, NoCurve) else ""


def _flags(seen: Sequence[Population], wells: Sequence[WellPopulations]) -> tuple[str, ...]:
    without = [one for one in seen if one.median is None]
    lost = (f"{len(without)} of {len(seen)} wells not assessable",) if without else ()
    of_files = (flag for well in wells for flag in well.flags)
    return tuple(dict.fromkeys(chain(lost, *(one.flags for one in seen), of_files)))
