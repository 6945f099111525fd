"""Counting policies: the events that make a detection and a quantity, as publications say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from residua.errors import ValueFault, nearest
from residua.facts.gating import EventPolicy

DEFAULT = "euroflow-bcp-all-10-40"


@dataclass(frozen=True)
class CountingPolicy:
    """LOD and LLOQ in events, with the clause that says so; none loads without a citation."""

    id: str
    term: str
    lod: int
    lloq: int
    disease: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""

    def __post_init__(self) -> None:
        EventPolicy(self.lod, self.lloq)
        for key in ("clause", "cite", "provenance"):
            if not getattr(self, key).strip():
                raise ValueFault(f"a policy with its {key}", "none", "add it to the rule")


@cache
def counting_policies() -> Mapping[str, CountingPolicy]:
    """The published policies by name."""
    text = files("residua.standards").joinpath("mrd_counting.toml").read_text(encoding="utf-8")
    rules = (CountingPolicy(**rule) for rule in tomllib.loads(text)["rule"])
    return MappingProxyType({rule.id: rule for rule in rules})


def find_policy(wanted: str | EventPolicy | None) -> CountingPolicy:
    """The policy of a name, of somebody's own event numbers, or the default for None.

    Raises `ValueFault` for a name that no policy has.
    """
    if isinstance(wanted, EventPolicy):
        return CountingPolicy(
            id=f"custom-{wanted.lod}-{wanted.lloq}",
            term="stated by the user",
            lod=wanted.lod,
            lloq=wanted.lloq,
            disease="not stated",
            clause=f"{wanted.lod} events for LOD, {wanted.lloq} for LLOQ",
            cite="stated with the gates",
            provenance="reported",
        )
    name = wanted or DEFAULT
    policies = counting_policies()
    if name not in policies:
        raise ValueFault("the name of a counting policy", f"{name!r}", nearest(name, policies))
    return policies[name]
