"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from residua.errors import Fault, InputError


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to a temporary file beside `path`, then put it in place at once.

    Whoever is stopped in between leaves an earlier file as it was. Raises `InputError` where
    the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise InputError(_unwritable(path, error)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException as error:
        Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError(_unwritable(path, error)) from error
        raise


def _unwritable(path: Path, error: OSError) -> Fault:
    reason = (error.strerror or "an error of the file system").lower()
    return Fault(str(path), "the output", "a place to write to", reason, "name another place")
