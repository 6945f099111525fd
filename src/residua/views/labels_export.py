"""labels.parquet: what an automatic reading says of every event."""

from __future__ import annotations

import io
import json

import polars as pl

from residua import NOTICE, __version__
from residua.facts.event_labels import EventLabels

REMOVED = "events removed before the reading (quality, doublets, debris) have posterior 0"


def labels_parquet(labels: EventLabels, *, sha256: str, model: str | None = None) -> bytes:
    """One row per event in file order: ``blast`` and ``posterior``.

    `sha256` is that of the file, `model` stands for the model that read it.
    """
    table = pl.DataFrame(
        {
            "blast": pl.Series("blast", labels.blast, dtype=pl.Boolean),
            "posterior": pl.Series("posterior", labels.posterior, dtype=pl.Float32),
        }
    )
    about = {
        "notice": NOTICE,
        "version": __version__,
        "source": {"sha256": sha256},
        "model": model,
        "rows": "one per event, in file order",
        "removed": REMOVED,
    }
    stream = io.BytesIO()
    said = {f"residua.{key}": json.dumps(value) for key, value in about.items()}
    table.write_parquet(stream, metadata=said)
    return stream.getvalue()
