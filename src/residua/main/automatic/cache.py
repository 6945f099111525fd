"""Fitted models kept between runs; nothing depends on it, a model that is not there is refitted.

An entry is one .npz without pickled objects: arrays, and a tree of JSON that says what they are.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from residua.errors import InputError, ResiduaError
from residua.main.automatic.frozen_tree import pack, unpack
from residua.views.whole_file import write_whole

FOLDER = "RESIDUA_CACHE"
_FORMAT = "residua.cache 1"
T = TypeVar("T")
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, eq=False)
class Kept(Generic[T]):
    """A `value` with whether it was `found` in the cache, and what a reader should know of that."""

    value: T
    found: bool
    notes: tuple[str, ...] = ()


def cache_folder() -> Path | None:
    """$RESIDUA_CACHE, else residua in $XDG_CACHE_HOME, else where the system keeps caches.

    None where $RESIDUA_CACHE is set to nothing: then nothing is kept.
    """
    stated = os.environ.get(FOLDER)
    if stated is not None:
        return Path(stated) if stated.strip() else None
    shared = os.environ.get("XDG_CACHE_HOME")
    if shared:
        return Path(shared) / "residua"
    try:
        home = Path.home()
    except RuntimeError:  # a system without homes
        return None
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "residua"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "residua"
    return home / ".cache" / "residua"


def cache_key(version: str, digests: Sequence[str], options: Mapping[str, object]) -> str:
    """The SHA-256 of the version of the algorithm, the digests of its inputs and its options."""
    said = [version, list(digests), dict(options)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def fitted_once(
    kind: type[T],
    key: str,
    fit: Callable[[], T],
    *,
    more: Sequence[type] = (),
    folder: Path | None = None,
) -> Kept[T]:
    """The value of `key`, a dataclass of `kind`, from the cache or else fitted and kept there.

    `more` are dataclasses within it that its annotations do not name; `folder` stands in place of
    `cache_folder`. An entry that cannot be read, is of another form or of another key is fitted
    anew and replaced; a folder that cannot be written to is a note.
    """
    place = cache_folder() if folder is None else folder
    if place is None:
        return Kept(fit(), found=False)
    path = place / f"{kind.__name__.lower()}-{key}.npz"
    notes: tuple[str, ...] = ()
    try:
        return Kept(_read(path, kind, key, more), found=True)
    except FileNotFoundError:
        pass
    except (*_UNREADABLE, ResiduaError):
        notes = ("the cached model could not be used; it was fitted anew",)
    value = fit()
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)  # blasts are a patient's
        write_whole(path, entry_bytes(value, key))
    except (OSError, InputError):
        notes = (*notes, "the fitted model could not be kept: the cache cannot be written to")
    return Kept(value, found=False, notes=notes)


def entry_bytes(value: object, key: str) -> bytes:
    """The bytes of an entry; raises `TypeError` for a value that is no tree of frozen values."""
    tree, arrays = pack(value)
    head = json.dumps({"format": _FORMAT, "key": key, "tree": tree}).encode()
    stream = io.BytesIO()
    named = {f"array-{number}": array for number, array in enumerate(arrays)}
    np.savez(stream, allow_pickle=False, head=np.frombuffer(head, np.uint8), **named)
    return stream.getvalue()


def _read(path: Path, kind: type[T], key: str, more: Sequence[type]) -> T:
    with path.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
        head = json.loads(held["head"].tobytes())
        if head["format"] != _FORMAT or head["key"] != key:
            raise ValueError("an entry of another form or key")
        arrays = [held[f"array-{number}"] for number in range(len(held.files) - 1)]
    value = unpack(head["tree"], arrays, kind, more)
    if not isinstance(value, kind):
        raise ValueError("an entry of another kind")
    return value
