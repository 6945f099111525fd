"""Builds small FCS files byte by byte, independently of the reader and of the writer."""

import struct

import pytest


def build(
    *,
    events,
    kind="F",
    order="1,2,3,4",
    bits=None,
    ranges=None,
    delimiter="/",
    version="FCS3.1",
    header_data=True,
    text_data=True,
    extra=None,
    drop=(),
    encoding="utf-8",
    data=None,
    total=None,
    names=None,
):
    """FCS bytes of `events` (a list of rows); the keywords can be overridden with `extra`."""
    columns = len(events[0]) if events else len(names or "ab")
    names = names or [f"C{n}" for n in range(1, columns + 1)]
    default = {"F": 32, "D": 64}.get(kind, 16)
    bits = bits or [default] * columns
    ranges = ranges or [2 ** min(int(width), 62) for width in bits]
    if data is None:
        data = b"".join(
            pack(value, width, kind, order)
            for row in events
            for value, width in zip(row, bits, strict=True)
        )
    keywords = {
        "$BEGINDATA": "0" * 8,
        "$ENDDATA": "0" * 8,
        "$DATATYPE": kind,
        "$MODE": "L",
        "$BYTEORD": order,
        "$PAR": str(columns),
        "$TOT": str(len(events) if total is None else total),
        "$NEXTDATA": "0",
    }
    for number, (name, width, top) in enumerate(zip(names, bits, ranges, strict=True), start=1):
        keywords |= {f"$P{number}N": name, f"$P{number}B": str(width), f"$P{number}R": str(top)}
        keywords |= {f"$P{number}E": "0,0"}
    keywords |= extra or {}
    for key in drop:
        del keywords[key]
    first = 58 + len(text_of(keywords, delimiter, encoding))
    last = first + len(data) - 1
    if text_data and "$BEGINDATA" in keywords and "$BEGINDATA" not in (extra or {}):
        keywords["$BEGINDATA"], keywords["$ENDDATA"] = f"{first:08d}", f"{last:08d}"
    text = text_of(keywords, delimiter, encoding)
    stated = (first, last) if header_data else (0, 0)
    offsets = (58, 57 + len(text), *stated, 0, 0)
    header = f"{version}    " + "".join(f"{offset:>8d}" for offset in offsets)
    return header.encode() + text + data


def text_of(keywords, delimiter, encoding):
    double = delimiter * 2
    pairs = (part.replace(delimiter, double) for pair in keywords.items() for part in pair)
    return (delimiter + delimiter.join(pairs) + delimiter).encode(encoding)


def pack(value, width, kind, order):
    little = order.startswith("1")
    if kind in "FD":
        return struct.pack(("<" if little else ">") + {"F": "f", "D": "d"}[kind], value)
    return int(value).to_bytes(width // 8, "little" if little else "big")


@pytest.fixture
def fcs(tmp_path):
    def write(**options):
        file = tmp_path / "made.fcs"
        file.write_bytes(build(**options))
        return file

    return write
