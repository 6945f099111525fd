"""The transgene's curve of each CAR-T infusion, target and tissue of a course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from residua.course.b_cell_course import BCellCourse
from residua.course.course import Course
from residua.course.since_infusion import car_t_infusions
from residua.course.transgene_curve import TransgeneCurve, TransgeneSample
from residua.facts.laboratory import Transgene
from residua.facts.treatment import CellInfusion
from residua.main.curves.b_cells import b_cell_course
from residua.main.curves.transgene_samples import Sampled, Series, series_of
from residua.measures.stein_fit import SteinFit, fit_stein
from residua.measures.transgene_course import TransgeneCourse, transgene_course
from residua.measures.transgene_kinetics import (
    HalfLife,
    Known,
    TransgeneKinetics,
    measure_transgene,
)
from residua.standards.stein_2019 import stein_2019


def transgene_curves(course: Course) -> tuple[TransgeneCurve, ...]:
    """One curve per CAR-T infusion, target and tissue, in the order of the course.

    None where no transgene was looked for, or no CAR-T cells were given.
    """
    facts = tuple(fact for _, fact in course.of(Transgene))
    infusions = car_t_infusions(course)
    if not facts or not infusions:
        return ()
    b_cells = {one.id: b_cell_course(course, one) for one in infusions}
    by_id = {one.id: one for one in infusions}
    return tuple(
        _curve(course, series, by_id[series.infusion], b_cells[series.infusion])
        for series in series_of(course, infusions, facts)
    )


@dataclass(frozen=True)
class _Measured:
    """What follows from the samples of one series."""

    course: TransgeneCourse
    kinetics: TransgeneKinetics
    fit: SteinFit | None = None
    fit_reason: str = ""


def _curve(
    course: Course, series: Series, infusion: CellInfusion, b_cells: BCellCourse
) -> TransgeneCurve:
    measured = _measured(series)
    left_out = tuple((s.fact.id, s.reason) for s in series.sampled if s.reason)
    return TransgeneCurve(
        series.infusion,
        series.target,
        tuple(s.fact.id for s in series.sampled),
        course.case.simulated or any(s.fact.simulated for s in series.sampled),
        measured.course,
        measured.kinetics,
        measured.fit,
        measured.fit_reason,
        series.tissue,
        infusion.product or "",
        tuple(s.sample for s in series.sampled if s.sample),
        left_out,
        series.reason,
        b_cells,
    )


def _measured(series: Series) -> _Measured:
    rules = stein_2019().summary
    values = transgene_course(s.value for s in series.sampled if s.value is not None)
    if series.reason or not values.values:
        reason = series.reason or "no value of a known day after the infusion"
        return _Measured(values, _nothing(values.unit, reason, values.flags), None, reason)
    kinetics = _lost_or_not(measure_transgene(values, rules), series.sampled)
    fit, reason = _fitted(values, series.tissue)
    return _Measured(values, kinetics, fit, reason)


def _fitted(values: TransgeneCourse, tissue: str) -> tuple[SteinFit | None, str]:
    """The model's fit, or why it does not apply."""
    model = stein_2019()
    if tissue != "blood":
        return None, f"the model is of blood, these values are of {tissue}"
    if values.unit not in (model.unit, "not stated"):
        return None, f"the model is of {model.unit}, these values are in {values.unit}"
    fit = fit_stein(values, model)
    return (None, fit.reason) if fit.reason else (fit, "")


def _lost_or_not(kinetics: TransgeneKinetics, sampled: Sequence[Sampled]) -> TransgeneKinetics:
    """No loss where the cells were later detected without a number."""
    there = [s.sample for s in sampled if s.sample and s.sample.said == "detected"]
    if kinetics.lost is None:
        return kinetics
    later = [s for s in there if s.days[1] >= kinetics.lost[1]]
    if not later:
        return kinetics
    reason = f"detected without a number on day {_last(later):g}, after a value below LLOQ"
    return replace(kinetics, lost=None, loss_reason=reason)


def _last(samples: Sequence[TransgeneSample]) -> float:
    return max(sample.days[1] for sample in samples)


def _nothing(unit: str, reason: str, flags: tuple[str, ...]) -> TransgeneKinetics:
    """Kinetics of which nothing is assessable, for one reason."""
    none = Known(None, None, reason)
    lives = (HalfLife("after Cmax", None, None, 0, None, reason),)
    return TransgeneKinetics(
        unit, none, none, none, none, lives, None, None, reason, "", flags
    )  # fmt: skip
