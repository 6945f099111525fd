"""Counts the gates of one file and takes the values its antigens are measured from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from residua.facts.acquisition import Channel
from residua.facts.gating import AntigenSpec, MrdSpec
from residua.facts.mrd_result import FileDigest
from residua.main.flow.opened import OpenFile
from residua.main.flow.quality import (
    CountedQuality,
    counted_quality,
    masks_to_count,
    quality_of,
)
from residua.measures.antigen_expression import AntigenValues
from residua.measures.gates import Mask, gate_events
from residua.measures.readout import Readout
from residua.progress import Progress, silent


@dataclass(frozen=True, eq=False)
class FileCounts:
    """What one file yields; `antigens` holds None where the file cannot answer.

    `beside` are the files it was read with, such as its matrix.
    """

    digest: FileDigest
    beside: tuple[FileDigest, ...]
    channels: tuple[Channel, ...]
    tube: str | None
    total: int
    numerator: int
    denominator: int
    antigens: tuple[AntigenValues | None, ...]
    instrument: str
    acquired: str
    flags: tuple[str, ...]
    quality: CountedQuality
    notes: tuple[str, ...] = ()


def count_file(
    file: OpenFile,
    spec: MrdSpec,
    antigens: tuple[AntigenSpec, ...],
    *,
    tube: str | None,
    progress: Progress = silent,
) -> FileCounts:
    """The counts of `file` in the gates of `tube`, without what ``[quality] remove`` names.

    Events of the numerator gate outside the denominator gate are not counted, but flagged.
    """
    acquisition, strategy = file.readout.acquisition, file.readout.strategy
    masks = gate_events(file.readout, tube=tube, progress=progress)
    quality = quality_of(file.readout, masks, spec, file=file.planned.entry.path)
    masks = masks_to_count(masks, quality, strategy.quality.remove)
    blasts, cells = masks[spec.numerator], masks[spec.denominator]
    outside = int(np.count_nonzero(blasts & ~cells))
    flags = list(file.flags)
    if outside:
        flags.append(
            f"{outside} events of {spec.numerator} lie outside {spec.denominator}, not counted"
        )
    return FileCounts(
        digest=FileDigest(file.planned.entry.path, acquisition.sha256),
        beside=file.beside,
        channels=acquisition.channels,
        tube=tube,
        total=len(acquisition.events),
        numerator=int(np.count_nonzero(blasts)) - outside,
        denominator=int(np.count_nonzero(cells)),
        antigens=tuple(antigen_values(file.readout, antigen, masks) for antigen in antigens),
        instrument=acquisition.instrument,
        acquired=acquisition.acquired,
        flags=tuple(flags),
        quality=counted_quality(quality, masks, strategy, spec),
        notes=file.notes,
    )


def antigen_values(
    readout: Readout, spec: AntigenSpec, masks: Mapping[str, Mask]
) -> AntigenValues | None:
    """The values an antigen is measured from; None where the marker or a gate is missing."""
    if spec.of not in masks or (spec.negative is not None and spec.negative not in masks):
        return None
    if readout.acquisition.column(spec.marker) is None:
        return None
    rows = np.flatnonzero(masks[spec.of])
    below = None if spec.negative is None else np.flatnonzero(masks[spec.negative])
    return AntigenValues(
        scaled=readout.scaled(spec.marker, rows),
        linear=readout.linear(spec.marker, rows),
        negative=None if below is None else readout.linear(spec.marker, below),
        negative_scaled=None if below is None else readout.scaled(spec.marker, below),
        at_top=readout.at_top(spec.marker, rows),
    )
