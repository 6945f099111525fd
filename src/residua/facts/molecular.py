"""MRD of one sample by a molecular method, before it is a fact of a course."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.errors import ValueFault
from residua.facts.interval import Interval

MolecularStatus = Literal[
    "quantified", "detected below LLOQ", "not detected", "positive", "not assessable"
]


INSENSITIVE = "negative with insufficient sensitivity"
"""How the reason begins where nothing was found that a sample of this input would show."""


@dataclass(frozen=True)
class MolecularLevel:
    """What one method says of one sample, as a fraction of a named denominator.

    ``fraction`` is None unless quantified ("positive" is without a number); ``sample`` is its
    name on the plate or in the file.
    ``kind`` of the denominator is dna, reads, abl1 or nucleated; ``numerator`` and
    ``denominator`` are counts, where the method counts. ``input`` says in words what went into
    the assay (such as "3 x 600 ng DNA").
    """

    sample: str
    method: Literal["pcr", "dpcr", "ngs"]
    target: str
    status: MolecularStatus
    kind: Literal["dna", "reads", "abl1", "nucleated"]
    reason: str = ""
    fraction: float | None = None
    interval: Interval | None = None
    numerator: int | None = None
    denominator: int | None = None
    lod: float | None = None
    lloq: float | None = None
    input: str = ""
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.fraction is not None) != (self.status == "quantified"):
            raise ValueFault("a fraction where quantified, and only there", "another", "correct it")
        if self.status == "not assessable" and not self.reason:
            raise ValueFault("a reason why it is not assessable", "none", "add it")
