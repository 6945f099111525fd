"""CAR-T kinetics by the model of Stein 2019: growth to a maximum, then a fall in two phases.

t < Tmax: R0 e^(rho t) with rho = ln(foldx) / Tmax and R0 = Cmax / foldx; from Tmax on
(1 - FB) Cmax e^(-alpha (t - Tmax)) + FB Cmax e^(-beta (t - Tmax)). Days since the infusion,
copies/ug of DNA. All of it in natural logarithms of the parameters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from residua.errors import ValueFault
from residua.standards.stein_2019 import KineticModel

Array = npt.NDArray[np.float64]
ORDER = ("foldx", "Tmax", "Cmax", "alpha", "FB", "beta")
_ALMOST_ALL = 1 - 1e-9


def typical_logs(model: KineticModel) -> Array:
    """Natural logarithms of the typical parameters, shape (6,), in `ORDER`."""
    found = {p.id: p.value for p in model.parameters}
    return np.log([found[name] for name in ORDER])


def spread_of(model: KineticModel) -> Array:
    """Standard deviations of those logarithms over patients, shape (6,)."""
    found = {p.id: p.variance for p in model.parameters}
    return np.sqrt([found[name] for name in ORDER])


def log_copies(days: Array, logs: Array) -> Array:
    """ln of the curve at `days` (n,) for parameters `logs` (..., 6); shape (..., n)."""
    checked_days(days)
    fold = logs[..., 0, None]
    top, peak, fast, part, slow = (np.exp(logs[..., k, None]) for k in (2, 1, 3, 4, 5))
    part = np.minimum(part, _ALMOST_ALL)
    growth = np.log(top) - fold * (1 - days / peak)
    since = np.maximum(days - peak, 0.0)
    fall = np.log(top) + np.logaddexp(np.log1p(-part) - fast * since, np.log(part) - slow * since)
    return np.asarray(np.where(days < peak, growth, fall))


def log_copies_slopes(days: Array, logs: Array) -> Array:
    """Derivatives of `log_copies` by each parameter's logarithm, shape (n, 6), for one patient."""
    peak, fast, part, slow = (float(np.exp(logs[k])) for k in (1, 3, 4, 5))
    part = min(part, _ALMOST_ALL)
    since = np.maximum(days - peak, 0.0)
    quick, late = (1 - part) * np.exp(-fast * since), part * np.exp(-slow * since)
    both = np.maximum(quick + late, 1e-300)
    fall = np.stack(
        [
            np.zeros_like(days),
            peak * (fast * quick + slow * late) / both,
            np.ones_like(days),
            -fast * since * quick / both,
            (late - quick * part / (1 - part)) / both,
            -slow * since * late / both,
        ]
    )
    growth = np.zeros_like(fall)
    growth[0], growth[1], growth[2] = days / peak - 1, -logs[0] * days / peak, 1.0
    return np.asarray(np.where(days < peak, growth, fall).T)


def checked_days(days: Array) -> None:
    """Raises `ValueFault` for days before the infusion."""
    if days.size and not (np.isfinite(days).all() and days.min() >= 0):
        raise ValueFault("days from the infusion on", "a time before it", "leave it out")


def population_percentiles(
    model: KineticModel,
    days: Sequence[float],
    *,
    percentiles: Sequence[float] = (5, 25, 50, 75, 95),
    patients: int = 4000,
    seed: int = 1,
) -> Array:
    """Percentiles of the curves of simulated patients, copies/ug, shape (percentiles, n).

    Curves without the residual error, each parameter lognormal and by itself; a fixed seed.
    """
    times = np.asarray(days, dtype=np.float64)
    random = np.random.default_rng(seed)
    drawn = random.standard_normal((patients, len(ORDER))) * spread_of(model)
    curves = log_copies(times, typical_logs(model) + drawn)
    return np.asarray(np.exp(np.percentile(curves, percentiles, axis=0)))
