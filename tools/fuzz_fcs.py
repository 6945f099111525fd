"""Breaks FCS files at random and reads them, for as long as it is told.

Every broken file must give events or an `InputError`, within seconds and a few hundred MB; what
is read must be the same when read again with salvage, and survive being written and read back.
A file that does not is kept in the folder named last, and the exit code is 1.

    python tools/fuzz_fcs.py MINUTES [SEED] [FOLDER]
"""

from __future__ import annotations

import contextlib
import random
import resource
import signal
import sys
import time
import traceback
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests/corners"), str(ROOT / "tests/laws")]

from fcs_mutations import joined, mutated  # noqa: E402

from corners import listed  # noqa: E402
from residua.errors import InputError, ValueFault  # noqa: E402
from residua.main.show_fcs import show_fcs  # noqa: E402
from residua.readers.fcs import list_data_sets, read_fcs, read_fcs_header  # noqa: E402
from residua.views.fcs_export import fcs_bytes  # noqa: E402
from residua.views.fcs_words import fcs_document, fcs_text  # noqa: E402

SECONDS = 5
MEMORY = 2 << 30
LARGEST = 100_000


def main() -> int:
    """Run, and print how many files were read, refused and what was found."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    number = int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()
    folder = Path(sys.argv[3] if len(sys.argv) > 3 else "out/fuzz-fcs")
    folder.mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_long)
    seeds = [joined(one.parts) for one in listed() if max(p for p, _ in one.parts) < LARGEST]
    rng = random.Random(number)
    count = {"read": 0, "refused": 0, "found": 0}
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        raw = mutated(rng.choice(seeds), rng)
        file = folder / "trial.fcs"
        file.write_bytes(raw)
        try:
            signal.alarm(SECONDS)
            count["read" if _answers(file) else "refused"] += 1
        except Exception as error:
            count["found"] += 1
            (folder / f"found-{count['found']}.fcs").write_bytes(raw)
            traceback.print_exception(error, limit=-4)
        finally:
            signal.alarm(0)
    done = sum(count.values())
    print(f"seed {number}: {done} files, each read in 7 ways; {count}")
    return 1 if count["found"] else 0


def _answers(file: Path) -> bool:
    """Whether events were read; raises where something is wrong with the reader."""
    for ask in (read_fcs_header, list_data_sets, lambda path: read_fcs(path, data_set=2)):
        with contextlib.suppress(InputError):
            ask(file)
    words = show_fcs(file, salvage=True)
    fcs_text(words)
    fcs_document(words)
    try:
        read = read_fcs(file)
    except InputError:
        return False
    again = read_fcs(file, salvage=True)
    assert again.flags == read.flags, "salvaging changes the flags of a whole file"
    assert np.array_equal(again.events, read.events, equal_nan=True), "salvaging changes events"
    _survives(read, file)
    return True


def _survives(read, file: Path) -> None:  # type: ignore[no-untyped-def]
    try:
        written = fcs_bytes(read)
    except ValueFault:
        return
    copy = file.with_name("copy.fcs")
    copy.write_bytes(written)
    back = read_fcs(copy)
    assert np.array_equal(back.events, read.events, equal_nan=True), "a copy has other events"
    assert back.names == read.names, "a copy has other names"


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s")


if __name__ == "__main__":
    raise SystemExit(main())
