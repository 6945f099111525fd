"""Cytokines around one infusion of cells: the values of each analyte in days since it."""

from __future__ import annotations

from dataclasses import dataclass

from residua.measures.analyte_value import AnalyteValue
from residua.measures.cytokine_kinetics import CytokineKinetics


@dataclass(frozen=True)
class LeftOut:
    """A value (id) that is not on the curve, and why."""

    fact: str
    reason: str


@dataclass(frozen=True)
class CytokineCurve:
    """One analyte around the infusion `infusion` (id); ``facts`` are the ids of its values.

    ``values`` stand in the order of ``facts``, in the unit of ``kinetics``. ``laboratory`` marks
    ferritin and CRP, which are no cytokines. ``until`` is the day from which values are another
    therapy's (`by`, an id), None where the window alone ends the curve.
    """

    infusion: str
    analyte: str
    facts: tuple[str, ...]
    simulated: bool
    values: tuple[AnalyteValue, ...]
    kinetics: CytokineKinetics
    laboratory: bool = False
    until: int | None = None
    by: str = ""
    left_out: tuple[LeftOut, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of its values."""
        return self.kinetics.unit
