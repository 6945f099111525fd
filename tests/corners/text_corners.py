"""Corners of TEXT: delimiters, encodings, empty values, spellings, supplements, matrices."""

from __future__ import annotations

from corner import FLAGGED, REFUSED, VALUES, Corner, corner, refusal
from fcs_bytes import Pairs, Parameter, Rows, Sketch, floats, lay_out, pairs_of, replaced

ROWS: Rows = ((1.5, 2.5), (3.5, -4.5), (5.5, 262143.0))
AB = (Parameter("FSC-A"), Parameter("FL1-A"))
PLAIN = pairs_of(AB, events=3)
HEADER = "FCS 3.0 §3.1.1: HEADER begins with the version"
DELIMITER = "FCS 3.0 §3.2.5 to 3.2.7: the first character delimits, doubled where a value holds it"


def _text(
    name: str,
    about: str,
    source: str,
    *,
    pairs: Pairs = PLAIN,
    version: str = "FCS3.1",
    delimiter: str = "/",
    encoding: str = "utf-8",
    ending: str | None = None,
    text_end: int = 0,
    supplement: Pairs = (),
    places: tuple[str, ...] | None = None,
    parameters: tuple[Parameter, ...] = AB,
    **more: object,
) -> Corner:
    sketch = Sketch(
        pairs,
        floats(ROWS),
        version=version,
        delimiter=delimiter,
        encoding=encoding,
        ending=ending,
        text_end=text_end,
        supplement=supplement,
        places=places,
    )
    return corner(name, about, source, sketch, parameters, ROWS, **more)


def delimiters() -> list[Corner]:
    """Every delimiter that instruments use, and delimiters inside values."""
    marks = {
        "form-feed": "\x0c",
        "bar": "|",
        "record": "\x1e",
        "bang": "!",
        "backslash": "\\",
        "star": "*",
        "tab": "\t",
        "hash": "#",
    }
    found = [
        _text(f"delimiter-{word}", f"delimiter {mark!r}", DELIMITER, delimiter=mark)
        for word, mark in marks.items()
    ]
    doubled = (*PLAIN, ("$COM", "a//b and c////d"), ("SITE", "w/o".replace("/", "//")))
    at_end = (*PLAIN, ("PATH", "C:/data/".replace("/", "//")), ("AFTER", "1"))
    comma = tuple((key, value.replace(",", ",,")) for key, value in PLAIN)
    return [
        *found,
        _text(
            "delimiter-comma",
            "delimiter ',', doubled in $BYTEORD and $PnE",
            DELIMITER,
            pairs=comma,
            delimiter=",",
        ),
        _text(
            "delimiter-doubled",
            "doubled delimiters inside values",
            DELIMITER,
            pairs=doubled,
            keywords={"$COM": "a/b and c//d", "SITE": "w/o"},
        ),
        _text(
            "delimiter-doubled-last",
            "a value that ends with the delimiter",
            DELIMITER,
            pairs=at_end,
            keywords={"PATH": "C:/data/", "AFTER": "1"},
        ),
        _text(
            "delimiter-in-name",
            "a doubled delimiter in $PnN",
            DELIMITER,
            pairs=pairs_of((AB[0], Parameter("A//B")), events=3),
            parameters=(AB[0], Parameter("A/B")),
        ),
    ]


def values() -> list[Corner]:
    """Values that are empty, hold `$` or letters beyond ASCII."""
    empty = (*PLAIN, ("$P1S", ""), ("$P2S", "CD19"), ("$OP", ""), ("$SRC", "marrow"))
    dollar = (*PLAIN, ("COST", "US$ 5"), ("$COM", "$TOT is 3, $5"))
    letters = (AB[0], Parameter("β-cell µ", more=(("S", "CD19 é"),)))
    latin = (AB[0], Parameter("F-µm", more=(("S", "Größe"),)))
    marks = (*PLAIN, ("$P1S", "size"), ("$P2S", "CD 19"))
    return [
        _text(
            "value-empty",
            "empty values, of $P1S and $OP",
            "FCS 3.0 §3.2.7, 3.2.9: values are not empty; "
            "a doubled delimiter behind a keyword cannot be part of it",
            pairs=empty,
            allowed=(FLAGGED, REFUSED),
            markers=("", "CD19"),
            keywords={"$P2S": "CD19", "$SRC": "marrow"},
            reading="a keyword never holds the delimiter, so two in its place are an empty value",
        ),
        _text(
            "value-dollar",
            "`$` inside values",
            "FCS 3.0 §3.2.12: $ begins the standard's keywords; values are free",
            pairs=dollar,
            keywords={"COST": "US$ 5", "$COM": "$TOT is 3, $5"},
        ),
        _text(
            "utf8",
            "UTF-8 in $PnN and $PnS",
            "FCS 3.1 TEXT: values are UTF-8",
            pairs=pairs_of(letters, events=3),
            parameters=letters,
            markers=("", "CD19 é"),
        ),
        _text(
            "latin1",
            "Latin-1 in $PnN and $PnS",
            "no standard allows it; instruments before 3.1 write it",
            pairs=pairs_of(latin, events=3, version="FCS3.0"),
            version="FCS3.0",
            encoding="latin-1",
            parameters=latin,
            markers=("", "Größe"),
        ),
        _text(
            "markers",
            "$PnS with a space",
            "FCS 3.0 §3.2.20 $PnS",
            pairs=marks,
            markers=("size", "CD 19"),
        ),
    ]


