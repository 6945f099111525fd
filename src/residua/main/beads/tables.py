"""``beads/beads.toml`` of a case: its form, and the tables of concentrations that it names."""

from __future__ import annotations

from pathlib import Path

from residua.errors import InputError, ValueFault
from residua.facts.case import Case
from residua.facts.case_plate import AssayFile, AssayFolder
from residua.facts.cytokine_table import CytokineTable
from residua.main.assay_places import AssayPlace, read_place
from residua.main.beads.case_plate import read_case_plate
from residua.main.beads.concentrations import tabulate_cytokines
from residua.readers.assay_folder import FolderForm
from residua.readers.cytokine_cells import unit_of

BEADS = "beads"
NAMES = "beads.toml"
PLATE = "bead-plate"
FORM = FolderForm(
    "residua.beads",
    {"cytokines": {"unit": (), "sheet": ()}, PLATE: {"panel": (), "curve": ("4pl", "5pl")}},
)
PLACE = AssayPlace(BEADS, NAMES, FORM, "read")


def read_beads(folder: Path, case: Case) -> AssayFolder | None:
    """What ``beads/beads.toml`` of the case folder says; None without it.

    Raises `InputError` with every fault of the file.
    """
    return read_place(PLACE, folder, case)


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
