"""Measurable residual disease: one result of one method, with its denominator and limits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from residua.errors import ValueFault
from residua.facts.fact import Fact, Id
from residua.facts.quantity import Fraction, Quantity
from residua.facts.specimen import Tissue

Status = Literal[
    "quantified", "detected below LLOQ", "not detected", "positive", "negative", "not assessable"
]
DenominatorKind = Literal["nucleated", "cd45", "mononuclear", "dna", "reads", "abl1"]


def _agrees(fraction: Quantity, numerator: int, denominator: int) -> bool:
    """Whether the counts round to the fraction's printed digits (or lie within its bound)."""
    printed = fraction.to("1").value
    counted = Decimal(numerator) / denominator
    if fraction.censored:
        return counted <= printed if "<" in fraction.comparator else counted >= printed
    if not printed:
        return numerator == 0
    exponent = fraction.value.as_tuple().exponent
    assert isinstance(exponent, int)  # a Quantity is finite
    half_digit = Quantity(Decimal(5).scaleb(exponent - 1), fraction.unit).to("1").value
    # A fraction computed in double precision is printed with digits that it does not have.
    return abs(counted - printed) <= half_digit + printed * Decimal("1e-12")


class MrdReading(Fact):
    """``fraction`` of the denominator; "positive" and "negative" are as a hospital reports.

    ``interval`` (two-sided 95 %, counting uncertainty only) and ``flags`` come with results
    that Residua measured itself (``measured_from`` names their files).
    """

    table: ClassVar[str] = "mrd"
    specimen: Id | None = None
    tissue: Tissue | None = None
    method: str | None = None
    target: str | None = None
    status: Status | None = None
    fraction: Fraction | None = None
    numerator: int | None = Field(default=None, ge=0)
    denominator: int | None = Field(default=None, ge=1)
    denominator_kind: DenominatorKind | None = None
    lod: Fraction | None = None
    lloq: Fraction | None = None
    interval: tuple[float, float] | None = None
    flags: tuple[str, ...] = ()
    measured_from: tuple[str, ...] = ()

    @field_validator("method", mode="before")
    @classmethod
    def _method_in_lower_case(cls, raw: Any) -> Any:
        return raw.strip().lower() if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _counts_fit(self) -> MrdReading:
        if self.numerator is None or self.denominator is None:
            return self
        if self.numerator > self.denominator:
            raise ValueFault(
                "a numerator of at most the denominator", "a larger one", "correct the counts",
                field="numerator",
            )  # fmt: skip
        if self.fraction and not _agrees(self.fraction, self.numerator, self.denominator):
            raise ValueFault(
                "the fraction that the counts give, as far as it is printed", "another one",
                "correct the fraction or the counts", field="fraction",
            )  # fmt: skip
        return self

    @property
    def refers_to(self) -> dict[str, str]:
        """Also the specimen."""
        return super().refers_to | ({"specimen": self.specimen} if self.specimen else {})

    @property
    def level(self) -> float | None:
        """The fraction as a float, from the counts where only they are given; None if neither."""
        if self.fraction is not None:
            return self.fraction.number
        if self.numerator is not None and self.denominator is not None:
            return self.numerator / self.denominator
        return None

    @property
    def modality(self) -> str:
        """``flow``, ``pcr``, ``ngs``, another method's own name, or ``method not stated``."""
        return self.method or "method not stated"
