"""Which standards grade: one row a version. A new standard of grades registers here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from residua.errors import ValueFault, nearest
from residua.standards import (
    astct_crs,
    astct_icans,
    ctcae,
    ebmt_vod,
    ebmt_vod_paediatric,
    glucksberg,
    icaht,
    lee,
    magic,
    nih_cgvhd,
    penn,
    t_icaht,
)
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

Grader = Callable[[str, GradeInputs], Grading]
"""Takes a term (empty where none is named) and what is given; raises ValueFault (``field``
value, unit, lln, uln, baseline, term or finding) for what does not fit."""

GRADERS: dict[tuple[str, str], Grader] = {
    ("ctcae", "5.0"): partial(ctcae.grade, version="5.0"),
    ("ctcae", "6.0"): partial(ctcae.grade, version="6.0"),
    ("ebmt-vod", "2016"): partial(ebmt_vod.grade, version="2016"),
    ("ebmt-vod", "2023"): partial(ebmt_vod.grade, version="2023"),
    ("ebmt-vod-paediatric", "2018"): partial(ebmt_vod_paediatric.grade, version="2018"),
    ("icaht", "2023"): icaht.grade,
    ("t-icaht", "2025"): t_icaht.grade,
    ("magic", "2016"): magic.grade,
    ("glucksberg", "1994"): glucksberg.grade,
    ("nih-cgvhd", "2014"): nih_cgvhd.grade,
    ("astct-crs", "2019"): astct_crs.grade,
    ("astct-icans", "2019"): astct_icans.grade,
    ("lee", "2014"): lee.grade,
    ("penn", "2018"): penn.grade,
}


def grader_of(standard: str, version: str) -> Grader:
    """The grader of a standard; without a version, that of its only one.

    Raises ValueFault for a standard or version that does not grade, and where several versions
    do and none is named.
    """
    versions = {v: grader for (name, v), grader in GRADERS.items() if name == standard}
    if not versions:
        known = {name for name, _ in GRADERS}
        do = nearest(standard, known)
        received = f"{standard!r}" if do.startswith("write") else "another word"
        raise ValueFault("a standard that grades", received, do, field="standard")
    if not version and len(versions) == 1:
        return next(iter(versions.values()))
    if version not in versions:
        received = "another one" if version else "no version"
        do = f"name one of: {', '.join(versions)}"
        raise ValueFault(f"a version of {standard}", received, do, field="version")
    return versions[version]
