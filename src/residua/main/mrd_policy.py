"""The counting policy of a measurement: a published one, event numbers, or a validation's."""

from __future__ import annotations

from pathlib import Path

from residua.errors import UsageError, ValueFault
from residua.facts.gating import EventPolicy
from residua.facts.mrd_result import FileDigest
from residua.facts.validated_policy import ValidatedPolicy
from residua.readers.validated_policy import read_validated_policy
from residua.standards.mrd_counting import find_policy

Policy = str | EventPolicy | ValidatedPolicy


def stated_policy(policy: Policy | Path | None) -> Policy | None:
    """The policy, read where it is the path of a TOML, before any FCS file is.

    Raises `UsageError` for a name that no policy has, `InputError` for a file that is none.
    """
    if isinstance(policy, Path) or (isinstance(policy, str) and policy.endswith(".toml")):
        return read_validated_policy(policy)
    try:
        find_policy(policy)
    except ValueFault as fault:
        raise UsageError(f"policy: {fault}") from fault
    return policy


def validation_flags(policy: Policy | None, *, approach: str, gates: str = "") -> list[str]:
    """Where the policy was validated with another approach or gates than this measurement's."""
    if not isinstance(policy, ValidatedPolicy):
        return []
    flags = []
    if policy.approach != approach:
        flags.append(f"policy {policy.name} was validated for {policy.approach}, not {approach}")
    elif gates and policy.gates and policy.gates != gates:
        flags.append(f"policy {policy.name} was validated with other gates")
    lacking = {"LOD": policy.validated_lod, "LLOQ": policy.validated_lloq}
    flags += [
        f"policy {policy.name}: the validation could not tell the {name}"
        for name, limit in lacking.items()
        if limit is None
    ]
    return flags


def validation_notes(policy: Policy | None) -> tuple[str, ...]:
    """What the laboratory's validation claims, and when."""
    if not isinstance(policy, ValidatedPolicy):
        return ()
    limits = {
        "LOD": policy.validated_lod,
        "LLOQ": policy.validated_lloq,
        "limit of blank": policy.limit_of_blank,
    }
    told = ", ".join(f"{name} {limit:.3g}" for name, limit in limits.items() if limit is not None)
    when = f", series up to {policy.date}" if policy.date else ""
    claims = f"validated by the laboratory: {told or 'no limit'}{when}"
    return (
        f"counting policy {policy.name}: {claims}; "
        "limits are no lower than these, whatever the cells",
    )


def blank_limit(policy: Policy | None) -> float | None:
    """The limit of blank of the validation, where the policy is one."""
    return policy.limit_of_blank if isinstance(policy, ValidatedPolicy) else None


def policy_inputs(policy: Policy | None) -> tuple[FileDigest, ...]:
    """The file of the policy, where it is one."""
    if not isinstance(policy, ValidatedPolicy) or not policy.sha256:
        return ()
    return (FileDigest(policy.file, policy.sha256),)
