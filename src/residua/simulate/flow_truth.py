"""FILE.truth.json: what a simulated file holds."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

import residua
from residua.errors import ValueFault
from residua.simulate.flow import Labels, SimulatedFlow

KIND, VERSION = "residua.truth", "1.0"


def truth_text(
    simulated: SimulatedFlow, *, file: str, seed: int, more: Mapping[str, Any] | None = None
) -> str:
    """The truth as JSON; labels are one byte per event in file order, zlib and base64.

    `more` is what else was drawn, written before the labels.
    """
    packed = base64.b64encode(zlib.compress(simulated.labels.tobytes(), 9)).decode()
    document: dict[str, Any] = {
        "kind": KIND,
        "version": VERSION,
        "notice": residua.NOTICE,
        "simulated": True,
        "file": file,
        "seed": seed,
        "events": len(simulated.labels),
        "populations": [
            {
                "name": name,
                "events": count,
                "positive": dict(simulated.positives.get(name, {})),
            }
            for name, count in simulated.counts.items()
        ],
        **(more or {}),
        "labels": {"names": list(simulated.names), "zlib_base64": packed},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def truth_labels(text: str) -> tuple[Labels, tuple[str, ...]]:
    """The label of every event and the names they point to, from a truth file's text."""
    document = json.loads(text)
    if document.get("kind") != KIND:
        raise ValueFault(f"a file of kind {KIND}", "another kind", "give FILE.truth.json")
    count = int(document["events"])
    unpacker = zlib.decompressobj()
    raw = unpacker.decompress(base64.b64decode(document["labels"]["zlib_base64"]), count + 1)
    if len(raw) != count:
        raise ValueFault(f"{count} labels", "another number", "simulate the file again")
    return np.frombuffer(raw, np.uint8), tuple(document["labels"]["names"])
