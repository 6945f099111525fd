"""A validation with everything behind it: what its document, report and policy are made of."""

from __future__ import annotations

from dataclasses import dataclass

from residua.facts.mrd_result import FileDigest
from residua.facts.validation_series import Series, SeriesResult
from residua.measures.validation.study import Study
from residua.standards.assay_validation import ValidationNumbers
from residua.standards.mrd_counting import CountingPolicy


@dataclass(frozen=True)
class Approach:
    """How the files were measured: by which gates, and by which counting policy."""

    name: str
    gates: FileDigest
    policy: CountingPolicy


@dataclass(frozen=True)
class Validated:
    """The study of a series; `left_out` are results without cells, `date` its latest day."""

    series: Series
    approach: Approach
    results: tuple[SeriesResult, ...]
    left_out: tuple[SeriesResult, ...]
    study: Study
    numbers: ValidationNumbers
    date: str | None

    @property
    def simulated(self) -> bool:
        """Whether any file is made up."""
        return any("simulated" in one.flags for one in (*self.results, *self.left_out))

    @property
    def policy_name(self) -> str:
        """The name of the policy: the approach's own, the series and its date."""
        parts = (self.approach.policy.id, "validated", self.date or self.series.sha256[:8])
        return "-".join(parts)
