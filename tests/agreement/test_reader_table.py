"""docs/reference/fcs-readers.md shows what Residua does today.

Oracle: the corner files and their truth (tests/corners). The peers' columns are those of the last
`make reader-table`; here only every file's row and Residua's own column are held to be current.
"""

from pathlib import Path

from peer_readers import READERS, answer
from reader_page import read_column
from verdict import CRASHED, RIGHT, WRONG, verdict

from corners import listed

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "fcs-readers.md"


def test_column_of_residua_is_current(tmp_path):
    shown = read_column(PAGE.read_text(), "Residua")
    ours = READERS["Residua"]
    found = {
        corner.name: verdict(corner, answer(ours, corner.write(tmp_path)))[0] for corner in listed()
    }
    assert shown == found, "run make reader-table"


def test_every_reader_has_a_verdict_over_every_file():
    text = PAGE.read_text()
    names = {corner.name for corner in listed()}
    for reader in READERS:
        assert set(read_column(text, reader)) == names
        assert set(read_column(text, reader).values()) <= {RIGHT, WRONG, "refused", CRASHED}


def test_residua_gives_no_wrong_number_and_never_crashes():
    shown = set(read_column(PAGE.read_text(), "Residua").values())
    assert not shown & {WRONG, CRASHED}
