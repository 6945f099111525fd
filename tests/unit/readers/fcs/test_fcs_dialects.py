"""What the corner files leave out. Oracle: the numbers packed, here bit by bit in plain Python."""

import hashlib

import numpy as np
import pytest

from residua.errors import InputError
from residua.facts.acquisition import Acquisition
from residua.readers.fcs import list_data_sets, read_fcs, read_fcs_header

SIZES = [1, 3, 7, 9, 10, 12, 17, 23, 31, 33, 40, 47, 57, 58, 63, 64]


def packed(rows, bits, *, little, event_padding=0):
    """One stream of bits: highest first in big-endian order, lowest first in little-endian."""
    stream = ""
    for row in rows:
        for value, width in zip(row, bits, strict=True):
            text = f"{value:0{width}b}"
            stream += text[::-1] if little else text
        stream += "0" * (-len(stream) % 8 if event_padding else 0)
    stream += "0" * (-len(stream) % 8)
    parts = [stream[place : place + 8] for place in range(0, len(stream), 8)]
    return bytes(int(part[::-1] if little else part, 2) for part in parts)


@pytest.mark.parametrize("little", [True, False])
@pytest.mark.parametrize("count", [1, 2, 5, 8, 40])
def test_packed_integers_of_any_width(fcs, little, count):
    rng = np.random.default_rng(count)
    rows = [[int(rng.integers(0, 2**63)) * 2 % 2**w for w in SIZES] for _ in range(count)]
    data = packed(rows, SIZES, little=little)
    order = "1,2,3,4" if little else "4,3,2,1"
    file = fcs(
        events=rows, kind="I", bits=SIZES, order=order, data=data, ranges=[2**w for w in SIZES]
    )
    read = read_fcs(file)
    assert read.events.dtype == np.float64
    np.testing.assert_array_equal(read.events, np.array(rows, dtype=np.float64))
    wide = [n for n in range(len(SIZES)) if max(row[n] for row in rows) > 2**53]
    assert read.flags == tuple(f"C{n + 1}: values above 2^53 are rounded" for n in wide)


@pytest.mark.parametrize("little", [True, False])
def test_packed_events_that_begin_at_whole_bytes_are_told_by_their_size(fcs, little):
    bits, rows = [10, 12, 7], [[n % 1024, n * 7 % 4096, n % 128] for n in range(50)]
    data = packed(rows, bits, little=little, event_padding=8)
    order = "1,2,3,4" if little else "4,3,2,1"
    read = read_fcs(
        fcs(events=rows, kind="I", bits=bits, order=order, data=data, ranges=[1024, 4096, 128])
    )
    np.testing.assert_array_equal(read.events, rows)
    assert read.flags == ("packed events begin at whole bytes, not where the standard lets them",)


def test_ten_bits_that_fill_sixteen_are_told_by_their_size(fcs):
    rows = [[1, 1023], [512, 3]]
    data = b"".join(value.to_bytes(2, "little") for row in rows for value in row)
    read = read_fcs(fcs(events=rows, kind="I", bits=[10, 10], data=data, ranges=[1024, 1024]))
    np.testing.assert_array_equal(read.events, rows)
    assert read.flags == ("values fill whole bytes, more than the bits that $PnB gives them",)


def two_sets(fcs, *, absolute=False):
    first = fcs(events=[[1.0, 2.0]], extra={"$NEXTDATA": "00000000"}).read_bytes()
    second = fcs(events=[[3.0, 4.0], [5.0, 6.0]], extra={"$NEXTDATA": "00000000"}).read_bytes()
    third = fcs(events=[[7.0, 8.0]]).read_bytes()
    to_third = len(first) + len(second) if absolute else len(second)
    raw = first.replace(b"NEXTDATA/00000000", f"NEXTDATA/{len(first):08d}".encode())
    raw += second.replace(b"NEXTDATA/00000000", f"NEXTDATA/{to_third:08d}".encode())
    file = fcs(events=[])
    file.write_bytes(raw + third)
    return file


@pytest.mark.parametrize("absolute", [False, True])
def test_every_data_set_of_a_file(fcs, absolute):
    file = two_sets(fcs, absolute=absolute)
    assert [one.events for one in list_data_sets(file)] == [1, 2, 1]
    np.testing.assert_array_equal(read_fcs(file, data_set=2).events, [[3, 4], [5, 6]])
    np.testing.assert_array_equal(read_fcs(file, data_set=3).events, [[7, 8]])
    assert read_fcs(file).flags == ("the file holds more data sets; only the first is read",)
    assert read_fcs(file, data_set=3).flags == ("data set 3 of the file is read",)
    assert read_fcs_header(file, data_set=2).events == 2
    whole = hashlib.sha256(file.read_bytes()).hexdigest()
    assert read_fcs(file, data_set=2).sha256 == whole


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_data_set_that_is_not_there(fcs, number):
    with pytest.raises(InputError, match="a file of"):
        read_fcs(two_sets(fcs), data_set=number)


def test_data_sets_that_lead_in_a_circle_or_over_one_another(fcs):
    raw = fcs(events=[[1.0, 2.0]], extra={"$NEXTDATA": "00000000"}).read_bytes()
    file = fcs(events=[])
    file.write_bytes(raw.replace(b"NEXTDATA/00000000", b"NEXTDATA/00000058") * 3)
    assert "$NEXTDATA leads to no further data set" in read_fcs(file).flags
    with pytest.raises(InputError):
        read_fcs(file, data_set=2)


