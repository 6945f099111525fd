"""Digital PCR as its instrument exports it: partitions and how many of them were positive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.errors import ValueFault

PartitionRole = Literal["unknown", "negative", "ntc"]


@dataclass(frozen=True)
class PartitionWell:
    """One target in one well; ``negative`` is DNA without the target, ``ntc`` no DNA at all.

    ``dna_ng`` is the DNA put into the reaction, None where it is not stated.
    """

    well: str
    sample: str
    target: str
    role: PartitionRole
    positive: int
    partitions: int
    dna_ng: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.positive <= self.partitions or self.partitions < 1:
            expected = "partitions, and at most as many positive ones"
            raise ValueFault(expected, "others", "correct the counts", field="positive")
