"""Oracle: the values that were packed into the bytes by struct and int.to_bytes."""

import numpy as np
import pytest

from residua.errors import InputError
from residua.readers.fcs import read_fcs, read_fcs_header

ROWS = [[1.5, -2.25], [3.0, 1e5], [0.0, 7.125]]
WHOLE = [[1, 2], [3, 60000], [0, 7]]


def faults_of(path):
    with pytest.raises(InputError) as caught:
        read_fcs(path)
    return caught.value.faults


@pytest.mark.parametrize("order", ["1,2,3,4", "4,3,2,1"])
@pytest.mark.parametrize(("kind", "dtype"), [("F", np.float32), ("D", np.float64)])
def test_floats_in_both_byte_orders(fcs, order, kind, dtype):
    read = read_fcs(fcs(events=ROWS, kind=kind, order=order))
    assert read.events.dtype == dtype
    np.testing.assert_array_equal(read.events, ROWS)
    assert read.flags == ()


@pytest.mark.parametrize("order", ["1,2,3,4", "4,3,2,1", "1,2", "2,1"])
@pytest.mark.parametrize("bits", [[16, 16], [32, 32], [64, 64], [16, 32], [8, 24], [24, 40]])
def test_integers_of_every_whole_width(fcs, order, bits):
    rows = [
        [value % 2 ** (width - 2) for value, width in zip(row, bits, strict=True)] for row in WHOLE
    ]
    read = read_fcs(fcs(events=rows, kind="I", order=order, bits=bits))
    np.testing.assert_array_equal(read.events, rows)


def test_large_integers_need_float64(fcs):
    rows = [[2**31 + 1, 5]]
    read = read_fcs(fcs(events=rows, kind="I", bits=[32, 32]))
    assert read.events.dtype == np.float64
    np.testing.assert_array_equal(read.events, rows)


@pytest.mark.parametrize(
    ("top", "mask"), [(1024, 1023), (1000, 1023), (1025, 2047), (65536, 65535)]
)
def test_bits_above_the_range_are_masked(fcs, top, mask):
    read = read_fcs(fcs(events=[[65535, 1]], kind="I", bits=[16, 16], ranges=[top, 65536]))
    assert read.events[0, 0] == mask


def test_log_amplification_and_gain(fcs):
    extra = {"$P1E": "4,0", "$P2G": "8"}
    read = read_fcs(fcs(events=[[512, 80]], kind="I", ranges=[1024, 1024], extra=extra))
    np.testing.assert_allclose(read.events, [[10.0 ** (4 * 512 / 1024), 10.0]], rtol=1e-6)


def test_log_amplification_with_an_offset(fcs):
    extra = {"$P1E": " 4.0,0.1024"}
    read = read_fcs(fcs(events=[[256, 1]], kind="I", ranges=[1024, 1024], extra=extra))
    np.testing.assert_allclose(read.events[0, 0], 10 * 0.1024, rtol=1e-6)


def test_gain_divides_floats_but_never_time(fcs):
    extra = {"$P1G": "2", "$P2G": "0.01", "$TIMESTEP": "0.01"}
    read = read_fcs(fcs(events=[[5.0, 7.0]], names=["FL1-A", "Time"], extra=extra))
    np.testing.assert_array_equal(read.events, [[2.5, 7.0]])


def test_log_amplification_of_floats_is_not_applied_but_flagged(fcs):
    read = read_fcs(fcs(events=ROWS, extra={"$P1E": "4,1"}))
    np.testing.assert_array_equal(read.events, ROWS)
    assert read.flags == ("C1: $PnE is set on floating-point data and not applied",)


def test_names_markers_and_clock(fcs):
    extra = {"$P1S": "CD19", "$CYT": "LSR", "$DATE": "03-MAR-2020", "$BTIM": "09:10:11.50"}
    read = read_fcs(fcs(events=ROWS, names=["PE-Cy7-A", "Time"], extra=extra))
    assert [(c.name, c.marker) for c in read.channels] == [("PE-Cy7-A", "CD19"), ("Time", "")]
    assert (read.instrument, read.acquired) == ("LSR", "2020-03-03T09:10:11")


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("03-MAR-2020", "2020-03-03"),
        ("2013-Jul-19", "2013-07-19"),
        ("2016-10-25", "2016-10-25"),
        ("31-FEB-2020", "31-FEB-2020"),
        ("spring", "spring"),
    ],
)
def test_the_day_of_acquisition(fcs, day, read):
    assert read_fcs(fcs(events=ROWS, extra={"$DATE": day})).acquired == read


@pytest.mark.parametrize("delimiter", ["/", "|", "\x0c", "\\", "!"])
def test_a_doubled_delimiter_stands_for_itself(fcs, delimiter):
    marker = f"CD66c{delimiter}CD123"
    read = read_fcs(fcs(events=ROWS, delimiter=delimiter, extra={"$P1S": marker}))
    assert read.channels[0].marker == marker


