"""What standards, axes and marks are called in front of people."""

from __future__ import annotations

import re

from residua.judgements.axis import variant_of
from residua.judgements.judgement import Judgement
from residua.views.wording import id_words

NAMES = {
    "eln-all": "ELN",
    "nci": "NCI",
    "cibmtr": "CIBMTR",
    "nccn": "NCCN",
    "ino-vate": "INO-VATE",
    "ponte-di-legno": "Ponte di Legno",
    "mrd-terms": "MRD terms",
    "ctcae": "CTCAE",
    "astct-crs": "ASTCT CRS",
    "astct-icans": "ASTCT ICANS",
    "lee": "Lee",
    "penn": "Penn",
    "icaht": "ICAHT",
    "t-icaht": "T-ICAHT",
    "ebmt-vod": "EBMT VOD",
    "ebmt-vod-paediatric": "EBMT VOD (paediatric)",
    "baltimore": "Baltimore",
    "seattle": "Seattle",
    "magic": "MAGIC",
    "glucksberg": "Glucksberg",
    "nih-cgvhd": "NIH cGVHD",
    "astct-engraftment": "ASTCT engraftment",
    "cibmtr-engraftment": "CIBMTR engraftment",
    "chimerism": "Chimerism",
    "clinical-risk": "Clinical risk",
    "nccn-genetics": "NCCN genetics",
    "eln-genetics": "ELN genetics",
    "relapse-mechanism": "Mechanism of relapse",
    "mrd-concordance": "Agreement of MRD methods",
    "consistency": "Consistency",
    "claim": "Claim of the source",
}

_AXES = {
    "response": "Response", "mrd": "MRD", "relapse": "Relapse", "crs": "CRS", "icans": "ICANS",
    "icaht": "ICAHT", "gvhd": "GVHD", "vod": "SOS/VOD", "alt": "ALT", "ast": "AST", "alp": "ALP",
    "ggt": "GGT", "wbc": "White cells", "inr": "INR", "aptt": "aPTT", "qtc": "QTc", "cd4": "CD4",
    "acute-gvhd": "Acute GVHD", "chronic-gvhd": "Chronic GVHD",
    "hemoglobin": "Haemoglobin",
}  # fmt: skip

_PROVENANCE = {
    "abstract": "threshold from an abstract",
    "secondary": "threshold from a secondary source",
    "unverified": "threshold unverified",
    "choice": "Residua's choice",
}


_TERMS = {
    "acute-gvhd": "Acute GVHD",
    "chronic-gvhd": "Chronic GVHD",
    "diagnosis": "SOS/VOD",
    "severity": "Severity of SOS/VOD",
    "early": "Early cytopenia",
    "late": "Late cytopenia",
    "failure-primary": "Primary graft failure",
    "failure-secondary": "Secondary graft failure",
    "not-graded": "Values not graded",
    "genetics": "Genetic class",
    "hemoglobin": "Haemoglobin",
    "leukocytosis": "Leucocytosis",
    "mechanism": "Mechanism of relapse",
}
_SIDED = re.compile(
    r"chimerism-(over|from)-(\d+)(?:-(\w+))?|risk-age-(above|from)-(\d+)(?:-(\d+))?"
)
_AGREED = re.compile(r"(qualitative|quantitative)-(.+)")
_COMPARED = {"qualitative": "MRD at 10⁻⁴", "quantitative": "Level of MRD"}


def term_name(term: str) -> str:
    """What is judged: ``acute-gvhd`` -> ``Acute GVHD``; terms without a name by their words."""
    if term in _TERMS:
        return _TERMS[term]
    sided = _SIDED.fullmatch(term)
    if sided and sided[1]:
        cells = f" of {sided[3].upper()} cells" if sided[3] else ""
        least = "above" if sided[1] == "over" else "at least"
        return f"Chimerism{cells}, full {least} {sided[2]} %"
    if sided:
        until = f" to {sided[6]}" if sided[6] else ""
        return f"Risk, age limit {sided[4]} {sided[5]}{until} years".replace("from ", "")
    agreed = _AGREED.fullmatch(term)
    if agreed:
        return f"{_COMPARED[agreed[1]]}: {id_words(agreed[2])}"
    return id_words(term) if "-" in term else axis_name(term)


def standard_name(standard: str, version: str) -> str:
    """``eln-all``, ``2024`` -> ``ELN 2024``; an undated current version goes by its name."""
    name = NAMES.get(standard, standard)
    return name if version in ("current", "") else f"{name} {version}"


def judged_by(judgement: Judgement) -> str:
    """The standard with its version and, where it has one, its variant."""
    name = standard_name(judgement.standard, judgement.version)
    variant = variant_of(judgement)
    return f"{name}, {variant}" if variant else name


def axis_name(axis: str) -> str:
    """The heading of an axis."""
    return _AXES.get(axis, axis.replace("-", " ").capitalize())


def outcome_words(judgement: Judgement) -> str:
    """The verdict, or that there is none."""
    return judgement.verdict if judgement.verdict is not None else judgement.outcome


def marks(judgement: Judgement) -> tuple[str, ...]:
    """What a reader must know beside the verdict, in words."""
    found = ["as reported"] if judgement.basis == "reported" else []
    if judgement.outcome != "does not apply" and judgement.provenance in _PROVENANCE:
        found.append(_PROVENANCE[judgement.provenance])
    if judgement.published_after_event:
        found.append("published later")
    return tuple(found)
