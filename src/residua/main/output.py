"""Output that is whole or not there: written to a temporary place, moved when complete.

A folder that holds nothing but our own earlier output is exchanged for the new one in one
step of the file system; killed at any moment, the reader finds the old output or the new one.
Where the folder also holds files of others, or the file system cannot exchange folders, each
file is replaced whole, one after the other, and nothing else is touched.
"""

from __future__ import annotations

import ctypes
import glob
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from residua.errors import UsageError, system_words

_RENAME_EXCHANGE = 2  # the same number on Linux (renameat2) and macOS (renamex_np RENAME_SWAP)
_AT_FDCWD = -100


@contextmanager
def whole_folder(path: Path, *, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """An empty temporary folder beside `path`, which takes its place when the block ends well.

    Raises `UsageError` where `path` is a file or cannot be written, and where a file of it that
    is to be replaced is one of the `inputs` or is a folder.
    """
    path = Path(os.path.realpath(path))
    with _refusals(path):
        there = os.path.lexists(path)
        if there and not path.is_dir():
            raise UsageError(f"{path.name} is no folder: name a folder for the output")
    _need_folder(path.parent)
    _remove_leftovers(path)
    with _refusals(path), _partial(path) as partial:
        yield partial
        for written in partial.rglob("*"):
            if written.is_file():
                _settle(written)
        _check_replaced(partial, path, inputs)
        _move(partial, path)


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """What the file system refuses (a full disk, a read-only place) is no failure of ours."""
    try:
        yield
    except OSError as error:
        reason = system_words(error)
        raise UsageError(f"{path.name}: the output cannot be written there ({reason})") from error


@contextmanager
def _partial(path: Path) -> Iterator[Path]:
    """A temporary folder beside `path`, gone when the block ends."""
    partial = path.parent / f"{_prefix(path)}{os.urandom(4).hex()}"
    try:  # a person may stop us as soon as the folder is there
        partial.mkdir(mode=0o755)
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _prefix(path: Path) -> str:
    return f".{path.name}.{os.getpid()}."


def _need_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder.name}: the folder cannot be made ({error.strerror})") from error
    if not os.access(folder, os.W_OK):
        raise UsageError(f"{folder.name}: no permission to write there; name another folder")


def _settle(path: Path) -> None:
    """Let the bytes reach the disk, and give the file the permissions of an ordinary one."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _remove_leftovers(path: Path) -> None:
    """Remove what a killed run of ours left, but not what a running one is writing."""
    for folder in path.parent.glob(f".{glob.escape(path.name)}.*.*"):
        pid = folder.name.removeprefix(f".{path.name}.").split(".")[0]
        if folder.is_dir() and pid.isdigit() and not _running(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _check_replaced(partial: Path, path: Path, inputs: Iterable[Path]) -> None:
    """Refuse, before anything is moved, to replace what is not an earlier output of ours."""
    given = [file for file in inputs if file.exists()]
    for entry in partial.iterdir():
        old = path / entry.name
        if not old.exists():
            continue
        if entry.is_file() and not old.is_file():
            raise UsageError(f"{path.name} holds {entry.name}, no file: name another folder")
        if any(old.samefile(file) for file in given):
            raise UsageError(f"{entry.name} is read, and would be written: name another folder")


def _move(partial: Path, path: Path) -> None:
    if not path.exists():
        partial.rename(path)
        return
    new = {entry.name for entry in partial.iterdir()}
    only_ours = all(entry.name in new for entry in path.iterdir())
    if only_ours and _exchange(partial, path):
        return
    for entry in sorted(partial.iterdir()):
        entry.replace(path / entry.name)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system has no such step."""
    swap = _system_swap()
    if swap is None:
        return False
    with suppress(OSError):
        return swap(os.fsencode(one), os.fsencode(other)) == 0
    return False


def _system_swap() -> Callable[[bytes, bytes], int] | None:
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform.startswith("linux") and hasattr(library, "renameat2"):
        call = library.renameat2
        return lambda a, b: int(call(_AT_FDCWD, a, _AT_FDCWD, b, _RENAME_EXCHANGE))
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        call = library.renamex_np
        return lambda a, b: int(call(a, b, _RENAME_EXCHANGE))
    return None
