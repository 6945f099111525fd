"""Corners of where DATA lies and how many events it holds."""

from __future__ import annotations

from corner import FLAGGED, REFUSED, VALUES, Corner, corner, refusal
from fcs_bytes import (
    DATA_AT,
    Pairs,
    Parameter,
    Parts,
    Rows,
    Sketch,
    floats,
    lay_out,
    pairs_of,
    replaced,
)

ROWS: Rows = ((1.5, 2.5, 3.5), (4.5, -5.5, 6.5), (7.5, 8.5, 262143.0), (9.5, 1.25, 0.5))
ABC = (Parameter("FSC-A"), Parameter("SSC-A"), Parameter("FL1-A"))
PLAIN = pairs_of(ABC, events=4)
DATA = floats(ROWS)
LAST = DATA_AT + len(DATA) - 1
HEADER = "FCS 3.0 §3.1.1: HEADER has 0 where DATA reach beyond 99 999 999"
DIFFER = "FCS 3.0 §3.2.20 $BEGINDATA: the value duplicates the offset of HEADER"


def _at(
    name: str,
    about: str,
    source: str,
    *,
    pairs: Pairs = PLAIN,
    rows: Rows = ROWS,
    data: bytes = DATA,
    allowed: tuple[str, ...] = (VALUES,),
    version: str = "FCS3.1",
    header: tuple[str, str] | None = None,
    places: tuple[str, ...] | None = None,
    data_at: int = DATA_AT,
    tail: bytes = b"",
    **more: object,
) -> Corner:
    sketch = Sketch(
        pairs, data, version=version, header=header, places=places, data_at=data_at, tail=tail
    )
    return corner(name, about, source, sketch, ABC, rows, allowed=allowed, **more)


def offsets() -> list[Corner]:
    """Offsets in HEADER, in TEXT, in both, in agreement or not."""
    far = 100_000_000
    v2 = pairs_of(ABC, events=4, version="FCS2.0")
    nothing = ("0", "0")
    return [
        _at(
            "offset-header-only",
            "FCS 2.0: offsets in HEADER only",
            "FCS 2.0 HEADER",
            pairs=v2,
            version="FCS2.0",
            places=(),
        ),
        _at(
            "offset-header-text-0",
            "$BEGINDATA and $ENDDATA are 0, HEADER right",
            DIFFER,
            places=nothing,
            allowed=(VALUES, FLAGGED, REFUSED),
        ),
        _at(
            "offset-text-absent",
            "FCS 3.1 without $BEGINDATA",
            "FCS 3.0 §3.2.18: $BEGINDATA is required",
            places=(),
            allowed=(VALUES, FLAGGED, REFUSED),
        ),
        _at("offset-text-only", "HEADER 0 0, offsets in TEXT", HEADER, header=nothing),
        _at(
            "offset-header-blank",
            "HEADER blank, offsets in TEXT",
            "FCS 3.0 §3.1.1 allows blanks for ANALYSIS only",
            header=("", ""),
            allowed=(VALUES, FLAGGED),
        ),
        _at("offset-large", "DATA beyond byte 99 999 999", HEADER, header=nothing, data_at=far),
        _at(
            "offset-large-end",
            "only the end of DATA beyond 99 999 999",
            HEADER,
            header=nothing,
            data_at=far - 20,
        ),
        _at(
            "offset-differ-header-wrong",
            "HEADER points before DATA, TEXT right",
            DIFFER,
            header=(str(DATA_AT - 12), str(LAST - 12)),
            allowed=(FLAGGED, REFUSED),
        ),
        _at(
            "offset-differ-end",
            "HEADER and TEXT differ in the end, TEXT right",
            DIFFER,
            header=(str(DATA_AT), str(LAST - 12)),
            allowed=(FLAGGED, REFUSED),
        ),
        _two_places(),
        _text_outside(),
        _text_behind(),
        _analysis(),
    ]


def _two_places() -> Corner:
    """HEADER and TEXT each point to four events; TEXT counts."""
    other = floats(tuple(tuple(-value for value in row) for row in ROWS))
    sketch = Sketch(
        PLAIN,
        DATA,
        header=(str(DATA_AT + 500), str(LAST + 500)),
        tail=b" " * (500 - len(DATA)) + other,
    )
    return corner(
        "offset-two-places",
        "HEADER and TEXT point to two runs of events",
        DIFFER,
        sketch,
        ABC,
        ROWS,
        allowed=(FLAGGED, REFUSED),
        reading="TEXT counts where both are given",
    )


