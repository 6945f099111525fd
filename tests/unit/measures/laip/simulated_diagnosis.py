"""Simulated normals as a reference, and diagnoses of the same laboratory with their truth.

One laboratory without batch effects, so that nothing has to be aligned: what is tested is what
comes after. Persons, compositions and clones are drawn as the simulator draws them.
"""

from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residua.measures.reference.reference import NormalReference, NormalSample
from residua.simulate.marrow.drawn import BLASTS, DEBRIS, draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.true_laws import displayed

EVENTS = 12_000
NORMALS = ("adult",) * 5 + ("regenerating",) * 4 + ("child",) * 3


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """Events (n, d), which of them are blasts (n,), and the aberrancies that were drawn."""

    events: NDArray[np.float32]
    blasts: NDArray[np.bool_]
    aberrancies: dict[str, float]
    pseudotime: float


def diagnosis(**of: Any) -> Diagnosis:
    """A marrow of single cells; `of` as `MarrowSpec`."""
    of = {"events": EVENTS, "laboratory": 5, "batch": 0.0, "residual_spillover": 0.0} | of
    drawn = draw_marrow(MarrowSpec(doublets=0.0, **of))
    made = simulate_marrow(drawn)
    cells = made.labels != made.names.index(DEBRIS)
    return Diagnosis(
        displayed(made.acquisition, drawn)[cells],
        made.labels[cells] == made.names.index(BLASTS),
        dict(drawn.clone.aberrancies),
        drawn.clone.pseudotime,
    )


@cache
def reference(panel: str = "one-tube-10", family: str = "gaussian") -> NormalReference:
    """Twelve normals, some of them children's and some that regenerate."""
    normals = []
    for place, condition in enumerate(NORMALS):
        who = {"patient": 900 + place, "condition": condition, "panel": panel, "family": family}
        one = diagnosis(blasts=0, **who)
        normals.append(NormalSample(one.events, len(one.events), 1.0, f"{place}"))
    return NormalReference(dimensions(panel), SimpleNamespace(), tuple(normals), True, "made")  # type: ignore[arg-type]


def dimensions(panel: str = "one-tube-10") -> tuple[str, ...]:
    """FSC-A, SSC-A and the markers of the panel's first tube."""
    drawn = draw_marrow(MarrowSpec(events=10, panel=panel))
    return tuple(drawn.tube.labels)
