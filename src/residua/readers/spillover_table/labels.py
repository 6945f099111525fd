"""Which channel of a file a label of a spillover table stands for."""

from __future__ import annotations

from residua.errors import ValueFault, nearest
from residua.facts.acquisition import Channel, find_column, plain_name

_PREFIXES = ("FJComp-", "Comp-")


def channel_of(label: str, channels: tuple[Channel, ...]) -> str | None:
    """The name of the channel that `label` stands for, or None.

    A label is a channel (``$PnN``), also as ``Comp-PE-A``, ``<PE-A>``, ``PE-A :: CD22``,
    ``CD22 :: PE-A`` or ``PE`` for ``PE-A``, or a marker (``$PnS``); a channel wins. Raises
    `ValueFault` for a marker that two channels carry.
    """
    parts = spellings(label)
    by_name = {plain_name(channel.name): channel.name for channel in channels}
    for part in (*parts, *(f"{part}-A" for part in parts)):
        if plain_name(part) in by_name:
            return by_name[plain_name(part)]
    for part in parts:
        place = find_column(channels, part)
        if place is not None:
            return channels[place].name
    return None


def spellings(label: str) -> tuple[str, ...]:
    """The names that a label may mean: itself, and the parts of ``CD22 :: PE-A``."""
    parts = [label, *label.split("::")] if "::" in label else [label]
    return tuple(dict.fromkeys(_bare(part) for part in parts if _bare(part)))


def unknown(label: str, channels: tuple[Channel, ...]) -> ValueFault:
    """The fault of a label that no channel of the file fits."""
    known = [name for channel in channels for name in (channel.name, channel.marker) if name]
    return ValueFault("a channel or marker of the file", f"{label!r}", nearest(label, known))


def _bare(part: str) -> str:
    text = part.strip().strip('"').strip()
    for prefix in _PREFIXES:
        text = text.removeprefix(prefix)
    return text.removeprefix("<").removesuffix(">").strip()
