"""Risk and mechanism of relapse at every limit, and every lesion under both genetic lists.

The oracles are the lists as sourced: NCCN as BMJ Best Practice reproduces it (poor: hypodiploidy
below 44, TP53, KMT2A-r, IGH-r, HLF-r, ZNF384-r, MEF2D-r, MYC-r, Ph-like, PAX5alt, iAMP21, IKZF1,
complex from 5, t(9;22) with IKZF1plus or antecedent CML; standard: hyperdiploidy 51-65,
ETV6::RUNX1, TCF3::PBX1, DUX4-r, PAX5 P80R, t(9;22) without both), ELN 2024 Table 2, and the
clinical limits as remembered (WBC 30 and 100, MRD 1e-3 and 1e-4, ages by group).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spec_boundaries import Base, Boundary, Raw, given

from residua.facts.lesion_names import lesion_table, read_lesion
from residua.standards import clinical_risk, genetic_risk, relapse_mechanism
from residua.standards.genetic_risk import Lesions, count
from residua.standards.relapse_mechanism import aplasia
from residua.standards.truth import Given

CLIN, MECH, APL = "clinical_risk", "relapse_mechanism", "b_cell_aplasia"
HIGH, LOW, OPEN, NONE = "high risk", "standard risk", "not assessable", "not assessable"
A35, A40, A55 = clinical_risk.BASELINE
QUIET: Base = {
    "age": "20 a", "white_cells_b": "10 10*9/L", "white_cells_t": "unavailable",
    "cns_disease": False, "extramedullary_at_diagnosis": False, "adverse_genetics": False,
}  # fmt: skip
T_CELL: Base = QUIET | {"white_cells_b": "unavailable", "white_cells_t": "10 10*9/L"}
CLEAR: Base = {
    "cr_after_first_induction": True, "mrd_end_of_induction": "<1e-4 1",
    "mrd_after_consolidation": "<1e-5 1", "mrd_time_points": "0 1",
}  # fmt: skip
KNOWN: Base = {"target_expressed": True, "cells_persist": False, "lineage_switched": False}
LOST = "target-positive with lost persistence"
THERE = "target-positive with persistence"
DIM, SWITCH = "target-negative or dim", "lineage switch"

RISK_BOUNDARIES: tuple[Boundary, ...] = (
    Boundary(CLIN, A35, "age-above-35", QUIET, "age", {"34 a": LOW, "35 a": LOW, "36 a": HIGH}),
    Boundary(CLIN, A40, "age-at-least-35 age-at-least-40", QUIET, "age",
             {"34 a": LOW, "35 a": OPEN, "39 a": OPEN, "40 a": HIGH, "41 a": HIGH}),
    Boundary(CLIN, A55, "age-at-least-45 age-at-least-55", QUIET, "age",
             {"44 a": LOW, "45 a": OPEN, "54 a": OPEN, "55 a": HIGH, "56 a": HIGH}),
    Boundary(CLIN, A35, "wbc-at-least-30", QUIET, "white_cells_b",
             {"29.9 10*9/L": LOW, "30 10*9/L": HIGH, "30.1 10*9/L": HIGH, "29900 /uL": LOW,
              "30000 /uL": HIGH}),
    Boundary(CLIN, A35, "wbc-above-100", T_CELL, "white_cells_t",
             {"99.9 10*9/L": LOW, "100 10*9/L": LOW, "100.1 10*9/L": HIGH}),
    Boundary(CLIN, A35, "cns-disease", QUIET, "cns_disease",
             {False: LOW, True: HIGH, "unavailable": LOW}),
    Boundary(CLIN, A35, "extramedullary-disease", QUIET, "extramedullary_at_diagnosis",
             {False: LOW, True: HIGH, "unavailable": LOW}),
    Boundary(CLIN, A35, "adverse-genetics", QUIET, "adverse_genetics", {False: LOW, True: HIGH}),
    Boundary(CLIN, "risk", "no-cr-after-induction-1", CLEAR, "cr_after_first_induction",
             {True: LOW, False: HIGH}),
    Boundary(CLIN, "risk", "mrd-end-of-induction", CLEAR, "mrd_end_of_induction",
             {"9.9e-4 1": LOW, "1e-3 1": HIGH, "1.01e-3 1": HIGH, "0.099 %": LOW, "0.1 %": HIGH}),
    Boundary(CLIN, "risk", "mrd-after-consolidation", CLEAR, "mrd_after_consolidation",
             {"9.9e-5 1": LOW, "1e-4 1": HIGH, "1.01e-4 1": HIGH}),
    Boundary(CLIN, "risk", "mrd-persistent", CLEAR, "mrd_time_points",
             {"1 1": LOW, "2 1": HIGH, "3 1": HIGH}),
    Boundary(MECH, "mechanism", "lineage-switched", KNOWN, "lineage_switched",
             {True: SWITCH, False: LOST}),
    Boundary(MECH, "mechanism", "target-positive target-negative", KNOWN, "target_expressed",
             {True: LOST, False: DIM}),
    Boundary(MECH, "mechanism", "cells-persist cells-lost", KNOWN, "cells_persist",
             {True: THERE, False: LOST}),
)  # fmt: skip

APLASIA: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("b-cells-below-20", "b_cells", {"19.9 /uL": "yes", "20 /uL": "no", "20.1 /uL": "no"}),
    ("b-cells-below-50", "b_cells", {"49.9 /uL": "yes", "50 /uL": "no", "50.1 /uL": "no"}),
    ("b-cells-below-3-percent", "b_cell_fraction",
     {"2.99 %": "yes", "3 %": "no", "3.01 %": "no"}),
    ("b-cells-below-1-percent", "late_b_cell_fraction",
     {"0.99 %": "yes", "1 %": "no", "1.01 %": "no"}),
)  # fmt: skip
"""Rule, quantity, value -> whether there is aplasia by that rule."""


@dataclass(frozen=True)
class LesionRow:
    """What was found, everything else looked for in vain, and what each list says of it."""

    found: str
    nccn: str
    eln: str
    beside: Mapping[str, bool | None] = field(default_factory=dict)
    note: str = ""


UNSOUGHT: dict[str, bool | None] = {"ikzf1plus": None, "antecedent-cml": None, "ikzf1": None}
LESIONS: tuple[LesionRow, ...] = (
    LesionRow("", LOW, NONE),
    LesionRow("43 chromosomes", HIGH, NONE),
    LesionRow("44 chromosomes", LOW, NONE),
    LesionRow("45 chromosomes", LOW, NONE),
    LesionRow("50 chromosomes", LOW, NONE),
    LesionRow("51 chromosomes", LOW, NONE),
    LesionRow("65 chromosomes", LOW, NONE),
    LesionRow("66 chromosomes", LOW, NONE),
    LesionRow("hypodiploidy", HIGH, NONE),
    LesionRow("low hypodiploidy", HIGH, NONE),
    LesionRow("near-haploidy", HIGH, NONE),
    LesionRow("high hyperdiploidy", LOW, NONE),
    LesionRow("trisomies 4, 10, 17", LOW, NONE),
    LesionRow("complex karyotype", HIGH, NONE),
    LesionRow("complex karyotype, 4 abnormalities", LOW, NONE),
    LesionRow("complex karyotype, 5 abnormalities", HIGH, NONE),
    LesionRow("complex karyotype, 6 abnormalities", HIGH, NONE),
    LesionRow("TP53", HIGH, NONE),
    LesionRow("KMT2A::AFF1", HIGH, HIGH),
    LesionRow("IGH::MYC", HIGH, HIGH),
    LesionRow("IGH::IL3", HIGH, OPEN),
    LesionRow("IGH-r", HIGH, OPEN),
    LesionRow("MYC-r", HIGH, NONE),
    LesionRow("HLF-r", HIGH, NONE),
    LesionRow("TCF3::HLF", HIGH, HIGH),
    LesionRow("CDX2::UBTF", NONE, HIGH),
    LesionRow("MEF2D-r", HIGH, HIGH),
    LesionRow("ZNF384-r", HIGH, "intermediate risk"),
    LesionRow("Ph-like", HIGH, OPEN),
    LesionRow("iAMP21", HIGH, OPEN),
    LesionRow("IKZF1 deletion", HIGH, OPEN),
    LesionRow("PAX5alt", HIGH, NONE),
    LesionRow("PAX5 P80R", LOW, NONE),
    LesionRow("PAX5 deletion", NONE, NONE),
    LesionRow("ETV6::RUNX1", LOW, NONE),
    LesionRow("TCF3::PBX1", LOW, LOW),
    LesionRow("DUX4::IGH", LOW, LOW),
    LesionRow("t(9;22)", LOW, OPEN, note="no IKZF1plus, no antecedent CML"),
    LesionRow("t(9;22)", HIGH, OPEN, {"ikzf1plus": True, "ikzf1": True}, "with IKZF1plus"),
    LesionRow("t(9;22)", HIGH, OPEN, {"antecedent-cml": True}, "with antecedent CML"),
    LesionRow("t(9;22)", LOW, OPEN, {"ikzf1": True}, "with IKZF1, not IKZF1plus"),
    LesionRow("t(9;22)", NONE, OPEN, UNSOUGHT, "IKZF1plus and antecedent CML not looked for"),
    LesionRow("NRAS G12D", NONE, NONE, note="of no list"),
)


def lesions_of(row: LesionRow) -> Lesions:
    """Everything looked for by name and not found, but the row's."""
    named = read_lesion(row.found)
    states: dict[str, bool | None] = dict.fromkeys(lesion_table(), False)
    states |= dict.fromkeys(named.lesions, True) | dict(row.beside)
    counts: dict[str, Given] = {name: count(number) for name, number in named.counts}
    others = () if named.known or not row.found else (row.found,)
    return Lesions(states, counts, others)


def word(ruling: genetic_risk.GeneticRuling) -> str:
    """The class without its detail."""
    return (ruling.verdict or "not assessable").split(":")[0]


def risk_verdict(boundary: Boundary, value: Raw) -> str:
    """What the standard says with the quantity at `value`."""
    inputs = {n: given(raw) for n, raw in {**boundary.base, boundary.quantity: value}.items()}
    if boundary.book == MECH:
        found = relapse_mechanism.mechanism(inputs).verdict
    elif boundary.term == clinical_risk.DYNAMIC:
        found = clinical_risk.dynamic(inputs).verdict
    else:
        found = clinical_risk.baseline(inputs, boundary.term).verdict
    return "not assessable" if found in (None, clinical_risk.OPEN) else str(found)


def aplasia_by(rule: str, quantity: str, value: str) -> str:
    """Whether one rule calls a value aplasia."""
    truths = {r.id: truth for r, truth in aplasia({quantity: given(value)})}
    return {True: "yes", False: "no", None: "unknown"}[truths[rule]]
