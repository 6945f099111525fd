"""A copy of an FCS file with what an automatic reading says of every event as channels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from residua.errors import InputError, ValueFault
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.event_labels import EventLabels
from residua.views.fcs_export import write_fcs

BLAST, POSTERIOR = "Event blast", "Event posterior"  # names that are no signal of a particle
_LABELLED = "labels of an automatic reading were added as the last two channels"
_RANGE = 2.0  # above both: a posterior of 1 is not at the end of the range


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
