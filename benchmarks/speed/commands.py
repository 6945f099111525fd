"""Whole commands, start and imports included: seconds, peak memory, modules that they import."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from one_side import peak_gb

HEAVY = ("numba", "polars", "matplotlib", "scipy.stats")
COMPILE = "from residua.measures.compiled.warm import warm; warm(lambda text: None)"


@dataclass(frozen=True)
class Ran:
    """A command: seconds and peak memory (GB)."""

    seconds: float
    peak: float


def run(
    words: list[str | Path], *, repeats: int = 1, environment: dict[str, str] | None = None
) -> Ran:
    """The best of `repeats` runs of a Python with these words; raises where one fails."""
    best = Ran(float("inf"), 0.0)
    for _ in range(repeats):
        begin = time.perf_counter()
        peak = _spawn([sys.executable, *map(str, words)], _environment(environment or {}))
        ran = Ran(time.perf_counter() - begin, peak)
        best = min(best, ran, key=lambda one: one.seconds)
    return best


def _spawn(words: list[str], environment: dict[str, str]) -> float:
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    pid = os.posix_spawn(words[0], words, environment, file_actions=quiet)
    _, status, usage = os.wait4(pid, 0)
    if status != 0:
        raise RuntimeError(f"{' '.join(words)} failed")
    return peak_gb(usage)


def _environment(more: dict[str, str]) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | more


def mrd(folder: Path, *, repeats: int) -> tuple[Ran, list[int]]:
    """`residua mrd` with the six gates, and the counts that it writes."""
    out = folder / "mrd.json"
    words = ["-m", "residua", "mrd", folder / "float.fcs", "--gates", folder / "flow.toml"]
    ran = run([*words, "-o", out], repeats=repeats)
    found = json.loads(out.read_text())
    return ran, [found["numerator"], found["denominator"]["count"]]


def imports(words: list[str | Path]) -> list[str]:
    """Which of the heavy libraries a command imports."""
    command = [sys.executable, "-X", "importtime", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment({}))
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    return [one for one in HEAVY if one in names]


def compile_afresh() -> Ran:
    """Compiling every loop into an empty cache."""
    with tempfile.TemporaryDirectory() as name:
        return run(["-c", COMPILE], environment={"NUMBA_CACHE_DIR": name})
