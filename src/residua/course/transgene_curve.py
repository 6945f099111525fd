"""CAR-T cells after one infusion: the transgene's copies in days since it, and what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.course.b_cell_course import BCellCourse
from residua.measures.stein_fit import SteinFit
from residua.measures.transgene_course import TransgeneCourse
from residua.measures.transgene_kinetics import TransgeneKinetics

Said = Literal["quantified", "below LLOQ", "not detected", "detected"]


@dataclass(frozen=True)
class TransgeneSample:
    """What one fact says, on days since the infusion that are equal where its day is known.

    ``value`` and ``lloq`` are in the unit of the curve. "below LLOQ" has an ``lloq``, "not
    detected" has none; "detected" has no number.
    """

    fact: str
    days: tuple[float, float]
    said: Said
    value: float | None = None
    lloq: float | None = None

    @property
    def after(self) -> bool:
        """Whether it is certainly of the infusion's day or later."""
        return self.days[0] >= 0


@dataclass(frozen=True)
class TransgeneCurve:
    """One target in one tissue after the infusion `infusion`; ``facts`` are ids of its values.

    ``tissue`` is "blood" also where no value states one. ``left_out`` are ids with the reason why
    nothing is measured from them. ``reason`` says why nothing at all is measured. ``fit`` is None
    where the model does not apply, ``fit_reason`` says why.
    """

    infusion: str
    target: str
    facts: tuple[str, ...]
    simulated: bool
    course: TransgeneCourse
    kinetics: TransgeneKinetics
    fit: SteinFit | None = None
    fit_reason: str = ""
    tissue: str = "blood"
    product: str = ""
    samples: tuple[TransgeneSample, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    b_cells: BCellCourse | None = None

    @property
    def drawn(self) -> tuple[TransgeneSample, ...]:
        """The samples that are certainly not from before the infusion."""
        return tuple(sample for sample in self.samples if sample.after)
