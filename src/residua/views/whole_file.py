"""Writes a file whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from residua.errors import Fault, InputError, system_words


def write_whole(path: Path, content: bytes) -> None:
    """Write `content` to a temporary file beside `path`, then put it in place at once.

    Whoever is stopped in between leaves an earlier file as it was. Raises `InputError` where
    the folder cannot be written to.
    """
    with whole_file(path) as partial:
        partial.write_bytes(content)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """An empty temporary file beside `path`, which takes its place when the block ends well.

    Raises `InputError` where the folder cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as error:
        raise InputError(_unwritable(path, error)) from error
    partial = Path(temporary)
    try:
        yield partial
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.chmod(0o644)
        partial.replace(path)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError(_unwritable(path, error)) from error
        raise


def _unwritable(path: Path, error: OSError) -> Fault:
    reason = system_words(error)
    return Fault(str(path), "the output", "a place to write to", reason, "name another place")
