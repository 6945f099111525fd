"""The laboratory curves of a course: what was measured over time, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.cytokine_curve import CytokineCurve
from residua.course.exposure_curve import ExposureCurve
from residua.course.mrd_curve import MrdCurve
from residua.course.plate_record import PlateRecord
from residua.course.transgene_curve import TransgeneCurve


@dataclass(frozen=True)
class Curves:
    """Every curve of a course, each kind in the order of the course.

    ``plates`` are the raw plates of quantitative PCR, as their file names them.
    """

    cytokines: tuple[CytokineCurve, ...] = ()
    transgene: tuple[TransgeneCurve, ...] = ()
    mrd: tuple[MrdCurve, ...] = ()
    exposure: tuple[ExposureCurve, ...] = ()
    plates: tuple[PlateRecord, ...] = ()
