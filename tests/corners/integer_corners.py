"""Corners of $DATATYPE I: widths, packed bits, masks, byte orders, ranges."""

from __future__ import annotations

from corner import REFUSED, VALUES, Corner, corner
from fcs_bytes import BIG, LITTLE, Parameter, Rows, Sketch, integers, packed, pairs_of

STANFORD = (
    "the bits of a little-endian file fill bytes from the lowest, of a big-endian one from the "
    "highest, events without a gap, as in the FCS library of Stanford (org.isac.fcs, Moore); "
    "FlowCal and FlowIO refuse packed data, flowCore takes 10 for 16 bit"
)
NAMES = ("FSC-A", "SSC-A", "FL1-A", "FL2-A")


def _parameters(bits: tuple[int, ...], tops: tuple[int, ...]) -> tuple[Parameter, ...]:
    return tuple(
        Parameter(name, str(width), str(top))
        for name, width, top in zip(NAMES, bits, tops, strict=False)
    )


def _whole(
    name: str,
    about: str,
    source: str,
    bits: tuple[int, ...],
    tops: tuple[int, ...],
    written: Rows,
    *,
    order: str = LITTLE,
    seen: Rows | None = None,
    version: str = "FCS3.1",
    **more: object,
) -> Corner:
    """A corner of whole bytes: `written` lie in the file, `seen` are what remains after masks."""
    parameters = _parameters(bits, tops)
    pairs = pairs_of(parameters, events=len(written), datatype="I", byteord=order, version=version)
    sketch = Sketch(pairs, integers(written, bits, order), version=version)
    return corner(
        name, about, source, sketch, parameters, written if seen is None else seen, **more
    )


def _packed(
    name: str,
    about: str,
    bits: tuple[int, ...],
    rows: Rows,
    *,
    order: str = LITTLE,
) -> Corner:
    parameters = _parameters(bits, tuple(1 << width for width in bits))
    pairs = pairs_of(parameters, events=len(rows), datatype="I", byteord=order, version="FCS3.0")
    sketch = Sketch(pairs, packed(rows, bits, order), version="FCS3.0")
    source = "FCS 3.0 §3.2.20 $PnB: tight bit packing; $DATATYPE: a continuous bit stream"
    return corner(name, about, source, sketch, parameters, rows, reading=STANFORD)


def widths() -> list[Corner]:
    """Whole bytes, one width or several in a file."""
    source = "FCS 3.0 §3.2.20 $DATATYPE I, $PnB: unsigned integers of $PnB bits"
    three = ((1, 200, 255), (0, 7, 128))
    sixteen = ((1, 1023, 40_000), (65_535, 256, 255))
    large = ((1, 70_000, 262_143), (4_000_000_000, 65_536, 16_777_217))
    huge = ((1, 1 << 40, (1 << 52) + 1), (1 << 53, 255, 1 << 32))
    return [
        _whole("i8", "8-bit integers", source, (8,) * 3, (256,) * 3, three),
        _whole("i16-little", "16-bit integers", source, (16,) * 3, (65_536,) * 3, sixteen),
        _whole(
            "i16-big",
            "16-bit integers, big-endian",
            source,
            (16,) * 3,
            (65_536,) * 3,
            sixteen,
            order=BIG,
        ),
        _whole(
            "i32-little", "32-bit integers, $PnR 2^32", source, (32,) * 3, (1 << 32,) * 3, large
        ),
        _whole(
            "i32-big",
            "32-bit integers, big-endian",
            source,
            (32,) * 3,
            (1 << 32,) * 3,
            large,
            order=BIG,
        ),
        _whole("i64-little", "64-bit integers, $PnR 2^64", source, (64,) * 3, (1 << 64,) * 3, huge),
        _whole(
            "i64-big",
            "64-bit integers, big-endian",
            source,
            (64,) * 3,
            (1 << 64,) * 3,
            huge,
            order=BIG,
        ),
        *_mixed(source),
    ]


def _mixed(source: str) -> list[Corner]:
    mixed = ((255, 65_535, 4_000_000_000), (1, 256, 65_536), (7, 40_000, 70_000))
    tops = (256, 65_536, 1 << 32)
    triple = ((1, 65_536, 16_777_215), (256, 255, 8_388_608))
    wide = ((1, 1 << 33, 1 << 47), ((1 << 40) - 1, 255, 3))
    return [
        _whole("i-mixed-little", "8, 16 and 32 bit side by side", source, (8, 16, 32), tops, mixed),
        _whole(
            "i-mixed-big",
            "8, 16 and 32 bit, big-endian",
            source,
            (8, 16, 32),
            tops,
            mixed,
            order=BIG,
        ),
        _whole("i24-little", "24-bit integers", source, (24,) * 3, (1 << 24,) * 3, triple),
        _whole(
            "i24-big",
            "24-bit integers, big-endian",
            source,
            (24,) * 3,
            (1 << 24,) * 3,
            triple,
            order=BIG,
        ),
        _whole(
            "i40-48",
            "40- and 48-bit integers",
            source,
            (40, 40, 48),
            (1 << 40, 1 << 40, 1 << 48),
            wide,
        ),
    ]


