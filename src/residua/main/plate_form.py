"""The form of ``qpcr/qpcr.toml``: its assays and their keys."""

from __future__ import annotations

from pathlib import Path

from residua.facts.case import Case
from residua.facts.case_plate import AssayFolder
from residua.facts.specimen import Specimen
from residua.readers.assay_folder import FolderForm, Known, read_assay_folder
from residua.readers.ordinary_file import is_file
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


def read_plates(folder: Path, case: Case) -> AssayFolder | None:
    """What ``qpcr/qpcr.toml`` of the case folder says; None without it.

    Raises `InputError` with every fault of the file.
    """
    path = folder / QPCR / PLATES
    if not is_file(path):
        return None
    return read_assay_folder(path, FORM, known=known_of(case), name=str(path))


def known_of(case: Case) -> Known:
    """What samples may stand for and what their dates may count from."""
    specimens = frozenset(fact.id for fact in case.of(Specimen))
    return Known(specimens, frozenset(fact.id for fact in case.facts))
