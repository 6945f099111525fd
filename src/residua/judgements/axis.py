"""The axes on which standards judge, and the order in which people read them."""

from __future__ import annotations

import re

from residua.judgements.judgement import Judgement

AXES = ("response", "mrd", "relapse")
STANDARDS = (
    "eln-all",
    "nci",
    "cibmtr",
    "nccn",
    "ino-vate",
    "ponte-di-legno",
    "mrd-terms",
    "ctcae",
    "astct-crs",
    "astct-icans",
    "lee",
    "penn",
    "icaht",
    "t-icaht",
    "ebmt-vod",
    "ebmt-vod-paediatric",
    "baltimore",
    "seattle",
    "magic",
    "glucksberg",
    "nih-cgvhd",
    "astct-engraftment",
    "cibmtr-engraftment",
    "chimerism",
    "clinical-risk",
    "nccn-genetics",
    "eln-genetics",
    "relapse-mechanism",
    "mrd-concordance",
    "consistency",
)
CLAIM = "claim"
_VARIED = frozenset(
    (
        *AXES,
        "risk",
        "mechanism",
        "chimerism",
        "crs",
        "icans",
        "dose",
        "rescue",
        "support",
        "interval",
    )
)
"""Axes whose terms may carry a variant; every other term is an axis of its own."""
_OF_THE_RECORD = frozenset((CLAIM, "consistency"))


def axis_of(judgement: Judgement) -> str:
    """The axis of a judgement: its term without a variant (``mrd-variant-1`` -> ``mrd``)."""
    head = re.split(r"[-:/ ]", judgement.term, maxsplit=1)[0]
    varied = head in _VARIED and judgement.standard not in _OF_THE_RECORD
    return head if varied else judgement.term


def variant_of(judgement: Judgement) -> str:
    """What follows the axis in the term, in words; empty where nothing does."""
    rest = judgement.term[len(axis_of(judgement)) :].strip("-:/ ")
    return re.sub(r"\b(\d+)-(\d+)\b", r"\1 to \2", rest).replace("-", " ")


def axis_rank(axis: str) -> tuple[int, str]:
    """Sort key of an axis: response, MRD, relapse, then by name."""
    return (AXES.index(axis) if axis in AXES else len(AXES), axis)


def standard_rank(standard: str, version: str) -> tuple[int, str, str]:
    """Sort key of a standard: the fixed order, then by name and version."""
    known = STANDARDS.index(standard) if standard in STANDARDS else len(STANDARDS)
    return (known, standard, version)
