"""CAR-T cells that grow and are lost: a patient of the model of Stein 2019."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from residua.measures.stein_model import ORDER, log_copies, spread_of, typical_logs
from residua.simulate.assumptions import assumed
from residua.simulate.course.calendar import random_for
from residua.simulate.course.spec import CourseSpec
from residua.standards.stein_2019 import stein_2019


@dataclass(frozen=True)
class CarTCells:
    """The six parameters by name, in the units of `standards/stein_2019.toml`."""

    parameters: Mapping[str, float]

    def copies(self, days: NDArray[np.float64] | list[float]) -> NDArray[np.float64]:
        """True copies per ug of DNA at days (n,) after the infusion."""
        logs = np.log([self.parameters[name] for name in ORDER])
        return np.exp(log_copies(np.asarray(days, dtype=np.float64), logs))

    @property
    def lost_after(self) -> int:
        """The first whole day after the peak on which the copies can no longer be measured."""
        days = np.arange(round(self.parameters["Tmax"]) + 1, 2000, dtype=np.float64)
        low = self.copies(days) < assumed("car_t_cells", "low_for_b_cells")
        return int(days[int(np.argmax(low))])


def make_car_t_cells(spec: CourseSpec) -> CarTCells:
    """Each parameter from the published distribution, not its extremes; FB low: cells are lost."""
    random = random_for(spec, "car-t")
    widest = assumed("car_t_cells", "widest")
    model = stein_2019()
    below = ndtr(widest)
    z = ndtri(random.uniform(1 - below, below, len(ORDER)))  # a normal, cut off on both sides
    z *= assumed("car_t_cells", "spread")
    z[ORDER.index("FB")] = assumed("car_t_cells", "lost_part")
    values = np.exp(typical_logs(model) + z * spread_of(model))
    return CarTCells({name: float(f"{v:.4g}") for name, v in zip(ORDER, values, strict=True)})
