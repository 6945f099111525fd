"""A normal reference as a folder: reference.json, frame.npz, and float16 events of each normal."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from residua import NOTICE
from residua.measures.alignment.align import Frame
from residua.measures.reference.reference import NormalReference, NormalSample

SIMULATED = "simulated normal marrows, not those of a laboratory"


def write_reference_files(reference: NormalReference, folder: Path) -> None:
    """Write the files of `reference` into the empty `folder`; the same reference, the same bytes.

    Raises `OSError`.
    """
    frame = _npz(reference.frame)
    (folder / "frame.npz").write_bytes(frame)
    stored = [_normal(folder, *pair) for pair in enumerate(reference.normals)]
    document = {
        "kind": "residua.reference",
        "version": "1.0",
        "notice": NOTICE,
        "simulated": reference.simulated,
        "words": SIMULATED if reference.simulated else "",
        "dimensions": list(reference.dimensions),
        "digest": reference.digest,
        "frame_sha256": hashlib.sha256(frame).hexdigest(),
        "normals": stored,
    }
    text = json.dumps(document, indent=1, ensure_ascii=False)
    (folder / "reference.json").write_text(text + "\n", encoding="utf-8")


def _normal(folder: Path, number: int, normal: NormalSample) -> dict[str, Any]:
    content = io.BytesIO()
    np.save(content, np.asarray(normal.events, np.float16), allow_pickle=False)
    file = f"normal-{number:03d}.npy"
    (folder / file).write_bytes(content.getbuffer())
    return {
        "file": file,
        "file_sha256": hashlib.sha256(content.getbuffer()).hexdigest(),
        "sha256": normal.digest,
        "cells": normal.cells,
        "events": len(normal.events),
        "misfit": normal.misfit,
        "shifts": list(normal.shifts),
    }


def _npz(frame: Frame) -> bytes:
    """The arrays of a frame; `numpy` dates the members of the archive 1980, so bytes repeat."""
    marks, mixture = frame.landmarks, frame.landmarks.mixture
    warps = [[warp.smooth, warp.length, warp.spill] for warp in frame.warps]
    content = io.BytesIO()
    np.savez(
        content,
        weights=mixture.weights,
        means=mixture.means,
        covariances=mixture.covariances,
        targets=marks.targets,
        spread=marks.spread,
        scatter=marks.scatter.astype(np.float64),
        warps=np.asarray(warps, np.float64),
        evidence=frame.evidence,
    )
    return content.getvalue()
