"""When an antigen counts as expressed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from residua.errors import ValueFault


@dataclass(frozen=True)
class PositivityRule:
    """Positive at `at` percent of the blasts or more."""

    id: str
    term: str
    at: float
    unit: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""

    def __post_init__(self) -> None:
        if not (self.clause.strip() and self.cite.strip() and self.provenance.strip()):
            raise ValueFault("a rule with clause, cite and provenance", "one without", "add them")


@cache
def positivity_rule() -> PositivityRule:
    """The rule for surface antigens."""
    resource = files("residua.standards").joinpath("antigen_positivity.toml")
    return PositivityRule(**tomllib.loads(resource.read_text(encoding="utf-8"))["rule"][0])


def is_positive(percent: float) -> bool:
    """Whether `percent` of the blasts makes the antigen positive."""
    return percent >= positivity_rule().at
