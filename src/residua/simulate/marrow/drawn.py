"""Everything that chance decides about one simulated marrow before its events are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from residua.simulate.marrow.batch import draw_chain, tandem_skew
from residua.simulate.marrow.clone import Clone, blast_law, draw_clone, drift_of, hidden_law
from residua.simulate.marrow.laboratory import Chain
from residua.simulate.marrow.law import Law
from residua.simulate.marrow.normal import composition, debris_law, normal_laws
from residua.simulate.marrow.populations import HAEMATOGONES
from residua.simulate.marrow.spec import INSEPARABLE, MarrowSpec
from residua.simulate.marrow.tubes import Tube, tube

BLASTS, DEBRIS, DOUBLET = "blasts", "debris", "doublet"


@dataclass(frozen=True, eq=False)
class DrawnMarrow:
    """The laws of one tube. `shares` (p,) of the normal cells, `counts` (p,) cells of them."""

    spec: MarrowSpec
    tube: Tube
    normal: tuple[Law, ...]
    shares: NDArray[np.float64]
    counts: NDArray[np.int64]
    blasts: Law
    debris: Law
    chain: Chain
    clone: Clone
    drift: Mapping[str, float]


def draw_marrow(spec: MarrowSpec) -> DrawnMarrow:
    """The laws that `spec` and its seeds stand for."""
    seen = tube(spec.panel, spec.tube)
    tandem, clone, shares = tandem_skew(spec, seen), draw_clone(spec), composition(spec)
    normal = normal_laws(spec, seen, tandem)
    (precursors,) = (law for law in normal if law.name == HAEMATOGONES)
    hidden = spec.clone == INSEPARABLE
    return DrawnMarrow(
        spec,
        seen,
        normal,
        shares,
        largest_remainder(spec.cells - spec.blast_count, shares),
        hidden_law(clone, precursors) if hidden else blast_law(spec, seen, clone, tandem),
        debris_law(spec, seen, tandem),
        draw_chain(spec, seen),
        clone,
        MappingProxyType(drift_of(spec)),
    )


def largest_remainder(cells: int, shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole cells by `shares` that add up to `cells`, the left ones by largest remainder."""
    exact = cells * shares
    found = np.floor(exact).astype(np.int64)
    order = np.argsort(found - exact, kind="stable")
    found[order[: cells - int(found.sum())]] += 1
    return found
