"""Check a patient's folder: every fault of the case and of its raw files, in one pass."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from residua.errors import Fault, system_words
from residua.facts.case import Case
from residua.facts.specimen import Specimen
from residua.main.beads.check import check_beads
from residua.main.beads.tables import BEADS, NAMES
from residua.main.case_clonotypes import check_clonotypes
from residua.main.check_flow import check_flow
from residua.main.flow_notes import flow_notes
from residua.main.plates.check import check_plates
from residua.main.plates.form import PLATES, QPCR
from residua.readers.case import OTHER_FILES, gather_case
from residua.readers.ordinary_file import open_ordinary

_OPENED_FOLDERS = (QPCR, BEADS)
_FILES = (*OTHER_FILES, f"{QPCR}/{PLATES}", f"{BEADS}/{NAMES}")


@dataclass(frozen=True)
class CheckReport:
    """All faults of a folder, notes on what is unusual and no fault, and the case as read."""

    folder: str
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]
    case: Case

    def document(self) -> dict[str, Any]:
        """The report for a program: ``kind``, ``version``, ``folder``, ``faults``, ``notes``."""
        return {
            "kind": "residua.check",
            "version": "1.0",
            "folder": self.folder,
            "faults": [asdict(fault) for fault in self.faults],
            "notes": list(self.notes),
        }


def check_folder(folder: Path | str) -> CheckReport:
    """Every fault of the case in `folder`, of the files it names and of its raw files.

    Reads only; never raises for bad input.
    """
    folder = Path(folder)
    gathered = gather_case(folder)
    specimens = frozenset(fact.id for fact in gathered.case.of(Specimen))
    plates, plate_notes = check_plates(folder, gathered.case)
    beads, bead_notes = check_beads(folder, gathered.case)
    clones, clone_notes = check_clonotypes(folder, gathered.case)
    flow = check_flow(folder / "flow", specimens=specimens)
    raw = (*flow, *plates, *beads, *clones)
    told = {fault.file for fault in raw}
    raw = (*raw, *(fault for fault in _unreadable(folder) if fault.file not in told))
    notes = (*gathered.notes, *flow_notes(folder / "flow"), *plate_notes, *bead_notes, *clone_notes)
    faults = tuple(dict.fromkeys((*gathered.faults, *raw)))
    return CheckReport(str(folder), faults, notes, gathered.case)


def _unreadable(folder: Path) -> Iterator[Fault]:
    """Files that are kept for later work are only opened, and folders only listed."""
    for name in _OPENED_FOLDERS:
        yield from _refused(folder / name, "folder", os.listdir)
    inside = [path for name in _OPENED_FOLDERS for path in sorted((folder / name).rglob("*"))]
    files = [folder / name for name in _FILES]
    files += [path for path in inside if path not in files and not os.path.isdir(path)]
    for path in files:
        yield from _refused(path, "file", _opened)


def _refused(path: Path, kind: str, opened: Callable[[Path], object]) -> Iterator[Fault]:
    """What the system says against a file or folder that is there."""
    if not os.path.lexists(path):
        return
    try:
        opened(path)
    except OSError as error:
        reason = system_words(error)
        yield Fault(str(path), f"the {kind}", f"a readable {kind}", reason, f"check the {kind}")


def _opened(path: Path) -> None:
    with open_ordinary(path) as stream:
        stream.read(1)
