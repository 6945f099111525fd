"""Exposure of many patients by a population model, beside SciPy's integrator for each of them.

``python benchmarks/speed/laboratory_curves.py [--patients 200] [--many 10000]``: seconds of the
processor, the best of several, for three weekly doses over 672 h (concentration and AUC at seven
hours). The peer is ``scipy.integrate.solve_ivp`` (LSODA, relative tolerance 1e-7) from one change
of the infusion to the next, a patient after the other. Both sides do the same patients, and must
agree to 1e-5; the ratio is of those. The time of `--many` patients stands by itself: its target
is 10 s on two cores. Fails where the sides disagree; a target that is missed is shown.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from residua.measures.exposure import Infusions, measure_exposure
from residua.standards.exposure_model import exposure_model

Array = NDArray[np.float64]
STARTS, MG_PER_M2, HOURS = (0.0, 168.0, 336.0), (0.8, 0.5, 0.5), 1.0
ASKED = (1.0, 168.0, 169.0, 336.0, 337.0, 504.0, 672.0)
TARGET_S = 10.0
TOLERANCE = 1e-5


def patients(number: int) -> tuple[dict[str, Array], Array]:
    """Parameters of Garrett 2019 and doses in mg, shape (doses, number); the same each time."""
    random = np.random.default_rng(5)
    bsa, blasts = random.uniform(1.2, 2.4, number), random.uniform(0.1, 80.0, number)
    values = exposure_model("garrett-2019").values({"bsa": bsa, "blasts": blasts})
    spread = {name: np.broadcast_to(value, (number,)) for name, value in values.items()}
    return spread, np.array(MG_PER_M2)[:, None] * bsa


def ours(number: int) -> Array:
    """Concentration and AUC (2, hours, patients) by Residua."""
    values, amounts = patients(number)
    found = measure_exposure(values, Infusions(STARTS, amounts, HOURS), ASKED)
    return np.stack([found.concentration, found.auc])


def scipys(number: int) -> Array:
    """The same by SciPy, one patient after the other."""
    values, amounts = patients(number)
    each = [
        _one({name: float(value[n]) for name, value in values.items()}, amounts[:, n])
        for n in range(number)
    ]
    return np.stack(each, axis=-1)


def _one(p: dict[str, float], amounts: Array) -> Array:
    """Concentration and AUC (2, hours) of one patient."""

    def slope(t: float, a: Array, rate: float) -> list[float]:
        level = a[0] / p["V1"]
        clearance = p["CL1"] + p["CL2"] * math.exp(-p["kdes"] * t)
        out = p["Q"] * (level - a[1] / p["V2"])
        return [rate - clearance * level - out, out, level]

    ends = {start + HOURS for start in STARTS}
    marks = sorted({*STARTS, *ends, *ASKED})
    state, kept = np.zeros(3), []
    for start, end in pairwise(marks):
        on = [s <= start < s + HOURS for s in STARTS]
        rate = float(amounts[on].sum() / HOURS)
        done = solve_ivp(slope, (start, end), state, "LSODA", args=(rate,), rtol=1e-7, atol=1e-12)
        state = done.y[:, -1]
        if end in ASKED:
            kept.append((1000 * state[0] / p["V1"], 1000 * state[2]))
    return np.array(kept).T


def best(task: Callable[[], Array], repeats: int) -> tuple[float, Array]:
    """Seconds of the processor, the best of several, and what the task gave."""
    took = []
    for _ in range(repeats):
        begin = time.process_time()
        given = task()
        took.append(time.process_time() - begin)
    return min(took), given


def main() -> None:
    """Print the table; fails where the sides disagree."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--patients", type=int, default=200)
    words.add_argument("--many", type=int, default=10_000)
    words.add_argument("--repeats", type=int, default=3)
    asked = words.parse_args()
    mine, found = best(lambda: ours(asked.patients), asked.repeats)
    theirs, expected = best(lambda: scipys(asked.patients), asked.repeats)
    if not np.allclose(found, expected, rtol=TOLERANCE, atol=0):
        raise SystemExit("the sides do not agree")
    many, _ = best(lambda: ours(asked.many), asked.repeats)
    same = f"exposure, {asked.patients} patients"
    print(f"{same:32} {mine:8.3f} s   solve_ivp {theirs:8.3f} s, {theirs / mine:.0f} x Residua")
    verdict = "met" if many <= TARGET_S else "missed"
    alone = f"exposure, {asked.many} patients"
    print(f"{alone:32} {many:8.3f} s   target at most {TARGET_S:g} s: {verdict}")


if __name__ == "__main__":
    main()