def spellings() -> list[Corner]:
    """Keywords and numbers written otherwise than the standard writes them."""
    lower = tuple((key.lower(), value) for key, value in PLAIN)
    zeros = replaced(PLAIN, TOT="00000003", PAR="02", P1B="032", P2R="000262144")
    blanks = replaced(PLAIN, TOT="  3 ", PAR=" 2", P1B="32 ", P2E=" 0, 0 ", BYTEORD="1, 2, 3, 4")
    last = ("000000000000004096", "000000000000004119")
    twice = (*PLAIN, ("NOTE", "first"), ("NOTE", "second"))
    names = pairs_of((AB[0], AB[0]), events=3)
    return [
        _text(
            "keywords-lower",
            "keywords in lower case",
            "FCS 3.0 §3.2.10: keywords are case insensitive",
            pairs=lower,
        ),
        _text(
            "numbers-zeros",
            "leading zeros in numbers and offsets",
            "FCS 3.0 §2.1.2: numbers are base 10; zeros before them change nothing",
            pairs=zeros,
            places=last,
        ),
        _text(
            "numbers-blanks",
            "blanks around numbers and in lists",
            "no standard has blanks around numbers; instruments write them",
            pairs=blanks,
            allowed=(VALUES, FLAGGED),
        ),
        _text(
            "text-padded",
            "blanks and NUL behind the last delimiter",
            "FCS 3.0 §3.2.6: the delimiter stands at the end of a value",
            ending="/  \0\0\r\n",
        ),
        _text(
            "text-unclosed",
            "no delimiter behind the last value",
            "FCS 3.0 §3.2.6: the delimiter stands at the end of a value",
            pairs=(*PLAIN, ("LAST", "word")),
            ending="",
            allowed=(VALUES, FLAGGED, REFUSED),
            keywords={"LAST": "word"},
        ),
        _text(
            "keyword-twice",
            "a keyword twice",
            "no standard has a keyword twice",
            pairs=twice,
            allowed=(VALUES, FLAGGED, REFUSED),
        ),
        _text(
            "name-twice",
            "two parameters of one $PnN",
            "FCS 3.1 $PnN: names are unique",
            pairs=names,
            parameters=(AB[0], AB[0]),
            allowed=(FLAGGED, REFUSED),
        ),
        _no_names(),
    ]


def _no_names() -> Corner:
    pairs = pairs_of(AB, events=3, version="FCS2.0")
    bare = replaced(pairs, P1N=None, P2N=None)
    sketch = Sketch(bare, floats(ROWS), version="FCS2.0", places=())
    about, source = "FCS 2.0 without $PnN", "FCS 3.0 §3.2.19, and FCS 2.0: $PnN is optional"
    return corner("names-absent", about, source, sketch, (), ROWS)


def supplements() -> list[Corner]:
    """Supplemental TEXT."""
    more = (("$P1S", "size"), ("$P2S", "CD19"), ("PANEL", "B"))
    source = "FCS 3.0 §3.2.3 to 3.2.5: optional keywords in a segment of their own"
    return [
        _text(
            "supplement",
            "supplemental TEXT",
            source,
            supplement=more,
            markers=("size", "CD19"),
            keywords={"PANEL": "B"},
        )
    ]


