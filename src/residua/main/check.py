"""Check a patient's folder: every fault of the case and of its raw files, in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from residua.errors import Fault, system_words
from residua.facts.case import Case
from residua.facts.specimen import Specimen
from residua.main.beads.check import check_beads
from residua.main.case_clonotypes import check_clonotypes
from residua.main.check_flow import check_flow
from residua.main.flow_notes import flow_notes
from residua.main.plates.check import check_plates
from residua.readers.case import OTHER_FILES, gather_case
from residua.readers.ordinary_file import open_ordinary

_OPENED_FOLDERS = ("qpcr", "beads")


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
    raw = (*flow, *plates, *beads, *clones, *_unreadable(folder))
    notes = (*gathered.notes, *flow_notes(folder / "flow"), *plate_notes, *bead_notes, *clone_notes)
    faults = tuple(dict.fromkeys((*gathered.faults, *raw)))
    return CheckReport(str(folder), faults, notes, gathered.case)


def _unreadable(folder: Path) -> Iterator[Fault]:
    """Files that are kept for later work are only opened."""
    inside = [path for name in _OPENED_FOLDERS for path in sorted((folder / name).rglob("*"))]
    for path in [*(folder / name for name in OTHER_FILES), *inside]:
        if path.is_dir() or not (path.exists() or path.is_symlink()):
            continue
        try:
            with open_ordinary(path) as stream:
                stream.read(1)
        except OSError as error:
            reason = system_words(error)
            yield Fault(str(path), "the file", "a readable file", reason, "check the file")
