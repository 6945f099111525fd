"""Karyotype, FISH, PCR, sequencing and arrays."""

from __future__ import annotations

from typing import ClassVar, Literal

from residua.facts.fact import Fact, Words


class Genetics(Fact):
    """One genetic test; ``lesions`` by their usual names (``BCR::ABL1``)."""

    table: ClassVar[str] = "genetics"
    method: Literal["karyotype", "fish", "pcr", "ngs", "array"] | None = None
    result: Literal["normal", "abnormal", "none found"] | None = None
    lesions: Words = ()
