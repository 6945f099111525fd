"""The level that stands for a specimen of several tubes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from residua.facts.mrd_result import MrdLevel, TubeResult
from residua.measures.mrd_level import leading


def leading_level(results: Sequence[TubeResult]) -> tuple[int, MrdLevel]:
    """The place of the leading tube, and its level with flags on tubes of a higher fraction."""
    levels = [result.level for result in results]
    place = leading(levels)
    chosen = levels[place]
    higher = [
        f"tube {result.tube} has a higher fraction, which is {result.level.status}"
        for result in results
        if (result.level.fraction or 0) > (chosen.fraction or 0)
    ]
    return place, replace(chosen, flags=(*chosen.flags, *higher))
