"""Numbers written as text ($DATATYPE A; FCS 3.0 section 3.2.20)."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Channel, Events
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.layout import Layout
from residua.readers.fcs.place import AGAIN, Place, too_few
from residua.readers.fcs.scaling import events_type, scaled
from residua.readers.fcs.source import Bytes

_BETWEEN = b" \t,\r\n"
_IN_NUMBERS = b"0123456789+-.eE"
Table = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Delimited:
    """Events of numbers that delimiters keep apart; `stated` where a salvaged file claims more."""

    events: Events
    stated: int | None
    flags: tuple[str, ...]


def fixed_numbers(rows: Bytes, layout: Layout) -> Table:
    """(n, c) numbers of fixed widths from (n, b) characters; `FcsFault` where one is none."""
    table = np.empty((len(rows), len(layout.fields)))
    start = 0
    for place, field in enumerate(layout.fields):
        width = field.bits // 8
        block = np.ascontiguousarray(rows[:, start : start + width])
        _only_numbers(block.tobytes())
        try:
            table[:, place] = block.view(f"S{width}").reshape(len(rows)).astype(np.float64)
        except ValueError as error:
            raise _not_a_number() from error
        start += width
    return table


def read_delimited(
    raw: bytes, place: Place, channels: tuple[Channel, ...], *, salvage: bool
) -> Delimited:
    """Events of the numbers that spaces, tabs, commas or line ends keep apart.

    Several of them count as one. Where the file ends within the data, its last number may be
    cut: `FcsFault`, or, salvaging, it is left out. So for fewer events than $TOT states.
    """
    whole = not place.cut or raw[-1:] in [bytes([byte]) for byte in _BETWEEN]
    numbers = delimited_numbers(raw)
    if not whole:
        numbers = numbers[:-1]
    held, rest = divmod(len(numbers), len(channels))
    stated = held + bool(rest or not whole) if place.stated is None else place.stated
    if stated > held and not (salvage and held):
        raise too_few(stated, held, place.layout)
    count = min(stated, held)
    flags = ["no $TOT: events counted from the data segment"] * (place.stated is None)
    if count < held or (rest and stated == held):
        flags.append(f"the data segment holds more than the {stated} events of $TOT")
    table = numbers[: count * len(channels)].reshape(count, len(channels))
    events = np.empty(table.shape, events_type(channels))
    for at, channel in enumerate(channels):
        events[:, at] = scaled(table[:, at], channel)
    return Delimited(events, stated if stated > count else None, tuple(flags))


def delimited_numbers(raw: bytes) -> Table:
    """The numbers of a text; `FcsFault` where it holds anything else."""
    _only_numbers(raw)
    spaced = raw.translate(bytes.maketrans(_BETWEEN, b" " * len(_BETWEEN))).strip(b" \0")
    if not spaced:
        return np.empty(0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return np.fromstring(spaced.decode("ascii"), dtype=np.float64, sep=" ")
        except (DeprecationWarning, ValueError) as error:
            raise _not_a_number() from error


def _only_numbers(raw: bytes) -> None:
    if raw.translate(None, _IN_NUMBERS + _BETWEEN + b"\0"):
        raise _not_a_number()


def _not_a_number() -> FcsFault:
    return FcsFault("DATA", "numbers in ASCII", "another text", AGAIN)
