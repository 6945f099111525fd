"""One reader over every corner file: verdicts as JSON. Each file in a process of its own.

    python benchmarks/accuracy/read_with.py READER

The process of a file may take LIMIT seconds and 4 GB; what it exceeds or kills is a crash.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "corners"))

from corner import Corner  # noqa: E402
from peer_readers import READERS, Reader, answer  # noqa: E402
from verdict import CRASHED, verdict  # noqa: E402

from corners import listed  # noqa: E402

LIMIT = 20.0
MEMORY = 4 << 30


def judged(reader: Reader, corner: Corner, folder: Path) -> tuple[str, str]:
    """The verdict over one file, found in a child process."""
    path = corner.write(folder)
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        _child(reader, corner, path, into)
    os.close(into)
    try:
        return _awaited(child, out)
    finally:
        os.close(out)
        path.unlink()


def _child(reader: Reader, corner: Corner, path: Path, into: int) -> None:
    """Read, judge, write the verdict, and leave without any clearing up."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, 1)
    os.dup2(sink, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.write(into, json.dumps(verdict(corner, answer(reader, path))).encode())
    os._exit(0)


def _awaited(child: int, out: int) -> tuple[str, str]:
    ready, _, _ = select.select([out], [], [], LIMIT)
    told = os.read(out, 65536) if ready else b""
    if not ready:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if not told:
        return CRASHED, "the process died" if ready else f"no answer in {LIMIT:.0f} s"
    word, why = json.loads(told)
    return word, why


def main() -> None:
    """Print the reader's version and its verdict over each file."""
    reader = READERS[sys.argv[1]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first = listed()[0]
        answer(reader, first.write(folder))  # its imports happen here, not in every child
        found = {corner.name: judged(reader, corner, folder) for corner in listed()}
    print(json.dumps({"version": reader.version, "verdicts": found}))


if __name__ == "__main__":
    main()
