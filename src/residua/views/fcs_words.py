"""What an FCS file holds, as text for a person and as a document for a program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from residua import NOTICE, __version__
from residua.errors import Fault
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.fcs_keywords import shown, withheld

KIND, VERSION = "residua.fcs", "1.0"
_LONGEST = 120
_AS_ACQUIRED = ("$DATE", "$BTIM")  # shown already
_STORED = {"I": "integer", "F": "float", "D": "double", "A": "ASCII"}
_HEAD = ("no", "channel", "marker", "kind", "bits", "range", "log", "gain")


@dataclass(frozen=True)
class SetWords:
    """One data set: what HEADER and TEXT say, also where its data cannot be read."""

    number: int
    version: str
    channels: tuple[Channel, ...]
    keywords: Mapping[str, str]
    events: int | None


@dataclass(frozen=True, eq=False)
class FcsWords:
    """A file as it is to be shown: its data sets, the one looked at, its events or its faults."""

    file: str
    sets: tuple[SetWords, ...]
    chosen: int
    acquisition: Acquisition | None
    faults: tuple[Fault, ...]

    @property
    def looked_at(self) -> SetWords | None:
        """The chosen data set, or None where the file has no such one."""
        return next((one for one in self.sets if one.number == self.chosen), None)


def fcs_text(words: FcsWords) -> str:
    """All of it, for a terminal; never a value of a keyword that may name a person."""
    chosen = words.looked_at
    if chosen is None:
        return ""
    read = words.acquisition
    count = len(read.events) if read is not None else chosen.events
    counted = f"{_plain(count)} events" if read is not None else f"{_plain(count)} events stated"
    lines = [
        words.file,
        f"FCS {chosen.version}, data set {chosen.number} of {len(words.sets)}, "
        f"{counted}, {len(chosen.channels)} parameters",
        "",
    ]
    if read is not None:
        lines += [_line("instrument", read.instrument), _line("acquired", read.acquired)]
        lines += [_line("spillover", _spillover_words(read)), _line("sha256", read.sha256)]
    lines += ["", *_table(chosen.channels), ""]
    kept = shown(dict(chosen.keywords))
    lines += [_line(key, value) for key, value in kept.items()]
    hidden = [key for key in withheld(dict(chosen.keywords)) if key not in _AS_ACQUIRED]
    lines.append(_line("withheld", _withheld_words(hidden)))
    if len(words.sets) > 1:
        lines += [_line("data sets", _set_words(one)) for one in words.sets]
    lines += [_line("flag", flag) for flag in (read.flags if read is not None else ())]
    return "\n".join(line.rstrip() for line in lines if line is not None)


def fcs_document(words: FcsWords) -> dict[str, Any]:
    """All of it, for a program: null where the events could not be read."""
    chosen, read = words.looked_at, words.acquisition
    keywords = dict(chosen.keywords) if chosen else {}
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": NOTICE,
        "file": words.file,
        "sha256": read.sha256 if read is not None else None,
        "fcs": chosen.version if chosen else None,
        "data_set": words.chosen,
        "events": len(read.events) if read is not None else None,
        "parameters": [
            _parameter(number, channel)
            for number, channel in enumerate(chosen.channels if chosen else (), start=1)
        ],
        "instrument": read.instrument if read is not None else None,
        "acquired": read.acquired if read is not None else None,
        "spillover": _spillover(read),
        "keywords": shown(keywords),
        "withheld": list(withheld(keywords)),
        "data_sets": [
            {
                "number": one.number,
                "fcs": one.version,
                "events": one.events,
                "parameters": [channel.name for channel in one.channels],
            }
            for one in words.sets
        ],
        "flags": list(read.flags) if read is not None else [],
        "faults": [
            {key: getattr(fault, key) for key in ("file", "where", "expected", "received", "do")}
            for fault in words.faults
        ],
        "software": {"name": "residua", "version": __version__},
    }


def _parameter(number: int, channel: Channel) -> dict[str, Any]:
    return {
        "number": number,
        "name": channel.name,
        "marker": channel.marker,
        "kind": _STORED[channel.stored],
        "bits": channel.bits,
        "range": channel.range,
        "amplification": list(channel.amplification),
        "gain": channel.gain,
    }


def _spillover(read: Acquisition | None) -> dict[str, Any] | None:
    if read is None or not (read.spillover or read.spillover_fault):
        return None
    found = read.spillover
    return {
        "channels": list(found.channels) if found else None,
        "matrix": found.matrix.tolist() if found else None,
        "applied_already": read.compensated,
        "fault": read.spillover_fault or None,
    }


def _spillover_words(read: Acquisition) -> str:
    if read.spillover_fault:
        return f"cannot be read ({read.spillover_fault})"
    if read.spillover is None:
        return "none"
    size = len(read.spillover.channels)
    done = ", applied by the cytometer already" if read.compensated else ""
    return f"{size} x {size}{done}: {', '.join(read.spillover.channels)}"


def _withheld_words(names: Sequence[str]) -> str:
    if not names:
        return "nothing"
    listed = ", ".join(names[:_SOME]) + (f" and {len(names) - _SOME} more" * (len(names) > _SOME))
    return f"{listed} (they may name a person)"


_SOME = 6


def _set_words(one: SetWords) -> str:
    return (
        f"{one.number}: FCS {one.version}, {_plain(one.events)} events, "
        f"{len(one.channels)} parameters"
    )


def _table(channels: Iterable[Channel]) -> list[str]:
    rows = [_HEAD, *(_row(number, one) for number, one in enumerate(channels, start=1))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    right = (0, 4, 5, 7)
    return [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _row(number: int, channel: Channel) -> tuple[str, ...]:
    decades, offset = channel.amplification
    return (
        str(number),
        printable(channel.name),
        printable(channel.marker),
        _STORED[channel.stored],
        str(channel.bits) if channel.bits else "*",
        f"{channel.range:.12g}",
        f"{decades:g},{offset:g}" if decades else "",
        f"{channel.gain:g}" if channel.gain != 1 else "",
    )


def _line(head: str, text: str) -> str:
    return f"{head:<12}{printable(text) or 'not stated'}"


def _plain(count: int | None) -> str:
    return "an unknown number of" if count is None else f"{count:,}".replace(",", " ")


def printable(text: str) -> str:
    """A text of the file without what a terminal would obey, and not endless."""
    shortened = text if len(text) <= _LONGEST * 4 else text[: _LONGEST * 4] + "..."
    return "".join(char if char.isprintable() else "?" for char in shortened)