def _text_outside() -> Corner:
    """$BEGINDATA lies beyond the file, HEADER holds exactly $TOT events."""
    return _at(
        "offset-text-outside",
        "TEXT points behind the file, HEADER right",
        DIFFER,
        places=(str(900_000), str(900_000 + len(DATA) - 1)),
        allowed=(FLAGGED, REFUSED),
    )


def _text_behind() -> Corner:
    """The third legal HEADER of the standard's examples: TEXT follows DATA."""
    sketch = Sketch(PLAIN, DATA, text_at=1024, data_at=256)
    source = "FCS 3.0 §3.1.1, third example: TEXT may follow DATA"
    return corner("text-behind-data", "TEXT behind DATA", source, sketch, ABC, ROWS)


def _analysis() -> Corner:
    """An ANALYSIS segment behind DATA, stated in HEADER and in TEXT."""
    words = b"/GATE/1/COUNT/2/"
    first, last = LAST + 1, LAST + len(words)
    pairs = replaced(PLAIN, BEGINANALYSIS=str(first), ENDANALYSIS=str(last))
    sketch = Sketch(pairs, DATA, analysis=(str(first), str(last)), tail=words)
    source = "FCS 3.0 §3.4: ANALYSIS in the form of TEXT"
    return corner("analysis", "an ANALYSIS segment", source, sketch, ABC, ROWS)


def ends() -> list[Corner]:
    """An end of DATA that is off by one byte, the CRC, blanks behind DATA."""
    above, below = str(LAST + 1), str(LAST - 1)
    first = str(DATA_AT)
    source = "FCS 3.0 §3.1.1: the offset of the last byte, which $TOT and $PnB fix too"
    kind = (FLAGGED, REFUSED)
    return [
        _at(
            "end-one-more",
            "ENDDATA one byte too far, a byte behind it",
            source,
            header=(first, above),
            places=(first, above),
            tail=b"\0",
            allowed=(FLAGGED,),
        ),
        _at(
            "end-one-more-eof",
            "ENDDATA one byte behind the end of the file",
            source,
            header=(first, above),
            places=(first, above),
            allowed=(FLAGGED,),
        ),
        _at(
            "end-one-less",
            "ENDDATA one byte too near, the byte is there",
            source,
            header=(first, below),
            places=(first, below),
            tail=b"\0",
            allowed=(FLAGGED,),
        ),
        _at(
            "end-one-less-eof",
            "ENDDATA one byte too near, DATA ends the file",
            source,
            header=(first, below),
            places=(first, below),
            allowed=(FLAGGED,),
        ),
        _at(
            "end-one-more-header",
            "ENDDATA off by one in HEADER, right in TEXT",
            DIFFER,
            header=(first, above),
            tail=b"\0",
            allowed=kind,
        ),
        _at(
            "crc",
            "a CRC behind DATA",
            "FCS 3.0 §3.5: 8 bytes behind the data set",
            tail=b"00045213",
        ),
        _at(
            "tail-blanks",
            "blanks behind DATA",
            "FCS 3.0 §2.2.11: spaces outside the segments",
            tail=b" " * 700,
        ),
    ]


