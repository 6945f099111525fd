"""What a file says in a way that could give wrong numbers without a word: flagged or refused.

The oracles are the rules of the standards: $PnE, $PnG (FCS 3.1 section 3.2.20), a diagonal of
ones in $SPILLOVER, and numbers by hand.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fcs_bytes import Pairs, Parameter, Sketch, contiguous, lay_out, pairs_of

from residua.errors import InputError
from residua.readers.fcs import read_fcs


def _file(folder: Path, data: bytes, parameters: list[Parameter], **options: object) -> Path:
    events = len(data) // sum(int(one.bits) // 8 for one in parameters)
    pairs: Pairs = pairs_of(parameters, events=events, **options)  # type: ignore[arg-type]
    path = folder / "a.fcs"
    path.write_bytes(contiguous(lay_out(Sketch(pairs, data))))
    return path


def _floats(folder: Path, *more: tuple[str, str]) -> Path:
    data = np.arange(4, dtype="<f4").tobytes()
    return _file(folder, data, [Parameter("A"), Parameter("B")], more=more)


def test_a_matrix_in_percent_is_read_as_shares(tmp_path: Path) -> None:
    """A diagonal of hundreds means percents; uncorrected, all values would be a hundredth."""
    read = read_fcs(_floats(tmp_path, ("$SPILLOVER", "2,A,B,100,10,20,100")))
    assert read.spillover is not None
    np.testing.assert_allclose(read.spillover.matrix, [[1, 0.1], [0.2, 1]])
    assert any("percent" in flag for flag in read.flags)


@pytest.mark.parametrize("diagonal", ["0", "0.5", "-1"])
def test_a_matrix_whose_diagonal_is_not_one_is_not_used(tmp_path: Path, diagonal: str) -> None:
    """FCS 3.1 section 3.2.20: a detector sees 1 of its own dye."""
    read = read_fcs(_floats(tmp_path, ("$SPILLOVER", f"2,A,B,{diagonal},0.1,0.2,1")))
    assert read.spillover is None
    assert "own detector" in read.spillover_fault


@pytest.mark.parametrize(
    ("other", "flagged"),
    [
        ("2,A,B,1,0.1,0.2,1", False),
        ("2,B,A,1,0.2,0.1,1", False),
        ("2,A,B,1,0.3,0.2,1", True),
        ("2,A,X,1,0.1,0.2,1", True),
        ("0", False),
    ],
)
def test_two_matrices_that_differ_are_told(tmp_path: Path, other: str, flagged: bool) -> None:
    """The same matrix in another order of channels is no other one."""
    read = read_fcs(_floats(tmp_path, ("$SPILLOVER", "2,A,B,1,0.1,0.2,1"), ("SPILL", other)))
    assert read.spillover is not None
    assert ("$SPILLOVER is used; SPILL says another matrix" in read.flags) is flagged


def test_a_logarithm_that_begins_below_0_is_refused(tmp_path: Path) -> None:
    """f2 10^(f1 x / r) would be negative throughout."""
    one = Parameter("A", bits="16", top="1024", amplification="4,-1")
    with pytest.raises(InputError, match=r"\$P1E"):
        read_fcs(_file(tmp_path, bytes(8), [one], datatype="I"))


def test_a_gain_of_0_is_told(tmp_path: Path) -> None:
    """Nothing can be divided by it."""
    read = read_fcs(_floats(tmp_path, ("$P1G", "0")))
    assert "A: $PnG is 0, which no gain is; 1 is used" in read.flags


@pytest.mark.parametrize(("value", "flagged"), [(2**53 - 1, False), (2**53 + 1, True)])
def test_integers_that_a_double_rounds_are_told(tmp_path: Path, value: int, flagged: bool) -> None:
    """A double holds whole numbers up to 2^53."""
    one = Parameter("A", bits="64", top=str(2**64))
    path = _file(tmp_path, value.to_bytes(8, "little"), [one], datatype="I")
    assert ("A: values above 2^53 are rounded" in read_fcs(path).flags) is flagged
