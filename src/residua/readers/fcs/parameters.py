"""What TEXT says of the parameters: names, types, widths, ranges, amplification, gain."""

from __future__ import annotations

from collections import Counter
from typing import cast

from residua.facts.acquisition import Channel, Stored
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT
from residua.readers.fcs.keywords import Keywords, to_number, whole

_MOST_DECADES = 30  # of a log amplifier; real ones have 2 to 7
_FREE = "*"  # the width of ASCII numbers that delimiters keep apart
_LISTED = 12
KINDS = ("I", "F", "D", "A")


def read_channels(keywords: Keywords) -> tuple[Channel, ...]:
    """The channels in file order; raises `FcsFault` naming the keyword that is wrong."""
    kind = keywords.get("$DATATYPE", "").upper()
    if kind not in KINDS:
        received = "another text" if kind else "none"
        raise FcsFault("$DATATYPE", "I, F, D or A", received, EXPORT)
    count = whole(keywords, "$PAR")
    if count < 1:
        raise FcsFault("$PAR", "at least 1 parameter", "0", EXPORT)
    return tuple(_channel(keywords, number, kind) for number in range(1, count + 1))


def channel_flags(
    channels: tuple[Channel, ...], keywords: Keywords, *, version: str
) -> tuple[str, ...]:
    """What is unusual about the channels: names twice, keywords where they do not apply."""
    names = Counter(channel.name for channel in channels)
    twice = sorted(name for name, times in names.items() if times > 1)
    flags = [f"two channels are named {name}" for name in twice[:_LISTED]]
    if len(twice) > _LISTED:
        flags.append(f"{len(twice) - _LISTED} more names stand twice")
    unusual: dict[str, list[str]] = {}
    for number, channel in enumerate(channels, start=1):
        said = _amplification_flags(channel)
        if channel.stored == "I" and channel.range < 2:
            said.append("$PnR says no range; no bits are masked")
        if version < "FCS3.2" and keywords.get(f"$P{number}DATATYPE"):
            said.append("$PnDATATYPE, which is of FCS 3.2, is followed")
        if to_number(keywords.get(f"$P{number}G", "1")) == 0:
            said.append("$PnG is 0, which no gain is; 1 is used")
        for flag in said:
            unusual.setdefault(flag, []).append(channel.name)
    return (*flags, *(f"{_listed(found)}: {flag}" for flag, found in unusual.items()))


def _listed(names: list[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _amplification_flags(channel: Channel) -> list[str]:
    decades, offset = channel.amplification
    if decades <= 0:
        return []
    if channel.stored in ("F", "D"):
        return ["$PnE is set on floating-point data and not applied"]
    flags = []
    if offset == 0 and not channel.is_time:
        flags.append("$PnE gives 0 at channel 0, which no log has; 1 is used")
    if channel.gain != 1:
        flags.append("$PnG is set beside $PnE and not applied")
    return flags


def _channel(keywords: Keywords, number: int, kind: str) -> Channel:
    key = f"$P{number}"
    stored = keywords.get(f"{key}DATATYPE", "").upper() or kind
    if stored != kind and (stored not in KINDS[:3] or kind == "A"):
        raise FcsFault(f"{key}DATATYPE", "I, F or D", "another type", EXPORT)
    amplification = _amplification(keywords, f"{key}E")
    top = _number(keywords, f"{key}R", default=None)
    if amplification[0] > 0 and not top > 0:
        raise FcsFault(f"{key}R", "a range above 0 beside log amplification", "0", EXPORT)
    return Channel(
        name=keywords.get(f"{key}N") or f"P{number}",
        marker=keywords.get(f"{key}S", ""),
        bits=_width(keywords, f"{key}B", stored),
        range=top,
        amplification=amplification,
        gain=_number(keywords, f"{key}G", default=1.0) or 1.0,
        stored=cast("Stored", stored),
    )


def _width(keywords: Keywords, key: str, stored: str) -> int:
    """Bits, or characters of ASCII data, 0 where delimiters keep the numbers apart."""
    if keywords.get(key) == _FREE and stored == "A":
        return 0
    width = whole(keywords, key)
    allowed = {"F": (32, 32), "D": (64, 64), "I": (1, 64), "A": (1, 1000)}[stored]
    if not allowed[0] <= width <= allowed[1]:
        wanted = " to ".join(str(bound) for bound in dict.fromkeys(allowed))
        unit = "characters" if stored == "A" else "bit"
        received = f"{width} {unit}" if width < 10_000 else "a larger number"
        raise FcsFault(key, f"{wanted} {unit} for $DATATYPE {stored}", received, EXPORT)
    return width


def _number(keywords: Keywords, key: str, *, default: float | None) -> float:
    text = keywords.get(key, "")
    if not text and default is not None:
        return default
    value = to_number(text)
    if value is None or value < 0:
        received = "another text" if text else "no such keyword"
        raise FcsFault(key, "a number of 0 or more", received, EXPORT)
    return value


def _amplification(keywords: Keywords, key: str) -> tuple[float, float]:
    parts = [to_number(part) for part in (keywords.get(key) or "0,0").split(",")]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        raise FcsFault(key, "decades and offset, such as 4,1", "another text", EXPORT)
    if not 0 <= parts[0] <= _MOST_DECADES:
        raise FcsFault(key, f"0 to {_MOST_DECADES} decades", "another number", EXPORT)
    if parts[0] > 0 and parts[1] < 0:
        raise FcsFault(key, "a value above 0 at channel 0", "one below 0", EXPORT)
    return parts[0], parts[1]
