"""The tables of all standards of grades: another standard adds its two rows here."""

from __future__ import annotations

from counts_boundaries import ICAHT_BOUNDARIES, T_ICAHT_BOUNDARIES
from ctcae_boundaries import CTCAE_BOUNDARIES
from effector_boundaries import EFFECTOR_BOUNDARIES
from grade_boundaries import Book, GradeBoundary
from gvhd_boundaries import GVHD_BOUNDARIES
from vod_boundaries import VOD_BOOKS, VOD_GRADES

from residua.standards import (
    astct_crs,
    astct_icans,
    ctcae,
    glucksberg,
    icaht,
    lee,
    magic,
    nih_cgvhd,
    penn,
    t_icaht,
)

GRADE_BOUNDARIES: tuple[GradeBoundary, ...] = (
    *CTCAE_BOUNDARIES,
    *VOD_GRADES,
    *ICAHT_BOUNDARIES,
    *T_ICAHT_BOUNDARIES,
    *EFFECTOR_BOUNDARIES,
    *GVHD_BOUNDARIES,
)

GRADE_BOOKS: dict[tuple[str, str], Book] = {
    ("ctcae", "5.0"): ctcae.book("5.0"),
    ("ctcae", "6.0"): ctcae.book("6.0"),
    **VOD_BOOKS,
    ("icaht", "2023"): icaht.book(),
    ("t-icaht", "2025"): t_icaht.book(),
    ("magic", "2016"): magic.book(),
    ("glucksberg", "1994"): glucksberg.book(),
    ("nih-cgvhd", "2014"): nih_cgvhd.book(),
    ("astct-crs", "2019"): astct_crs.book(),
    ("astct-icans", "2019"): astct_icans.book(),
    ("lee", "2014"): lee.book(),
    ("penn", "2018"): penn.book(),
}
