"""`residua qpcr`: what is asked of a plate, and the answer as JSON and as text."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from residua.errors import UsageError
from residua.facts.qpcr import USUAL
from residua.main.plates.molecular import quantify_fusion, quantify_rq
from residua.main.plates.transgene import quantify
from residua.standards.euromrd import Intent
from residua.views.qpcr_export import qpcr_document, qpcr_text
from residua.views.qpcr_mrd_export import fusion_document, fusion_text, rq_document, rq_text

_OPTIONS = {
    "transgene": ("reference", "lloq", "dna_ng"),
    "ig-tr": ("target", "reference", "intent", "background", "dna_ng"),
    "fusion": ("target", "reference", "lloq", "transcript"),
}


@dataclass(frozen=True)
class PlateQuestion:
    """The assay and its options, None where not given."""

    assay: str
    target: str | None = None
    reference: str | None = None
    lloq: float | None = None
    intent: Intent | None = None
    background: str | None = None
    transcript: str | None = None
    dna_ng: float | None = None


@dataclass(frozen=True)
class PlateAnswer:
    """The answer for a program and for a person."""

    document: dict[str, Any]
    text: str


def answer_plate(path: Path, question: PlateQuestion) -> PlateAnswer:
    """What the plate at `path` says.

    Raises `InputError` for faults of the file, `UsageError` for options of another assay or
    that do not fit the file.
    """
    given = {key: value for key, value in asdict(question).items() if value is not None}
    del given["assay"]
    for key in given:
        if key not in _OPTIONS[question.assay]:
            option = key.replace("_", "-")
            raise UsageError(f"--{option} is no option of --assay {question.assay}")
    for key in ("lloq", "dna_ng"):
        value = given.get(key)
        if value is not None and not USUAL[0] <= value <= USUAL[1]:
            raise UsageError(f"--{key.replace('_', '-')} is a number above 0, of usual size")
    if question.assay == "ig-tr":
        levels = quantify_rq(path, **given)
        return PlateAnswer(rq_document(levels), rq_text(levels))
    if question.assay == "fusion":
        ratios = quantify_fusion(path, **given)
        return PlateAnswer(fusion_document(ratios), fusion_text(ratios))
    copies = quantify(path, **given)
    return PlateAnswer(qpcr_document(copies), qpcr_text(copies))
