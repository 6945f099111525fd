"""An FCS file without what may name a person: same events, byte for byte, at the same places.

Kept are HEADER, the keywords that describe the measurement and the bytes of the events. All
else (other keywords, ANALYSIS, segments of a program's own, gaps) becomes blanks, which the
standard asks for between segments (FCS 3.0 section 2.2.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from residua.facts.fcs_keywords import is_technical, withheld
from residua.readers.fcs.data_sets import DataSet, walk
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT, SIZE
from residua.readers.fcs.layout import read_layout
from residua.readers.fcs.parameters import read_channels
from residua.readers.fcs.place import Place, count_events, find_data
from residua.readers.fcs.read import named_faults
from residua.readers.fcs.source import Source, open_source
from residua.readers.fcs.text import decoded, parse_text, supplement

_GONE = ("$BEGINSTEXT", "$ENDSTEXT", "$BEGINANALYSIS", "$ENDANALYSIS")  # segments left out


@dataclass(frozen=True)
class Scrubbed:
    """The file's bytes without a person's, how many data sets it has, and what was removed."""

    content: bytes
    data_sets: int
    removed: tuple[str, ...]


def scrub_bytes(path: Path | str, *, name: str | None = None) -> Scrubbed:
    """The scrubbed bytes of a file whose data can all be read; raises `InputError` otherwise."""
    with named_faults(name or str(path)), open_source(path) as source:
        content = bytearray(b" ") * source.size
        removed: dict[str, None] = {}
        sets = list(walk(source))
        for found in sets:
            _copy(source, found, content)
            removed |= dict.fromkeys(withheld(dict(found.keywords)))
        return Scrubbed(bytes(content), len(sets), tuple(removed))


def _copy(source: Source, found: DataSet, content: bytearray) -> None:
    place = _place(source, found)
    size = place.held if place.layout.free else place.layout.bytes_of(place.count)
    text, more = found.header.text, supplement(found.keywords)
    mark = source.part(found.base + text.first, 1)
    first, _ = parse_text(source.part(found.base + text.first, text.size))
    kept = {key: one for key, one in found.keywords.items() if one and is_technical(key)}
    kept |= {key: "0" for key in _GONE if key in kept}
    rest = {key: kept.pop(key) for key in list(kept) if key not in first}
    extra = _text(rest, mark) if rest else b""
    if rest:
        last = str(more.first + len(extra) - 1).zfill(len(found.keywords["$ENDSTEXT"]))
        kept |= {"$BEGINSTEXT": found.keywords["$BEGINSTEXT"], "$ENDSTEXT": last}
    main = _text(kept, mark)
    if len(main) > text.size or len(extra) > more.size:
        raise FcsFault("TEXT", "room for the keywords that stay", "too little", EXPORT)
    header = bytearray(source.part(found.base, SIZE))
    header[18:26] = f"{text.first + len(main) - 1:>8d}".encode()
    header[42:58] = f"{0:>8d}{0:>8d}".encode()
    _put(content, found.base, bytes(header))
    _put(content, found.base + text.first, main)
    _put(content, found.base + more.first if rest else 0, extra)
    _put(content, found.base + place.first, source.part(found.base + place.first, size))


def _place(source: Source, found: DataSet) -> Place:
    channels = read_channels(found.keywords)
    layout = read_layout(found.keywords, channels)
    size = source.size - found.base
    segment, _ = find_data(found.header, found.keywords, layout, size=size, salvage=False)
    return count_events(segment, layout, found.keywords, size=size, salvage=False)


def _text(keywords: Mapping[str, str], mark: bytes) -> bytes:
    parts = (_encoded(part) for pair in keywords.items() for part in pair)
    return mark + mark.join(part.replace(mark, mark * 2) for part in parts) + mark


def _encoded(text: str) -> bytes:
    """Latin-1 where that is read back as the same text, so that nothing grows; else UTF-8."""
    try:
        short = text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()
    return short if decoded(short.decode("latin-1")) == text else text.encode()


def _put(content: bytearray, place: int, part: bytes) -> None:
    content[place : place + len(part)] = part
