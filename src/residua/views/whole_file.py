"""Writes a file whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
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

    A link is followed. Raises `InputError` where the folder cannot be written to, and where
    `path` is there but no ordinary file: a device or a pipe is never replaced.
    """
    try:
        target = _target(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
    except OSError as error:
        raise InputError(_unwritable(path, error)) from error
    partial = Path(temporary)
    try:
        yield partial
        with partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        partial.chmod(0o666 & ~_umask())
        partial.replace(target)
    except BaseException as error:
        partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError(_unwritable(path, error)) from error
        raise


def _target(path: Path) -> Path:
    """The ordinary file that `path` leads to, there or not; raises `OSError` for another thing."""
    try:
        kind = path.stat().st_mode
    except FileNotFoundError:
        return Path(os.path.realpath(path))
    if stat.S_ISDIR(kind):
        raise OSError(errno.EISDIR, "a folder")
    if not stat.S_ISREG(kind):
        raise OSError(errno.EINVAL, "a pipe or device")
    return Path(os.path.realpath(path))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> Fault:
    reason = system_words(error)
    return Fault(str(path), "the output", "a place to write to", reason, "name another place")
