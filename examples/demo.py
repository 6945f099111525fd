"""Evaluate the examples into out/<example>/: what `make demo` runs.

The simulated files are made here; the real marrow is fetched from the package index and
checked by its hash. Where the index cannot be reached the rest still runs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from residua.errors import InputError, ResiduaError
from residua.main.run import run_case
from residua.main.simulate_course import simulate_course
from residua.main.simulate_flow import simulate_flow
from residua.main.warm_up import warm_up

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
OUT = ROOT / "out"
WHOLE_COURSE = OUT / "whole-course-folder"
MARROW = EXAMPLES / "real-ball-marrow" / "flow" / "real-ball-marrow.fcs"


def main() -> int:
    """Run every example; 0 where all that could run did."""
    warm_up(lambda step: print(step, flush=True))
    make_simulated_files()
    make_whole_course()
    evaluate("huang-2023", "every fact of a published case, and what the standards say of it")
    evaluate("simulated-course", "a made-up patient with raw flow files before and after InO")
    evaluate(
        WHOLE_COURSE,
        "a made-up patient with every laboratory file: the full figure",
        "whole-course",
    )
    if fetch_marrow():
        evaluate("real-ball-marrow", "a real marrow through stated gates: unlabelled, no verdict")
    else:
        print("real-ball-marrow     left out: its file is not here (see the message above)")
    print(f"\nSee out/whole-course/course.png, made from {WHOLE_COURSE.relative_to(ROOT)}/.")
    print(f"Open {(OUT / 'huang-2023' / 'report.html').relative_to(ROOT)} in a browser.")
    print("Ask: .venv/bin/residua explain examples/huang-2023 ino-day-30")
    return 0


def make_simulated_files() -> None:
    """The flow files of the simulated course; the same spec gives the same bytes."""
    for spec in sorted((EXAMPLES / "specs" / "simulated-course").glob("*.toml")):
        simulate_flow(spec, out=EXAMPLES / "simulated-course" / "flow" / f"{spec.stem}.fcs")


def make_whole_course() -> None:
    """The folder of a whole made-up patient; the same seed gives the same bytes."""
    shutil.rmtree(WHOLE_COURSE, ignore_errors=True)
    simulate_course(WHOLE_COURSE)


def fetch_marrow() -> bool:
    """Whether the real marrow is there, fetched where it was not."""
    tool = ROOT / "tools" / "real_marrow.py"
    return subprocess.run([sys.executable, tool, MARROW], check=False).returncode == 0


def evaluate(folder: str | Path, shows: str, name: str | None = None) -> None:
    """Run one example, a name under examples/ or a folder, and say where its results are."""
    began = time.monotonic()
    name = name or str(folder)
    written = run_case(EXAMPLES / folder, OUT / name)
    took = time.monotonic() - began
    where = written[0].parent.relative_to(ROOT)
    print(f"{name:<20} {shows}\n{'':<20} -> {where}/ ({took:.0f} s)", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except InputError as error:
        sys.exit("\n".join(map(str, error.faults)))
    except ResiduaError as error:
        sys.exit(str(error))
