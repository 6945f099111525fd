"""What FILE.truth.json says of a simulated marrow beside its labels."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from residua.simulate.marrow.drawn import DrawnMarrow


def drawn_document(drawn: DrawnMarrow) -> dict[str, Any]:
    """Spec, clone, drift, composition and laboratory, all as they were drawn."""
    seen = {marker for stain in drawn.tube.stains for marker in stain}
    spec = {one.name: getattr(drawn.spec, one.name) for one in fields(drawn.spec)}
    spec["loss"] = dict(drawn.spec.loss)
    return {
        "spec": {name: value for name, value in spec.items() if value is not None},
        "clone": {
            "pseudotime": drawn.clone.pseudotime,
            "aberrancies": [
                {"marker": marker, "decades": distance, "seen": marker in seen}
                for marker, distance in drawn.clone.aberrancies
            ],
        },
        "drift": {marker: moved for marker, moved in drawn.drift.items() if marker in seen},
        "nucleated": drawn.spec.cells,
        "blast_fraction": drawn.spec.blast_count / max(drawn.spec.cells, 1),
        "composition": {
            law.name: float(share) for law, share in zip(drawn.normal, drawn.shares, strict=True)
        },
        "batch": {
            label: {"gain": float(gain), "offset": float(offset)}
            for label, gain, offset in zip(
                drawn.tube.labels, drawn.chain.gain, drawn.chain.offset, strict=True
            )
        },
    }
