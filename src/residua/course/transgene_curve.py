"""CAR-T cells after one infusion: the transgene's copies in days since it, and what they show."""

from __future__ import annotations

from dataclasses import dataclass

from residua.measures.stein_fit import SteinFit
from residua.measures.transgene_course import TransgeneCourse
from residua.measures.transgene_kinetics import TransgeneKinetics


@dataclass(frozen=True)
class TransgeneCurve:
    """One target after the infusion `infusion` (id); ``facts`` are the ids of its values.

    ``fit`` is None where the model does not apply, ``fit_reason`` says why.
    """

    infusion: str
    target: str
    facts: tuple[str, ...]
    simulated: bool
    course: TransgeneCourse
    kinetics: TransgeneKinetics
    fit: SteinFit | None = None
    fit_reason: str = ""
