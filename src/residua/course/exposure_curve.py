"""Modelled exposure to a drug of one treatment, or why none is told."""

from __future__ import annotations

from dataclasses import dataclass

from residua.measures.modelled_exposure import ModelledExposure


@dataclass(frozen=True)
class ExposureCurve:
    """The curve of one treatment (id) by one model; ``reason`` says why there is none.

    ``used`` are the ids of the facts behind doses and covariates.
    """

    treatment: str
    model: str
    used: tuple[str, ...]
    modelled: ModelledExposure | None = None
    reason: str = ""
    notes: tuple[str, ...] = ()
    auc_range: tuple[float, float] | None = None
    """AUC 0-672 h in ng h/mL over every number of blasts, where these are not stated."""
