"""policy.toml: what an assay was validated for, as `residua mrd --policy` takes it."""

from __future__ import annotations

import json

from residua import NOTICE
from residua.measures.validation.validated import Validated


def policy_text(validated: Validated) -> str:
    """The policy as TOML; a limit that is not assessable is left out, with its reason."""
    policy, study = validated.approach.policy, validated.study
    lines = [
        f"# Counting policy of a validated assay. {NOTICE}.",
        "# residua mrd --policy policy.toml claims no limit below the validated ones.",
        'kind = "residua.policy"',
        'version = "1.0"',
        f"name = {_text(validated.policy_name)}",
        f"disease = {_text(policy.disease)}",
        f"lod = {policy.lod}  # events, {policy.id} ({policy.provenance})",
        f"lloq = {policy.lloq}  # events",
        *(["simulated = true"] * validated.simulated),
        "",
        "[validated]",
        _limit("lod", study.claimed_lod, study.detection.reason),
        _limit("lloq", study.claimed_lloq, study.quantification.reason),
        _limit("limit_of_blank", study.blank.claimed, study.blank.reason),
        f"approach = {_text(validated.approach.name)}",
        *([f"date = {_text(validated.date)}  # the latest of the series"] * bool(validated.date)),
        f"series = {_text(validated.series.sha256)}  # SHA-256 of the table",
        f"gates = {_text(validated.approach.gates.sha256)}  # SHA-256 of the gates",
    ]
    return "\n".join(lines) + "\n"


def _limit(key: str, value: float | None, reason: str) -> str:
    if value is None:
        return f"# {key}: not assessable, {reason}"
    return f"{key} = {_rounded(value)}  # fraction"


def _rounded(value: float) -> str:
    """Four digits: more than any series tells."""
    return f"{value:.3e}"


def _text(text: str | None) -> str:
    return json.dumps(text or "", ensure_ascii=False).replace("\x7f", "\\u007f")
