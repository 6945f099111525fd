"""Cytokines around one infusion of cells: the values of each analyte in days since it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CytokineCurve:
    """One analyte around the infusion `infusion` (id); ``facts`` are the ids of its values."""

    infusion: str
    analyte: str
    facts: tuple[str, ...]
    simulated: bool
