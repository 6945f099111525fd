"""The quality behind an MRD result, as mrd.json has it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from residua.facts.quality import (
    Enough,
    FileQuality,
    QualityReport,
    QualityStep,
    SensitivityVerdict,
)


def quality_document(report: QualityReport) -> dict[str, Any]:
    """The fields of `quality`, in their order."""
    return {
        "steps": [_step(step) for step in report.steps],
        "removed_before_counting": list(report.removed),
        "verdicts": verdict_documents(report.verdicts),
        "flags": list(report.flags),
        "files": [_file(file) for file in report.files],
    }


def verdict_documents(verdicts: Iterable[SensitivityVerdict]) -> list[dict[str, Any]]:
    """Whether each level is reached, in the cells as counted and in those left after quality."""
    return [
        {
            "level": verdict.level,
            **_enough(verdict.detect, verdict.quantify),
            "after_quality": None
            if verdict.detect_after_quality is None or verdict.quantify_after_quality is None
            else _enough(verdict.detect_after_quality, verdict.quantify_after_quality),
        }
        for verdict in verdicts
    ]


def _enough(detect: Enough, quantify: Enough) -> dict[str, Any]:
    return {
        "enough": detect.enough,
        "needed": detect.needed,
        "have": detect.have,
        "missing": detect.missing,
        "quantify": {
            "enough": quantify.enough,
            "needed": quantify.needed,
            "missing": quantify.missing,
        },
    }


def _file(file: FileQuality) -> dict[str, Any]:
    return {
        "file": file.file,
        "events": file.total,
        "not_finite": file.not_finite,
        "left": file.left,
        "steps": [
            {**_step(step), "checks": [asdict(check) for check in step.checks]}
            for step in file.steps
        ],
        "flags": list(file.flags),
    }


def _step(step: QualityStep) -> dict[str, Any]:
    return {
        "step": step.step,
        "status": step.status,
        "before": step.before,
        "removed": step.removed,
        "left": step.left,
        "reason": step.reason,
    }
