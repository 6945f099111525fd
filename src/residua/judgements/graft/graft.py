"""Acute and chronic GVHD and chimerism after transplant."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.graft.chimerism import judge_chimerism
from residua.judgements.graft.gvhd import judge_gvhd
from residua.judgements.judgement import Judgement


def judge_graft(course: Course) -> tuple[Judgement, ...]:
    """GVHD of every transplant and donor lymphocyte infusion, then every chimerism.

    GVHD by MAGIC and Glucksberg (acute) and by NIH (chronic), under the graft's id; an autologous
    transplant brings none. Chimerism by both of its sources, under the id of each measurement.
    """
    return (*judge_gvhd(course), *judge_chimerism(course))
