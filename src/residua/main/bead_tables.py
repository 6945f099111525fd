"""``beads/beads.toml`` of a case: its form, and the tables of concentrations that it names."""

from __future__ import annotations

from pathlib import Path

from residua.errors import InputError, ValueFault
from residua.facts.case import Case
from residua.facts.case_plate import AssayFile, AssayFolder
from residua.facts.cytokine_table import CytokineTable
from residua.main.bead_plate_table import read_case_plate
from residua.main.cytokines import tabulate_cytokines
from residua.main.plate_form import known_of
from residua.readers.assay_folder import FolderForm, read_assay_folder
from residua.readers.cytokine_cells import unit_of
from residua.readers.ordinary_file import is_file

BEADS = "beads"
NAMES = "beads.toml"
PLATE = "bead-plate"
FORM = FolderForm(
    "residua.beads",
    {"cytokines": {"unit": (), "sheet": ()}, PLATE: {"panel": (), "curve": ("4pl", "5pl")}},
)


def read_beads(folder: Path, case: Case) -> AssayFolder | None:
    """What ``beads/beads.toml`` of the case folder says; None without it.

    Raises `InputError` with every fault of the file.
    """
    path = folder / BEADS / NAMES
    if not is_file(path):
        return None
    return read_assay_folder(path, FORM, known=known_of(case), name=str(path))


def is_table(file: AssayFile) -> bool:
    """Whether a ``[[file]]`` holds concentrations; events of beads (FCS) are no table."""
    return Path(file.path).suffix.lower() != ".fcs"


def read_bead_table(folder: Path, file: AssayFile) -> CytokineTable:
    """The concentrations of one ``[[file]]``; raises `InputError` for it, its unit or its panel."""
    if file.assay == PLATE:
        return read_case_plate(folder / BEADS, file, called=str(folder / BEADS / NAMES))
    path, unit = folder / BEADS / file.path, file.text("unit")
    if unit is not None:
        try:
            unit_of(unit)
        except ValueFault as fault:
            where = f"{file.path}, unit"
            raise InputError(fault.at(str(folder / BEADS / NAMES), where, file.line)) from fault
    return tabulate_cytokines(path, unit=unit, sheet=file.text("sheet"), name=str(path))
