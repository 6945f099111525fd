"""The comparisons with their targets, and how one is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Comparison:
    """Ours against peers: `target` is what `against` must take of our time, or we of its."""

    name: str
    ours: str
    peers: dict[str, str]
    against: str
    factor: float
    slower: bool = False  # whether we may take up to `factor` of its time; else it takes of ours
    largest: dict[str, int] | None = None  # events beyond which a peer is left out
    tolerance: float = 0.0

    @property
    def target(self) -> str:
        """The target in words."""
        if self.slower:
            return f"at most {self.factor:g} x {self.against}"
        return f"{self.against} takes at least {self.factor:g} x"


COMPARISONS = (
    Comparison(
        "read float32",
        "read_ours",
        {
            "np.fromfile": "read_numpy",
            "FlowCal": "read_flowcal",
            "FlowIO": "read_flowio",
            "FlowKit": "read_flowkit",
        },
        "FlowCal",
        1.5,
        slower=True,
    ),
    Comparison(
        "read masked integers",
        "masked_ours",
        {
            "np.fromfile": "masked_numpy",
            "FlowCal": "masked_flowcal",
            "FlowIO": "masked_flowio",
        },
        "np.fromfile",
        3,
        slower=True,
        largest={"FlowIO": 1_000_000},
    ),
    Comparison(
        "read, compensate, logicle",
        "logicle_ours",
        {"FlowKit": "logicle_flowkit"},
        "FlowKit",
        20,
        tolerance=3e-6,
    ),
    Comparison(
        "read, compensate, arcsinh",
        "arcsinh_ours",
        {"FlowKit": "arcsinh_flowkit"},
        "FlowKit",
        12,
        tolerance=3e-6,
    ),
    Comparison(
        "six gates with transforms", "gates_ours", {"FlowKit": "gates_flowkit"}, "FlowKit", 8
    ),
    Comparison(
        "density picture (PNG)",
        "picture_ours",
        {"matplotlib": "picture_matplotlib"},
        "matplotlib",
        1,
    ),
)
MEMORY = {"Residua": "read_and_gates_ours", "FlowKit": "read_and_gates_flowkit"}


Measure = Callable[..., dict[str, Any]]


def one_side(side: str, folder: Path, repeats: int, warm: Path | None = None) -> dict[str, Any]:
    """Measure a side in a fresh process."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(HERE / "one_side.py"), side, str(folder), str(repeats)]
    command += [str(warm)] if warm else []
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise RuntimeError(f"{side} failed:\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@dataclass(frozen=True)
class Turns:
    """How often the sides take turns, and how often each runs in its turn."""

    rounds: int
    repeats: int


@dataclass(frozen=True)
class Timed:
    """A comparison over one number of events: seconds of each side, and whether it is met."""

    comparison: Comparison
    events: int
    seconds: dict[str, float]

    @property
    def ratio(self) -> float:
        """Our time over the peer's, or the peer's over ours, as the target has it."""
        ours, theirs = self.seconds["Residua"], self.seconds[self.comparison.against]
        return ours / theirs if self.comparison.slower else theirs / ours

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        factor = self.comparison.factor
        return self.ratio <= factor if self.comparison.slower else self.ratio >= factor


def compare(
    comparison: Comparison, folder: Path, events: int, *, turns: Turns, measure: Measure
) -> Timed:
    """Every side over the same files, in turns; raises where their numbers differ.

    Turns, so that a load that comes and goes does not fall on one side alone.
    """
    sides = {
        name: side
        for name, side in {"Residua": comparison.ours, **comparison.peers}.items()
        if events <= (comparison.largest or {}).get(name, events)
    }
    seconds = dict.fromkeys(sides, float("inf"))
    wanted: list[float] = []
    for name, side in list(sides.items()) * turns.rounds:
        told = measure(side, folder, turns.repeats)
        seconds[name] = min(seconds[name], told["seconds"])
        wanted = wanted or told["found"]
        if told["found"] and not _alike(told["found"], wanted, comparison.tolerance):
            raise RuntimeError(f"{comparison.name}: {name} and Residua find different numbers")
    return Timed(comparison, events, seconds)


def _alike(one: list[float], other: list[float], tolerance: float) -> bool:
    return len(one) == len(other) and np.allclose(one, other, rtol=1e-6, atol=tolerance)
