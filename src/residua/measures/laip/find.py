"""Blasts at diagnosis or relapse, found without labels.

Clusters of the cells that can be B-lineage blasts are compared with what normals hold in the same
place; those far fuller are leukaemic, and every event is then given to the blasts or to normal
cells by its posterior. That a mixture of normals tells blasts at diagnosis is the design of
Mocking 2024 (Commun Med) for AML; the comparison of places is Residua's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.laip.apart import clusters_of
from residua.measures.laip.background import Background, background_of
from residua.measures.laip.compartment import alone, inside
from residua.measures.laip.excess import GONE, Candidates, Excess, excess_of
from residua.measures.laip.refine import TwoSides, only, posterior_of, refined
from residua.measures.mixture import GaussianMixture, fit_mixture
from residua.measures.reference.reference import NormalReference

Events = NDArray[np.float32]
Rows = NDArray[np.intp]
SEED = 1
CHOSEN = 40_000  # events that clusters and mixtures are fitted to
CLUSTERS = 16  # of the cells that may be blasts: normal precursors alone are three or four
PER_CLUSTER = 50  # events
FEWEST = 300  # blasts: fewer do not tell a phenotype of ten and more dimensions
LIKELY = 0.5  # posterior from which an event is a blast
NEGATIVE = 0.45  # decades: half way from cells without an antigen to a dim population
ELSEWHERE = 0.4  # share of found blasts that lie where none can be: they are not told from others
CLEAR = 10.0  # times what normals hold: below it, blasts are much like normal precursors


@dataclass(frozen=True, eq=False)
class FoundBlasts:
    """`rows` (m,) of the events that are blasts; `flags` say what a person should look at."""

    rows: Rows
    flags: tuple[str, ...] = ()


def find_blasts(placed_events: Events, reference: NormalReference) -> FoundBlasts:
    """The blasts among events (n, d) on the scale of the reference, of its dimensions.

    Raises `ValueFault` where no cluster is fuller than normals are, where there are fewer than
    `FEWEST` blasts or most lie where no blast can be, and where the panel cannot tell (no SSC-A,
    neither CD19 nor CD22).
    """
    events = np.asarray(placed_events, np.float32)
    if events.ndim != 2 or events.shape[1] != len(reference.dimensions):
        raise ValueFault("events of the reference's dimensions", "others", "place them first")
    background = background_of(reference, seed=SEED)
    found = _candidates(events, background)
    size = min(CLUSTERS, len(found.events) // PER_CLUSTER)
    clusters = fit_mixture(found.events, size, seed=SEED)
    excess = excess_of(clusters, found, background)
    if not excess.leukaemic.any():
        raise _none()
    sides = _sides(events, found, (clusters, excess), background)
    rows = np.flatnonzero(posterior_of(sides, events) > LIKELY)
    _check(events[rows], background)
    return FoundBlasts(rows, _flags(events[rows], sides, excess, reference))


def _candidates(events: Events, background: Background) -> Candidates:
    """Events that may be blasts, and of how many they are."""
    found = events[inside(background.compartment, events)]
    if len(found) < FEWEST:
        raise _none()
    few = _some(found, CHOSEN)
    return Candidates(few, round(len(events) * len(few) / len(found)))


def _sides(
    events: Events,
    found: Candidates,
    begun: tuple[GaussianMixture, Excess],
    background: Background,
) -> TwoSides:
    clusters, excess = begun
    few = _some(events, CHOSEN)
    normal = [background.mixture]
    if excess.normal.any():
        normal.append(only(clusters, excess.normal))
    others = few[~inside(background.compartment, few)]
    if len(others) >= PER_CLUSTER:  # the person's own cells that are no blasts, wherever they lie
        size = min(CLUSTERS, len(others) // PER_CLUSTER)
        normal.append(fit_mixture(others, size, seed=SEED))

    def fuller(blasts: GaussianMixture) -> NDArray[np.bool_]:
        return excess_of(blasts, found, background).times > GONE

    return refined(
        few,
        only(clusters, excess.leukaemic),
        tuple(normal),
        fuller=fuller,
        seed=SEED,
    )


def _some(events: Events, most: int) -> Events:
    if len(events) <= most:
        return events
    random = np.random.Generator(np.random.PCG64(SEED))
    return events[np.sort(random.choice(len(events), most, replace=False))]


def _check(blasts: Events, background: Background) -> None:
    """Raise `ValueFault` where `blasts` (m, d) are too few, or no blasts."""
    if len(blasts) < FEWEST:
        raise ValueFault(
            f"at least {FEWEST} blasts",
            f"{len(blasts)}",
            "acquire more events, or give a gate of the blasts",
        )
    elsewhere = 1 - float(inside(background.compartment, blasts).mean())
    if elsewhere > ELSEWHERE:
        raise ValueFault(
            "blasts of low side scatter with an antigen of B cells or progenitors",
            f"{100 * elsewhere:.0f} % of the cells found without",
            "give a gate of the blasts",
        )


def _none() -> ValueFault:
    return ValueFault(
        "more cells in some place of B-lineage or CD34+ blasts than normal marrow holds there",
        "no such place",
        "give a sample of diagnosis or relapse, or a gate of the blasts",
    )


def _flags(
    blasts: Events, sides: TwoSides, excess: Excess, reference: NormalReference
) -> tuple[str, ...]:
    said = []
    shares = clusters_of(sides.blasts)
    if len(shares) > 1:
        parts = ", ".join(f"{100 * share:.0f} %" for share in shares)
        said.append(f"blasts in {len(shares)} separate clusters: {parts}")
    if float(excess.times.max()) < CLEAR:
        said.append("blasts much like normal precursors")
    places = {marker: alone(reference.dimensions, marker) for marker in ("CD19", "CD22", "CD34")}
    dim = [name for name in ("CD19", "CD22") if _dark(blasts, places[name])]
    said += [f"most blasts dim or negative for {name}" for name in dim]
    if len(dim) == len([name for name in ("CD19", "CD22") if places[name]]):
        said.append("no antigen of B cells on most blasts: their lineage is not certain")
    return tuple(said)


def _dark(blasts: Events, places: tuple[int, ...]) -> bool:
    """Whether most blasts lack an antigen that the panel has."""
    return bool(places) and float(np.median(blasts[:, places[0]])) < NEGATIVE