def test_a_mask_wider_than_the_stored_type_does_nothing(fcs):
    read = read_fcs(fcs(events=[[65535, 7]], kind="I", bits=[16, 16], ranges=["1e300", "70000"]))
    np.testing.assert_array_equal(read.events, [[65535, 7]])


def test_compensation_done_by_the_cytometer_is_read_and_not_done_again(fcs):
    extra = {"$DFC1TO2": "25.5", "$DFC2TO1": "0"}
    names = ["FS Lin", "FL1 Log", "FL2 Log"]
    read = read_fcs(fcs(events=[[1, 2, 3]], kind="I", names=names, extra=extra, version="FCS2.0"))
    assert read.spillover.channels == ("FL1 Log", "FL2 Log")
    np.testing.assert_array_equal(read.spillover.matrix, [[1, 0.255], [0, 1]])
    assert read.compensated
    assert read.to_compensate is None


def test_comp_as_the_standard_has_it(fcs):
    """The example of FCS 3.0 section 3.2.20: 0.1 % of FL2 has been subtracted from FL1."""
    extra = {"$COMP": "3,0.0,-0.1,0.0,-40.0,0.0,-0.6,0.0,-36.4,0.0"}
    read = read_fcs(fcs(events=[[1.0, 2.0, 3.0]], extra=extra))
    np.testing.assert_allclose(
        read.spillover.matrix, [[1, 0.4, 0], [0.001, 1, 0.364], [0, 0.006, 1]], rtol=1e-12
    )
    assert read.compensated


@pytest.mark.parametrize(
    "extra",
    [{"$DFC1TO999": "1"}, {"$DFC1TO2": "x"}, {"$DFC0TO2": "1"}, {"$COMP": "2,5,0,0,5"}],
)
def test_a_matrix_of_the_cytometer_that_cannot_be_read(fcs, extra):
    read = read_fcs(fcs(events=[[1.0, 2.0]], extra=extra))
    assert read.spillover is None
    assert "expected" in read.spillover_fault


def test_a_begin_in_iso_form_of_fcs_32(fcs):
    extra = {"$BEGINDATETIME": "2024-05-06T07:08:09.25+02:00"}
    assert read_fcs(fcs(events=[[1.0, 2.0]], version="FCS3.2", extra=extra)).acquired == (
        "2024-05-06T07:08:09+02:00"
    )


def test_types_of_fcs_32_in_an_older_file_are_followed_and_flagged(fcs):
    data = np.array([(1.5, 7)], dtype="<f4, <u4").tobytes()
    extra = {"$P2DATATYPE": "I"}
    read = read_fcs(
        fcs(events=[[1, 2]], bits=[32, 32], ranges=[1024, 1024], data=data, extra=extra)
    )
    np.testing.assert_array_equal(read.events, [[1.5, 7]])
    assert read.flags == ("C2: $PnDATATYPE, which is of FCS 3.2, is followed",)


def test_a_value_that_begins_with_the_delimiter(fcs):
    file = fcs(events=[[1.0, 2.0]], extra={"$CYT": "/x"})
    read = read_fcs(file)
    assert (read.instrument, read.channels[0].name) == ("/x", "C1")


def test_one_keyword_given_twice_is_flagged(fcs):
    raw = fcs(events=[[1.0, 2.0]], extra={"$OP": "a", "$PO": "b"}).read_bytes()
    file = fcs(events=[])
    file.write_bytes(raw.replace(b"$PO/b", b"$OP/b"))
    read = read_fcs(file)
    assert read.keywords["$OP"] == "a"
    assert read.flags == ("TEXT gives $OP twice, differently; the first counts",)


def test_utf8_and_latin1_in_one_file(fcs):
    raw = fcs(events=[[1.0, 2.0]], extra={"$P1S": "CD10 ü", "$P2S": "xx µ"}).read_bytes()
    file = fcs(events=[])
    file.write_bytes(raw.replace("xx µ".encode(), b"xxx \xb5"))
    assert [channel.marker for channel in read_fcs(file).channels] == ["CD10 ü", "xxx µ"]


def test_a_header_whose_offset_is_no_number(fcs):
    file = fcs(events=[[1.0, 2.0]])
    raw = bytearray(file.read_bytes())
    raw[26:42] = b"********" * 2
    file.write_bytes(raw)
    read = read_fcs(file)
    np.testing.assert_array_equal(read.events, [[1, 2]])
    assert read.flags == ("HEADER's place of the data is no number; TEXT counts",)


def test_the_hash_is_told_when_asked_and_of_the_very_bytes(fcs):
    file = fcs(events=[[1.0, 2.0]])
    wanted = hashlib.sha256(file.read_bytes()).hexdigest()
    read = read_fcs(file)
    file.unlink()
    assert isinstance(read, Acquisition)
    assert read.sha256 == wanted


def test_floats_of_the_machine_are_not_copied(fcs):
    read = read_fcs(fcs(events=[[1.0, 2.0]] * 1000))
    assert np.shares_memory(read.events, read.content.raw)
    assert read.events.ctypes.data % 64 == 0
