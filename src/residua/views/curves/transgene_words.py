"""CAR-T kinetics in words, a line of the report each."""

from __future__ import annotations

import math
from collections.abc import Iterator

from residua.course.transgene_curve import TransgeneCurve
from residua.facts.interval import Interval
from residua.measures.stein_fit import FittedParameter, SteinFit
from residua.measures.transgene_kinetics import HalfLife, Known
from residua.standards.stein_2019 import stein_2019
from residua.views.curves.b_cells import b_cell_lines
from residua.views.curves.day_words import days_words, on_days
from residua.views.panels.transgene_words import copies_words
from residua.views.report_measures import MeasureLine
from residua.views.wording import unit_words

AREA = "linear up, logarithmic down"
NOT_ASSESSABLE = "not assessable"


def curve_lines(curve: TransgeneCurve) -> Iterator[MeasureLine]:
    """Everything that is told of one curve."""
    if curve.kinetics.flags:
        yield MeasureLine("Unusual", curve.kinetics.flags, warn=True)
    yield from _summary(curve)
    before = sum(not sample.after for sample in curve.samples)
    if before:
        said = (f"values of days before it or that may be so: {before}, in no measure",)
        yield MeasureLine("Before the infusion", said)
    left_out: dict[str, list[str]] = {}
    for fact, reason in curve.left_out:
        left_out.setdefault(reason, []).append(fact)
    if left_out:
        reasons = tuple(f"{', '.join(facts)}: {why}" for why, facts in left_out.items())
        yield MeasureLine("Left out", reasons)
    if curve.b_cells is not None:
        yield from b_cell_lines(curve.b_cells)


def _summary(curve: TransgeneCurve) -> Iterator[MeasureLine]:
    if curve.reason:
        yield MeasureLine("Kinetics", (f"{NOT_ASSESSABLE}: {curve.reason}",))
        return
    kinetics, unit = curve.kinetics, unit_words(curve.course.unit)
    yield MeasureLine("Cmax, Tmax", (_at(kinetics.cmax, unit),))
    rule = (AREA, kinetics.below_lloq)
    yield MeasureLine("AUC0-28d", tuple(_areas(curve, f"{unit} × d")), rule)
    yield MeasureLine("Clast, Tlast", (_at(kinetics.clast, unit),))
    lives = dict.fromkeys(_half_life(life) for life in kinetics.half_lives)
    kinds = dict.fromkeys(life.interval.kind for life in kinetics.half_lives if life.interval)
    yield MeasureLine("Half-life", tuple(lives), tuple(kinds))
    yield MeasureLine("Persistence and loss", tuple(_persistence(curve)))
    if curve.fit is None:
        yield MeasureLine("Model", (f"not fitted: {curve.fit_reason}",))
    else:
        kinds = dict.fromkeys(one.interval.kind for one in curve.fit.parameters if one.interval)
        fitted = tuple(_fit(curve.fit, curve.product))
        yield MeasureLine("Model, not a measurement", fitted, tuple(kinds))


def _at(known: Known, unit: str) -> str:
    if known.value is None or known.days is None:
        return f"{NOT_ASSESSABLE}: {known.reason}"
    return f"{copies_words(known.value)} {unit} on {days_words(known.days)}"


def _areas(curve: TransgeneCurve, unit: str) -> Iterator[str]:
    whole, part = curve.kinetics.auc, curve.kinetics.auc_to_last
    if whole.value is not None:
        yield f"{copies_words(whole.value)} {unit}"
        return
    yield f"{NOT_ASSESSABLE}: {whole.reason}"
    if part.value is not None and part.days is not None:
        yield f"to day {part.days[1]:g}: {copies_words(part.value)} {unit}"


def _half_life(life: HalfLife) -> str:
    if life.days is None:
        return f"{NOT_ASSESSABLE}: {life.reason}"
    return f"{life.days:.3g} d{_interval(life.interval)}: {life.definition} ({life.points} values)"


def _interval(interval: Interval | None) -> str:
    if interval is None:
        return ""
    level = f"{100 * interval.level:g} %"
    if math.isinf(interval.high):
        return f" ({level} interval from {interval.low:.3g}, no upper end)"
    return f" ({level} interval {copies_words(interval.low)} to {copies_words(interval.high)})"


def _persistence(curve: TransgeneCurve) -> Iterator[str]:
    kinetics = curve.kinetics
    if kinetics.persistent is not None:
        yield f"at or above LLOQ until {days_words(kinetics.persistent)}"
    if kinetics.lost is not None:
        first, last = kinetics.lost
        yield f"lost (below LLOQ) between day {first:g} and day {last:g}"
    else:
        yield f"no loss shown: {kinetics.loss_reason}"
    detected = [s.days for s in curve.drawn if s.said == "detected"]
    if detected:
        yield f"detected without a number on {on_days(detected)}"


def _fit(fit: SteinFit, product: str) -> Iterator[str]:
    model = stein_2019()
    seen = f"{fit.quantified} values at or above LLOQ, {fit.below} below"
    yield f"{model.cite}, fitted to {seen}"
    given = f"; given here: {product}" if product else ""
    yield f"its population: {model.product}, {model.population}{given}"
    for one in (*fit.parameters, *fit.derived):
        yield _parameter(one)


def _parameter(one: FittedParameter) -> str:
    unit = "" if one.unit == "1" else f" {unit_words(one.unit)}"
    rests = "; hardly informed by these values: the population's" if one.from_population else ""
    return f"{one.id} {copies_words(one.value)}{unit}{_interval(one.interval)}{rests}"
