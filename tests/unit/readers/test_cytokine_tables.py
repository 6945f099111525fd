"""Tables of concentrations as xPONENT, FCAP Array and LEGENDplex write them.

Oracle: the cells of small files written here in those forms (invented numbers, no instrument's
file), read by eye. The xPONENT blocks are those of a public file of that software.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from residua.errors import InputError
from residua.readers.cytokines import read_cytokines

WELLS = {
    "A1": ("Background0", "NaN", "< 3.2", "NaN"),
    "B1": ("Standard1", "3.2", "4.1", "48"),
    "C1": ("Standard2", "9980", "8800", "50100"),
    "D1": ("day 0", "< 3.2", "5", "*12.3"),
    "E1": ("day 0", "4.5", "7", "60"),
    "F1": ("day 7", "> 10000", "100.5 pg/ml", "0.0"),
}
ANALYTES = ("IL-6", "TNFa", "sCD25")
STANDARDS = {"Standard1": ("3.2", "4", "50"), "Standard2": ("10000", "9000", "50000")}


def block(kind, rows, first=("Location", "Sample"), last=("Total Events",)):
    return [("DataType:", kind), (*first, *ANALYTES, *last), *rows, ()]


def xponent(*, results=WELLS, units=("pg/mL",) * 3, beads="100", head=(), kind="Result"):
    place = {well: f"{n}(1,{well})" for n, well in enumerate(results, 1)}
    shown = [(place[w], name, *cells, "300") for w, (name, *cells) in results.items()]
    medians = [(place[w], name, "20", "21", "23", "300") for w, (name, *_) in results.items()]
    counts = [(place[w], name, beads, "34", "50", "300") for w, (name, *_) in results.items()]
    return [
        ("Program", "xPONENT", "", "MAGPIX"), ("Build", "4.2.1324.0"), (),
        ("Samples", str(len(results)), "Min Events", "50", "Per Bead"), *head, (), ("Results",), (),
        *block("Median", medians),
        *block("Count", counts), *block(kind, shown),
        ("DataType:", "Units"), ("Analyte:", *ANALYTES), ("BeadID:", "25", "12", "33"),
        ("Units:", *units), (),
        *block("Standard Expected Concentration", [(n, *c) for n, c in STANDARDS.items()],
               ("Reagent",), ()),
        ("-- CRC --",), ("CRC32: 85C2BFCD",),
    ]  # fmt: skip


def text(rows, *, separator=",", comma=False, quoted=True):
    mark = '"' if quoted else ""

    def cell(word):
        return f"{mark}{word.replace('.', ',') if comma and word[-1:].isdigit() else word}{mark}"

    return "\r\n".join(separator.join(map(cell, row)) for row in rows) + "\r\n"


@pytest.fixture
def read(tmp_path):
    def go(content, name="plate.csv", **options):
        raw = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(raw)
        return read_cytokines(tmp_path / name, **options)

    return go


@pytest.fixture
def faults(read):
    def go(content, **options):
        with pytest.raises(InputError) as caught:
            read(content, **options)
        return [(fault.where, fault.received, fault.line) for fault in caught.value.faults]

    return go


def cells(plate, sample):
    return [
        (w.analyte, w.reading.comparator, w.reading.number)
        for w in plate.wells
        if w.sample == sample
    ]


# ---- xPONENT


def test_xponent_tells_samples_bounds_beads_and_standards(read):
    plate = read(text(xponent()))
    assert plate.form == "xPONENT"
    assert plate.left_out == ("Background0", "Standard1", "Standard2")
    assert cells(plate, "day 7") == [
        ("IL-6", ">", Decimal(10000)), ("TNF-α", "", Decimal("100.5")),
        ("sIL-2Rα", "", Decimal("0.0")),
    ]  # fmt: skip
    first = plate.wells[0]
    assert (first.well, first.beads, first.unit) == ("D1", 100, "pg/mL")
    assert plate.ranges["sIL-2Rα"] == (50, 50000)
    assert [w.reading.extrapolated for w in plate.wells[:3]] == [False, False, True]


SPELT = [
    {"encoding": "utf-8-sig"},
    {"encoding": "utf-16"},
    {"encoding": "utf-16-le"},
    {"encoding": "utf-16-be"},
    {"separator": ";", "comma": True},
    {"separator": "\t", "quoted": False},
]


@pytest.mark.parametrize("how", SPELT, ids=str)
def test_the_same_table_in_another_encoding_or_locale_says_the_same(read, how):
    how = dict(how)
    encoding = how.pop("encoding", "utf-8")
    plate = read(text(xponent(), **how).encode(encoding))

    def said(wells):
        cell = [replace(w.reading, printed="") for w in wells]
        return [replace(w, reading=c) for w, c in zip(wells, cell, strict=True)]

    assert said(plate.wells) == said(read(text(xponent())).wells)


def test_xponent_without_concentrations_says_so(faults):
    assert faults(text(xponent(kind="Range"))) == [("the blocks", "fluorescence only", None)]


def test_xponent_without_a_unit_is_refused_unless_it_is_given(read, faults):
    bare = text(xponent(units=("pg/mL", "", "")))
    assert [(where, got) for where, got, _ in faults(bare)] == [
        ("Units, TNFa", "none"), ("Units, sCD25", "none"),
    ]  # fmt: skip
    assert {w.unit for w in read(bare, unit="pg/mL").wells} == {"pg/mL"}


def test_an_unknown_unit_is_refused(faults):
    (fault,) = faults(text(xponent(units=("pg/mL", "MFI", "pg/mL"))))
    assert fault[:2] == ("Units, TNFa", "another unit")


def test_a_cell_in_another_unit_than_its_analyte_is_refused(faults):
    odd = WELLS | {"G1": ("day 8", "12 ng/mL", "1", "100")}
    (fault,) = faults(text(xponent(results=odd)))
    assert fault[:2] == ("Result, IL-6", "another unit")


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_truncated_file_is_refused(faults, cut):
    """The file ends within the block of results, after, in or before a row."""
    whole = text(xponent())
    rows = whole.split("\r\n")
    start = next(n for n, row in enumerate(rows) if row == '"DataType:","Result"')
    short = {1: rows[: start + 6], 2: [*rows[: start + 6], '"6(1,F1)","day 7","1'],
             3: [*rows[: start + 6], '"5(1,E1)","day 0"']}[cut]  # fmt: skip
    assert faults("\r\n".join(short), unit="pg/mL")


def test_an_analyte_twice_is_refused(faults):
    rows = [tuple("IL6" if c == "TNFa" else c for c in row) for row in xponent()]
    line = rows.index(("DataType:", "Result")) + 2
    assert ("IL-6", "one again", line) in faults(text(rows))


def test_a_text_among_values_is_refused_without_telling_it(faults):
    odd = WELLS | {"G1": ("day 8", "Smith", "1", "100")}
    (fault,) = faults(text(xponent(results=odd)))
    assert fault[:2] == ("Result, IL-6", "a text")


def test_a_number_that_may_be_two_is_refused(faults):
    odd = {"D1": ("day 0", "1,234", "1,500", "2,125")}
    found = faults(text(xponent(results=odd)))
    assert {got for _, got, _ in found} == {"a number with a comma before three digits"}


# ---- one sample a row


def test_legendplex_tells_beads_and_standards_apart(read):
    table = (
        "LEGENDplex;Human Inflammation Panel 1\nConcentration (pg/mL)\n"
        "Well;Sample Name;IL-1β (A4);IFN-γ (A6);IL-6 (B4)\n"
        "A1;C0;0,1;0,2;0,4\nB1;C7;10000;10000;10000\n"
        "C1;day 0;<0,51;ND;>10000\nD1;day 7;12,25;0,64↓;120,5\n"
    )
    plate = read(table)
    assert (plate.form, plate.left_out) == ("LEGENDplex", ("C0", "C7"))
    assert cells(plate, "day 0") == [
        ("IL-1β", "<", Decimal("0.51")), ("IFN-γ", "", None), ("IL-6", ">", Decimal(10000)),
    ]  # fmt: skip
    assert [w.reading.extrapolated for w in plate.wells if w.sample == "day 7"] == [
        False,
        True,
        False,
    ]


def test_legendplex_is_known_by_its_beads_alone(read):
    plate = read("Sample Name,IL-6 (B4),TNF-α (A7)\nC3,12,13\n", unit="pg/mL")
    assert plate.form == "LEGENDplex"
    assert [w.sample for w in plate.wells] == ["C3", "C3"], "no C0: not the standards' names"


def test_fcap_array_by_tabs_in_utf16(read):
    table = (
        "FCAP Array v3.0.1\r\nSample\tHuman IL-6 (pg/mL)\tHuman TNF (pg/mL)\tHuman IL-6 MFI\r\n"
        "day 0\t< 10.0\t0.0\t12\r\nday 7\t>5000\tOOR <\t999\r\n"
    )
    plate = read(table.encode("utf-16"))
    assert plate.form == "CBA"
    assert cells(plate, "day 7") == [("IL-6", ">", Decimal(5000)), ("TNF-α", "<", None)]
    assert {w.analyte for w in plate.wells} == {"IL-6", "TNF-α"}, "fluorescence is left alone"


def test_a_row_of_units_below_the_names_counts(read):
    plate = read("Sample,IL-6,sIL-2R,Made-up-1\n,pg/mL,ng/mL,pg/mL\nday 0,5,2.5,7\n")
    assert plate.form == "sample rows"
    assert [(w.analyte, w.unit) for w in plate.wells] == [
        ("IL-6", "pg/mL"), ("sIL-2Rα", "ng/mL"), ("Made-up-1", "pg/mL"),
    ]  # fmt: skip


def test_columns_that_may_be_anything_are_left_out_and_called_by_their_place(read):
    """A unit for the whole table makes no cytokine of an age or a group."""
    plate = read("Sample,Arm,Age,IL-6,TNF\nday 0,A,61,5,<2\n", unit="pg/mL")
    assert {w.analyte for w in plate.wells} == {"IL-6", "TNF-α"}
    assert plate.notes == (
        "columns without a unit, a bead or a known name left out: column 2, column 3",
    )


REFUSED = {
    "no unit at all": (
        "Sample,IL-6,TNF\nday 0,5,6\n", ("the analytes", "none", 1),
    ),
    "no unit": ("Sample,IL-6\nday 0,5\n", ("IL-6", "none", 1)),
    "an analyte twice": (
        "Sample,IL-6 (pg/mL),IL6 (pg/mL)\nday 0,5,5\n", ("IL-6", "one again", 1),
    ),
    "units mixed in one column": (
        "Sample,IL-6 (pg/mL)\nday 0,5 ng/mL\n", ("IL-6", "another unit", 2),
    ),
    "a row that breaks off": (
        "Sample,TNF (pg/mL),IL-6 (pg/mL)\nday 0,5,6\nday 7,5\n", ("the row", "2", 3),
    ),
    "a sample without a name": (
        "Sample,IL-6 (pg/mL)\n,5\n", ("the row", "an empty cell", 2),
    ),
    "standards only": (
        "Sample,IL-6 (pg/mL)\nStandard 1,5\n", ("the table", "controls only", None),
    ),
    "no cytokine": ("Sample,height\nday 0,5\n", ("the table", "none of these", None)),
    "nothing": ("\n", ("the file", "an empty file", None)),
    "an unclosed quote": (
        'Sample,IL-6 (pg/mL)\nday 0,"5\n',
        ("the cells", "a quotation mark that is never closed", None),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "fault"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_refused_at_its_place(faults, content, fault):
    assert faults(content) == [fault]


def test_a_picture_is_no_table(faults):
    assert faults(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0")[0][0] == "the text"


def test_a_missing_file_is_a_fault(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_cytokines(tmp_path / "none.csv")
