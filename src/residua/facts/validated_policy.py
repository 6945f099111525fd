"""A counting policy with the limits that a laboratory has validated for its assay."""

from __future__ import annotations

from dataclasses import dataclass

from residua.errors import ValueFault


@dataclass(frozen=True)
class ValidatedPolicy:
    """Events for LOD and LLOQ, and the fractions down to which the assay was validated.

    `validated_lod`, `validated_lloq`, `limit_of_blank` are None where the series could not tell.
    `series` and `gates` are the SHA-256 of what the validation rests on, `file` and `sha256` the
    policy's own; `date` is the latest of the series.
    """

    name: str
    disease: str
    lod: int
    lloq: int
    validated_lod: float | None = None
    validated_lloq: float | None = None
    limit_of_blank: float | None = None
    approach: str = "gates"
    date: str | None = None
    series: str = ""
    gates: str = ""
    file: str = ""
    sha256: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.lod <= self.lloq:
            raise ValueFault("1 <= lod <= lloq events", "other numbers", "correct the policy")
        for limit in (self.validated_lod, self.validated_lloq):
            if limit is not None and not 0 < limit < 1:
                raise ValueFault("fractions between 0 and 1", "another number", "correct it")
        if self.limit_of_blank is not None and not 0 <= self.limit_of_blank < 1:
            raise ValueFault("a fraction from 0, below 1", "another number", "correct it")
        low, high = self.validated_lod, self.validated_lloq
        if low is not None and high is not None and low > high:
            raise ValueFault("a validated lod of at most the lloq", "a higher one", "correct it")