def counts() -> list[Corner]:
    """$TOT absent, above and below the data, zero; $PAR wrong; DATA cut off."""
    v2 = replaced(pairs_of(ABC, events=4, version="FCS2.0"), TOT=None)
    absent = replaced(PLAIN, TOT=None)
    required = "FCS 3.0 §3.2.18: $TOT is required; DATA and $PnB give the number"
    beyond = "$TOT events of $PnB bits do not lie in DATA"
    whole = lay_out(Sketch(PLAIN, DATA))
    cut: Parts = (*whole[:2], (DATA_AT, DATA[:-17]))
    fewer = ROWS[:2]
    return [
        _at("tot-absent", "FCS 3.1 without $TOT", required, pairs=absent, allowed=(FLAGGED,)),
        _at(
            "tot-absent-fcs20",
            "FCS 2.0 without $TOT",
            "FCS 2.0: $TOT is optional",
            pairs=v2,
            version="FCS2.0",
            places=(),
            allowed=(VALUES, FLAGGED),
        ),
        _at(
            "tot-below",
            "$TOT 2, DATA holds 4",
            "FCS 3.0 §3.2.20 $TOT: the number of events in the data set",
            pairs=replaced(PLAIN, TOT="2"),
            rows=fewer,
            allowed=(FLAGGED, REFUSED),
            also=(ROWS,),
            reading="$TOT counts; a peer may take all that DATA holds",
        ),
        refusal(
            "tot-above",
            "$TOT 6, DATA holds 4",
            beyond,
            Sketch(replaced(PLAIN, TOT="6"), DATA),
            salvaged=4,
        ),
        refusal(
            "tot-above-with-tail",
            "$TOT 6, DATA holds 4, other bytes follow",
            beyond,
            Sketch(replaced(PLAIN, TOT="6"), DATA, tail=b"\xff" * 400),
            salvaged=4,
        ),
        refusal(
            "tot-huge",
            "$TOT 10^15",
            beyond,
            Sketch(replaced(PLAIN, TOT="1000000000000000"), DATA),
            salvaged=4,
        ),
        _at(
            "tot-negative",
            "$TOT -4, DATA holds 4",
            "FCS 3.0 §3.2.20 $TOT: a whole number",
            pairs=replaced(PLAIN, TOT="-4"),
            allowed=(FLAGGED, REFUSED),
        ),
        refusal(
            "data-truncated",
            "the file ends within the third event",
            beyond,
            Sketch(PLAIN, DATA),
            parts=cut,
            salvaged=2,
        ),
        refusal(
            "data-absent",
            "the file ends before DATA",
            beyond,
            Sketch(PLAIN, DATA),
            parts=whole[:2],
            salvaged=0,
        ),
        refusal(
            "par-above",
            "$PAR 4, three parameters described",
            "FCS 3.0 §3.2.20 $PAR; $P4B is required",
            Sketch(replaced(PLAIN, PAR="4"), DATA),
        ),
        refusal(
            "par-below",
            "$PAR 2, three parameters described",
            "FCS 3.0 §3.2.16: parameters are numbered from 1 to $PAR; $P3B contradicts it",
            Sketch(replaced(PLAIN, PAR="2"), DATA),
        ),
        refusal(
            "par-huge",
            "$PAR 10^9",
            "FCS 3.0 §3.2.20 $PAR; $P4B is required",
            Sketch(replaced(PLAIN, PAR="1000000000"), DATA),
        ),
        *_none(),
    ]


def _none() -> list[Corner]:
    empty = pairs_of(ABC, events=0)
    source = "no standard forbids a data set without events"
    one = Sketch(empty, b"", header=("0", "0"), places=("0", "0"))
    two = Sketch(
        empty, b"", header=(str(DATA_AT), str(DATA_AT - 1)), places=(str(DATA_AT), str(DATA_AT - 1))
    )
    return [
        corner("events-zero", "$TOT 0, offsets 0", source, one, ABC, ()),
        corner(
            "events-zero-empty-segment",
            "$TOT 0, DATA ends before it begins",
            source,
            two,
            ABC,
            (),
            allowed=(VALUES, FLAGGED),
        ),
    ]


def sets() -> list[Corner]:
    """Two data sets in one file."""
    second = 8192
    rows = ((10.5, 11.5, 12.5), (13.5, 14.5, 15.5))
    here = lay_out(Sketch(replaced(PLAIN, NEXTDATA=str(second)), DATA))
    there = lay_out(Sketch(pairs_of(ABC, events=2), floats(rows), base=second))
    source = "FCS 3.0 §3.2.20 $NEXTDATA, 2.2.13: offsets count from the start of the data set"
    sketch = Sketch(PLAIN, DATA)
    wrong = lay_out(Sketch(replaced(PLAIN, NEXTDATA="7000000"), DATA))
    return [
        corner(
            "sets-two",
            "two data sets; the first is meant",
            source,
            sketch,
            ABC,
            ROWS,
            allowed=(FLAGGED,),
            parts=(*here, *there),
        ),
        corner(
            "sets-next-outside",
            "$NEXTDATA behind the end of the file",
            source,
            sketch,
            ABC,
            ROWS,
            allowed=(FLAGGED, REFUSED),
            parts=wrong,
        ),
    ]


def place_corners() -> list[Corner]:
    """All corners of places and counts."""
    return [*offsets(), *ends(), *counts(), *sets()]
