"""A plate of bead-array FCS files in a case, as a table of concentrations."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.facts.bead_panel import BeadPanel
from residua.facts.case_plate import AssayFile
from residua.facts.cytokine_table import CytokineTable
from residua.main.beads.array import open_panel, quantify_plate
from residua.main.beads.rows import cytokine_rows
from residua.readers.bead_plate import read_bead_plate
from residua.readers.ordinary_file import is_file
from residua.standards.bead_panel_shelf import bead_panel_names


def read_case_plate(inside: Path, file: AssayFile, *, called: str) -> CytokineTable:
    """The concentrations of the plate `file`, whose table and FCS files lie in `inside`.

    `called` is how faults call the file that names the plate. Raises `InputError` for the panel,
    the table and the FCS files.
    """
    panel = _panel(inside, file, called)
    plate = inside / file.path
    result, _ = quantify_plate(plate, panel=panel, model="4pl" if _four(file) else "5pl")
    try:
        rows = cytokine_rows(result)
    except ValueFault as fault:
        raise InputError(fault.at(str(plate), "unit")) from fault
    wells = read_bead_plate(plate).wells
    beside = Path(file.path).parent
    return CytokineTable(
        str(plate),
        "bead plate",
        rows,
        tuple(dict.fromkeys(well.sample for well in wells if well.role != "unknown")),
        files=tuple(dict.fromkeys((beside / well.file).as_posix() for well in wells)),
    )


def _four(file: AssayFile) -> bool:
    return file.text("curve") == "4pl"


def _panel(inside: Path, file: AssayFile, called: str) -> BeadPanel:
    """The panel of a shipped name, or of a file beside the one that names the plate."""
    name = file.text("panel")
    shipped = bead_panel_names()
    if name in shipped:
        return open_panel(name)
    if name is None or not is_file(inside / name):
        expected = "a panel: a file beside this one, or one that comes with Residua"
        received = "none" if name is None else "no such file"
        do = f"name a file or one of: {', '.join(shipped)}"
        raise InputError(Fault(called, f"{file.path}, panel", expected, received, do, file.line))
    return open_panel(inside / name)
