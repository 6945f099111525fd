"""spillover.csv and spillover.json: a measured spillover matrix as files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import residua
from residua.facts.acquisition import Spillover
from residua.facts.mrd_result import FileDigest
from residua.measures.compensation.estimate import SpilloverEstimate
from residua.measures.compensation.populations import Populations
from residua.measures.compensation.residuals import LARGE, SURE, Residual

KIND, VERSION = "residua.spillover", "1.0"


@dataclass(frozen=True, eq=False)
class ControlShown:
    """One control: the dye it is for, whether that was stated, and its populations."""

    dye: str
    stated: bool
    populations: Populations


@dataclass(frozen=True, eq=False)
class SampleShown:
    """What the compensation that is stated for a sample leaves; `reason` where none can say."""

    file: str
    compensation: str
    residuals: tuple[Residual, ...] = ()
    reason: str = ""


@dataclass(frozen=True, eq=False)
class SpilloverShown:
    """Everything that the files of one measurement of spillover hold."""

    tube: str | None
    estimate: SpilloverEstimate
    residuals: tuple[Residual, ...]
    controls: tuple[ControlShown, ...]
    samples: tuple[SampleShown, ...]
    gates: FileDigest
    inputs: tuple[FileDigest, ...]
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def spillover_csv(spillover: Spillover) -> str:
    """The matrix with labelled rows and columns, as `compensation = "spillover.csv"` reads it."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["", *spillover.channels])
    for name, row in zip(spillover.names, spillover.matrix, strict=True):
        writer.writerow([name, *(repr(float(share)) for share in row)])
    return stream.getvalue()


def spillover_document(shown: SpilloverShown) -> dict[str, Any]:
    """The fields of spillover.json, in their order."""
    estimate = shown.estimate
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": residua.NOTICE,
        "tube": shown.tube,
        "channels": list(estimate.spillover.channels),
        "matrix": estimate.spillover.matrix.tolist(),
        "standard_errors": estimate.errors.tolist(),
        "condition": estimate.condition,
        "controls": [_control(one) for one in shown.controls],
        "residuals": [residual_document(one) for one in shown.residuals],
        "large": {"share": LARGE, "standard_errors": SURE, "provenance": "choice"},
        "samples": [_sample(one) for one in shown.samples],
        "flags": list(shown.flags),
        "notes": list(shown.notes),
        "gates": asdict(shown.gates),
        "inputs": [asdict(digest) for digest in shown.inputs],
        "software": {"name": "residua", "version": residua.__version__},
    }


def spillover_text(shown: SpilloverShown) -> str:
    """spillover.json as text."""
    return json.dumps(spillover_document(shown), indent=2, ensure_ascii=False) + "\n"


def residual_document(residual: Residual) -> dict[str, Any]:
    """One residual: the share left, its standard error and 95 % interval."""
    low, high = residual.interval
    return {
        "dye": residual.dye,
        "detector": residual.detector,
        "slope": residual.slope,
        "standard_error": residual.error,
        "interval": {"level": 0.95, "low": low, "high": high, "kind": "medians"},
        "large": residual.large,
    }


def large_words(residuals: Iterable[Residual]) -> list[str]:
    """A sentence for every large residual."""
    return [f"residual spillover {one.words}" for one in residuals if one.large]


def _control(shown: ControlShown) -> dict[str, Any]:
    found = shown.populations
    return {
        "file": found.name,
        "dye": shown.dye,
        "dye_from": "stated" if shown.stated else "brightest detector",
        "positive": len(found.positive),
        "negative": len(found.negative),
        "negative_from": found.negative_from,
        "saturated": found.saturated,
    }


def _sample(shown: SampleShown) -> dict[str, Any]:
    residuals: Sequence[Residual] = shown.residuals
    return {
        "file": shown.file,
        "compensation": shown.compensation,
        "reason": shown.reason,
        "residuals": [residual_document(one) for one in residuals],
    }
