"""One parameter's stored numbers out of whole events: (n, b) bytes in, n numbers out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.readers.fcs.layout import Field, Layout
from residua.readers.fcs.source import Bytes

Column = NDArray[np.unsignedinteger] | NDArray[np.floating]
_HALF = 32


def stored_columns(rows: Bytes, layout: Layout, *, skip: int = 0) -> list[Column]:
    """The stored numbers of every parameter; events begin `skip` bits into each row."""
    columns: list[Column] = []
    for field in layout.fields:
        if skip % 8 or field.bits % 8:
            columns.append(_bits(rows, skip, field.bits, layout.order))
        else:
            block = rows[:, skip // 8 : (skip + field.bits) // 8]
            columns.append(_whole_bytes(block, field, layout))
        skip += field.bits
    return columns


def _whole_bytes(block: Bytes, field: Field, layout: Layout) -> Column:
    """(n, w) bytes as n numbers: padded to the next machine width, then viewed as one."""
    count, width = block.shape
    if layout.halves and width == 4:
        block = block[:, [2, 3, 0, 1]]
    full = max(1, 1 << (width - 1).bit_length())
    padded = np.zeros((count, full), np.uint8)
    if layout.order == "<":
        padded[:, :width] = block
    else:
        padded[:, full - width :] = block
    code = "u" if field.kind == "I" else "f"
    stored = padded.view(np.dtype(f"{layout.order}{code}{full}")).reshape(count)
    return stored.astype(stored.dtype.newbyteorder("="), copy=False)


def _bits(rows: Bytes, start: int, bits: int, order: str) -> NDArray[np.uint64]:
    """`bits` bits of every row, from bit `start` on.

    In little-endian order bit 0 is the lowest of the first byte and values grow upwards; in
    big-endian order it is the highest, and values begin with their highest bit.
    """
    if bits > _HALF:  # two parts, so that none touches more than eight bytes
        rest = bits - _HALF
        if order == "<":
            low, high = _bits(rows, start, _HALF, order), _bits(rows, start + _HALF, rest, order)
        else:
            high, low = _bits(rows, start, rest, order), _bits(rows, start + rest, _HALF, order)
        return (high << np.uint64(_HALF)) | low
    first, last = start // 8, (start + bits - 1) // 8
    touched = list(range(first, last + 1))
    if order == "<":
        touched.reverse()
    value = np.zeros(len(rows), np.uint64)
    for place in touched:  # from the byte of highest weight to that of lowest
        value = (value << np.uint64(8)) | rows[:, place]
    below = start % 8 if order == "<" else 8 * (last + 1) - start - bits
    found: NDArray[np.uint64] = (value >> np.uint64(below)) & np.uint64((1 << bits) - 1)
    return found
