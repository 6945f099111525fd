"""The raw files of an automatic reading: how they are called and opened, and their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from residua.errors import Fault, InputError, UsageError, system_words
from residua.facts.acquisition import Acquisition
from residua.facts.mrd_result import FileDigest
from residua.main.automatic.prepare import PreparedFile, open_prepared
from residua.measures.laip.box import Rows
from residua.readers.fcs import read_fcs
from residua.readers.ordinary_file import open_ordinary
from residua.readers.reference_folder import META

_PART = 1 << 22


@dataclass(frozen=True, eq=False)
class Sources:
    """What is known of files beside their content, by their paths.

    `markers` names antigens of channels; `gated` holds, of a diagnosis whose blasts a person has
    gated, the places of those in the file; `gates` is the strategy's file, where one stands behind.
    """

    markers: Mapping[Path, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    gated: Mapping[Path, Rows] = field(default_factory=lambda: MappingProxyType({}))
    gates: FileDigest | None = None

    def opened(self, path: Path) -> PreparedFile:
        """The file as the reader takes it; results call it by its name, faults by its path."""
        return open_prepared(path, markers=self.markers.get(path, {}), name=str(path))

    def read(self, path: Path) -> Acquisition:
        """The file as it is."""
        return read_fcs(path, name=str(path))

    def options(self, paths: Sequence[Path]) -> list[object]:
        """What makes a difference beside the bytes of these files."""
        marks = [sorted(self.markers.get(path, {}).items()) for path in paths]
        gated = self.gates.sha256 if self.gates and any(p in self.gated for p in paths) else ""
        return [marks, gated]


def digest_of(path: Path) -> FileDigest:
    """The file by its name and the SHA-256 of its bytes; raises `InputError`."""
    found = hashlib.sha256()
    try:
        with open_ordinary(path) as stream:
            while part := stream.read(_PART):
                found.update(part)
    except OSError as error:
        do = "check the file"
        fault = Fault(str(path), "the file", "a readable file", system_words(error), do)
        raise InputError(fault) from error
    return FileDigest(path.name, found.hexdigest())


Normals = Path | str | Sequence[Path] | None
"""A built reference, a folder of files, or files; None for those that Residua brings along."""


def normals_in(given: Normals) -> tuple[Path | None, tuple[Path, ...]]:
    """The built reference that a folder is, or else the FCS files.

    Raises `UsageError` for a folder that holds neither.
    """
    if given is None:
        return None, ()
    if not isinstance(given, Path | str):
        return None, tuple(given)
    folder = Path(given)
    if (folder / META).is_file():
        return folder, ()
    if not folder.is_dir():
        raise UsageError("--normals: name a folder of normal files, or a built reference")
    files = tuple(sorted(path for path in folder.iterdir() if path.suffix.lower() == ".fcs"))
    if not files:
        raise UsageError("--normals: the folder holds no FCS file and no built reference")
    return None, files
