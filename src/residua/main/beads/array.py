"""`residua beads`: FCS files of a bead array to populations, and a plate to concentrations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, UsageError, ValueFault, nearest
from residua.facts.acquisition import Acquisition
from residua.facts.bead_panel import BeadPanel
from residua.main.output import whole_folder
from residua.measures.bead_concentrations import BeadPlateResult, measure_bead_plate
from residua.measures.bead_populations import WellPopulations, bead_populations
from residua.measures.logistic_curve import Model
from residua.progress import Progress, silent
from residua.readers.bead_panel import read_bead_panel
from residua.readers.bead_plate import read_bead_plate
from residua.readers.fcs import read_fcs
from residua.readers.ordinary_file import is_file
from residua.standards.bead_assay import bead_rules
from residua.standards.bead_panel_shelf import bead_panel_names, bead_panel_path
from residua.views.bead_figure import draw_beads
from residua.views.beads_export import beads_document
from residua.views.style import DPI
from residua.views.write_figure import figure_bytes


@dataclass(frozen=True, eq=False)
class BeadFile:
    """One FCS file with its populations."""

    name: str
    acquisition: Acquisition
    found: WellPopulations


def open_panel(panel: str | Path) -> BeadPanel:
    """The panel in a TOML file, or that of a shipped name."""
    text = str(panel)
    if text in bead_panel_names():
        return read_bead_panel(bead_panel_path(text), name=text)
    if not Path(text).suffix and not Path(text).exists():
        expected = "the name of a panel that comes with Residua, or the path of a panel's TOML"
        do = nearest(text, bead_panel_names())
        raise InputError(Fault(text, "the panel", expected, "neither", do))
    return read_bead_panel(panel)


def measure_files(
    files: Sequence[Path | str], panel: BeadPanel, *, progress: Progress = silent
) -> tuple[BeadFile, ...]:
    """The populations of every file. Raises `InputError` with the faults of all."""
    measured: list[BeadFile] = []
    faults: list[Fault] = []
    for file in files:
        progress(f"reading {Path(file).name}")
        try:
            measured.append(_measure(Path(file), panel))
        except InputError as error:
            faults += error.faults
    if faults:
        raise InputError(faults)
    return tuple(measured)


def _measure(file: Path, panel: BeadPanel) -> BeadFile:
    acquisition = read_fcs(file)
    try:
        return BeadFile(str(file), acquisition, bead_populations(acquisition, panel, bead_rules()))
    except ValueFault as fault:
        raise InputError(fault.at(str(file), "the channels")) from fault


def quantify_plate(
    plate_csv: Path | str,
    *,
    panel: BeadPanel,
    model: Model = "5pl",
    progress: Progress = silent,
) -> tuple[BeadPlateResult, tuple[BeadFile, ...]]:
    """Concentrations of every unknown of a plate; its FCS files lie where the table names them.

    Paths are relative to the table. ``results`` of the first holds one row a sample and analyte.
    Raises `InputError` with every fault.
    """
    plate = read_bead_plate(plate_csv)
    folder = Path(plate_csv).parent
    faults = list(_missing(plate.name, [folder / well.file for well in plate.wells]))
    if faults:
        raise InputError(faults)
    files = measure_files([folder / well.file for well in plate.wells], panel, progress=progress)
    wells = {well.well: file.found for well, file in zip(plate.wells, files, strict=True)}
    progress("fitting the standard curves")
    try:
        result = measure_bead_plate(plate, panel, wells, model=model, rules=bead_rules())
    except ValueFault as fault:
        raise InputError(fault.at(plate.name, fault.field or "the table")) from fault
    return result, files


def _missing(name: str, files: Sequence[Path]) -> Iterator[Fault]:
    absent = sum(not is_file(file) for file in files)
    if absent:
        do = "put the FCS files beside the table, or correct their names"
        yield Fault(name, "file", "a file of every well", f"{absent} wells without one", do)


def answer_beads(
    files: Sequence[Path],
    panel: str | Path,
    *,
    plate: Path | None,
    curve: str,
    out: Path | None,
    progress: Progress = silent,
) -> tuple[BeadPanel, list[tuple[str, WellPopulations]], BeadPlateResult | None]:
    """What `residua beads` answers, and its files in the folder `out` where one is named.

    Raises `UsageError` unless there are either files or a plate, `InputError` for their faults.
    """
    if bool(files) == (plate is not None):
        raise UsageError("name either FCS files or --plate, whose table names them")
    model, read = check_model(curve), open_panel(panel)
    result = None
    if plate is None:
        measured = measure_files(files, read, progress=progress)
    else:
        result, measured = quantify_plate(plate, panel=read, model=model, progress=progress)
    wells = [(file.name, file.found) for file in measured]
    if out is not None:
        progress("drawing")
        document = json.dumps(beads_document(read, wells, result), indent=2, ensure_ascii=False)
        inputs = [*(Path(file.name) for file in measured), *([plate] if plate else [])]
        with whole_folder(out, inputs=inputs) as partial:
            (partial / "beads.json").write_text(f"{document}\n", "utf-8")
            for name, file in zip(_picture_names(measured), measured, strict=True):
                figure = draw_beads(file.acquisition, file.found, title=Path(file.name).name)
                (partial / name).write_bytes(figure_bytes(figure, "png", dpi=DPI))
    return read, wells, result


def _picture_names(files: Sequence[BeadFile]) -> list[str]:
    """One name a file; files of one name in several folders are numbered."""
    stems = [Path(file.name).stem for file in files]
    return [
        f"{stem}.png" if stems.count(stem) == 1 else f"{stem}-{number}.png"
        for number, stem in enumerate(stems, start=1)
    ]


def check_model(model: str) -> Model:
    """The model of the curve. Raises `UsageError` for a word that is none."""
    if model == "4pl":
        return "4pl"
    if model != "5pl":
        raise UsageError("--curve is 4pl or 5pl")
    return "5pl"
