"""Whether the cells counted are enough for a level of MRD."""

from __future__ import annotations

from residua.facts.quality import Enough, SensitivityVerdict
from residua.standards.mrd_counting import CountingPolicy

ONE_IN = (10_000, 100_000)  # 1e-4 and 1e-5, as whole cells so that nothing is rounded


def measure_sensitivity(
    counted: int, policy: CountingPolicy, *, usable: int | None = None
) -> tuple[SensitivityVerdict, ...]:
    """For 1e-4 and 1e-5: are the cells enough to detect, and to quantify, that level?

    A level L is reached where the policy's events / N <= L, so N is to be at least events / L.
    `usable` are the cells of the denominator left after the quality steps, where known.
    """
    return tuple(
        SensitivityVerdict(
            level=1 / one_in,
            detect=Enough(policy.lod * one_in, counted),
            quantify=Enough(policy.lloq * one_in, counted),
            detect_after_quality=None if usable is None else Enough(policy.lod * one_in, usable),
            quantify_after_quality=None if usable is None else Enough(policy.lloq * one_in, usable),
        )
        for one_in in ONE_IN
    )
