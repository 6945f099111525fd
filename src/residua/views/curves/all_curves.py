"""All laboratory curves, for ``course.json`` and for the report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from residua.course.course import Course
from residua.course.curves import Curves
from residua.views.curves.cytokines import cytokine_documents, cytokine_groups
from residua.views.curves.exposure import exposure_documents, exposure_groups
from residua.views.curves.group import CurveGroup
from residua.views.curves.mrd import mrd_documents, mrd_groups
from residua.views.curves.plates import plates_documents, plates_groups
from residua.views.curves.transgene import transgene_documents, transgene_groups


def curve_documents(course: Course, curves: Curves) -> tuple[Mapping[str, Any], ...]:
    """The entries of ``measures[]`` in ``course.json``, each with its ``kind``."""
    return (
        *cytokine_documents(course, curves),
        *transgene_documents(course, curves),
        *mrd_documents(course, curves),
        *exposure_documents(course, curves),
        *plates_documents(course, curves),
    )


def curve_groups(course: Course, curves: Curves) -> tuple[CurveGroup, ...]:
    """The groups of the report's section "Curves"."""
    return (
        *cytokine_groups(course, curves),
        *transgene_groups(course, curves),
        *mrd_groups(course, curves),
        *exposure_groups(course, curves),
        *plates_groups(course, curves),
    )
