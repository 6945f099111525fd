"""How far blasts may drift between two samples, as `laip_drift.toml` has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from residua.standards.method_clause import Clause, clause_of, method_file

OTHER, SCATTER = "other", "scatter"


@dataclass(frozen=True)
class AntigenDrift:
    """Mean and standard deviation of the drift of one antigen, in display decades."""

    mean: float
    sd: float
    clause: Clause


@dataclass(frozen=True)
class LaipDrift:
    """The drift of each antigen, that of `OTHER` and of `SCATTER`; what alignment leaves."""

    antigens: Mapping[str, AntigenDrift]
    alignment_sd: float
    losable: tuple[str, ...]


@cache
def laip_drift() -> LaipDrift:
    """The drift that is assumed where a laboratory has not measured its own."""
    book = method_file("laip_drift")
    antigens = {
        entry["id"]: AntigenDrift(entry["mean"], entry["sd"], clause_of(entry))
        for entry in book["antigen"]
    }
    losable = tuple(clause_of(entry).id for entry in book["losable"])
    return LaipDrift(MappingProxyType(antigens), book["alignment"]["sd"], losable)
