"""How many cells of a gate express an antigen, and how strongly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.antigen_expression import AntigenExpression
from residua.measures.limits import clopper_pearson
from residua.standards.antigen_positivity import is_positive

Values = NDArray[np.float64]
PERCENTILE = 99.0
FEW_BLASTS = 50
_CLIPPED = "half the events or more lie at the end of the range: the ratio is a lower bound"
MASKING = "possible masking or internalisation"


@dataclass(frozen=True, eq=False)
class AntigenValues:
    """What one antigen is measured from, all files of a tube together.

    `scaled` (k,) are the values of the k cells in units of the marker's scale, `linear` the
    same cells compensated and linear, `negative` and `negative_scaled` the values of the
    negative population (None where none is named), `at_top` the cells at the end of the range.
    """

    scaled: Values
    linear: Values
    negative: Values | None = None
    negative_scaled: Values | None = None
    at_top: int = 0


def threshold_from(values: Values) -> float | None:
    """The 99th percentile (linear interpolation) of a negative population; None where empty."""
    known = values[np.isfinite(values)]
    return float(np.percentile(known, PERCENTILE)) if len(known) else None


def measure_antigen(
    values: AntigenValues,
    *,
    marker: str,
    of: str,
    threshold: float | None,
    may_be_masked: bool = False,
    flags: tuple[str, ...] = (),
) -> AntigenExpression:
    """Percent at or above `threshold` with its exact interval, and the ratio of medians.

    `positive` is judged by the point estimate and None where no cell or no threshold is there.
    `may_be_masked` says that a drug which binds the antigen was given shortly before: a
    negative reading is then flagged. Cells without a value are left out and flagged.
    """
    scaled = values.scaled[~np.isnan(values.scaled)]
    total, unknown = len(scaled), len(values.scaled) - len(scaled)
    ratio, ratio_flags = _ratio(values)
    notes = [*flags, *ratio_flags]
    if unknown:
        notes.append(f"{unknown} events of {of} hold no value of {marker}, not counted")
    if total == 0:
        notes.append(f"no events in {of}")
    elif total < FEW_BLASTS:
        notes.append(f"fewer than {FEW_BLASTS} blasts: read the interval")
    if total == 0 or threshold is None:
        return AntigenExpression(marker, of, ratio=ratio, threshold=threshold, flags=tuple(notes))
    above = int(np.count_nonzero(scaled >= threshold))
    percent = 100.0 * above / total
    positive = is_positive(percent)
    if may_be_masked and not positive:
        notes.append(MASKING)
    return AntigenExpression(
        marker=marker,
        of=of,
        percent=percent,
        interval=clopper_pearson(above, total, scale=100.0),
        ratio=ratio,
        threshold=threshold,
        positive=positive,
        flags=tuple(notes),
    )


def pooled(parts: Sequence[AntigenValues]) -> AntigenValues:
    """The values of several files of one tube as one."""
    return AntigenValues(
        scaled=np.concatenate([part.scaled for part in parts]),
        linear=np.concatenate([part.linear for part in parts]),
        negative=_joined([part.negative for part in parts]),
        negative_scaled=_joined([part.negative_scaled for part in parts]),
        at_top=sum(part.at_top for part in parts),
    )


def _joined(parts: Sequence[Values | None]) -> Values | None:
    known = [part for part in parts if part is not None]
    return np.concatenate(known) if known else None


def not_in_panel(marker: str, of: str) -> AntigenExpression:
    """The entry of a marker that no tube holds: unknown, never negative."""
    return AntigenExpression(marker, of, flags=("not in panel",))


def _ratio(values: AntigenValues) -> tuple[float | None, tuple[str, ...]]:
    if values.negative is None:
        return None, ()
    cells, negative = (part[np.isfinite(part)] for part in (values.linear, values.negative))
    if not len(cells):
        return None, ()
    if not len(negative):
        return None, ("no ratio: the negative population holds no events",)
    below = float(np.median(negative))
    if not below > 0:
        return None, ("no ratio: the median of the negative population is not above 0",)
    clipped = 2 * values.at_top >= len(cells)
    return float(np.median(cells)) / below, (_CLIPPED,) * clipped
