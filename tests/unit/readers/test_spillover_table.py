"""Oracle: the matrix written into the text."""

import numpy as np
import pytest

from residua.errors import InputError
from residua.readers.spillover_table import read_spillover_table


@pytest.mark.parametrize(
    "text",
    [
        "A,B\n1,0.2\n0.1,1\n",
        "# A,B\n1.0,0.2\n0.1,1\n",
        ",A,B\nA,1,0.2\nB,0.1,1\n",
        "A\tB\n1\t0.2\n0.1\t1\n",
        "\ufeffA;B\n1;0.2\n0.1;1\n",
    ],
)
def test_tables(tmp_path, text):
    file = tmp_path / "matrix.csv"
    file.write_text(text)
    read = read_spillover_table(file)
    assert read.channels == ("A", "B")
    np.testing.assert_array_equal(read.matrix, [[1, 0.2], [0.1, 1]])


@pytest.mark.parametrize("text", ["", "A,B\n", "A,B\n1,x\n0,1\n", "A,B\n1,0\n", "A,B\n1,0\n0\n"])
def test_other_files_are_refused(tmp_path, text):
    file = tmp_path / "matrix.csv"
    file.write_text(text)
    with pytest.raises(InputError):
        read_spillover_table(file)