@pytest.mark.parametrize("after", [{"$CYT": "a/b"}, {}])
def test_empty_values_are_read_and_flagged(fcs, tmp_path, after):
    raw = fcs(events=ROWS, extra={"$OP": "x", **after}).read_bytes()
    file = tmp_path / "empty.fcs"
    # A keyword without a value: two delimiters in a row; the length stays.
    file.write_bytes(raw.replace(b"/$OP/x/", b"/$OPX//", 1))
    read = read_fcs(file)
    np.testing.assert_array_equal(read.events, ROWS)
    assert (read.keywords["$OPX"], read.instrument) == ("", after.get("$CYT", ""))
    assert read.flags == ("TEXT holds empty keyword values",)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_text_in_utf8_and_latin1(fcs, encoding):
    read = read_fcs(fcs(events=ROWS, encoding=encoding, extra={"$P1S": "CD10 grün"}))
    assert read.channels[0].marker == "CD10 grün"


def test_text_counts_where_the_header_is_zero(fcs):
    read = read_fcs(fcs(events=ROWS, header_data=False))
    np.testing.assert_array_equal(read.events, ROWS)
    assert read.flags == ()


def test_offsets_that_differ_are_flagged_and_the_fitting_ones_used(fcs):
    extra = {"$BEGINDATA": "100", "$ENDDATA": "999"}
    read = read_fcs(fcs(events=ROWS, extra=extra))
    np.testing.assert_array_equal(read.events, ROWS)
    assert read.flags == (
        "HEADER and TEXT disagree where the data lie; HEADER is used, TEXT's place does not fit",
    )


def test_zero_events(fcs):
    read = read_fcs(fcs(events=[], names=["A", "B"]))
    assert read.events.shape == (0, 2)
    assert "no events" in read.flags


def test_without_tot_the_segment_is_counted(fcs):
    read = read_fcs(fcs(events=ROWS, drop=["$TOT"]))
    assert read.events.shape == (3, 2)
    assert read.flags == ("no $TOT: events counted from the data segment",)


def test_the_spillover_matrix_is_read(fcs):
    read = read_fcs(fcs(events=ROWS, extra={"$SPILLOVER": "2,C2,C1,1,0.1,0.2,1"}))
    assert read.spillover.channels == ("C2", "C1")
    np.testing.assert_array_equal(read.spillover.matrix, [[1, 0.1], [0.2, 1]])


@pytest.mark.parametrize("text", ["2,C2,C9,1,0,0,1", "2,C2,C1,1,0,0", "two,C1", "2,C1,C1,1,0,0,1"])
def test_a_broken_spillover_matrix_does_not_cost_the_events(fcs, text):
    read = read_fcs(fcs(events=ROWS, extra={"SPILL": text}))
    assert read.spillover is None
    assert read.spillover_fault.startswith("SPILL: expected ")


def test_simulated_files_say_so(fcs):
    assert read_fcs(fcs(events=ROWS, extra={"RESIDUA_SIMULATED": "7"})).flags == ("simulated",)


def test_events_cannot_be_changed(fcs):
    with pytest.raises(ValueError, match="read-only"):
        read_fcs(fcs(events=ROWS)).events[0, 0] = 1


def test_tot_beyond_the_data_is_refused_with_both_numbers(fcs):
    (fault,) = faults_of(fcs(events=ROWS, total=9))
    assert fault.where == "$TOT"
    assert str(fault).endswith(
        "expected 9 events, as it says, received a data segment that holds 3 "
        "(2 parameters x 32 bit), do re-export the file, or salvage the 3 complete events"
    )


@pytest.mark.parametrize(
    ("options", "where", "feature"),
    [
        ({"version": "FCS1.0"}, "HEADER", "FCS 1.0"),
        ({"version": "FCS3.3"}, "HEADER", "FCS 3.3"),
        ({"kind": "I", "extra": {"$P1B": "*"}}, "$P1B", "text"),
        ({"kind": "I", "extra": {"$P1B": "0"}}, "$P1B", "0 bit"),
        ({"kind": "I", "extra": {"$P1B": "65"}}, "$P1B", "65 bit"),
        ({"kind": "A", "data": b"x 2", "bits": [1, 2]}, "DATA", "text"),
        ({"extra": {"$P1DATATYPE": "A"}}, "$P1DATATYPE", "another type"),
        ({"extra": {"$MODE": "C"}}, "$MODE", "histogram"),
        ({"extra": {"$BYTEORD": "2,3,4,1"}}, "$BYTEORD", "byte order"),
        ({"kind": "D", "order": "3,4,1,2"}, "$BYTEORD", "64 bit"),
        ({"extra": {"$P1B": "64"}}, "$P1B", "64 bit"),
        ({"extra": {"$PAR": "none"}}, "$PAR", "text"),
        ({"drop": ["$P2R"]}, "$P2R", "no such keyword"),
        ({"extra": {"$P1E": "log"}}, "$P1E", "text"),
        ({"extra": {"$P1E": "400,1"}}, "$P1E", "number"),
        ({"extra": {"$P1E": "4,1", "$P1R": "0"}}, "$P1R", "0"),
    ],
)
def test_what_is_not_read_is_refused_by_name(fcs, options, where, feature):
    (fault,) = faults_of(fcs(**{"events": [[1, 2]], **options}))
    assert fault.where == where
    assert feature in fault.received


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04 zip", b"hello, world", b"FCS3.1", b"FCSx.y" * 20]
)
def test_other_files_are_refused(tmp_path, content):
    file = tmp_path / "other.fcs"
    file.write_bytes(content)
    (fault,) = faults_of(file)
    assert fault.where == "HEADER"


