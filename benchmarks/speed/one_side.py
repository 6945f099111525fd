"""One side in a process of its own: first run unmeasured, then the best of several.

    python benchmarks/speed/one_side.py SIDE FOLDER REPEATS [WARM]

Prints seconds, the memory that the runs added at their peak, that of the whole process, and the
numbers to compare, as JSON. Imports are not timed. With WARM, a folder of small files, the
unmeasured run is over those and one run over FOLDER is measured: so memory is that of one run.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from sides import SIDES, Run

ENOUGH = 2.0  # seconds
MOST = 50


def peak_gb(usage: resource.struct_rusage) -> float:
    """Peak memory in GB; macOS counts it in bytes, Linux in KiB."""
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


def held_gb() -> float:
    """Memory held now; where the system does not say, the peak so far."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_gb(resource.getrusage(resource.RUSAGE_SELF))
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e9


def timed(run: Run) -> float:
    """Seconds of one run."""
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def best_of(run: Run, repeats: int) -> float:
    """The best of `repeats` runs, of more where they are short: 2 s, but 50 runs at most.

    So a short side has as good a chance as a long one to find the machine at rest.
    """
    if repeats == 1:
        return timed(run)
    spent: list[float] = []
    while len(spent) < repeats or (sum(spent) < ENOUGH and len(spent) < MOST):
        spent.append(timed(run))
    return min(spent)


def measure(name: str, folder: Path, repeats: int, warm: Path | None = None) -> dict[str, Any]:
    """Seconds, added and whole peak memory (GB) and the numbers that the side finds."""
    first = SIDES[name](warm or folder)
    found = first()
    run = SIDES[name](folder) if warm else first
    gc.collect()
    before = held_gb()
    best = timed(run) if warm else best_of(run, repeats)
    peak = peak_gb(resource.getrusage(resource.RUSAGE_SELF))
    return {"seconds": best, "added": peak - before, "peak": peak, "found": found}


def main() -> None:
    """Measure the side that the command line names and print."""
    name, folder, repeats, *warm = sys.argv[1:]
    print(json.dumps(measure(name, Path(folder), int(repeats), Path(warm[0]) if warm else None)))


if __name__ == "__main__":
    main()
