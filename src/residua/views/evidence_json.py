"""The evidence of a course as ``course.json`` holds it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from residua.judgements.evidence import CitedBeside, EvidenceRow
from residua.standards.trial import Result, Trial

Json = dict[str, Any]


def evidence_document(row: EvidenceRow) -> Json:
    """One row: trial, result, exact interval and the statements that cite it."""
    return {
        "id": row.id,
        "because": list(row.because),
        "trial": _trial(row.trial) if row.trial else None,
        "result": _result(row.result) if row.result else None,
        "exact": asdict(row.exact) if row.exact else None,
        "provenance": row.provenance,
        "cited": [_cited(beside) for beside in row.cited],
    }


def _trial(trial: Trial) -> Json:
    return {
        "id": trial.id,
        "name": trial.name,
        "registration": trial.registration or None,
        "population": trial.population,
        "design": trial.design or None,
        "published": trial.published.text if trial.published else None,
        "doi": trial.doi or None,
        "cite": trial.cite,
    }


def _result(result: Result) -> Json:
    """Every field as printed; what the source does not give is null."""
    made = asdict(result)
    return {key: None if value in ("", {}) else value for key, value in made.items()}


def _cited(beside: CitedBeside) -> Json:
    cited = beside.cited
    return {
        "paper": beside.paper.doi,
        "id": cited.id,
        "kind": cited.kind,
        "discrepancy": cited.number,
        "verdict": list(cited.verdict),
        "says": cited.says,
        "attributed_to": cited.attributed_to,
        "source_says": cited.source_says,
        "against": list(cited.against),
        "found_in": list(cited.found_in),
        "words": cited.words,
        "clause": cited.clause,
        "cite": cited.cite,
        "provenance": cited.provenance,
    }
