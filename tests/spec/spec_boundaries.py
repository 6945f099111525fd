"""The rulebook by example: what each standard says just below, at and above each limit.

The expected verdicts are read from the standards' texts (ELN 2024
response and MRD tables, PMC7272718 table 4a, CIBMTR manual, NCCN as widely used, the label of
inotuzumab ozogamicin, Buchmann 2022, PMC8824253 table 1), not from the code.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from residua.facts.quantity import Quantity
from residua.standards import (
    chimerism,
    cibmtr,
    eln_all,
    inovate,
    mrd_terms,
    nccn,
    nci,
    ponte_di_legno,
)
from residua.standards.quantities import Quantities
from residua.standards.ruling import Ruling
from residua.standards.truth import UNAVAILABLE, Given

Raw = str | bool
Base = dict[str, Raw]
AXES: dict[tuple[str, str], Callable[..., Ruling]] = {
    ("eln_all", "response"): eln_all.response,
    ("eln_all", "mrd-variant-1"): eln_all.mrd_variant_1,
    ("eln_all", "mrd-variant-2"): eln_all.mrd_variant_2,
    ("nci", "response"): nci.response,
    ("nci", "relapse"): nci.relapse,
    ("cibmtr", "response"): cibmtr.response,
    ("nccn", "response"): nccn.response,
    ("nccn", "relapse"): nccn.relapse,
    ("inovate", "response"): inovate.response,
    ("inovate", "mrd"): inovate.mrd,
    ("ponte_di_legno", "relapse"): ponte_di_legno.relapse,
    ("mrd_terms", "mrd"): mrd_terms.mrd,
    ("mrd_terms", "mrd-change"): mrd_terms.mrd_change,
    ("mrd_terms", "relapse"): mrd_terms.relapse,
    ("chimerism", "chimerism-over-95"): chimerism.over_95,
    ("chimerism", "chimerism-from-95"): chimerism.from_95,
}


@dataclass(frozen=True)
class Boundary:
    """One quantity moved across the limit of one or more rules, all else as in ``base``."""

    book: str
    term: str
    rules: str
    base: Base
    quantity: str
    rows: dict[Raw, str]


def given(raw: Raw) -> Given:
    """A value of a table as a standard takes it."""
    if isinstance(raw, bool):
        return raw
    return UNAVAILABLE if raw == UNAVAILABLE else Quantity.parse(raw)


def verdict(boundary: Boundary, value: Raw) -> str | None:
    """What the standard says with the quantity at `value`."""
    inputs = {name: given(raw) for name, raw in {**boundary.base, boundary.quantity: value}.items()}
    return AXES[boundary.book, boundary.term](Quantities(**inputs)).verdict


COUNTS: Base = {"neutrophils": "1.5 10*9/L", "platelets": "150 10*9/L"}
ELN: Base = COUNTS | {
    "marrow_blasts": "2 %", "extramedullary": False, "red_cell_transfusion": False,
    "mrd_level": UNAVAILABLE, "blast_change": "-90 %",
}  # fmt: skip
NCI: Base = COUNTS | {
    "marrow_blasts": "2 %", "blood_blasts": "0 %", "trilineage": True, "extramedullary": False,
    "remission_duration": "40 d", "blast_change": "-90 %",
}  # fmt: skip
CIBMTR: Base = {k: v for k, v in NCI.items() if k != "blast_change"} | {"transfusion": False}
NCCN: Base = NCI | {"end_of_induction": False}
INO: Base = COUNTS | {"marrow_blasts": "2 %", "blood_blasts": "0 %", "extramedullary": False}
QUIET: Base = {"marrow_blasts": "2 %", "blood_blasts": "0 %", "extramedullary": False}
POSITIVE: Base = {
    "mrd_detected": True, "mrd_level": "0.5 %", "mrd_quantifiable": True, "mrd_lod": "1e-5 1",
}  # fmt: skip
NEGATIVE: Base = POSITIVE | {
    "mrd_detected": False,
    "mrd_level": "<1e-5 1",
    "mrd_quantifiable": False,
}
V2 = ("mrd_detected", "mrd_quantifiable", "mrd_lod")
POSITIVE_V2 = {k: POSITIVE[k] for k in V2}
NEGATIVE_V2 = {k: NEGATIVE[k] for k in V2}
PDL: Base = {
    "mrd_level": "0.1 %", "other_tests": "0 1", "second_marrow_tests": "0 1",
    "extramedullary": False,
}  # fmt: skip
NOW: Base = {"mrd_level": "0.5 %", "mrd_quantifiable": True}
BEFORE_NEGATIVE: Base = {"earlier_mrd_detected": False, "earlier_mrd_lod": "1e-5 1"}
REAPPEARS: Base = NOW | BEFORE_NEGATIVE | {"earlier_mrd_level": "<1e-5 1", "treated_between": True}
PERSISTS: Base = NOW | {
    "earlier_mrd_detected": True, "earlier_mrd_lod": "1e-5 1", "earlier_mrd_level": "0.5 %",
    "treated_between": True,
}  # fmt: skip
MRD_RELAPSE: Base = NOW | BEFORE_NEGATIVE | {"marrow_blasts": "2 %"}

E, N, C, K, INV, P, M = "eln_all", "nci", "cibmtr", "nccn", "inovate", "ponte_di_legno", "mrd_terms"
R, L, V1, V2T, D = "response", "relapse", "mrd-variant-1", "mrd-variant-2", "mrd-change"
NO_PR = "not CR: no criterion of PR or progression met"
NO_PD = "not CR: no criterion of progression met"
PD = "not CR: progressive disease"
HAEM, NONE = "haematological relapse", "no haematological relapse"
OUTSIDE = "haematological relapse: at an extramedullary site"
COMPLETE = "complete MRD response"
INSENSITIVE = "MRD other: negative with insufficient sensitivity"
QUANT = "MRD other: positive and quantifiable, at most 0.01 %"
NOT_QUANT = "MRD other: positive and not quantifiable"
PDL25 = "haematological relapse: marrow MRD at least 25 %"
PDL5 = "haematological relapse: marrow MRD at least 5 %, confirmed"
PDL1 = "haematological relapse: marrow MRD at least 1 %, confirmed twice"
NO_PDL = "no relapse criterion met"
INTER = "MRD other: intermediate, positive"
INTER_NEG = "MRD other: intermediate, negative with insufficient sensitivity"
NEITHER = "MRD other: neither persistence nor reappearance"
NOT_NEG = "MRD other: not MRD-negative (at least 0.01 %)"
INO_NO = "not CR: CRi excluded"

FULL, MIXED = "full donor chimerism", "mixed chimerism"
BOUNDARIES = (
    # ELN 2024, response
    Boundary(E, R, "marrow-blasts-below-5 pr-blasts-at-least-5", ELN, "marrow_blasts",
             {"4.99 %": "CR", "5 %": "PR", "5.01 %": "PR"}),
    Boundary(E, R, "pr-blasts-at-most-25", ELN, "marrow_blasts",
             {"24.9 %": "PR", "25 %": "PR", "25.1 %": "failure"}),
    Boundary(E, R, "pr-fall-at-least-50", ELN | {"marrow_blasts": "20 %"}, "blast_change",
             {"-50.1 %": "PR", "-50 %": "PR", "-49.9 %": "failure"}),
    Boundary(E, R, "neutrophils-above-1 neutrophils-below-1", ELN, "neutrophils",
             {"0.99 10*9/L": "CRi", "1.0 10*9/L": "MLFS", "1.01 10*9/L": "CR"}),
    Boundary(E, R, "platelets-above-100 platelets-below-100", ELN, "platelets",
             {"99 10*9/L": "CRi", "100 10*9/L": "MLFS", "101 10*9/L": "CR"}),
    Boundary(E, R, "mrd-below-1 mrd-at-least-1", ELN, "mrd_level",
             {"0.99 %": "CR", "1 %": "failure: MRD at least 1 %",
              "1.01 %": "failure: MRD at least 1 %", "unavailable": "CR"}),
    Boundary(E, R, "mrd-available-below-1", ELN | {"marrow_blasts": "10 %"}, "mrd_level",
             {"0.99 %": "CR: criteria of PR with MRD below 1 %",
              "1 %": "failure: MRD at least 1 %", "unavailable": "PR"}),
    Boundary(E, R, "no-extramedullary-disease", ELN, "extramedullary",
             {False: "CR", True: "failure"}),
    Boundary(E, R, "no-red-cell-transfusion", ELN, "red_cell_transfusion",
             {False: "CR", True: "MLFS", "unavailable": "CR"}),
    # ELN 2024, MRD
    Boundary(E, V1, "v1-above-1e-4", POSITIVE, "mrd_level",
             {"0.0099 %": QUANT, "0.01 %": QUANT, "0.0101 %": "MRD failure"}),
    Boundary(E, V1, "v1-sensitivity", NEGATIVE, "mrd_lod",
             {"0.0099 %": COMPLETE, "0.01 %": COMPLETE, "0.0101 %": INSENSITIVE}),
    Boundary(E, V1, "v1-not-detected", POSITIVE, "mrd_detected",
             {False: COMPLETE, True: "MRD failure"}),
    Boundary(E, V1, "v1-quantifiable", POSITIVE, "mrd_quantifiable",
             {False: NOT_QUANT, True: "MRD failure"}),
    Boundary(E, V2T, "v2-sensitivity", NEGATIVE_V2, "mrd_lod",
             {"0.0099 %": COMPLETE, "0.01 %": COMPLETE, "0.0101 %": INSENSITIVE}),
    Boundary(E, V2T, "v2-not-detected", POSITIVE_V2, "mrd_detected",
             {False: COMPLETE, True: "MRD persistence"}),
    Boundary(E, V2T, "v2-quantifiable", POSITIVE_V2, "mrd_quantifiable",
             {False: NOT_QUANT, True: "MRD persistence"}),
    # NCI 2010
    Boundary(N, R, "marrow-blasts-below-5", NCI, "marrow_blasts",
             {"4.99 %": "CR", "5 %": "PR", "5.01 %": "PR"}),
    Boundary(N, R, "pr-blasts-at-most-25", NCI, "marrow_blasts",
             {"24.9 %": "PR", "25 %": "PR", "25.1 %": NO_PR}),
    Boundary(N, R, "pr-fall-at-least-50", NCI | {"marrow_blasts": "20 %"}, "blast_change",
             {"-50.1 %": "PR", "-50 %": "PR", "-49.9 %": NO_PR}),
    Boundary(N, R, "pd-rise-at-least-25", NCI | {"marrow_blasts": "20 %"}, "blast_change",
             {"24.9 %": NO_PR, "25 %": PD, "25.1 %": PD}),
    Boundary(N, R, "neutrophils-at-least-1", NCI, "neutrophils",
             {"0.99 10*9/L": "CRi", "1.0 10*9/L": "CR", "1.01 10*9/L": "CR"}),
    Boundary(N, R, "platelets-at-least-100", NCI, "platelets",
             {"99 10*9/L": "CRi", "100 10*9/L": "CR", "101 10*9/L": "CR"}),
    Boundary(N, R, "four-weeks", NCI, "remission_duration",
             {"27 d": "PR", "28 d": "CR", "29 d": "CR"}),
    Boundary(N, R, "no-circulating-blasts", NCI, "blood_blasts", {"0 %": "CR", "0.1 %": "PR"}),
    Boundary(N, R, "trilineage", NCI, "trilineage", {True: "CR", False: "PR"}),
    Boundary(N, R, "no-extramedullary-disease", NCI, "extramedullary", {False: "CR", True: "PR"}),
    Boundary(N, L, "relapse-marrow-at-least-25", QUIET, "marrow_blasts",
             {"24.9 %": NONE, "25 %": HAEM, "25.1 %": HAEM}),
    Boundary(N, L, "relapse-blood-at-least-25", QUIET, "blood_blasts",
             {"24.9 %": NONE, "25 %": HAEM, "25.1 %": HAEM}),
    Boundary(N, L, "relapse-extramedullary", QUIET, "extramedullary", {False: NONE, True: OUTSIDE}),
    # CIBMTR
    Boundary(C, R, "marrow-blasts-below-5", CIBMTR, "marrow_blasts",
             {"4.99 %": "CR", "5 %": "not CR", "5.01 %": "not CR"}),
    Boundary(C, R, "neutrophils-at-least-1", CIBMTR, "neutrophils",
             {"999 /uL": "not CR", "1000 /uL": "CR", "1001 /uL": "CR"}),
    Boundary(C, R, "platelets-at-least-100", CIBMTR, "platelets",
             {"99999 /uL": "not CR", "100000 /uL": "CR", "100001 /uL": "CR"}),
    Boundary(C, R, "four-weeks", CIBMTR, "remission_duration",
             {"27 d": "not CR", "28 d": "CR", "29 d": "CR"}),
    Boundary(C, R, "no-circulating-blasts", CIBMTR, "blood_blasts",
             {"0 %": "CR", "0.1 %": "not CR"}),
    Boundary(C, R, "trilineage", CIBMTR, "trilineage", {True: "CR", False: "not CR"}),
    Boundary(C, R, "no-extramedullary-disease", CIBMTR, "extramedullary",
             {False: "CR", True: "not CR"}),
    Boundary(C, R, "transfusion-independent", CIBMTR, "transfusion", {False: "CR", True: "not CR"}),
    # NCCN as widely used
    Boundary(K, R, "marrow-blasts-below-5", NCCN, "marrow_blasts",
             {"4.99 %": "CR", "5 %": NO_PD, "5.01 %": NO_PD}),
    Boundary(K, R, "neutrophils-at-least-1", NCCN, "neutrophils",
             {"0.99 10*9/L": "CRh", "1.0 10*9/L": "CR", "1.01 10*9/L": "CR"}),
    Boundary(K, R, "crh-neutrophils-at-least-0-5", NCCN, "neutrophils",
             {"0.49 10*9/L": "CRi", "0.5 10*9/L": "CRh", "0.51 10*9/L": "CRh"}),
    Boundary(K, R, "platelets-at-least-100", NCCN, "platelets",
             {"99 10*9/L": "CRh", "100 10*9/L": "CR", "101 10*9/L": "CR"}),
    Boundary(K, R, "crh-platelets-at-least-50", NCCN, "platelets",
             {"49 10*9/L": "CRi", "50 10*9/L": "CRh", "51 10*9/L": "CRh"}),
    Boundary(K, R, "four-weeks", NCCN, "remission_duration",
             {"27 d": NO_PD, "28 d": "CR", "29 d": "CR"}),
    Boundary(K, R, "no-circulating-blasts", NCCN, "blood_blasts", {"0 %": "CR", "0.1 %": NO_PD}),
    Boundary(K, R, "trilineage", NCCN, "trilineage", {True: "CR", False: NO_PD}),
    Boundary(K, R, "no-extramedullary-disease", NCCN, "extramedullary",
             {False: "CR", True: NO_PD}),
    Boundary(K, R, "end-of-induction", NCCN | {"marrow_blasts": "20 %"}, "end_of_induction",
             {True: "refractory", False: NO_PD}),
    Boundary(K, R, "pd-rise-at-least-25", NCCN | {"marrow_blasts": "20 %"}, "blast_change",
             {"24.9 %": NO_PD, "25 %": PD, "25.1 %": PD}),
    Boundary(K, L, "relapse-marrow-above-5", QUIET, "marrow_blasts",
             {"4.99 %": NONE, "5 %": NONE, "5.01 %": HAEM}),
    Boundary(K, L, "relapse-blood-above-5", QUIET, "blood_blasts",
             {"4.99 %": NONE, "5 %": NONE, "5.01 %": HAEM}),
    Boundary(K, L, "relapse-extramedullary", QUIET, "extramedullary", {False: NONE, True: OUTSIDE}),
    # INO-VATE
    Boundary(INV, R, "marrow-blasts-below-5", INO, "marrow_blasts",
             {"4.99 %": "CR", "5 %": INO_NO, "5.01 %": INO_NO}),
    Boundary(INV, R, "neutrophils-at-least-1", INO, "neutrophils",
             {"0.99 10*9/L": "CRi", "1.0 10*9/L": "CR", "1.01 10*9/L": "CR"}),
    Boundary(INV, R, "platelets-at-least-100", INO, "platelets",
             {"99 10*9/L": "CRi", "100 10*9/L": "CR", "101 10*9/L": "CR"}),
    Boundary(INV, R, "no-blood-blasts", INO, "blood_blasts", {"0 %": "CR", "0.1 %": INO_NO}),
    Boundary(INV, R, "extramedullary-resolved", INO, "extramedullary", {False: "CR", True: INO_NO}),
    Boundary(INV, "mrd", "mrd-below-1e-4", {}, "mrd_level",
             {"0.0099 %": "MRD-negative", "0.01 %": NOT_NEG, "0.0101 %": NOT_NEG}),
    # Ponte di Legno 2022
    Boundary(P, L, "mrd-at-least-25", PDL, "mrd_level",
             {"24.9 %": NO_PDL, "25 %": PDL25, "25.1 %": PDL25}),
    Boundary(P, L, "mrd-at-least-5", PDL | {"other_tests": "1 1"}, "mrd_level",
             {"4.99 %": NO_PDL, "5 %": PDL5, "5.01 %": PDL5}),
    Boundary(P, L, "mrd-at-least-1", PDL | {"other_tests": "2 1"}, "mrd_level",
             {"0.99 %": NO_PDL, "1 %": PDL1, "1.01 %": PDL1}),
    Boundary(P, L, "one-other-test", PDL | {"mrd_level": "10 %"}, "other_tests",
             {"0 1": NO_PDL, "1 1": PDL5, "2 1": PDL5}),
    Boundary(P, L, "two-other-tests", PDL | {"mrd_level": "3 %"}, "other_tests",
             {"1 1": NO_PDL, "2 1": PDL1, "3 1": PDL1}),
    Boundary(P, L, "two-tests-second-marrow", PDL | {"mrd_level": "3 %"}, "second_marrow_tests",
             {"1 1": NO_PDL, "2 1": PDL1, "3 1": PDL1}),
    Boundary(P, L, "no-extramedullary-disease", PDL, "extramedullary", {False: NO_PDL}),
    # MRD terms: PMC8824253 table 1
    Boundary(M, "mrd", "at-least-1e-4", POSITIVE, "mrd_level",
             {"0.0099 %": INTER, "0.01 %": "MRD failure", "0.0101 %": "MRD failure"}),
    Boundary(M, "mrd", "sensitivity", NEGATIVE, "mrd_lod",
             {"0.0099 %": COMPLETE, "0.01 %": COMPLETE, "0.0101 %": INTER_NEG}),
    Boundary(M, "mrd", "not-detected", POSITIVE, "mrd_detected",
             {False: COMPLETE, True: "MRD failure"}),
    Boundary(M, "mrd", "quantifiable", POSITIVE, "mrd_quantifiable",
             {False: INTER, True: "MRD failure"}),
    # MRD terms: Brueggemann 2010
    Boundary(M, D, "now-at-least-1e-4", REAPPEARS, "mrd_level",
             {"0.0099 %": NEITHER, "0.01 %": "MRD reappearance", "0.0101 %": "MRD reappearance"}),
    Boundary(M, D, "before-sensitive", REAPPEARS, "earlier_mrd_lod",
             {"0.0099 %": "MRD reappearance", "0.01 %": "MRD reappearance", "0.0101 %": NEITHER}),
    Boundary(M, D, "now-quantifiable", REAPPEARS, "mrd_quantifiable",
             {True: "MRD reappearance", False: NEITHER}),
    Boundary(M, D, "before-negative", PERSISTS, "earlier_mrd_detected",
             {True: "MRD persistence", False: "MRD reappearance"}),
    Boundary(M, D, "before-at-least-1e-4", PERSISTS, "earlier_mrd_level",
             {"0.0099 %": NEITHER, "0.01 %": "MRD persistence", "0.0101 %": "MRD persistence"}),
    Boundary(M, D, "treated-between", PERSISTS, "treated_between",
             {True: "MRD persistence", False: NEITHER}),
    # MRD terms: MRD relapse
    Boundary(M, L, "relapse-now-at-least-1e-4", MRD_RELAPSE, "mrd_level",
             {"0.0099 %": NO_PDL, "0.01 %": "MRD relapse", "0.0101 %": "MRD relapse"}),
    Boundary(M, L, "relapse-before-sensitive", MRD_RELAPSE, "earlier_mrd_lod",
             {"0.0099 %": "MRD relapse", "0.01 %": "MRD relapse", "0.0101 %": NO_PDL}),
    Boundary(M, L, "relapse-marrow-below-5", MRD_RELAPSE, "marrow_blasts",
             {"4.99 %": "MRD relapse", "5 %": NO_PDL, "5.01 %": NO_PDL}),
    Boundary(M, L, "relapse-now-quantifiable", MRD_RELAPSE, "mrd_quantifiable",
             {True: "MRD relapse", False: NO_PDL}),
    Boundary(M, L, "relapse-before-negative", MRD_RELAPSE, "earlier_mrd_detected",
             {False: "MRD relapse", True: NO_PDL}),
    # Chimerism: the ASTCT table (> 95 %) and a second source (>= 95 %); rejection below 5 %
    Boundary("chimerism", "chimerism-over-95", "donor-above-95", {}, "donor_chimerism",
             {"94.9 %": MIXED, "95 %": MIXED, "95.1 %": FULL}),
    Boundary("chimerism", "chimerism-over-95", "donor-below-5", {}, "donor_chimerism",
             {"4.9 %": "rejection", "5 %": MIXED, "5.1 %": MIXED}),
    Boundary("chimerism", "chimerism-from-95", "donor-from-95", {}, "donor_chimerism",
             {"94.9 %": MIXED, "95 %": FULL, "95.1 %": FULL}),
    Boundary("chimerism", "chimerism-from-95", "donor-below-5", {}, "donor_chimerism",
             {"4.9 %": "rejection", "5 %": MIXED, "5.1 %": MIXED}),
)  # fmt: skip
