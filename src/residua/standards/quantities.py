"""The quantities that standards of response, MRD, relapse and risk ask for, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from residua.standards.truth import Given

WORDS: dict[str, str] = {
    "marrow_blasts": "marrow blasts",
    "blood_blasts": "blasts in blood",
    "extramedullary": "extramedullary disease",
    "neutrophils": "neutrophil count",
    "platelets": "platelet count",
    "trilineage": "trilineage haematopoiesis",
    "red_cell_transfusion": "red-cell transfusions",
    "transfusion": "transfusion independence",
    "remission_duration": "four weeks without recurrence",
    "blast_change": "change of marrow blasts since before treatment",
    "end_of_induction": "whether this was the end of induction",
    "mrd_level": "MRD level",
    "mrd_detected": "whether MRD was detected",
    "mrd_quantifiable": "LLOQ of the assay",
    "mrd_lod": "sensitivity (LOD) of the assay",
    "earlier_mrd_level": "earlier MRD level",
    "earlier_mrd_detected": "whether MRD was detected before",
    "earlier_mrd_lod": "sensitivity (LOD) of the earlier assay",
    "treated_between": "whether treatment was given between the two results",
    "other_tests": "another test of the same marrow",
    "second_marrow_tests": "two tests of a second marrow",
    "donor_chimerism": "donor chimerism",
    "age": "age at diagnosis",
    "white_cells_b": "white cells at diagnosis",
    "white_cells_t": "white cells at diagnosis",
    "cns_disease": "CNS disease at diagnosis",
    "extramedullary_at_diagnosis": "extramedullary disease at diagnosis",
    "adverse_genetics": "genetic risk",
    "cr_after_first_induction": "whether CR was reached by induction 1",
    "mrd_end_of_induction": "MRD level at the end of induction",
    "mrd_after_consolidation": "MRD level after consolidation",
    "mrd_time_points": "number of time points with MRD of at least 1e-4",
    "target_expressed": "the target antigen at relapse",
    "cells_persist": "whether the infused cells were there at relapse",
    "lineage_switched": "the lineage of the blasts at relapse",
}
"""Name of a quantity -> what is missing where it is not stated."""

LABELS: dict[str, str] = {
    "mrd_detected": "MRD detected",
    "mrd_quantifiable": "quantifiable",
    "mrd_lod": "LOD",
    "red_cell_transfusion": "red-cell transfusions",
    "transfusion": "transfusions",
    "remission_duration": "without recurrence",
    "blast_change": "change of marrow blasts",
    "end_of_induction": "end of induction",
    "earlier_mrd_detected": "MRD detected before",
    "earlier_mrd_lod": "earlier LOD",
    "treated_between": "treated between",
    "other_tests": "other tests of at least 1 %",
    "second_marrow_tests": "tests of a second marrow of at least 1 %",
    "age": "age",
    "white_cells_b": "white cells",
    "white_cells_t": "white cells",
    "adverse_genetics": "adverse genetics",
    "cr_after_first_induction": "CR after induction 1",
    "mrd_time_points": "time points with MRD of at least 1e-4",
    "target_expressed": "target expressed at relapse",
    "cells_persist": "infused cells at relapse",
    "lineage_switched": "lineage switched",
}
"""Name of a quantity -> what stands before its value, where that differs from `WORDS`."""

NONE: dict[str, str] = {
    "mrd_level": "MRD: none available",
    "red_cell_transfusion": "red-cell transfusions: none recorded",
    "white_cells_b": "limit of white cells in B-ALL: not asked",
    "white_cells_t": "limit of white cells in T-ALL: not asked",
    "cns_disease": "CNS disease: not stated, not counted",
    "extramedullary_at_diagnosis": "extramedullary disease: not stated, not counted",
}
"""Name of a quantity -> how people read that it is known not to exist."""

COUNTED = frozenset({"other_tests", "second_marrow_tests", "mrd_time_points"})
"""Quantities that are numbers of things and not fractions."""


@dataclass(frozen=True)
class Quantities:
    """What a laboratory states of one occasion, or None; fractions are of all cells.

    A standard takes what it asks for and leaves the rest.
    """

    marrow_blasts: Given = None
    blood_blasts: Given = None
    extramedullary: Given = None
    neutrophils: Given = None
    platelets: Given = None
    trilineage: Given = None
    red_cell_transfusion: Given = None
    transfusion: Given = None
    remission_duration: Given = None
    blast_change: Given = None
    end_of_induction: Given = None
    mrd_level: Given = None
    mrd_detected: Given = None
    mrd_quantifiable: Given = None
    mrd_lod: Given = None
    earlier_mrd_level: Given = None
    earlier_mrd_detected: Given = None
    earlier_mrd_lod: Given = None
    treated_between: Given = None
    other_tests: Given = None
    second_marrow_tests: Given = None
    donor_chimerism: Given = None

    @property
    def known(self) -> dict[str, Given]:
        """Name -> value of what is stated."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Wording:
    """How the reason of a ruling speaks of the quantities.

    ``words`` says what is missing, ``remarks`` stands in brackets behind a quantity: where its
    value comes from, or why there is none.
    """

    words: Mapping[str, str] = field(default_factory=lambda: WORDS)
    remarks: Mapping[str, str] = field(default_factory=dict)


PLAIN = Wording()
