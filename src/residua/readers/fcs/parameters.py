"""What TEXT says of the parameters: names, widths, ranges, amplification, gain."""

from __future__ import annotations

import math
from collections.abc import Mapping

from residua.facts.acquisition import Channel
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT

_MOST_DECADES = 30  # of a log amplifier; real ones have 2 to 7
_MOST_DIGITS = 40  # padded ones included


def read_channels(keywords: Mapping[str, str]) -> tuple[Channel, ...]:
    """The channels in file order; raises `FcsFault` naming the keyword that is wrong."""
    count = whole(keywords, "$PAR")
    if count < 1:
        raise FcsFault("$PAR", "at least 1 parameter", "0", EXPORT)
    return tuple(_channel(keywords, number) for number in range(1, count + 1))


def whole(keywords: Mapping[str, str], key: str) -> int:
    """A required whole number."""
    text = keywords.get(key)
    if text is None:
        raise FcsFault(key, "a number", "no such keyword", EXPORT)
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise FcsFault(key, "a whole number", "another text", EXPORT)
    return int(text)


def channel_flags(channels: tuple[Channel, ...], *, floats: bool) -> tuple[str, ...]:
    """What is unusual about the channels: names twice, log or gain where neither applies."""
    names = [channel.name for channel in channels]
    twice = sorted({name for name in names if names.count(name) > 1})
    flags = [f"two channels are named {name}" for name in twice]
    for channel in channels:
        logarithmic = channel.amplification[0] > 0
        if logarithmic and floats:
            flags.append(f"{channel.name}: $PnE is set on floating-point data and not applied")
        elif logarithmic and channel.gain != 1:
            flags.append(f"{channel.name}: $PnG is set beside $PnE and not applied")
    return tuple(flags)


def _channel(keywords: Mapping[str, str], number: int) -> Channel:
    key = f"$P{number}"
    bits = keywords.get(f"{key}B", "")
    if bits == "*":
        raise FcsFault(f"{key}B", "a width in bits", "* (ASCII data), not read yet", EXPORT)
    amplification = _amplification(keywords, f"{key}E")
    top = _number(keywords, f"{key}R", default=None)
    if amplification[0] > 0 and not top > 0:
        raise FcsFault(f"{key}R", "a range above 0 beside log amplification", "0", EXPORT)
    return Channel(
        name=keywords.get(f"{key}N", f"P{number}"),
        marker=keywords.get(f"{key}S", ""),
        bits=whole(keywords, f"{key}B"),
        range=top,
        amplification=amplification,
        gain=_number(keywords, f"{key}G", default=1.0) or 1.0,
    )


def _number(keywords: Mapping[str, str], key: str, *, default: float | None) -> float:
    text = keywords.get(key, "")
    if not text and default is not None:
        return default
    value = _float(text)
    if value is None or value < 0:
        received = "another text" if text else "no such keyword"
        raise FcsFault(key, "a number of 0 or more", received, EXPORT)
    return value


def _amplification(keywords: Mapping[str, str], key: str) -> tuple[float, float]:
    parts = [_float(part) for part in keywords.get(key, "0,0").split(",")]
    if len(parts) != 2 or parts[0] is None or parts[1] is None:
        raise FcsFault(key, "decades and offset, such as 4,1", "another text", EXPORT)
    if not 0 <= parts[0] <= _MOST_DECADES:
        raise FcsFault(key, f"0 to {_MOST_DECADES} decades", "another number", EXPORT)
    return parts[0], parts[1]


def _float(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
