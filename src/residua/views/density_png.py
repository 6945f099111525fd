"""The raster of a density alone, as the bytes of a PNG file."""

from __future__ import annotations

import struct
import zlib

import numpy as np

from residua.measures.density import Density
from residua.views.density_picture import GREYS, Pixels, Shades, density_indices, palette

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BY_PALETTE = 3  # colour type: each pixel is a place in the palette
_EFFORT = 4  # of zlib: higher ones take longer for a few per cent


def density_png(
    density: Density, marked: Density | None = None, *, shades: Shades = GREYS
) -> bytes:
    """One pixel per bin, 256 colours (PNG, ISO/IEC 15948, colour type 3)."""
    return indexed_png(density_indices(density, marked), palette(shades))


def indexed_png(indices: Pixels, colours: Pixels) -> bytes:
    """Pixels (rows, columns) that are places among `colours` (at most 256, 3), as PNG."""
    rows, columns = indices.shape
    head = struct.pack(">IIBBBBB", columns, rows, 8, _BY_PALETTE, 0, 0, 0)
    lines = np.zeros((rows, columns + 1), dtype=np.uint8)  # each line begins with "no filter"
    lines[:, 1:] = indices
    packed = zlib.compress(lines.tobytes(), _EFFORT)
    chunks = ((b"IHDR", head), (b"PLTE", colours.tobytes()), (b"IDAT", packed), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)
