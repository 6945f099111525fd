"""One value under one term and version, with the limits and the baseline that it was graded by."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from residua.facts.quantity import Quantity
from residua.judgements.toxicity.moments import Baseline, Value
from residua.judgements.unjudged import published_after
from residua.standards import ctcae
from residua.standards.grade_book import GradeBook, Term
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grade_known import BASELINE, unit_fits
from residua.standards.grading import Grading


class GradedValue(NamedTuple):
    """One value under one term and version.

    ``lower``, ``upper`` and ``baseline`` are those that it was graded with; ``beside`` are
    other facts that the grade rests on.
    """

    value: Value
    grading: Grading
    lower: Quantity | None
    upper: Quantity | None
    baseline: Value | None
    flags: tuple[str, ...]
    published_after: bool
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grader:
    """Grades the values of one term of one version; equal texts are graded once."""

    book: GradeBook
    term: Term
    _known: dict[tuple[str, ...], Grading] = field(default_factory=dict)

    def row(self, value: Value, baseline: Baseline, flags: tuple[str, ...]) -> GradedValue:
        """The value with its grade, beginning its flags with those given."""
        lower = _limit(value, "lower") if "lln" in self._asks else None
        upper = _limit(value, "upper") if "uln" in self._asks else None
        asked = BASELINE in self._asks and not value.place.unsure
        known = baseline.value if asked else None
        base = _as_baseline(known, value) if known else None
        none = asked and value.place.before_any
        grading = self._grading(value.value, lower, upper, base, none)
        return GradedValue(
            value, grading, lower, upper, known if base else None,
            (*flags, *grading.flags), published_after(self.book.published, value.item.span),
        )  # fmt: skip

    @cached_property
    def _asks(self) -> frozenset[str]:
        return self.term.names

    def _grading(
        self,
        value: Quantity,
        lower: Quantity | None,
        upper: Quantity | None,
        base: Quantity | None,
        none: bool,
    ) -> Grading:
        key = (str(value), str(lower), str(upper), str(base), str(none))
        found = self._known.get(key)
        if found is None:
            findings = {BASELINE: "none"} if none else {}
            given = GradeInputs(value, lower, upper, base, findings)
            found = self._known[key] = self._graded(given, value)
        return found

    def _graded(self, given: GradeInputs, value: Quantity) -> Grading:
        if unit_fits(value.unit, self.term) and value.value >= 0:
            return ctcae.grade(self.term.id, given, version=self.book.version)
        reason = f"{self.term.id}: stated in {value.unit}, in which the term is not graded"
        open_value = GradeInputs(findings=given.findings)
        grading = ctcae.grade(self.term.id, open_value, version=self.book.version)
        return replace(grading, reason=reason)


def _limit(value: Value, name: str) -> Quantity | None:
    """A limit of normal in the unit of the value; a bound or 0 is none."""
    limit: Quantity | None = getattr(value.fact, name, None)
    if limit is None or limit.censored or limit.value <= 0:
        return None
    if limit.unit == value.value.unit:
        return limit
    return limit.to(value.value.unit) if limit.kind == value.value.kind else None


def _as_baseline(known: Value, value: Value) -> Quantity | None:
    """The baseline in the unit of the value; a bound, 0 or a unit of another kind is none."""
    base = known.value
    if base.censored or base.value <= 0 or base.kind != value.value.kind:
        return None
    return base if base.unit == value.value.unit else base.to(value.value.unit)
