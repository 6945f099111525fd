"""Measure every laboratory curve of a course."""

from __future__ import annotations

from residua.course.course import Course
from residua.course.curves import Curves
from residua.main.curves.cytokines import cytokine_curves
from residua.main.curves.exposure import exposure_curves
from residua.main.curves.mrd import mrd_curves
from residua.main.curves.transgene import transgene_curves


def measure_curves(course: Course) -> Curves:
    """The curves of `course`, each kind in the order of the course."""
    return Curves(
        cytokines=cytokine_curves(course),
        transgene=transgene_curves(course),
        mrd=mrd_curves(course),
        exposure=exposure_curves(course),
    )
