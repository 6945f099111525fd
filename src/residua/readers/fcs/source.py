"""The bytes of a file: read in parts while its TEXT is understood, then once as a whole.

The whole is read in pieces small enough that whoever works on one finds it in the cache.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from residua.readers.fcs.fault import FcsFault
from residua.readers.ordinary_file import open_ordinary

Bytes = NDArray[np.uint8]
PIECE = 1 << 18
_ALIGNED = 64


@dataclass(frozen=True)
class Source:
    """An open file of known length; bytes beyond it are never asked for."""

    stream: BinaryIO
    size: int

    def part(self, first: int, size: int) -> bytes:
        """Up to `size` bytes from `first`; fewer where the file ends."""
        size = min(size, self.size - first)
        if first < 0 or size <= 0:
            return b""
        room = bytearray(size)
        self.stream.seek(first)
        return bytes(room[: _fill(self.stream, memoryview(room))])

    def load(self, room: Bytes, piece: int) -> Iterator[int]:
        """Read the whole file into `room`, telling after each piece how many bytes are there."""
        view, done = memoryview(cast("bytes", room)), 0
        self.stream.seek(0)
        while done < self.size:
            got = _fill(self.stream, view[done : min(done + piece, self.size)])
            done += got
            if not got:
                raise _changed()
            yield done


@contextmanager
def open_source(path: Path | str) -> Iterator[Source]:
    """The file at `path`; raises `OSError` for a pipe, which could not be read again.

    Raises `FcsFault` where the file has changed while it was read.
    """
    with open_ordinary(path) as stream:
        status = os.fstat(stream.fileno())
        yield Source(stream, status.st_size)
        after = os.fstat(stream.fileno())
        if (after.st_size, after.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
            raise _changed()


def room_for(size: int, first: int) -> Bytes:
    """`size` bytes of memory in which byte `first` lies where every number type may begin."""
    room = np.empty(size + _ALIGNED, np.uint8)
    address = int(room.__array_interface__["data"][0])
    shift = -(address + first) % _ALIGNED
    return room[shift : shift + size]


def _changed() -> FcsFault:
    """Another program has written to the file meanwhile."""
    received = "one that changed while it was read"
    return FcsFault("the file", "a file that stays as it is", received, "read it again")


def _fill(stream: BinaryIO, view: memoryview) -> int:
    """Fill `view` as far as the stream reaches; returns the bytes read."""
    done = 0
    while done < len(view):
        got = stream.readinto(view[done:])  # type: ignore[attr-defined]
        if not got:
            break
        done += got
    return done
