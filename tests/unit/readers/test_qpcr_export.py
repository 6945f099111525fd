"""Oracle: the same plate written by hand in Residua's own columns."""

import pytest

from residua.errors import InputError
from residua.readers.qpcr import read_qpcr

PLAIN = """well,sample,target,role,quantity,ct
A1,S1,CAR,standard,100000,20.4
A2,S2,CAR,standard,1000,27.1
A3,d7,CAR,unknown,,25.2
A4,d28,CAR,unknown,,undetermined
A5,NTC,CAR,ntc,,undetermined
"""
APPLIED = """* Block Type = 96-Well 0.2-mL Block
* Instrument Type = QuantStudio(TM) 5 System

[Results]
Well,Well Position,Omit,Sample Name,Target Name,Task,C\N{CYRILLIC SMALL LETTER TE},Ct Mean,Quantity
1,A1,FALSE,S1,CAR,STANDARD,20.4,20.4,"100,000.000"
2,A2,FALSE,S2,CAR,STANDARD,27.1,27.1,"1,000.000"
3,A3,FALSE,d7,CAR,UNKNOWN,25.2,25.2,3400.1
4,A4,FALSE,d28,CAR,UNKNOWN,Undetermined,,
5,A5,FALSE,NTC,CAR,NTC,Undetermined,,
6,A6,TRUE,d28,CAR,UNKNOWN,12.0,,
7,A7,FALSE,,,,,,

Analysis Type,Singleplex
"""
CFX = """,Well,Fluor,Target,Content,Sample,Cq,Cq Mean,Starting Quantity (SQ)
,A01,FAM,CAR,Std-1,S1,20.4,20.4,100000.0
,A02,FAM,CAR,Std-2,S2,27.1,27.1,1000.0
,A03,FAM,CAR,Unkn-1,d7,25.2,25.2,3400.1
,A04,FAM,CAR,Unkn-2,d28,NaN,0,NaN
,A05,FAM,CAR,NTC,,NaN,0,NaN
,A06,FAM,CAR,Pos Ctrl,K562,19.0,0,NaN
"""


def read(tmp_path, text, encoding="utf-8"):
    (tmp_path / "plate.csv").write_bytes(text.encode(encoding))
    return read_qpcr(tmp_path / "plate.csv")


def told(plate):
    return [(w.sample, w.target, w.role, w.quantity, w.ct, w.amplified) for w in plate.wells]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_table_of_applied_biosystems_is_the_same_plate(tmp_path, encoding, separator):
    text = APPLIED.replace('"100,000.000"', "100000").replace('"1,000.000"', "1000")
    read_back = read(tmp_path, text.replace(",", separator), encoding)
    assert told(read_back) == told(read(tmp_path, PLAIN))
    assert [well.well for well in read_back.wells] == ["A1", "A2", "A3", "A4", "A5"]


def test_quantities_with_thousands_marks_and_a_point_are_read(tmp_path):
    assert told(read(tmp_path, APPLIED)) == told(read(tmp_path, PLAIN))


def test_a_table_of_a_cfx_is_the_same_plate(tmp_path):
    assert told(read(tmp_path, CFX)) == told(read(tmp_path, PLAIN))


def test_what_is_left_out_is_noted(tmp_path):
    notes = " / ".join(read(tmp_path, APPLIED).notes)
    assert "omits" in notes
    assert "what follows" in notes
    assert "neither standard, unknown" in " / ".join(read(tmp_path, CFX).notes)


def test_a_well_that_is_none_is_a_fault_with_its_line(tmp_path):
    with pytest.raises(InputError) as raised:
        read(tmp_path, CFX.replace("A03", "?"))
    assert [(f.line, f.expected) for f in raised.value.faults] == [(4, "a well such as A1")]


def test_another_table_is_one_fault(tmp_path):
    with pytest.raises(InputError) as raised:
        read(tmp_path, "Export\nof,another,program\n1,2,3\n")
    (fault,) = raised.value.faults
    assert fault.received == "other columns"


def test_a_workbook_says_what_to_save(tmp_path):
    (tmp_path / "plate.xlsx").write_bytes(b"PK\x03\x04...xl/workbook.xml...")
    with pytest.raises(InputError, match="save its sheet of results as CSV"):
        read_qpcr(tmp_path / "plate.xlsx")
