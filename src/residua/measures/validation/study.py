"""A whole validation from the results of a series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.facts.validation_series import SeriesResult
from residua.measures.validation.agreement import (
    Agreement,
    Differences,
    measure_agreement,
    measure_differences,
)
from residua.measures.validation.blanks import LimitOfBlank, limit_of_blank
from residua.measures.validation.levels import (
    Level,
    QuantificationLimit,
    is_detected,
    measure_levels,
    quantification_limit,
)
from residua.measures.validation.linearity import Linearity, measure_linearity
from residua.measures.validation.probit import DetectionLimit, Hits, detection_limit
from residua.standards.assay_validation import ValidationNumbers


@dataclass(frozen=True)
class Study:
    """What a series says of an assay.

    `claimed_lod` is the larger of the probit limit and the limit of blank, `claimed_lloq` the
    larger of the LLOQ and that; None where they are not assessable.
    """

    blank: LimitOfBlank
    detection: DetectionLimit
    quantification: QuantificationLimit
    levels: tuple[Level, ...]
    linearity: Linearity
    agreements: tuple[Agreement, ...]
    differences: Differences | None

    @property
    def claimed_lod(self) -> float | None:
        """The level that the assay detects with 95 % probability."""
        if self.detection.level is None:
            return None
        return max(self.detection.level, self.blank.claimed or 0.0)

    @property
    def claimed_lloq(self) -> float | None:
        """The level from which on a number may be given."""
        if self.quantification.level is None:
            return None
        return max(self.quantification.level, self.claimed_lod or 0.0)


def study_of(results: Sequence[SeriesResult], numbers: ValidationNumbers) -> Study:
    """The validation of `results`, each with cells in its denominator."""
    blank = limit_of_blank([r.fraction for r in results if r.row.blank], numbers)
    levels = measure_levels(results, blank_limit=blank.claimed, numbers=numbers)
    hits = [Hits(level.expected, level.detected, level.count) for level in levels]
    detection = detection_limit(hits, numbers)
    limit = detection.level
    quantification = quantification_limit(levels, detection=limit, numbers=numbers)
    return Study(
        blank, detection, quantification, levels,
        _linearity(results, levels, numbers),
        _agreements(results, numbers),
        _differences(results, numbers),
    )  # fmt: skip


def _linearity(
    results: Sequence[SeriesResult], levels: Sequence[Level], numbers: ValidationNumbers
) -> Linearity:
    """Levels that were detected each time: to leave out single zeros would bend the line."""
    whole = {
        level.expected
        for level in levels
        if level.detected == level.count
    }  # fmt: skip
    pairs = [
        (r.row.expected, r.fraction)
        for r in results
        if r.row.expected is not None and r.row.expected in whole and r.numerator
    ]
    out = [level.expected for level in levels if level.expected not in whole]
    return measure_linearity(pairs, numbers=numbers, left_out=out)


def _agreements(
    results: Sequence[SeriesResult], numbers: ValidationNumbers
) -> tuple[Agreement, ...]:
    """Against what was expected, and against the reference method, where either is known."""
    made = [
        (0.0 if r.row.blank else r.row.expected, r.fraction)
        for r in results
        if r.row.blank or r.row.expected is not None
    ]
    compared = [(r.row.reference, r.fraction) for r in results if r.row.reference is not None]
    expected = [(truth, value) for truth, value in made if truth is not None]
    referred = [(truth, value) for truth, value in compared if truth is not None]
    return tuple(
        measure_agreement(pairs, against=name, numbers=numbers)
        for name, pairs in (("expected", expected), ("reference", referred))
        if pairs
    )


def _differences(results: Sequence[SeriesResult], numbers: ValidationNumbers) -> Differences | None:
    pairs = [(r.row.reference, r.fraction) for r in results if r.row.reference is not None]
    known = [(truth, value) for truth, value in pairs if truth is not None]
    return measure_differences(known, numbers=numbers) if known else None


def detected_of(results: Sequence[SeriesResult], study: Study) -> tuple[bool, ...]:
    """Whether each result counted as detected in the study."""
    return tuple(is_detected(result, study.blank.claimed) for result in results)