def matrices() -> list[Corner]:
    """Compensation as the different keywords state it."""
    dyes = (Parameter("FSC-A"), Parameter("FL1-A"), Parameter("FL2-A"))
    rows = ((1.5, 100.0, 20.0), (2.5, 50.0, 300.0))
    square = ((1.0, 0.1), (0.05, 1.0))
    listed = "2,FL1-A,FL2-A,1,0.1,0.05,1"
    full = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.1), (0.0, 0.05, 1.0))
    percent = (("$DFC1TO2", "10"), ("$DFC2TO1", "5"))
    two = (dyes[1], dyes[2])

    def made(
        name: str,
        about: str,
        source: str,
        more: Pairs,
        matrix: object,
        *,
        version: str = "FCS3.1",
        parameters: tuple[Parameter, ...] = dyes,
        data: Rows = rows,
        reading: str = "",
    ) -> Corner:
        pairs = pairs_of(parameters, events=2, version=version, more=more)
        return corner(
            name,
            about,
            source,
            Sketch(pairs, floats(data), version=version),
            parameters,
            data,
            spillover=matrix,
            reading=reading,
        )

    both = (("FL1-A", "FL2-A"), square)
    return [
        made(
            "spillover",
            "$SPILLOVER",
            "FCS 3.1 $SPILLOVER: n, names, rows",
            (("$SPILLOVER", listed),),
            both,
        ),
        made(
            "spill",
            "SPILL (BD)",
            "BD FACSDiva: SPILL in the form of $SPILLOVER",
            (("SPILL", listed),),
            both,
        ),
        made(
            "comp",
            "$COMP",
            "FCS 3.0 §3.2.20 $COMP: per cent of FLj (column) subtracted from FLi",
            (("$COMP", "3,0,0,0,0,0,-5,0,-10,0"),),
            (tuple(p.name for p in dyes), full),
            version="FCS3.0",
            reading="subtracted already, so a reader may offer no matrix",
        ),
        made(
            "dfc",
            "$DFCiTOj",
            "FCS 2.0 $DFCiTOj: per cent of FLi to subtract from FLj (so Beckman Coulter's manual)",
            percent,
            (("FL1-A", "FL2-A"), square),
            version="FCS2.0",
            parameters=two,
            data=((100.0, 20.0), (50.0, 300.0)),
            reading="i and j count fluorescence detectors; a reader may offer no matrix",
        ),
    ]


def broken_text() -> list[Corner]:
    """TEXT that no reader can use without guessing."""
    whole = floats(ROWS)
    placed = lay_out(Sketch(PLAIN, whole))
    short = ((0, placed[0][1]), (256, placed[1][1][:60]))
    lies = "FCS 3.0 §3.1.1: HEADER says where TEXT lies"
    needs = "FCS 3.0 §3.2.18: a required keyword"

    def without(name: str, about: str, source: str, **values: str | None) -> Corner:
        return refusal(name, about, source, Sketch(replaced(PLAIN, **values), whole))

    plain = Sketch(PLAIN, whole)
    mode = "FCS 3.0 §3.2.20 $MODE: U and C are histograms, not events"
    order = "FCS 3.0 §3.2.20 $BYTEORD"
    return [
        refusal("text-truncated", "the file ends within TEXT", lies, plain, parts=short),
        without(
            "histogram",
            "$MODE U (histogram)",
            mode,
            MODE="U",
        ),
        without(
            "histogram-correlated",
            "$MODE C (histogram)",
            mode,
            MODE="C",
        ),
        without("datatype-absent", "no $DATATYPE", needs, DATATYPE=None),
        without("par-absent", "no $PAR", needs, PAR=None),
        without("byteord-nonsense", "$BYTEORD 1,3,2,4,9", order, BYTEORD="1,3,2,4,9"),
        refusal("no-fcs", "not FCS at all", HEADER, plain, parts=((0, b"PK\x03\x04" * 300),)),
        refusal(
            "empty",
            "an empty file",
            "FCS 3.0 §3.1.1: HEADER has at least 58 bytes",
            plain,
            parts=((0, b""),),
        ),
    ]


def doubtful_text() -> list[Corner]:
    """Faults that leave the values beyond doubt: read with a flag, or refused."""
    doubt = (FLAGGED, REFUSED)
    return [
        _text(
            "text-outside",
            "HEADER places the end of TEXT behind the file",
            "FCS 3.0 §3.1.1: HEADER says where TEXT lies",
            text_end=900_000,
            allowed=doubt,
        ),
        _text(
            "width-absent",
            "no $P2B, though $DATATYPE F fixes it",
            "FCS 3.0 §3.2.18: a required keyword",
            pairs=replaced(PLAIN, P2B=None),
            allowed=doubt,
        ),
        _text("version-unknown", "HEADER says FCS9.9", HEADER, version="FCS9.9", allowed=doubt),
    ]


def text_corners() -> list[Corner]:
    """All corners of TEXT."""
    return [
        *delimiters(),
        *values(),
        *spellings(),
        *supplements(),
        *matrices(),
        *doubtful_text(),
        *broken_text(),
    ]
