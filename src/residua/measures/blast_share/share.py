"""The model by which a share is estimated, and the estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.measures.laip.laip import Laip, Values
from residua.measures.mixture import GaussianMixture

State = tuple[int, ...]  # the columns of the antigens that blasts of this state have lost


@dataclass(frozen=True, eq=False)
class ShareModel:
    """A patient's blasts against normal cells in the same box.

    `normal` holds normal events of the box. `open` are the columns whose loss counts as a blast's
    (a therapy has aimed at them); without any, a blast has to be as it was, drift apart.
    """

    laip: Laip
    normal: GaussianMixture
    open: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Share:
    """An estimate over n events in the box.

    `blasts` and `neither` are shares of the n events, `posterior` (n,) the probability of each to
    be a blast, `shift` (d,) the drift of the blasts, `precursors` (d,) the translation of the
    normal cells, `states` what share of the blasts has lost what. `first` is the estimate of the
    first pass, before the drift was sought: the better detector where the second is the meter.
    """

    blasts: float
    neither: float
    posterior: NDArray[np.float64]
    shift: Values
    precursors: Values
    states: Mapping[State, float]
    first: float
