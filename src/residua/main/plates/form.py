"""The form of ``qpcr/qpcr.toml``: its assays and their keys."""

from __future__ import annotations

from pathlib import Path

from residua.facts.case import Case
from residua.facts.case_plate import AssayFolder
from residua.main.assay_places import AssayPlace, read_place
from residua.readers.assay_folder import FolderForm
from residua.standards.euromrd import INTENTS

QPCR = "qpcr"
PLATES = "qpcr.toml"
TRANSCRIPTS = ("e1a2", "e13a2", "e14a2")
FORM = FolderForm(
    "residua.qpcr",
    {
        "transgene": {"dna_ng": None},
        "ig-tr": {"dna_ng": None, "intent": INTENTS, "background": ()},
        "fusion": {"transcript": TRANSCRIPTS},
        "digital": {"denominator": ("dna", "abl1"), "droplet_nl": None, "reaction_ul": None},
    },
)


PLACE = AssayPlace(QPCR, PLATES, FORM, "measured")


def read_plates(folder: Path, case: Case) -> AssayFolder | None:
    """What ``qpcr/qpcr.toml`` of the case folder says; None without it.

    Raises `InputError` with every fault of the file.
    """
    return read_place(PLACE, folder, case)
