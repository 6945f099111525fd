"""Corners of floats, ASCII data, mixed types, amplification and gain."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

from corner import FLAGGED, REFUSED, Corner, corner
from fcs_bytes import BIG, LITTLE, Pairs, Parameter, Rows, Sketch, floats, integers, pairs_of

Function = Callable[[float], float]

FLOATS = ((1.5, -20.25, 262143.0), (0.0, 1e-3, 3.0e5))
XYZ = (Parameter("FSC-A"), Parameter("SSC-A"), Parameter("FL1-A"))


def _real(
    name: str,
    about: str,
    source: str,
    *,
    rows: Rows = FLOATS,
    code: str = "f",
    order: str = LITTLE,
    version: str = "FCS3.1",
    parameters: tuple[Parameter, ...] = XYZ,
    **more: object,
) -> Corner:
    bits = {"f": "32", "d": "64"}[code]
    sized = tuple(Parameter(p.name, bits, p.top, p.amplification, p.more) for p in parameters)
    pairs = pairs_of(sized, events=len(rows), datatype=code.upper(), byteord=order, version=version)
    sketch = Sketch(pairs, floats(rows, code=code, byteord=order), version=version)
    return corner(name, about, source, sketch, sized, rows, **more)


def reals() -> list[Corner]:
    """$DATATYPE F and D."""
    source = "FCS 3.0 §3.2.20 $DATATYPE F and D: IEEE floats of 32 and 64 bit"
    exact = tuple(tuple(_single(value) for value in row) for row in FLOATS)
    doubles = ((1.0 + 2.0**-40, -1e200, math.pi), (0.0, 1e-3, 16_777_217.0))
    odd = ((1.5, math.nan, 2.0), (math.inf, -math.inf, 3.0), (4.0, 5.0, 6.0))
    return [
        _real("f32-little", "32-bit floats", source, rows=exact),
        _real("f32-big", "32-bit floats, big-endian", source, rows=exact, order=BIG),
        _real("f32-fcs30", "32-bit floats in FCS 3.0", source, rows=exact, version="FCS3.0"),
        _real(
            "f32-fcs32",
            "32-bit floats in FCS 3.2",
            "FCS 3.2 $DATATYPE F",
            rows=exact,
            version="FCS3.2",
        ),
        _real(
            "f32-fcs20",
            "32-bit floats in FCS 2.0",
            "FCS 2.0 $DATATYPE F",
            rows=exact,
            version="FCS2.0",
        ),
        _real(
            "f32-order3412",
            "32-bit floats, byte order 3,4,1,2",
            source,
            rows=exact,
            order="3,4,1,2",
            version="FCS3.0",
        ),
        _real("f64-little", "64-bit floats", source, rows=doubles, code="d"),
        _real("f64-big", "64-bit floats, big-endian", source, rows=doubles, code="d", order=BIG),
        _real("f32-not-finite", "NaN and infinities among floats", source, rows=odd),
        _wrong_width(),
        _float_time(),
    ]


def _single(value: float) -> float:
    return float(struct.unpack("<f", struct.pack("<f", value))[0])


def _wrong_width() -> Corner:
    parameters = tuple(Parameter(p.name, "16") for p in XYZ)
    pairs = pairs_of(parameters, events=2)
    rows = tuple(tuple(_single(value) for value in row) for row in FLOATS)
    return corner(
        "f32-width16",
        "$DATATYPE F with $PnB 16",
        "FCS 3.0 §3.2.20 $DATATYPE: $PnB 32 for F, 64 for D",
        Sketch(pairs, floats(FLOATS)),
        parameters,
        rows,
        allowed=(FLAGGED, REFUSED),
    )


def _float_time() -> Corner:
    rows = ((1.5, 0.25), (2.5, 100.75), (3.5, 1000.0))
    clock = Parameter("Time", more=(("G", "0.01"),))
    parameters = (Parameter("FSC-A"), clock)
    pairs = pairs_of(parameters, events=3, more=(("$TIMESTEP", "0.01"),))
    gained = tuple((a, b / 0.01) for a, b in rows)
    stepped = tuple((a, b * 0.01) for a, b in rows)
    return corner(
        "float-time",
        "Time as float with $PnG and $TIMESTEP",
        "FCS 3.0 §3.2.20 $TIMESTEP, $PnG",
        Sketch(pairs, floats(rows)),
        parameters,
        rows,
        also=(gained, stepped),
        reading="Residua leaves Time as stored; a peer may apply $TIMESTEP or $PnG",
    )


def ascii_data() -> list[Corner]:
    """$DATATYPE A, deprecated in 3.1 and still legal up to there."""
    rows = ((1, 200, 1023), (42, 0, 999), (7, 8, 9))
    fixed = tuple(Parameter(p.name, "4", "1024") for p in XYZ)
    free = tuple(Parameter(p.name, "*", "1024") for p in XYZ)
    body = "".join(f"{value:>4}" for row in rows for value in row)
    widths = (2, 5, 4)
    uneven = tuple(Parameter(p.name, str(w), "1024") for p, w in zip(XYZ, widths, strict=True))
    mixed = "".join(f"{v:0{w}}" for row in rows for v, w in zip(row, widths, strict=True))
    delimited = "1,200,1023\r\n42 0\t999\n7,8,9"

    def made(
        name: str, about: str, source: str, parameters: tuple[Parameter, ...], data: str
    ) -> Corner:
        pairs = pairs_of(parameters, events=3, datatype="A", version="FCS3.0")
        return corner(
            name, about, source, Sketch(pairs, data.encode(), version="FCS3.0"), parameters, rows
        )

    return [
        made(
            "ascii-fixed",
            "ASCII, 4 characters a value",
            "FCS 3.0 §3.2.20 $DATATYPE A: $PnB characters a value",
            fixed,
            body,
        ),
        made(
            "ascii-uneven",
            "ASCII, 2, 5 and 4 characters",
            "FCS 3.0 §3.2.20 $DATATYPE A: $PnB characters a value",
            uneven,
            mixed,
        ),
        made(
            "ascii-free",
            "ASCII, $PnB *: space, tab, comma, CR, LF between values",
            "FCS 3.0 §3.2.20 $DATATYPE A, $PnB *: several delimiters count as one",
            free,
            delimited,
        ),
    ]


def mixed_types() -> list[Corner]:
    """FCS 3.2 $PnDATATYPE."""
    source = "FCS 3.2 $PnDATATYPE overrides $DATATYPE for its parameter"
    rows = ((1.5, 1023, 2.25), (-3.5, 7, 1e-3), (262143.0, 65_535, 1e100))

    def made(name: str, about: str, base: str, order: str, junk: int = 0) -> Corner:
        kinds = (
            ("32", "F", "262144"),
            ("16", "I", "65536" if not junk else "1024"),
            ("64", "D", "262144"),
        )
        parameters = tuple(
            Parameter(n, bits, top, more=() if kind == base else (("DATATYPE", kind),))
            for n, (bits, kind, top) in zip(("FSC-A", "FL1-A", "Time"), kinds, strict=True)
        )
        body = b"".join(
            floats(((a,),), byteord=order)
            + integers(((int(b) | junk,),), (16,), order)
            + floats(((c,),), code="d", byteord=order)
            for a, b, c in rows
        )
        seen = tuple((_single(a), int(b) & 1023 if junk else b, c) for a, b, c in rows)
        pairs = pairs_of(parameters, events=3, datatype=base, byteord=order, version="FCS3.2")
        return corner(name, about, source, Sketch(pairs, body, version="FCS3.2"), parameters, seen)

    return [
        made("mixed-types-f", "F with I and D parameters", "F", LITTLE),
        made("mixed-types-i", "I with F and D parameters, big-endian", "I", BIG),
        made("mixed-types-mask", "I with junk above $PnR beside F and D", "F", LITTLE, junk=0xF000),
        _all_replaced(),
    ]


def _all_replaced() -> Corner:
    rows = ((1.5, 2.5), (3.5, -4.5))
    parameters = (
        Parameter("FSC-A", more=(("DATATYPE", "F"),)),
        Parameter("SSC-A", more=(("DATATYPE", "F"),)),
    )
    pairs = pairs_of(parameters, events=2, datatype="I", version="FCS3.2")
    return corner(
        "types-replaced",
        "$DATATYPE I, every $PnDATATYPE F",
        "FCS 3.2 $PnDATATYPE overrides $DATATYPE for its parameter",
        Sketch(pairs, floats(rows), version="FCS3.2"),
        parameters,
        rows,
    )


STORED = ((0, 512, 1023), (256, 1, 767))


def _log(value: float, decades: float, offset: float, top: float) -> float:
    return offset * 10.0 ** (decades * value / top)


def _scaled_integers(
    name: str,
    about: str,
    source: str,
    parameters: tuple[Parameter, ...],
    scale: Rows,
    **more: object,
) -> Corner:
    pairs = pairs_of(parameters, events=2, datatype="I")
    sketch = Sketch(pairs, integers(STORED, (16,) * 3))
    return corner(name, about, source, sketch, parameters, STORED, scale=scale, **more)


def scales() -> list[Corner]:
    """$PnE and $PnG on integers and on floats."""
    log = "FCS 3.0 §3.2.20 $PnE: f1 decades, f2 at channel 0; 3.1: f2 10^(f1 x / $PnR)"
    gain = "FCS 3.1 $PnG: the scale value of a linear parameter is x / gain"

    def three(*rest: tuple[str, str, Pairs]) -> tuple[Parameter, ...]:
        return tuple(
            Parameter(p.name, "16", top, e, more)
            for p, (top, e, more) in zip(XYZ, rest, strict=True)
        )

    def rows(*functions: Function) -> Rows:
        return tuple(tuple(f(v) for f, v in zip(functions, row, strict=True)) for row in STORED)

    plain = ("1024", "0,0", ())
    same: Function = float
    decades = rows(same, lambda v: _log(v, 4, 1, 1024), lambda v: _log(v, 4, 1, 1024))
    zero = rows(same, lambda v: _log(v, 4, 1, 1024), lambda v: _log(v, 4.5, 0.1, 1024))
    odd = rows(same, lambda v: _log(v, 4, 1, 1000), lambda v: _log(v, 2, 10, 800))
    gained = rows(same, lambda v: v / 2, lambda v: v / 0.5)
    both = rows(same, lambda v: _log(v, 4, 1, 1024), lambda v: v / 4)
    wrong_both = rows(same, lambda v: _log(v, 4, 1, 1024) / 8, lambda v: v / 4)
    return [
        _scaled_integers(
            "log41",
            "$PnE 4,1",
            log,
            three(plain, ("1024", "4,1", ()), ("1024", "4.0,1.0", ())),
            decades,
        ),
        _scaled_integers(
            "log40",
            "$PnE 4,0 (means 4,1) and 4.5,0.1",
            "FCS 3.1 $PnE: f2 = 0 beside f1 > 0 is read as 1",
            three(plain, ("1024", "4,0", ()), ("1024", "4.5,0.1", ())),
            zero,
        ),
        _scaled_integers(
            "log-range",
            "$PnE with $PnR that is no power of two",
            log,
            three(plain, ("1000", "4,1", ()), ("800", "2,10", ())),
            odd,
        ),
        _scaled_integers(
            "gain",
            "$PnG 2 and 0.5",
            gain,
            three(plain, ("1024", "0,0", (("G", "2.0"),)), ("1024", "0,0", (("G", "0.5"),))),
            gained,
        ),
        _scaled_integers(
            "log-and-gain",
            "$PnE 4,1 beside $PnG 8",
            "FCS 3.1 $PnG: not with log amplification",
            three(plain, ("1024", "4,1", (("G", "8"),)), ("1024", "0,0", (("G", "4"),))),
            both,
            also=(wrong_both,),
            reading="the log is applied, the gain is not; a peer may apply both",
        ),
        *_float_scales(),
    ]


def _float_scales() -> list[Corner]:
    rows = ((1.5, 100.25, 7.0), (2.5, -3.0, 1023.0))
    divided = tuple((a, b / 2, c) for a, b, c in rows)
    gained = (XYZ[0], Parameter("SSC-A", more=(("G", "2"),)), XYZ[2])
    logs = (XYZ[0], Parameter("SSC-A", amplification="4,1"), XYZ[2])
    applied = tuple((a, _log(b, 4, 1, 262144), c) for a, b, c in rows)
    return [
        _real(
            "float-gain",
            "$PnG 2 on floats",
            "FCS 3.1 $PnG: linear parameters, of floats too",
            rows=rows,
            parameters=gained,
            scale=divided,
        ),
        _real(
            "float-log",
            "$PnE 4,1 on floats, which $PnE must not be",
            "FCS 3.1 $PnE: 0,0 for $DATATYPE F and D",
            rows=rows,
            parameters=logs,
            allowed=(FLAGGED, REFUSED),
            also=(applied,),
            reading="floats are taken as linear already; a peer may apply the log",
        ),
    ]


def value_corners() -> list[Corner]:
    """All corners of how values are stored and scaled."""
    return [*reals(), *ascii_data(), *mixed_types(), *scales()]
