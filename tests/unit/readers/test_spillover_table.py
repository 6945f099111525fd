"""Oracle: the matrix written into the text, and the files that FlowKit's tests read."""

import tempfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from residua.errors import InputError
from residua.facts.acquisition import Channel
from residua.readers.fcs import read_fcs_header
from residua.readers.spillover_table import read_spillover_table

MATRIX = [[1, 0.2], [0.1, 1]]
FILE = (Channel("Time"), Channel("PE-A", "CD22"), Channel("FITC-A", "CD 81"))


def read(tmp_path, text, **options):
    file = tmp_path / "comp.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_spillover_table(file, name="comp.csv", **options)


def faults(tmp_path, text, **options):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text, **options)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        "A,B\n1,0.2\n0.1,1\n",
        "# A,B\n1.0,0.2\n0.1,1\n",
        ",A,B\nA,1,0.2\nB,0.1,1\n",
        '"","A","B"\n"A",1,0.2\n"B",0.1,1\n',
        "A,B\nA,1,0.2\nB,0.1,1\n",  # R's write.table
        "dye,A,B\nA,1,0.2\nB,0.1,1\n",
        "A\tB\n1\t0.2\n0.1\t1\n",
        "\ufeffA;B\n1;0.2\n0.1;1\n",
        "A;B\n1;0,2\n0,1;1\n",
        "A;B\n1,000;0,200\n0,100;1,000\n",
        "sep=;\r\n;A;B\r\nA;1;0,2\r\nB;0,1;1\r\n",
        "A,B\n100,20\n10,100\n",
        "A,B\n100 %,20 %\n10 %,100 %\n",
        ",A,B\nB,0.1,1\nA,1,0.2\n",  # another order of rows
        "Fluorochrome,-% Fluorochrome,Spectral Overlap\nA,B,10\nB,A,20.0\n",
        "\n\nA,B,\n1,0.2,\n0.1,1,\n\n",
    ],
)
def test_tables(tmp_path, text):
    spillover = read(tmp_path, text)
    assert (spillover.channels, spillover.dyes) == (("A", "B"), ())
    np.testing.assert_allclose(spillover.matrix, MATRIX, rtol=1e-12)


@pytest.mark.parametrize("labels", [
    ("PE-A", "FITC-A"), ("Comp-PE-A", "Comp-FITC-A"), ("<PE-A>", "<FITC-A>"),
    ("PE-A :: CD22", "FITC-A :: CD81"), ("CD22 :: PE-A", "CD81::FITC-A"), ("CD22", "CD81"),
    ("PE", "FITC"), ("CD19 :: PE-A", "FITC-A"),  # a control with another antibody
])  # fmt: skip
def test_labels_are_mapped_to_the_channels_of_the_file(tmp_path, labels):
    a, b = labels
    for text in (f"{a},{b}\n1,0.2\n0.1,1\n", f",{a},{b}\n{b},0.1,1\n{a},1,0.2\n"):
        spillover = read(tmp_path, text, channels=FILE)
        assert spillover.channels == ("PE-A", "FITC-A")
        np.testing.assert_array_equal(spillover.matrix, MATRIX)


def test_fewer_dyes_than_detectors_go_by_their_own_detectors(tmp_path):
    channels = tuple(Channel(name) for name in ("V1", "V2", "B1"))
    text = ",V1,V2,B1\nBV421,1,0.4,0\nFITC,0.02,0.1,1\n"
    spillover = read(tmp_path, text, channels=channels)
    assert (spillover.channels, spillover.dyes) == (("V1", "V2", "B1"), ("V1", "B1"))
    np.testing.assert_array_equal(spillover.matrix, [[1, 0.4, 0], [0.02, 0.1, 1]])


def test_two_dyes_of_one_detector_keep_their_labels(tmp_path):
    text = ",V1,V2,B1\nX,1,0.4,0\nY,1,0.1,0.5\n"
    assert read(tmp_path, text).dyes == ("X", "Y")


