"""What standards, axes and marks are called in front of people."""

from __future__ import annotations

from residua.judgements.axis import variant_of
from residua.judgements.judgement import Judgement

_NAMES = {
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
    "consistency": "Consistency",
    "claim": "Claim of the source",
}

_AXES = {
    "response": "Response", "mrd": "MRD", "relapse": "Relapse", "crs": "CRS", "icans": "ICANS",
    "icaht": "ICAHT", "gvhd": "GVHD", "vod": "SOS/VOD", "alt": "ALT", "ast": "AST", "alp": "ALP",
    "ggt": "GGT", "wbc": "White cells", "inr": "INR", "aptt": "aPTT", "qtc": "QTc", "cd4": "CD4",
    "acute-gvhd": "Acute GVHD", "chronic-gvhd": "Chronic GVHD",
}  # fmt: skip

_PROVENANCE = {
    "abstract": "threshold from an abstract",
    "secondary": "threshold from a secondary source",
    "unverified": "threshold unverified",
    "choice": "Residua's choice",
}


def standard_name(standard: str, version: str) -> str:
    """``eln-all``, ``2024`` -> ``ELN 2024``; an undated current version goes by its name."""
    name = _NAMES.get(standard, standard)
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
