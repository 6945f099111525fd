"""What a patient's blasts look like, and how far they may have drifted since."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.laip.box import Box
from residua.measures.mixture import GaussianMixture

Values = NDArray[np.float64]
Events = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Drift:
    """How blasts may have moved since the sample they are known from, in display decades.

    `mean` (d,) and `covariance` (d, d) of one Gaussian shift that all blasts of a follow-up share:
    biology, what the alignment of the diagnosis leaves, and what that of a follow-up does.
    """

    mean: Values
    covariance: Values


@dataclass(frozen=True, eq=False)
class Laip:
    """Blasts on the scale of the references.

    `mixture` describes them as they were; `held_out` (m, d) are blasts that it has not seen, for
    pseudo-spikes; `losable` are columns of antigens that blasts may lose (CD19, CD22 where the
    panel has them, each alone on its detector). `box` is open towards the loss of those. `alarms`
    say why the sample of the blasts may be misplaced, `sources` are digests of the files.
    """

    dimensions: tuple[str, ...]
    mixture: GaussianMixture
    drift: Drift
    box: Box
    held_out: Events
    losable: tuple[int, ...]
    flags: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        d = len(self.dimensions)
        shapes = {self.mixture.channels, len(self.drift.mean), len(self.box.low)}
        if shapes != {d} or self.held_out.shape[1:] != (d,) or not len(self.held_out):
            raise ValueFault("a phenotype of the panel's dimensions", "another", "fit it anew")