@pytest.mark.parametrize(("text", "words"), [
    ("", ["fewer rows"]),
    ("A,B\n", ["fewer rows"]),
    ("A,B\n1,x\n0,1\n", ["comp.csv:2:", "column 2", "a number", "a text"]),
    (",A,B\nA,1,0\nB,,1\n", ["comp.csv:3:", "row 'B'", "column 'A'", "nothing"]),
    ("A,B\n1,0\n", ["2 rows, or rows with labels", "received 1"]),
    ("A,B\n1,0\n0\n", ["comp.csv:3:", "2 numbers, one per column"]),
    ("A,B\n1,0\n0,1\n0,0\n", ["at most 2 rows"]),
    ("A,B\n1,0\n0,nan\n", ["comp.csv:3:", "column 2"]),
    ("A,B\n1,0\n0,2\n", ["comp.csv:3:", "column 2", "own detector"]),
    ("A,A\n1,0\n0,1\n", ["comp.csv:1:", "column 2", "one again"]),
    (",A,B\nA,1,0\nA,0,1\n", ["row 'A'", "one again"]),
    ("A;B\n1;1,234\n1.234;1\n", ["read in one way only"]),
    (b"\xff\xfeA\x00,\x00", ["another kind of file"]),
    ("A,PE-A\n1,0.1\n0,1\n", ["comp.csv:1:", "column 'A'", "a channel or marker of the file"]),
    ("PE-A,CD22\n1,0.1\n0,1\n", ["'PE-A' twice"]),
])  # fmt: skip
def test_other_tables_are_refused_by_line_and_column(tmp_path, text, words):
    (fault,) = faults(tmp_path, text, **({"channels": FILE} if "PE-A" in str(text) else {}))
    assert all(word in fault for word in words), fault


def test_every_fault_of_the_cells_in_one_pass(tmp_path):
    assert len(faults(tmp_path, "A,B\nx,0\n0,y\n")) == 2


def test_a_channel_without_spillover_may_be_absent_from_the_file(tmp_path):
    text = "PE-A,FITC-A,APC-A\n1,0.2,0\n0.1,1,0\n0,0,1\n"
    spillover = read(tmp_path, text, channels=FILE)
    assert spillover.channels == ("PE-A", "FITC-A")
    np.testing.assert_array_equal(spillover.matrix, MATRIX)


@pytest.mark.data
def test_the_matrices_of_flowkit(test_data):
    folder = test_data / "flowkit"
    for name, skip in (("comp_complete_example.csv", 1), ("8_color_data_set/den_comp.csv", 1),
                       ("8_color_data_set/den_comp_null_channel.csv", 1)):  # fmt: skip
        file = folder / name
        theirs = np.genfromtxt(file, delimiter=",", skip_header=skip, comments=None)
        ours = read_spillover_table(file)
        heads = file.read_text().splitlines()[0].removeprefix("# ").split(",")
        assert list(ours.channels) == heads
        np.testing.assert_array_equal(ours.matrix, theirs)


@pytest.mark.data
def test_a_matrix_of_fewer_channels_than_the_file(test_data):
    """FlowKit's null channel: a detector of the file that the matrix does not name."""
    channels = read_fcs_header(test_data / "flowkit/test_comp_example.fcs").channels
    file = test_data / "flowkit/comp_complete_example.csv"
    assert set(read_spillover_table(file, channels=channels).channels) < {c.name for c in channels}


@given(
    st.one_of(st.binary(max_size=200), st.text(',;\t\n"A:01.% -#eE', max_size=80).map(str.encode))
)
def test_any_bytes_give_a_matrix_or_a_fault(raw):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "comp.csv"
        file.write_bytes(raw)
        for channels in ((), FILE):
            with suppress(InputError):
                found = read_spillover_table(file, channels=channels)
                assert np.isfinite(found.matrix).all()
