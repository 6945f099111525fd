"""Check the plates of a case: what qpcr.toml says, the files it names, and the others there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault, nearest_of
from residua.facts.case import Case
from residua.facts.case_plate import AssayFile
from residua.facts.qpcr import Plate, Well
from residua.main.assay_places import left_alone, unnamed_files
from residua.main.plates.digital import read_digital
from residua.main.plates.form import PLACE, PLATES, QPCR, read_plates
from residua.main.plates.molecular import ABL1
from residua.readers.qpcr import read_qpcr


def check_plates(folder: Path, case: Case) -> tuple[tuple[Fault, ...], tuple[str, ...]]:
    """All faults of ``qpcr/qpcr.toml`` and the plates that it names, and notes; never raises."""
    try:
        said = read_plates(folder, case)
    except InputError as error:
        return error.faults, ()
    if said is None:
        return (), tuple(unnamed_files(PLACE, folder, None))
    faults: list[Fault] = []
    notes: dict[str, None] = {}
    for file in said.files:
        path = folder / QPCR / file.path
        try:
            plate = _plate(path, file)
        except InputError as error:
            faults += error.faults
            continue
        faults += _target_faults(str(folder / QPCR / PLATES), file, plate)
        samples = _unknowns(file, plate)
        notes |= dict.fromkeys(left_alone(path, file.path, samples, said, case))
    return tuple(dict.fromkeys(faults)), (*notes, *unnamed_files(PLACE, folder, said))


def _plate(path: Path, file: AssayFile) -> Plate:
    """What the checks ask of a plate; of digital PCR its samples and targets."""
    if file.assay != "digital":
        return read_qpcr(path, name=str(path))
    wells = read_digital(path, name=str(path))
    return Plate(
        str(path),
        tuple(
            Well(w.well, w.sample, w.target, "unknown" if w.role == "unknown" else "other")
            for w in wells
        ),
    )


def _target_faults(called: str, file: AssayFile, plate: Plate) -> Iterator[Fault]:
    targets = {well.target for well in plate.wells}
    reference = file.reference or (ABL1 if file.assay == "fusion" else None)
    for key, name in (("target", file.target), ("reference", reference)):
        if name is not None and name not in targets:
            do = nearest_of(name, targets, none="name one that is there")
            fault = ValueFault("a target of the file", "one that it lacks", do)
            yield fault.at(called, f"{file.path}, {key}", file.line)
    if file.target is not None and file.target == reference:
        fault = ValueFault("a reference that is not the target", "the same", "correct one")
        yield fault.at(called, f"{file.path}, reference", file.line)
    if file.assay == "digital" and file.target is None:
        fault = ValueFault("the target that is counted", "none", "add target")
        yield fault.at(called, f"{file.path}, target", file.line)
    if (file.number("droplet_nl") is None) != (file.number("reaction_ul") is None):
        fault = ValueFault("droplet_nl and reaction_ul together", "one of them", "add the other")
        yield fault.at(called, f"{file.path}, droplet_nl", file.line)
    if file.assay == "ig-tr" and file.lloq is not None:
        fault = ValueFault("no lloq: the dilutions tell it", "one in copies", "leave it out")
        yield fault.at(called, f"{file.path}, lloq", file.line)
    background = file.text("background")
    if background is not None and all(well.sample != background for well in plate.wells):
        fault = ValueFault("a sample of the file", "one that it lacks", "correct the name")
        yield fault.at(called, f"{file.path}, background", file.line)
    if not any(well.role in ("standard", "unknown") for well in plate.wells):
        fault = ValueFault("standards or unknown samples", "other wells only", "give their roles")
        yield fault.at(called, f"{file.path}, the roles", file.line)


def _unknowns(file: AssayFile, plate: Plate) -> set[str]:
    names = {well.sample for well in plate.wells if well.role == "unknown"}
    return names - {file.text("background") or ""}
