"""A control chart: targets, and the rules that each kept result breaks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from residua.facts.control_chart import ChainedResult
from residua.measures.validation.control_rules import (
    ControlPoint,
    Target,
    judge_points,
    target_of,
)


@dataclass(frozen=True)
class Judged:
    """A kept result, the rules it breaks, and whether it is one of those that set the target."""

    kept: ChainedResult
    value: float | None
    rules: tuple[str, ...]
    sets_target: bool


@dataclass(frozen=True)
class Chart:
    """All points in the order in which they were kept; `missing` results to a target."""

    points: tuple[Judged, ...]
    targets: dict[str, Target]
    missing: dict[str, int]
    added: int = 0
    notes: tuple[str, ...] = ()

    @property
    def simulated(self) -> bool:
        """Whether any file is made up."""
        return any(point.kept.result.simulated for point in self.points)

    @property
    def controls(self) -> tuple[str, ...]:
        """The controls in the order of their first result."""
        return tuple(dict.fromkeys(point.kept.result.control for point in self.points))


def chart_of(
    history: Sequence[ChainedResult], *, needed: int, added: int = 0, notes: Sequence[str] = ()
) -> Chart:
    """The chart of a history; a control's first `needed` results set its target where none is.

    Results that set the target are not judged, so that no flag ever changes.
    """
    points = [
        ControlPoint(one.result.control, one.result.where, _log(one.result.fraction))
        for one in history
    ]
    targets: dict[str, Target] = {}
    missing: dict[str, int] = {}
    setting: set[int] = set()
    for control in dict.fromkeys(point.control for point in points):
        places = [place for place, point in enumerate(points) if point.control == control]
        stated = history[places[0]].result
        if stated.target is not None and stated.sd is not None:
            targets[control] = Target(math.log10(stated.target), stated.sd)
            continue
        setting.update(places[:needed])
        found = target_of([points[place].value for place in places], points=needed)
        if found is not None:
            targets[control] = found
        elif len(places) < needed:
            missing[control] = needed - len(places)
        else:
            missing[control] = 0
    rules = judge_points(points, targets)
    judged = [
        Judged(one, point.value, () if place in setting else broken, place in setting)
        for place, (one, point, broken) in enumerate(zip(history, points, rules, strict=True))
    ]
    return Chart(tuple(judged), targets, missing, added, tuple(notes))


def _log(fraction: float) -> float | None:
    return math.log10(fraction) if fraction > 0 else None
