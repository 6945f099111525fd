"""Normal B-cell precursors of the reference, as stages of one maturation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.laip.background import background_of
from residua.measures.laip.compartment import DIM, alone
from residua.measures.mixture import GaussianMixture, fit_mixture, log_densities
from residua.measures.reference.reference import NormalReference

Values = NDArray[np.float64]
Events = NDArray[np.float32]
STAGES = 12  # Gaussians along the maturation: neighbours overlap
FEWEST = 500  # precursors in all normals
PER_NORMAL = 3_000  # of each normal, so that none speaks for all
EACH = 20.0  # precursors of a stage in a normal, for its own mean there
SEED = 1


@dataclass(frozen=True, eq=False)
class Precursors:
    """`stages` of normal B-cell precursors, and `between` (d,) the deviation of persons' means.

    That is of the mean of a stage in one normal about its mean in all.
    """

    dimensions: tuple[str, ...]
    stages: GaussianMixture
    between: Values


def precursors_of(reference: NormalReference) -> Precursors:
    """The precursors of a reference: CD19+ (without it CD22+) with CD10 or CD34, of low SSC.

    Raises `ValueFault` where the panel has neither CD10 nor CD34, or normals too few precursors.
    """
    background = background_of(reference, seed=SEED)
    rows = [_immature(one, reference.dimensions)[:PER_NORMAL] for one in background.candidates]
    pool = np.concatenate(rows)
    if len(pool) < FEWEST:
        raise ValueFault(
            f"at least {FEWEST} normal precursors", f"{len(pool)}", "add normals that regenerate"
        )
    stages = fit_mixture(pool, STAGES, seed=SEED)
    return Precursors(reference.dimensions, stages, _between(rows, stages))


def _immature(events: Events, dimensions: tuple[str, ...]) -> Events:
    lineage = alone(dimensions, "CD19") or alone(dimensions, "CD22")
    young = [place for marker in ("CD10", "CD34") for place in alone(dimensions, marker)]
    if not young:
        raise ValueFault("CD10 or CD34 in the panel", "neither", "aberrancies need one")
    kept = (events[:, young] > DIM).any(axis=1) & (events[:, lineage[0]] > DIM)
    return events[kept]


def _between(rows: list[Events], stages: GaussianMixture) -> Values:
    """The deviation (d,) of normals' means within a stage, over all stages and normals."""
    squares, counted = np.zeros(stages.channels), 0
    for events in rows:
        if len(events) < EACH:
            continue
        logs = log_densities(events, stages)
        share = np.exp(logs - logs.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        mass = share.sum(axis=0)
        told = mass > EACH
        means = np.einsum("nk,nd->kd", share, events)[told] / mass[told, None]
        squares += ((means - stages.means[told]) ** 2).sum(axis=0)
        counted += int(told.sum())
    return np.sqrt(squares / max(counted, 1))
