"""Opens files that people name, and only those that end: no pipes, devices or folders.

A pipe can be read only once and may never be written to; a device may never end. Neither is
waited for.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO, cast

from residua.errors import Fault, InputError, system_words

_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # opening a pipe would wait for whoever writes to it


def open_ordinary(path: Path | str) -> BinaryIO:
    """An ordinary file, open for reading without a buffer; raises `OSError` for any other."""
    stream = cast("BinaryIO", open(_checked(path), "rb", buffering=0, opener=_opened))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        stream.close()
        raise OSError(errno.EINVAL, "a pipe or device", str(path))
    return stream


def ordinary_bytes(path: Path | str) -> bytes:
    """All bytes of an ordinary file; raises `OSError`, also where memory does not hold them."""
    with open_ordinary(path) as stream:
        try:
            return stream.read()
        except MemoryError as error:
            raise OSError(errno.ENOMEM, "a file larger than the memory", str(path)) from error


def table_bytes(path: Path | str, *, name: str | None = None) -> bytes:
    """All bytes of a table; raises `InputError` where the file cannot be opened."""
    try:
        return ordinary_bytes(path)
    except OSError as error:
        called, reason = name or str(path), system_words(error)
        fault = Fault(called, "the file", "a readable table", reason, "check the path")
        raise InputError(fault) from error


def is_file(path: Path | str) -> bool:
    """Whether an ordinary file is there; False also where the system refuses to say."""
    return os.path.isfile(path)


def real_path(path: Path | str) -> Path:
    """Where a path leads, links followed; links in a circle stay, and nothing is raised."""
    return Path(path if "\0" in str(path) else os.path.realpath(path))


def _opened(path: str, flags: int) -> int:
    return os.open(path, flags | _AT_ONCE)


def _checked(path: Path | str) -> Path | str:
    if "\0" in str(path):
        raise OSError(errno.EINVAL, "a name that no file can have", str(path))
    return path
