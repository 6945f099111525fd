"""mrd.json: a measured MRD as text that programs read."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import residua
from residua.facts.mrd_result import MrdLevel, MrdResult, TubeResult
from residua.views.quality_export import quality_document, verdict_documents
from residua.views.whole_file import write_whole

KIND, VERSION = "residua.mrd", "1.1"


def mrd_document(result: MrdResult) -> dict[str, Any]:
    """The fields of mrd.json, in their order."""
    level = _level(result.level)
    status = {key: level.pop(key) for key in ("status", "reason")}
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": residua.NOTICE,
        "specimen": asdict(result.specimen),
        "method": result.method,
        "approach": result.approach,
        **{key: level.pop(key) for key in ("numerator", "denominator", "fraction", "interval")},
        "total_interval": _maybe(result.total_interval),
        **{key: level.pop(key) for key in ("lod", "lloq", "lod95")},
        "limit_of_blank": result.limit_of_blank,
        "predicted_lod": result.predicted_lod,
        "policy": level.pop("policy"),
        **status,
        "antigens": [asdict(antigen) for antigen in result.antigens],
        "aberrancies": list(result.aberrancies),
        "gates": _maybe(result.gates),
        "events": asdict(result.events),
        "quality": None if result.quality is None else quality_document(result.quality),
        "haemodilution": _maybe(result.haemodilution),
        "tubes": [_tube(tube) for tube in result.tubes],
        "instrument": result.instrument,
        "acquired": result.acquired,
        "flags": list(result.flags),
        "notes": list(result.notes),
        "inputs": [asdict(digest) for digest in result.inputs],
        "reference": result.reference,
        "model": result.model,
        "software": {"name": "residua", "version": residua.__version__},
    }


def mrd_text(result: MrdResult) -> str:
    """mrd.json as text."""
    return json.dumps(mrd_document(result), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def write_mrd(result: MrdResult, out: Path) -> Path:
    """Write mrd.json into the folder `out`, or to `out` itself where it ends in .json."""
    path = result_path(out)
    write_whole(path, mrd_text(result).encode(errors="backslashreplace"))
    return path


def result_path(out: Path) -> Path:
    """Where the result lies: `out` itself where it ends in .json, else mrd.json in it."""
    return out if out.suffix == ".json" else out / "mrd.json"


def _level(level: MrdLevel) -> dict[str, Any]:
    fields = asdict(level)
    fields.pop("flags")
    return fields


def _tube(tube: TubeResult) -> dict[str, Any]:
    return {
        "tube": tube.tube,
        "files": [asdict(digest) for digest in tube.files],
        **_level(tube.level),
        "total_interval": _maybe(tube.total_interval),
        "limit_of_blank": tube.limit_of_blank,
        "predicted_lod": tube.predicted_lod,
        "events": asdict(tube.events),
        "verdicts": verdict_documents(tube.verdicts),
        "flags": list(tube.level.flags),
    }


def _maybe(value: Any) -> dict[str, Any] | None:
    return None if value is None else asdict(value)
