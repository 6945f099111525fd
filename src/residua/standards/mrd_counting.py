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
from residua.facts.validated_policy import ValidatedPolicy

DEFAULT = "euroflow-bcp-all-10-40"


@dataclass(frozen=True)
class CountingPolicy:
    """LOD and LLOQ in events, with the clause that says so; none loads without a citation.

    `validated_lod`, `validated_lloq` are the fractions below which a laboratory's own validation
    claims nothing: the limit of a sample is the larger one. What is not above its
    `limit_of_blank` is not detected.
    """

    id: str
    term: str
    lod: int
    lloq: int
    disease: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""
    validated_lod: float | None = None
    validated_lloq: float | None = None
    limit_of_blank: float | None = None

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


def find_policy(wanted: str | EventPolicy | ValidatedPolicy | None) -> CountingPolicy:
    """The policy of a name, of own event numbers, of a validation, or the default for None.

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
    if isinstance(wanted, ValidatedPolicy):
        return _of_validation(wanted)
    name = wanted or DEFAULT
    policies = counting_policies()
    if name not in policies:
        raise ValueFault("the name of a counting policy", f"{name!r}", nearest(name, policies))
    return policies[name]


def _of_validation(policy: ValidatedPolicy) -> CountingPolicy:
    return CountingPolicy(
        id=policy.name,
        term="validated by the laboratory",
        lod=policy.lod,
        lloq=policy.lloq,
        disease=policy.disease,
        clause=f"{policy.lod} events for LOD, {policy.lloq} for LLOQ, and the validated limits",
        cite=f"validation of the laboratory, series {policy.series or 'not stated'}",
        provenance="reported",
        validated_lod=policy.validated_lod,
        validated_lloq=policy.validated_lloq,
        limit_of_blank=policy.limit_of_blank,
    )
