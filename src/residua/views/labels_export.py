"""labels.parquet and a labelled copy of an FCS file: what a reading says of every event."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl

from residua import NOTICE, __version__
from residua.errors import InputError, ValueFault
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.event_labels import EventLabels
from residua.views.fcs_export import write_fcs

BLAST, POSTERIOR = "Event blast", "Event posterior"  # names that are no signal of a particle
REMOVED = "events removed before the reading (quality, doublets, debris) have posterior 0"
_LABELLED = "labels of an automatic reading were added as the last two channels"
_RANGE = 2.0  # above both: a posterior of 1 is not at the end of the range


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


def write_labelled_fcs(acquisition: Acquisition, labels: EventLabels, path: Path) -> None:
    """Write a copy of the file with the two labels as channels, whole or not at all.

    The events of the file stay bit for bit what they are, and so do its keywords, also those that
    may name a person: `residua fcs scrub` takes them away. Raises `InputError` where FCS cannot
    hold its channels or the place cannot be written to.
    """
    try:
        write_fcs(labelled(acquisition, labels), path)
    except ValueFault as fault:
        raise InputError(fault.at(acquisition.path, "TEXT")) from fault


def labelled(acquisition: Acquisition, labels: EventLabels) -> Acquisition:
    """The acquisition with the labels as its last two channels; raises `ValueFault` where the

    labels are those of another number of events.
    """
    if len(labels.blast) != len(acquisition.events):
        raise ValueFault("labels of every event of the file", "others", "label it anew")
    events = acquisition.events
    both = np.column_stack([labels.blast, labels.posterior]).astype(events.dtype)
    added = tuple(
        Channel(_free(name, acquisition.names), range=_RANGE) for name in (BLAST, POSTERIOR)
    )
    wider = np.concatenate([events, both], axis=1)
    wider.setflags(write=False)
    return replace(
        acquisition,
        events=wider,
        channels=(*acquisition.channels, *added),
        flags=(*acquisition.flags, _LABELLED),
    )


def _free(name: str, taken: Sequence[str]) -> str:
    """The name, counted on where a channel has it already, as in a copy of a copy."""
    unique, number = name, 1
    while unique in taken:
        number += 1
        unique = f"{name} {number}"
    return unique
