"""The quality behind an MRD result in words: cells, steps, haemodilution, compensation."""

from __future__ import annotations

from residua.facts.mrd_result import MrdResult
from residua.facts.quality import Enough, Haemodilution, QualityStep, SensitivityVerdict
from residua.views.wording import count_words, level_words

_RESIDUAL = "residual spillover"


def verdict_words(verdict: SensitivityVerdict) -> str:
    """Whether a level can be detected and quantified, before and after the quality steps."""
    after = verdict.detect_after_quality
    words = f"{level_words(verdict.level)}: {_enough(verdict.detect)} to detect, "
    words += f"{_enough(verdict.quantify)} to quantify"
    if after is not None and after.enough != verdict.detect.enough:
        words += f"; {_enough(after)} to detect after the quality steps"
    return words


def _enough(cells: Enough) -> str:
    """``enough``, or ``23 322 too few``."""
    return "enough" if cells.enough else f"{count_words(cells.missing)} too few"


def step_words(step: QualityStep) -> str:
    """``boundary: 441 of 300 000; 0.15 % of the events lie ...``."""
    if not step.assessed:
        return f"{step.step}: {step.status} ({step.reason})"
    part = f" ({step.status})" * step.partly
    counts = f"{count_words(step.removed)} of {count_words(step.before)}"
    return f"{step.step}{part}: {counts}; {step.reason}"


def usable_words(result: MrdResult) -> str:
    """What the steps leave, and whether the count goes by it."""
    removed = () if result.quality is None else result.quality.removed
    counted = f"not counted: events of {', '.join(removed)}"
    words = counted if removed else "the counts are those of the gates: nothing was removed"
    if result.events.after_quality is None:
        return words
    return f"{count_words(result.events.after_quality)} events left after all steps; {words}"


def dilution_words(found: Haemodilution) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The grade with its ratio and clause, and marks; or why there is none."""
    if found.grade is None or found.ratio is None:
        return (f"not assessable by the {found.method} ratio: {found.reason}",), ()
    counts = f"{count_words(found.immature or 0)} / {count_words(found.neutrophils or 0)}"
    ratio = f"{found.grade}: {found.method} ratio {found.ratio:.3g} ({counts})"
    if found.interval is not None:
        low, high = found.interval.low, found.interval.high
        ratio += f", 95 % counting interval {low:.3g} to {high:.3g}"
    rule = f"{found.clause} [{found.cite}]"
    marks = (f"provenance: {found.provenance}", "the MRD is not corrected by it")
    return (ratio, rule, *found.notes), marks


def compensation_words(result: MrdResult) -> tuple[str, ...]:
    """What is known of the spillover that is left."""
    notes = tuple(note for note in result.notes if _RESIDUAL in note)
    return notes or ("no matrix was applied: the values are used as they are",)
