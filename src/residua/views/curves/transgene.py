"""CAR-T kinetics for ``course.json`` and for the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from residua import NOTICE
from residua.course.course import Course
from residua.course.curves import Curves
from residua.measures.stein_fit import FittedParameter, SteinFit
from residua.measures.transgene_kinetics import HalfLife, Known
from residua.standards.stein_2019 import stein_2019
from residua.views.anchors import fact_anchor
from residua.views.curves.b_cells import b_cell_document
from residua.views.curves.group import CurveGroup
from residua.views.curves.transgene_words import curve_lines
from residua.views.json_numbers import digits, interval_document
from residua.views.transgene_labels import CurveLabel, panel_labels

KIND = "residua.transgene-kinetics"
VERSION = "1.0"
MODEL = "a model, not a measurement"
Json = dict[str, Any]


def transgene_documents(course: Course, curves: Curves) -> tuple[Mapping[str, Any], ...]:
    """One document per infusion, target and tissue; numbers to six significant digits."""
    del course
    return tuple(_document(one) for one in panel_labels(curves.transgene).curves)


def transgene_groups(course: Course, curves: Curves) -> tuple[CurveGroup, ...]:
    """One group of the report per infusion, target and tissue."""
    del course
    return tuple(
        CurveGroup(
            f"CAR-T cells, {one.name} ({one.label} in the figure), days since",
            one.curve.infusion,
            fact_anchor(one.curve.infusion),
            tuple(curve_lines(one.curve)),
        )
        for one in panel_labels(curves.transgene).curves
    )


def _document(one: CurveLabel) -> Json:
    curve, kinetics = one.curve, one.curve.kinetics
    rules = stein_2019().summary
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": NOTICE,
        "label": one.label,
        "infusion": curve.infusion,
        "product": curve.product or None,
        "target": curve.target,
        "tissue": curve.tissue,
        "unit": curve.course.unit,
        "simulated": curve.simulated,
        "facts": list(curve.facts),
        "reason": curve.reason or None,
        "values": [
            {
                "fact": sample.fact,
                "days": list(sample.days),
                "said": sample.said,
                "value": sample.value,
                "lloq": sample.lloq,
            }
            for sample in curve.samples
        ],
        "left_out": [{"fact": fact, "reason": reason} for fact, reason in curve.left_out],
        "cmax": _known(kinetics.cmax, "tmax_days"),
        "clast": _known(kinetics.clast, "tlast_days"),
        "auc_0_28d": _known(kinetics.auc, "days"),
        "auc_to_last": _known(kinetics.auc_to_last, "days"),
        "below_lloq": kinetics.below_lloq or None,
        "half_lives": [_half_life(life) for life in kinetics.half_lives],
        "persistence": {"last_days_there": _days(kinetics.persistent)},
        "loss": {"between_days": _days(kinetics.lost), "reason": kinetics.loss_reason or None},
        "flags": list(kinetics.flags),
        "conventions": {
            "clause": rules.clause,
            "cite": rules.cite,
            "provenance": rules.provenance,
        },
        "model": _model(curve.fit, curve.fit_reason),
        "b_cells": b_cell_document(curve.b_cells) if curve.b_cells else None,
    }


def _known(known: Known, days: str) -> Json:
    return {
        "value": digits(known.value),
        days: _days(known.days),
        "reason": known.reason or None,
    }


def _days(days: tuple[float, float] | None) -> list[float] | None:
    return None if days is None else list(days)


def _half_life(life: HalfLife) -> Json:
    return {
        "definition": life.definition,
        "days": digits(life.days),
        "interval": interval_document(life.interval),
        "points": life.points,
        "adjusted_r2": digits(life.adjusted_r2),
        "reason": life.reason or None,
    }


def _model(fit: SteinFit | None, reason: str) -> Json:
    model = stein_2019()
    said = {
        "words": MODEL,
        "id": model.id,
        "cite": model.cite,
        "product": model.product,
        "population": model.population,
        "fitted": fit is not None,
        "reason": reason or None,
    }
    if fit is None:
        return said
    return said | {
        "quantified": fit.quantified,
        "below_lloq": fit.below,
        "parameters": [_parameter(one) for one in fit.parameters],
        "derived": [_parameter(one) for one in fit.derived],
        "residual": {"value": model.residual, "clause": model.residual_clause},
    }


def _parameter(one: FittedParameter) -> Json:
    return {
        "id": one.id,
        "unit": one.unit,
        "value": digits(one.value),
        "interval": interval_document(one.interval),
        "from_population": one.from_population,
    }
