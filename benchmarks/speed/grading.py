"""Ten thousand laboratory values graded, beside the same limits as plain comparisons.

``python benchmarks/speed/grading.py``: seconds of the processor and of the clock, the best of
five, for a table (``residua grade --table``) and for a course up to the bytes of
``grades.parquet``. The peer grades the same platelets by three comparisons of floats; it knows
no units, limits of normal or missing values. The grades of both sides must be equal.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from residua.course.course import arrange
from residua.judgements.toxicity.graded import grade_course
from residua.main.grade import grade_table
from residua.readers.case import read_case
from residua.views.grades_export import grades_parquet

T = TypeVar("T")
CUTS = (75, 50, 25)
"""Platelets of CTCAE 5.0: below the first cut grade 2, and so on; grade 1 below 150."""


def values(number: int) -> list[str]:
    """Platelet counts, the same each time."""
    chance = random.Random(4)
    return [f"{chance.uniform(1, 400):.1f}" for _ in range(number)]


def tables(counts: list[str], folder: Path) -> Path:
    """The counts as a table to grade and as a case folder."""
    rows = [f"ctcae,5.0,platelets,{v},10*9/L,150,400," for v in counts]
    head = "standard,version,term,value,unit,lln,uln,baseline"
    (folder / "values.csv").write_text("\n".join([head, *rows, ""]), "utf-8")
    days = [f"20{n // 336:02}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(len(counts))]
    labs = [f"{d},platelets,{v},10*9/L,150,400" for d, v in zip(days, counts, strict=True)]
    head = "date,analyte,value,unit,lower,upper"
    (folder / "case.toml").write_text('kind = "residua.case"\nversion = "1.0"\n', "utf-8")
    (folder / "labs.csv").write_text("\n".join([head, *labs, ""]), "utf-8")
    return folder


def plain(path: Path) -> list[int]:
    """The peer: three comparisons a value."""
    with path.open(encoding="utf-8") as stream:
        found = [float(row["value"]) for row in csv.DictReader(stream)]
    return [1 + sum(v < cut for cut in CUTS) if v < 150 else 0 for v in found]


def best(task: Callable[[], T]) -> tuple[float, float, T]:
    """Seconds of the processor and of the clock, the best of five, and what the task gave."""
    took: list[tuple[float, float]] = []
    for _ in range(5):
        processor, clock = time.process_time(), time.perf_counter()
        given = task()
        took.append((time.process_time() - processor, time.perf_counter() - clock))
    return min(p for p, _ in took), min(c for _, c in took), given


def main() -> None:
    """Time both paths and the peer."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--values", type=int, default=10_000)
    number = words.parse_args().values
    with tempfile.TemporaryDirectory() as name:
        folder = tables(values(number), Path(name))
        case = read_case(folder)
        sides = {
            "residua grade --table": best(lambda: grade_table(folder / "values.csv").gradings),
            "course to grades.parquet": best(
                lambda: len(grades_parquet(course := arrange(case), grade_course(course)))
            ),
            "plain comparisons": best(lambda: plain(folder / "values.csv")),
        }
        graded = [grading.grade for grading in sides["residua grade --table"][2]]  # type: ignore[attr-defined]
        if graded != sides["plain comparisons"][2]:
            raise SystemExit("the sides do not agree")
    peer = sides["plain comparisons"][0]
    for side, (processor, clock, _) in sides.items():
        ratio = processor / max(peer, 1e-9)
        print(f"{side:26} {processor:6.2f} s processor {clock:6.2f} s clock  {ratio:6.1f} x plain")


if __name__ == "__main__":
    main()