def test_a_missing_file_is_refused(tmp_path):
    (fault,) = faults_of(tmp_path / "none.fcs")
    assert fault.received == "no such file or directory"


@pytest.mark.parametrize("keep", [40, 58, 100, 300, 420])
def test_a_truncated_file_is_refused_wherever_it_ends(fcs, keep):
    file = fcs(events=ROWS * 20)
    raw = file.read_bytes()
    file.write_bytes(raw[:keep])
    assert len(faults_of(file)) == 1


def test_the_header_of_a_truncated_file_still_names_its_channels(fcs):
    file = fcs(events=ROWS * 20, names=["PE-A", "Time"])
    file.write_bytes(file.read_bytes()[:-100])
    assert faults_of(file)[0].where == "$TOT"
    assert [channel.name for channel in read_fcs_header(file).channels] == ["PE-A", "Time"]


def test_gain_beside_amplification_of_floats_is_not_applied(fcs):
    read = read_fcs(fcs(events=[[5.0, 7.0]], extra={"$P1E": "4,1", "$P1G": "2"}))
    np.testing.assert_array_equal(read.events, [[5.0, 7.0]])


def test_values_that_are_not_finite_are_flagged(fcs):
    rows = [[1.0, float("nan")], [float("inf"), float("nan")], [1.0, 2.0]]
    read = read_fcs(fcs(events=rows))
    np.testing.assert_array_equal(read.events, rows)
    assert read.flags == (
        "2 events hold values that are not finite; gates leave them out, `not` keeps them",
    )


def _changed(file, old, new):
    raw = file.read_bytes()
    assert raw.count(old) == 1
    file.write_bytes(raw.replace(old, new))
    return file


@pytest.mark.parametrize("step", [-1, 1])
def test_an_end_off_by_one_byte_is_read_and_flagged(fcs, step):
    """Three events of 8 bytes end the file; TEXT says that they end one byte off."""
    file = fcs(events=ROWS, header_data=False)
    last = len(file.read_bytes()) - 1
    old, new = (f"$ENDDATA/{end:08d}".encode() for end in (last, last + step))
    file = _changed(file, old, new)
    if step > 0:
        file.write_bytes(file.read_bytes() + b"\0")
    read = read_fcs(file)
    np.testing.assert_array_equal(read.events, ROWS)
    assert read.flags == ("the end of the data is off by one byte",)


def test_of_two_places_the_one_that_holds_tot_events_is_used(fcs):
    file = fcs(events=ROWS)
    last = len(file.read_bytes()) - 1
    file = _changed(file, f"{last:>8d}".encode(), f"{last - 8:>8d}".encode())
    read = read_fcs(file)
    np.testing.assert_array_equal(read.events, ROWS)
    assert read.flags == ("HEADER and TEXT disagree where the data lie; TEXT is used",)


def test_supplemental_text_is_read_and_the_primary_one_counts(fcs):
    more = b"/$P1S/CD10/$CYT/other/"
    places = {"$BEGINSTEXT": "0" * 8, "$ENDSTEXT": "0" * 8, "$CYT": "LSR"}
    file = fcs(events=ROWS, extra=places)
    size = len(file.read_bytes())
    _changed(file, b"$BEGINSTEXT/00000000", f"$BEGINSTEXT/{size:08d}".encode())
    _changed(file, b"$ENDSTEXT/00000000", f"$ENDSTEXT/{size + len(more) - 1:08d}".encode())
    file.write_bytes(file.read_bytes() + more)
    read = read_fcs(file)
    np.testing.assert_array_equal(read.events, ROWS)
    assert (read.channels[0].marker, read.instrument) == ("CD10", "LSR")


def test_a_spillover_matrix_by_numbers_and_the_old_square_one(fcs):
    by_number = read_fcs(fcs(events=ROWS, extra={"SPILL": "2,2,1,1,0.1,0.2,1"})).spillover
    square = read_fcs(fcs(events=ROWS, extra={"$COMP": "2,1,0.1,0.2,1"})).spillover
    assert (by_number.channels, square.channels) == (("C2", "C1"), ("C1", "C2"))
    for found in (by_number, square):
        np.testing.assert_array_equal(found.matrix, [[1, 0.1], [0.2, 1]])
