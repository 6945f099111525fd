"""An occasion on which disease was looked for, and the phenotype seen there."""

from __future__ import annotations

from typing import ClassVar, Literal

from residua.facts.fact import Fact, Id
from residua.facts.marker_names import Markers
from residua.facts.quantity import Fraction


class Assessment(Fact):
    """``blasts`` is the fraction of cells by this ``kind`` of reading.

    ``response_reported`` is what the source calls the response: an assertion, not a verdict.
    ``context`` says why it was done, such as ``end of induction``.
    """

    table: ClassVar[str] = "assessment"
    specimen: Id | None = None
    context: str | None = None
    kind: (
        Literal[
            "morphology", "differential", "flow", "imaging", "csf", "exam", "chimerism",
            "performance",
        ]
        | None
    ) = None  # fmt: skip
    blasts: Fraction | None = None
    value: str | None = None
    extramedullary: Literal["none", "present", "not assessed"] | None = None
    response_reported: str | None = None

    @property
    def refers_to(self) -> dict[str, str]:
        """Also the specimen."""
        return super().refers_to | ({"specimen": self.specimen} if self.specimen else {})


class Phenotype(Fact):
    """Markers read as positive or negative on the blasts."""

    table: ClassVar[str] = "phenotype"
    positive: Markers = ()
    negative: Markers = ()
