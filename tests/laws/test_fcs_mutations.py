"""Whatever is broken in a file of any dialect, the reader gives events or an error of its own.

Oracle: the corner files of tests/corners, broken at random; and single keywords that ask for
more than the file holds, with the memory that reading them takes.
"""

import contextlib
import random
import time
import tracemalloc

import pytest
from fcs_mutations import joined, mutated
from hypothesis import given, settings
from hypothesis import strategies as st

from corners import listed
from residua.errors import InputError
from residua.main.show_fcs import show_fcs
from residua.readers.fcs import list_data_sets, read_fcs, read_fcs_header
from residua.views.fcs_words import fcs_document, fcs_text

LARGEST = 100_000


SEEDS = [
    joined(corner.parts) for corner in listed() if max(place for place, _ in corner.parts) < LARGEST
]


def answers(file):
    """Every way to read the file; only an `InputError` may come out."""
    for read in (
        read_fcs,
        lambda path: read_fcs(path, salvage=True),
        lambda path: read_fcs(path, data_set=2),
        read_fcs_header,
        list_data_sets,
    ):
        with contextlib.suppress(InputError):
            read(file)
    words = show_fcs(file, salvage=True)
    fcs_text(words)
    fcs_document(words)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 2**32 - 1))
def test_broken_files_of_every_dialect(tmp_path_factory, seed, number):
    file = tmp_path_factory.getbasetemp() / "mutated.fcs"
    file.write_bytes(mutated(seed, random.Random(number)))
    answers(file)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("$PAR", "1000000000"),
        ("$TOT", "1000000000000"),
        ("$TOT", "9" * 39),
        ("$P1R", "1e300"),
        ("$P1B", "99999"),
        ("$BEGINSTEXT", "9" * 30),
        ("$BEGINSTEXT", "9" * 5000),
        ("$ENDSTEXT", "9" * 5000),
        ("$NEXTDATA", "9" * 5000),
        ("$ENDDATA", "9" * 39),
        ("$BEGINDATA", "9" * 39),
        ("$BYTEORD", ",".join(str(n) for n in range(1, 5000))),
        ("$DFC999TO999", "50"),
        ("$SPILLOVER", "99999999,a,b"),
        ("$SPILLOVER", "9" * 5000),
        ("$COMP", "-5"),
        ("$P1E", "30,1e300"),
        ("$P1E", "5,1"),
    ],
)
def test_no_keyword_asks_for_more_than_the_file_holds(fcs_bytes_of, tmp_path, key, value):
    file = tmp_path / "asking.fcs"
    file.write_bytes(fcs_bytes_of(key, value))
    answers(file)  # what Python itself keeps of a first call
    tracemalloc.start()
    began = time.perf_counter()
    answers(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000
    assert time.perf_counter() - began < 5


@pytest.fixture
def fcs_bytes_of():
    """A file of ten events of 16-bit integers in which one keyword has another value."""

    def made(key, value):
        keywords = {
            "$BYTEORD": "1,2,3,4",
            "$DATATYPE": "I",
            "$MODE": "L",
            "$NEXTDATA": "0",
            "$PAR": "2",
            "$TOT": "10",
            "$P1N": "A",
            "$P2N": "B",
            "$P1B": "16",
            "$P2B": "16",
            "$P1R": "1024",
            "$P2R": "1024",
            "$P1E": "0,0",
            "$P2E": "0,0",
            "$BEGINSTEXT": "0",
            "$ENDSTEXT": "0",
        }
        keywords[key] = value
        text = ("/" + "/".join(part for pair in keywords.items() for part in pair) + "/").encode()
        first = 58 + len(text)
        places = (58, first - 1, first, first + 39, 0, 0)
        return b"FCS3.1    " + "".join(f"{n:>8d}" for n in places).encode() + text + bytes(40)

    return made


def test_a_chain_of_many_data_sets_over_one_another_is_refused(tmp_path):
    """Each points to a TEXT that reaches to the end of the file: reading all takes n squared."""
    size, step = 120_000, 100
    raw = bytearray(b" " * size)
    text = f"/$NEXTDATA/{step}/".encode()
    for place in range(0, size - 2 * step, step):
        header = f"FCS3.1    {58:>8d}{size - place - 1:>8d}".ljust(58)
        raw[place : place + 58] = header.encode()
        raw[place + 58 : place + 58 + len(text)] = text
    file = tmp_path / "chain.fcs"
    file.write_bytes(raw)
    began = time.perf_counter()
    with pytest.raises(InputError):
        read_fcs(file, data_set=1000)
    assert time.perf_counter() - began < 2