def packed_bits() -> list[Corner]:
    """Widths that are no whole bytes."""
    four = ((1, 1023, 512, 3), (1000, 0, 77, 256))
    three = ((1, 1023, 512), (1000, 0, 77), (5, 6, 7))
    twelve = ((1, 4095, 2048), (4000, 0, 77))
    return [
        _packed("packed10-big", "10-bit packed, big-endian", (10,) * 4, four, order=BIG),
        _packed("packed10-little", "10-bit packed, little-endian", (10,) * 4, four),
        _packed(
            "packed10-crossing", "10-bit packed, events cross bytes", (10,) * 3, three, order=BIG
        ),
        _packed("packed12-big", "12-bit packed, big-endian", (12,) * 3, twelve, order=BIG),
        _packed(
            "packed-mixed", "10, 12 and 6 bit packed", (10, 12, 6), ((1023, 4095, 63), (1, 2, 3))
        ),
        _stated_ten(),
    ]


def _stated_ten() -> Corner:
    """Beckman Coulter CXP: $PnB says 10, each value takes 16 bits."""
    rows = ((1, 1023, 512), (1000, 0, 77))
    parameters = _parameters((10,) * 3, (1024,) * 3)
    pairs = pairs_of(parameters, events=2, datatype="I", version="FCS3.0")
    sketch = Sketch(pairs, integers(rows, (16,) * 3), version="FCS3.0")
    about = "$PnB says 10, DATA holds 16 bit a value (Coulter CXP)"
    source = "$TOT, $PAR and the length of DATA contradict $PnB; flowCore takes 16 bit"
    return corner(
        "stated10-stored16", about, source, sketch, parameters, rows, allowed=("flagged", REFUSED)
    )


def masks() -> list[Corner]:
    """Bits above $PnR, and ranges that are no power of two."""
    source = "FCS 3.0 §3.3: a bit mask for what $PnR leaves unused, to a power of two (3.1)"
    junk = ((0xFC01, 0x8000 | 1023), (0x4000 | 512, 5))
    clean = ((1, 1023), (512, 5))
    navios = (((0xAB << 24) | 1_048_575, (0x10 << 24) | 7), (3, (0xFF << 24) | 262_143))
    masked = ((1_048_575, 7), (3, 262_143))
    odd = ((0xF000 | 1010, 999), (1023, 0x8000))
    return [
        _whole(
            "mask16",
            "16 bit stored, 10 used, junk above",
            source,
            (16,) * 2,
            (1024,) * 2,
            junk,
            seen=clean,
        ),
        _whole(
            "mask16-big",
            "the same, big-endian",
            source,
            (16,) * 2,
            (1024,) * 2,
            junk,
            seen=clean,
            order=BIG,
        ),
        _whole(
            "mask32",
            "32 bit stored, 20 and 18 used (Navios)",
            source,
            (32,) * 2,
            (1 << 20, 1 << 18),
            navios,
            seen=masked,
        ),
        _whole(
            "range1000",
            "$PnR 1000: mask of 10 bits, values to 1023 stay",
            source,
            (16,) * 2,
            (1000,) * 2,
            odd,
            seen=((1010, 999), (1023, 0)),
        ),
        _whole(
            "range-mixed-mask",
            "mixed widths with masks",
            source,
            (16, 32),
            (1024, 262_144),
            ((0xFC01, 0xABFC_0007), (0x03FF, 0x0003_FFFF)),
            seen=((1, 7), (1023, 262_143)),
        ),
        _whole(
            "range-2^32-less-1",
            "$PnR 4294967295 in 32 bit",
            source,
            (32,) * 2,
            ((1 << 32) - 1,) * 2,
            (((1 << 32) - 2, 5), (16_777_217, 1 << 31)),
        ),
        _whole(
            "range-above-width",
            "$PnR 2^32 in 16 bit",
            source,
            (16,) * 2,
            (1 << 32,) * 2,
            ((1, 65_535), (1023, 40_000)),
        ),
    ]


def orders() -> list[Corner]:
    """Byte orders other than the two common ones, and short forms of them."""
    source = "FCS 3.0 §3.2.20 $BYTEORD: the order in which bytes 1 (least) to 4 are written"
    rows = ((0x01020304, 70_000), (16_777_217, 3))
    small = ((0x0102, 1023), (7, 40_000))
    halves = "in the 16-bit words of 3,4,1,2 the least byte comes first"
    return [
        _whole(
            "order3412",
            "byte order 3,4,1,2, 32 bit",
            source,
            (32,) * 2,
            (1 << 32,) * 2,
            rows,
            order="3,4,1,2",
            version="FCS3.0",
        ),
        _whole(
            "order2143",
            "byte order 2,1,4,3, 32 bit",
            source,
            (32,) * 2,
            (1 << 32,) * 2,
            rows,
            order="2,1,4,3",
            version="FCS3.0",
        ),
        _whole(
            "order3412-16bit",
            "byte order 3,4,1,2, 16 bit",
            source,
            (16,) * 2,
            (65_536,) * 2,
            small,
            order="3,4,1,2",
            version="FCS3.0",
            allowed=(VALUES, REFUSED),
            reading=halves,
        ),
        _whole(
            "order12",
            "byte order 1,2 (FCS 2.0)",
            source,
            (16,) * 2,
            (65_536,) * 2,
            small,
            order="1,2",
            version="FCS2.0",
        ),
        _whole(
            "order21",
            "byte order 2,1 (FCS 2.0)",
            source,
            (16,) * 2,
            (65_536,) * 2,
            small,
            order="2,1",
            version="FCS2.0",
        ),
    ]


def integer_corners() -> list[Corner]:
    """All corners of integer data."""
    return [*widths(), *packed_bits(), *masks(), *orders()]
