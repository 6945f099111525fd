"""Levey-Jennings charts of control samples, judged by Westgard's rules.

Westgard, Barry, Hunt and Groth, Clin Chem 1981;27:493: 1-2s warns; 1-3s, 2-2s, R-4s, 4-1s and
10x reject. A rule over several results names the last of them, so that a flag once given never
changes when later results come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

WARNING = "1-2s"
RULES = ("1-2s", "1-3s", "2-2s", "R-4s", "4-1s", "10x")


@dataclass(frozen=True)
class Target:
    """Where a control should lie, in log10, and its SD; `points` it rests on (0: stated)."""

    mean: float
    sd: float
    points: int = 0


@dataclass(frozen=True)
class ControlPoint:
    """A control's result in one run, log10; None where nothing was counted."""

    control: str
    run: str
    value: float | None


def target_of(values: Sequence[float | None], *, points: int) -> Target | None:
    """Mean and SD of the first `points` results; None where there are fewer, or no spread.

    A result of nothing counts as one of them and has no logarithm: then there is none either.
    """
    first = values[:points]
    if len(first) < points or any(value is None for value in first):
        return None
    known = np.array([value for value in first if value is not None])
    sd = float(known.std(ddof=1))
    return Target(float(known.mean()), sd, points) if sd > 0 else None


def judge_points(
    points: Sequence[ControlPoint], targets: dict[str, Target]
) -> tuple[tuple[str, ...], ...]:
    """The rules that each point breaks, in order; none for a control without a target.

    A result of nothing lies beyond any limit: 1-3s, below.
    """
    scores = [_score(point, targets) for point in points]
    flags: list[tuple[str, ...]] = []
    for place, point in enumerate(points):
        z = scores[place]
        if z is None:
            flags.append(())
            continue
        own = [
            s for s, p in zip(scores[: place + 1], points, strict=False)
            if p.control == point.control and s is not None
        ]  # fmt: skip
        same_run = [
            s for s, p in zip(scores[:place], points, strict=False)
            if p.run == point.run and s is not None
        ]  # fmt: skip
        flags.append(_broken(z, own, same_run))
    return tuple(flags)


def _score(point: ControlPoint, targets: dict[str, Target]) -> float | None:
    target = targets.get(point.control)
    if target is None:
        return None
    return -np.inf if point.value is None else (point.value - target.mean) / target.sd


def _broken(z: float, own: Sequence[float], same_run: Sequence[float]) -> tuple[str, ...]:
    """`own` are the control's scores up to this one; `same_run` the earlier ones of the run."""
    twice = _beyond(own, 2, 2) or any(_side(z, 2) and _side(z, 2) == _side(s, 2) for s in same_run)
    opposite = any(_side(z, 2) * _side(s, 2) == -1 for s in same_run)
    found = {
        "1-2s": abs(z) > 2,
        "1-3s": abs(z) > 3,
        "2-2s": twice,
        "R-4s": opposite,
        "4-1s": _beyond(own, 4, 1),
        "10x": _beyond(own, 10, 0),
    }
    return tuple(rule for rule in RULES if found[rule])


def _side(z: float, limit: float) -> int:
    """1 or -1 beyond the limit, else 0."""
    return int(z > limit) - int(z < -limit)


def _beyond(own: Sequence[float], count: int, limit: float) -> bool:
    """Whether the last `count` scores lie beyond `limit` on one side."""
    sides = {_side(z, limit) for z in own[-count:]}
    return len(own) >= count and len(sides) == 1 and sides != {0}
