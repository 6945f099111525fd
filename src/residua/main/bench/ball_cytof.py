"""Real cells: blasts of one patient in the marrow of one donor, both by mass cytometry.

The table is `ddpr_data` of tidytof (Good, Sarno et al., Nat Med 2018;24:474): 5 000 cells of a
healthy marrow and 5 000 of a B-cell precursor ALL. The rule of what is a blast was fixed from the
distributions of the markers before any reader had been scored, and stays. A cell is in one of
reference, diagnosis and follow-up only.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError
from residua.measures.benchmark.cell_score import CellScore, cell_score
from residua.measures.benchmark.tool import Tool, check_outcome
from residua.measures.preflight.prepared import PreparedSample
from residua.progress import Progress, silent
from residua.readers.mass_cells import read_mass_cells

MARKERS = (
    *("CD45", "CD19", "CD22", "CD79b", "CD20", "CD34", "CD123"),
    *("CD10", "CD24", "CD127", "CD43", "CD38", "CD58", "CD3"),
)  # those of the surface; signalling within the cell is no part of an immunophenotype
HEALTHY, PATIENT = "Healthy1_Basal", "UPN1_Basal"
_COFACTOR = 5.0  # usual for mass cytometry
_BRIGHT = 10.0  # ion counts: a blast of this patient has CD10 above and CD3, CD20 below it
LEVELS = (0.0, 1e-2, 3e-2, 1e-1, 3e-1)
_ROUNDS = 5  # the cells dealt out anew
_NORMALS, _EACH = 12, 200  # twelve "normals", all of one donor: nothing here differs as people do
_DIAGNOSIS = (900, 100)  # blasts and normal cells
_MADE = "mass cytometry"  # the flag that the panel is declared to be of it


@dataclass(frozen=True, eq=False)
class RealCase:
    """One follow-up of real cells with its labels (n,)."""

    name: str
    level: float
    normals: tuple[PreparedSample, ...]
    diagnosis: tuple[PreparedSample, ...]
    follow_up: PreparedSample
    blasts: NDArray[np.bool_]


def real_scores(
    path: Path, tool: Tool, *, reviewed: bool = False, progress: Progress = silent
) -> tuple[CellScore, ...]:
    """A reader's score on every case of the table."""
    scores = []
    for case in real_cases(path):
        progress(case.name)
        began = time.perf_counter()
        said = tool(case.normals, case.diagnosis, case.follow_up, after=(), reviewed=reviewed)
        seconds = time.perf_counter() - began
        outcome = check_outcome(said, case.follow_up)
        group = f"{case.level:g}"
        scores.append(
            cell_score(outcome, case.blasts, file=case.name, group=group, seconds=seconds)
        )
    return tuple(scores)


def real_cases(path: Path) -> Iterator[RealCase]:
    """Every case: the cells dealt out five times, five levels each."""
    samples, counts = read_mass_cells(path, markers=MARKERS)
    names = np.array(samples)
    normal, blasts = counts[names == HEALTHY], counts[(names == PATIENT) & is_blast(counts)]
    _enough(path, len(normal), len(blasts))
    for number in range(_ROUNDS):
        random = np.random.Generator(np.random.PCG64(number))
        yield from _round(number, random.permutation(normal), random.permutation(blasts))


def is_blast(counts: NDArray[np.float64]) -> NDArray[np.bool_]:
    """The rule (n,): CD10 of 10 counts or more, CD3 and CD20 of less; CD19 is dim here."""
    cd10, cd3, cd20 = (counts[:, MARKERS.index(m)] for m in ("CD10", "CD3", "CD20"))
    return np.asarray((cd10 >= _BRIGHT) & (cd3 < _BRIGHT) & (cd20 < _BRIGHT))


def counts_of(events: NDArray[np.floating]) -> NDArray[np.float64]:
    """The ion counts (n, d) behind prepared events (n, d)."""
    return np.asarray(np.sinh(events.astype(np.float64) * math.log(10)) * _COFACTOR)


def _round(
    number: int, normal: NDArray[np.float64], blasts: NDArray[np.float64]
) -> Iterator[RealCase]:
    ends = [_EACH * one for one in range(_NORMALS + 1)]
    normals = tuple(_sample(normal[a:b]) for a, b in pairwise(ends))
    used = ends[-1] + _DIAGNOSIS[1]
    at_diagnosis = np.concatenate([blasts[: _DIAGNOSIS[0]], normal[ends[-1] : used]])
    diagnosis = (_sample(at_diagnosis),)
    background, first = normal[used:], _DIAGNOSIS[0]
    for level in LEVELS:
        count = round(level / (1 - level) * len(background))
        own = blasts[first : first + count]
        first += count
        labels = np.repeat([False, True], [len(background), len(own)])
        sample = _sample(np.concatenate([background, own]))
        name = f"deal {number + 1}, level {level:g}"
        yield RealCase(name, level, normals, diagnosis, sample, labels)


def _sample(counts: NDArray[np.float64]) -> PreparedSample:
    events = (np.arcsinh(counts / _COFACTOR) / math.log(10)).astype(np.float32)
    digest = hashlib.sha256(events.tobytes()).hexdigest()
    return PreparedSample(MARKERS, events, np.arange(len(events)), len(events), digest, (_MADE,))


def _enough(path: Path, normal: int, blasts: int) -> None:
    needed = _NORMALS * _EACH + _DIAGNOSIS[1]
    spiked = sum(level / (1 - level) for level in LEVELS) * (normal - needed)
    if normal <= needed or blasts < _DIAGNOSIS[0] + math.ceil(spiked) + len(LEVELS):
        expected, do = f"5000 of {HEALTHY} and of {PATIENT}", "give the whole table"
        raise InputError(Fault(path.name, "the cells", expected, "fewer", do))
