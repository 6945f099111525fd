"""The folder of a stored normal reference, as arrays; what they mean is for `main` to say.

Every file is checked against the hash that the folder states: a reference decides what is called
normal, and must not be half a copy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError
from residua.readers.ordinary_file import ordinary_bytes

KIND, VERSION = "residua.reference", "1.0"
META, FRAME = "reference.json", "frame.npz"
_DO = "build it again with residua reference build, or copy the whole folder again"


@dataclass(frozen=True, eq=False)
class StoredNormal:
    """`events` (n, d) is a memory map of float16."""

    events: NDArray[np.float16]
    cells: int
    misfit: float
    digest: str
    shifts: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class StoredReference:
    """What a folder holds; `frame` are the named arrays of the frame."""

    dimensions: tuple[str, ...]
    frame: Mapping[str, NDArray[Any]]
    normals: tuple[StoredNormal, ...]
    simulated: bool
    digest: str


def read_reference_folder(folder: Path | str) -> StoredReference:
    """The reference in `folder`; raises `InputError` for one that is damaged or something else."""
    place = Path(folder)
    meta = _meta(place)
    try:
        dimensions = tuple(str(name) for name in meta["dimensions"])
        _same(place, FRAME, meta["frame_sha256"])
        with np.load(place / FRAME, allow_pickle=False) as arrays:
            frame = {name: np.asarray(arrays[name], np.float64) for name in arrays.files}
        normals = tuple(
            _normal(place, str(one["file"]), one, len(dimensions)) for one in meta["normals"]
        )
        simulated, digest = bool(meta["simulated"]), str(meta["digest"])
        return StoredReference(dimensions, frame, normals, simulated, digest)
    except (KeyError, TypeError, ValueError, EOFError) as error:
        raise InputError(_damaged(place, META, "another form")) from error


def _meta(folder: Path) -> dict[str, Any]:
    if not (folder / META).is_file():
        received = "a folder without it" if folder.is_dir() else "no such folder"
        do = "name a folder that residua reference build wrote"
        raise InputError(Fault(str(folder), META, "a stored normal reference", received, do))
    try:
        meta = json.loads(_bytes(folder, META))
    except ValueError as error:
        raise InputError(_damaged(folder, META, "no JSON")) from error
    if not isinstance(meta, dict) or meta.get("kind") != KIND:
        raise InputError(_damaged(folder, META, "another kind of file"))
    if meta.get("version") != VERSION:
        raise InputError(_damaged(folder, META, "another version"))
    return meta


def _normal(folder: Path, file: str, one: Mapping[str, Any], width: int) -> StoredNormal:
    if Path(file).name != file:
        raise InputError(_damaged(folder, META, "a file outside of the folder"))
    _same(folder, file, one["file_sha256"])
    events = np.load(folder / file, mmap_mode="r", allow_pickle=False)
    if events.dtype != np.float16 or events.ndim != 2 or events.shape[1] != width:
        raise InputError(_damaged(folder, file, "events of another form"))
    shifts = tuple(float(shift) for shift in one.get("shifts", ()))
    if len(shifts) not in (0, width) or not np.isfinite(shifts).all():
        raise InputError(_damaged(folder, META, "shifts of other dimensions"))
    stated = int(one["cells"]), float(one["misfit"]), str(one["sha256"])
    return StoredNormal(events, *stated, shifts)


def _same(folder: Path, file: str, digest: object) -> None:
    if hashlib.sha256(_bytes(folder, file)).hexdigest() != digest:
        raise InputError(_damaged(folder, file, "a file with other bytes"))


def _bytes(folder: Path, file: str) -> bytes:
    try:
        return ordinary_bytes(folder / file)
    except OSError as error:
        raise InputError(_damaged(folder, file, "none that can be read")) from error


def _damaged(folder: Path, file: str, received: str) -> Fault:
    return Fault(str(folder), file, "a file of a whole normal reference", received, _DO)
