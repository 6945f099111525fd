"""Modelled exposure as JSON and as text; both say that it is a model."""

from __future__ import annotations

from typing import Any

from residua import NOTICE
from residua.measures.modelled_exposure import ModelledExposure
from residua.views.json_numbers import digits

MODEL = "a model, not a measurement"


def exposure_document(modelled: ModelledExposure) -> dict[str, Any]:
    """The JSON of ``residua exposure``: concentrations to six significant digits."""
    exposure, model = modelled.exposure, modelled.model
    return {
        "kind": "model",
        "version": "1.0",
        "notice": NOTICE,
        "words": MODEL,
        "model": model.id,
        "drug": model.drug,
        "cite": model.cite,
        "population": model.population,
        "covariates": dict(modelled.covariates),
        "doses": [{"mg_per_m2": dose.mg_per_m2, "day": dose.day} for dose in modelled.doses],
        "series": [
            {"time_h": float(time), "concentration_ng_per_mL": digits(value)}
            for time, value in zip(exposure.time_h, exposure.concentration[:, 0], strict=True)
        ],
        "auc_0_672h_ng_h_per_mL": digits(modelled.auc_to_cycle),
        "floor": modelled.floor,
        "auc_0_672h_at_floors": [
            {"blasts": floor, "auc_0_672h_ng_h_per_mL": digits(auc)}
            for floor, auc in modelled.at_floors
        ],
        "parameters": [
            {"id": p.id, "clause": p.clause, "provenance": p.provenance} for p in model.parameters
        ],
        "notes": [model.note],
    }


def exposure_text(modelled: ModelledExposure) -> str:
    """The curve as a table, with the model, its source and what stood in for blasts of zero."""
    model, exposure = modelled.model, modelled.exposure
    lines = [f"{model.drug} by {model.id}: {MODEL}", f"  {model.cite}; {model.population}"]
    lines += ["", "   time    concentration", "      h          ng/mL"]
    pairs = zip(exposure.time_h, exposure.concentration[:, 0], strict=True)
    lines += [f"{time:7.6g} {value:14.6g}" for time, value in pairs]
    lines += ["", f"AUC 0-672 h: {modelled.auc_to_cycle:,.1f} ng h/mL".replace(",", " ")]
    if modelled.floor is not None:
        lines.append(f"  blasts below {modelled.floor:g}: {modelled.floor:g} stands for them")
        lines += [
            f"  with {f:g}: {auc:,.1f} ng h/mL".replace(",", " ") for f, auc in modelled.at_floors
        ]
    return "\n".join([*lines, f"  note: {model.note}", f"  {NOTICE}"])
