"""The folders of raw assays in a case (``qpcr/``, ``beads/``): what is said of their files.

Each has a file that names the others. What nothing names is left alone, with a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from residua.facts.case import Case, InputFile
from residua.facts.case_plate import AssayFolder
from residua.facts.specimen import Specimen
from residua.main.assay_samples import case_sample
from residua.readers.assay_folder import FolderForm, Known, read_assay_folder
from residua.readers.digest import sha256_of
from residua.readers.ordinary_file import is_file, real_path

Unassessed = tuple[tuple[str, str, str], ...]
"""By sample (as the case calls it), target or analyte, and reason: what made no fact."""


@dataclass(frozen=True)
class AssayPlace:
    """A folder of a case and the file in it that names the others; ``done`` is what is done."""

    folder: str
    names: str
    form: FolderForm
    done: str

    def file(self, case_folder: Path) -> Path:
        """The file that names the others."""
        return case_folder / self.folder / self.names


def read_place(place: AssayPlace, case_folder: Path, case: Case) -> AssayFolder | None:
    """What the place's file says; None without it. Raises `InputError` with its every fault."""
    path = place.file(case_folder)
    if not is_file(path):
        return None
    specimens = frozenset(fact.id for fact in case.of(Specimen))
    known = Known(specimens, frozenset(fact.id for fact in case.facts))
    return read_assay_folder(path, place.form, known=known, name=str(path))


def place_inputs(
    place: AssayPlace, case_folder: Path, sources: Iterable[str]
) -> tuple[InputFile, ...]:
    """The files `sources` of the case and the one that names them, each once, with its hash."""
    read = sorted(set(sources))
    files = (f"{place.folder}/{place.names}", *read) if read else ()
    return tuple(InputFile(name, sha256_of(case_folder / name)) for name in files)


def unassessed_notes(case_folder: Path, read: Iterable[tuple[str, Unassessed]]) -> Iterator[str]:
    """What of each file (its path within the case) made no value, and why."""
    for source, unassessed in read:
        for sample, target, reason in unassessed:
            yield f"{case_folder / source}: {sample}, {target}: not assessable: {reason}"


def left_alone(
    path: Path, file: str, names: Iterable[str], said: AssayFolder, case: Case
) -> Iterator[str]:
    """The samples `names` of a file that nothing calls the patient's: how many, never which."""
    lost = sum(case_sample(said, file, name, case) is None for name in set(names))
    if lost:
        samples = "1 sample" if lost == 1 else f"{lost} samples"
        yield f"{path}: {samples} of no [[sample]] and no [[specimen]], left alone"


def unnamed_files(
    place: AssayPlace, case_folder: Path, said: AssayFolder | None, beside: Iterable[str] = ()
) -> Iterator[str]:
    """Files of the place that nothing names; `beside` are those that named files name."""
    inside = case_folder / place.folder
    named = (place.names, *(file.path for file in said.files), *beside) if said else ()
    known = {real_path(inside / name) for name in named}
    rest = [file for file in sorted(inside.rglob("*")) if is_file(file)]
    rest = [file for file in rest if real_path(file) not in known]
    if rest and said is None:
        yield f"{inside}: no {place.names}, so nothing in it is {place.done}"
    elif said is not None:
        yield from (f"{f}: not {place.done}, no [[file]] of {place.names} names it" for f in rest)
