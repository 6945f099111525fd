"""The quantities that standards of response, MRD and relapse ask for, in words."""

from __future__ import annotations

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
}
"""Name of a quantity -> what stands before its value, where that differs from `WORDS`."""
