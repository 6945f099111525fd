"""validation.json: a validation as text that programs read."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import residua
from residua.facts.interval import Interval
from residua.facts.validation_series import SeriesResult
from residua.measures.validation.agreement import Agreement, Share
from residua.measures.validation.levels import Level
from residua.measures.validation.study import Study, detected_of
from residua.measures.validation.validated import Validated
from residua.standards.assay_validation import BOOK
from residua.standards.rulebook import load
from residua.views.json_numbers import digits, interval_document

KIND, VERSION = "residua.validation", "1.0"


def validation_document(validated: Validated) -> dict[str, Any]:
    """The fields of validation.json, in their order."""
    study, approach = validated.study, validated.approach
    policy = approach.policy
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": residua.NOTICE,
        "simulated": validated.simulated,
        "series": {"file": Path(validated.series.name).name, "sha256": validated.series.sha256},
        "date": validated.date,
        "approach": approach.name,
        "gates": asdict(approach.gates),
        "policy": {
            "name": policy.id,
            "disease": policy.disease,
            "lod": policy.lod,
            "lloq": policy.lloq,
            "provenance": policy.provenance,
        },
        "claimed": {"lod": digits(study.claimed_lod), "lloq": digits(study.claimed_lloq)},
        **_parts(study),
        "results": _results(validated),
        "notes": [*validated.series.notes, *left_out_notes(validated)],
        "criteria": [
            {"id": r.id, "clause": r.clause, "cite": r.cite, "provenance": r.provenance}
            for r in load(BOOK).rules
        ],
        "inputs": _inputs(validated),
        "software": {"name": "residua", "version": residua.__version__},
    }


def validation_text(validated: Validated) -> str:
    """validation.json as text."""
    document = validation_document(validated)
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _parts(study: Study) -> dict[str, Any]:
    return {
        "limit_of_blank": _plain(study.blank),
        "limit_of_detection": _plain(study.detection),
        "limit_of_quantification": _plain(study.quantification),
        "levels": [_level(level) for level in study.levels],
        "linearity": _plain(study.linearity),
        "agreement": [_agreement(one) for one in study.agreements],
        "differences": None if study.differences is None else _plain(study.differences),
    }


def _level(level: Level) -> dict[str, Any]:
    found: dict[str, Any] = _plain(level)
    found["bias"] = digits(level.bias)
    precision = found["precision"]
    precision["repeatability_cv"] = digits(level.precision.cv(level.precision.repeatability))
    precision["reproducibility_cv"] = digits(level.precision.cv(level.precision.reproducibility))
    return found


def _agreement(one: Agreement) -> dict[str, Any]:
    found: dict[str, Any] = _plain(one)
    for field in fields(one):
        share = getattr(one, field.name)
        if isinstance(share, Share):
            found[field.name]["value"] = digits(share.value)
    return found


def _plain(value: Any) -> Any:
    """A frozen value as JSON holds it, numbers of six digits."""
    if isinstance(value, Interval):
        return interval_document(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return digits(value) if isinstance(value, float) else value


def _results(validated: Validated) -> list[dict[str, Any]]:
    judged = detected_of(validated.results, validated.study)
    called = dict(zip(validated.results, judged, strict=True))
    every = sorted((*validated.results, *validated.left_out), key=lambda one: one.row.line)
    return [_result(one, called.get(one)) for one in every]


def _result(result: SeriesResult, detected: bool | None) -> dict[str, Any]:
    row = result.row
    return {
        **{key: getattr(row, key) for key in ("file", "line")},
        "sha256": result.sha256,
        "expected": "blank" if row.blank else row.expected,
        **{key: getattr(row, key) for key in ("run", "operator", "instrument", "date")},
        **{key: getattr(row, key) for key in ("sample", "replicate", "reference")},
        "numerator": result.numerator,
        "denominator": asdict(result.denominator),
        "fraction": digits(result.fraction) if result.denominator.count else None,
        "status": result.status,
        "detected": detected,
        "flags": list(result.flags),
    }


def left_out_notes(validated: Validated) -> list[str]:
    """Files that no number rests on."""
    return [f"{one.row.file}: left out, no cells in the denominator" for one in validated.left_out]


def _inputs(validated: Validated) -> list[dict[str, str]]:
    """The table, the gates and every file that was opened, each once."""
    series = {"file": Path(validated.series.name).name, "sha256": validated.series.sha256}
    found = [series, asdict(validated.approach.gates)]
    every = (*validated.results, *validated.left_out)
    found += [asdict(digest) for one in every for digest in one.inputs]
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for one in found:
        seen.setdefault((one["file"], one["sha256"]), one)
    return list(seen.values())
