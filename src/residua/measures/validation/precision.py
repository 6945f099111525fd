"""Repeatability and reproducibility: variance components of nested and crossed factors.

Sequential sums of squares of the factors in their order are set equal to their expectations
(Searle, Casella and McCulloch 1992, chapter 5; the way of the R package VCA for CLSI EP05-A3),
which holds for unbalanced series too. Degrees of freedom of a sum of components follow
Satterthwaite (Biometrics Bulletin 1946;2:110) with the variances that normal effects give.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.interval import Interval
from residua.measures.validation.laws import sd_interval

Values = NDArray[np.float64]
EXACT = "chi-square, exact for normal results"
SATTERTHWAITE = "chi-square by Satterthwaite"
_ROUNDING = 1e-12  # of the largest component


@dataclass(frozen=True)
class Component:
    """The part of the variance that a factor brings; `raw` may be below 0, `variance` is not."""

    factor: str
    levels: int
    variance: float | None
    raw: float | None
    reason: str = ""


@dataclass(frozen=True)
class Precision:
    """Repeatability (within a run) and the total of all factors, as SD and CV.

    `freedom` are degrees of freedom; intervals are those of the SD, divided by the mean for
    the CV. None with a `reason` where the series does not tell them.
    """

    mean: float
    components: tuple[Component, ...]
    repeatability: float | None
    repeatability_freedom: int
    repeatability_interval: Interval | None
    reproducibility: float | None
    reproducibility_freedom: float | None
    reproducibility_interval: Interval | None
    reason: str = ""

    def cv(self, sd: float | None) -> float | None:
        """An SD over the mean."""
        return None if sd is None or self.mean <= 0 else sd / self.mean


def measure_precision(
    values: Sequence[float], factors: Sequence[tuple[str, Sequence[Hashable]]], *, level: float
) -> Precision:
    """Components of `values` by `factors` (name, one label per value), the widest first.

    A factor that the ones before it already tell apart, or that has one level, is left out
    and said.
    """
    y = np.asarray(values, dtype=np.float64)
    mean = float(y.mean()) if len(y) else math.nan
    told, spaces, incidences, left_out = _spaces(y, factors)
    freedom = len(y) - (spaces[-1].shape[1] if spaces else 1)
    if len(y) < 2 or freedom < 1:
        why = "no run measured this level twice"
        return Precision(mean, tuple(left_out), None, 0, None, None, None, None, why)
    estimated = _estimate(y, spaces, incidences)
    components = [
        Component(name, z.shape[1], max(0.0, raw), raw)
        for name, z, raw in zip(told, incidences, estimated.variances, strict=False)
    ]
    repeatability = math.sqrt(max(0.0, estimated.variances[-1]))
    total = sum(max(0.0, raw) for raw in estimated.variances)
    wide = math.sqrt(total)
    wide_freedom = estimated.freedom if components else float(freedom)
    in_order = {name: place for place, (name, _) in enumerate(factors)}
    shown = sorted([*components, *left_out], key=lambda one: in_order[one.factor])
    return Precision(
        mean, tuple(shown), repeatability, freedom,
        sd_interval(repeatability, freedom, level=level, kind=EXACT),
        wide, wide_freedom,
        sd_interval(wide, wide_freedom, level=level, kind=SATTERTHWAITE if components else EXACT),
    )  # fmt: skip


def _spaces(
    y: Values, factors: Sequence[tuple[str, Sequence[Hashable]]]
) -> tuple[list[str], list[Values], list[Values], list[Component]]:
    """Factors kept, bases of the growing column spaces, incidences, and the factors left out."""
    base = np.full((len(y), 1), 1 / math.sqrt(max(1, len(y))))
    told: list[str] = []
    spaces: list[Values] = [base]
    incidences: list[Values] = []
    left_out: list[Component] = []
    for name, labels in factors:
        z = _incidence(labels)
        if z.shape[1] < 2:
            reason = "one level" if z.shape[1] else "not stated"
            left_out.append(Component(name, z.shape[1], None, None, reason))
            continue
        new = _beyond(spaces[-1], z)
        if new.shape[1] == 0:
            reason = "told apart by the factors before it already"
            left_out.append(Component(name, z.shape[1], None, None, reason))
            continue
        told.append(name)
        spaces.append(np.hstack([spaces[-1], new]))
        incidences.append(z)
    return told, spaces, incidences, left_out


def _incidence(labels: Sequence[Hashable]) -> Values:
    kept = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    z = np.zeros((len(labels), len(kept)))
    z[np.arange(len(labels)), [kept[label] for label in labels]] = 1
    return z


def _beyond(base: Values, z: Values) -> Values:
    """An orthonormal basis of what `z` adds to the space of `base`."""
    rest = z - base @ (base.T @ z)
    left, sizes, _ = np.linalg.svd(rest, full_matrices=False)
    kept: Values = left[:, sizes > 1e-9 * max(1.0, float(np.abs(z).sum()))]
    return kept


@dataclass(frozen=True)
class _Estimate:
    variances: tuple[float, ...]
    freedom: float


def _estimate(y: Values, spaces: Sequence[Values], incidences: Sequence[Values]) -> _Estimate:
    """Variances of the factors and, last, of the residual; freedom of their sum."""
    count = len(y)
    steps = [
        spaces[i][:, spaces[i - 1].shape[1] :] @ spaces[i][:, spaces[i - 1].shape[1] :].T
        for i in range(1, len(spaces))
    ]
    steps.append(np.eye(count) - spaces[-1] @ spaces[-1].T)
    covers = [*(z @ z.T for z in incidences), np.eye(count)]
    expected = np.array([[float((q * v).sum()) for v in covers] for q in steps])
    squares = np.array([float(y @ q @ y) for q in steps])
    inverse = np.linalg.inv(expected)
    raw = inverse @ squares
    raw = np.where(np.abs(raw) < _ROUNDING * np.abs(raw).max(), 0.0, raw)
    kept = np.maximum(raw, 0)
    law = np.tensordot(kept, np.stack(covers), axes=1)
    spread = np.array(
        [[2 * float(np.trace(one @ law @ two @ law)) for two in steps] for one in steps]
    )
    weights = inverse.sum(axis=0)
    variance = float(weights @ spread @ weights)
    total = float(kept.sum())
    freedom = 2 * total**2 / variance if variance > 0 else float(count - 1)
    return _Estimate(tuple(map(float, raw)), min(freedom, float(count - 1)))
