"""The TEXT segment: keywords and their values (FCS 3.1 section 3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT, Header, Segment
from residua.readers.fcs.keywords import to_whole
from residua.readers.fcs.source import Source

_STAND_IN = "\ue000"  # a doubled delimiter while the text is split; no Latin-1 text holds it
_PADDING = "\0 \t\r\n"  # what some programs write behind the last delimiter
_EMPTY = "TEXT holds empty keyword values"
_NAMELESS = "TEXT holds values without a keyword, which are left out"
_SHIFTED = "TEXT does not begin with its delimiter"
_ODD = "TEXT ends in a keyword without a value"
_LATER = "TEXT gives {} twice, differently; the first counts"
_LISTED = 12
Flags = tuple[str, ...]


def read_primary(source: Source, base: int, header: Header) -> bytes:
    """The bytes of the primary TEXT of the data set at `base`; `FcsFault` where they are cut."""
    return _bytes(source, base, header.text, "TEXT")


def read_text(
    source: Source, base: int, header: Header, *, salvage: bool
) -> tuple[dict[str, str], Flags]:
    """Keywords (upper case) of TEXT and supplemental TEXT, and what was unusual about them.

    Raises `FcsFault` for a TEXT segment that is truncated; when salvaging, a supplemental one
    that is truncated is left out and flagged.
    """
    raw = read_primary(source, base, header)
    keywords, flags = parse_text(raw)
    more = supplement(keywords)
    if more.size < 2 or more == header.text:
        return keywords, flags
    try:
        extra, extra_flags = parse_text(_bytes(source, base, more, "supplemental TEXT"), raw[:1])
    except FcsFault:
        if salvage:
            return keywords, (*flags, "supplemental TEXT lies beyond the file and is left out")
        raise
    return extra | keywords, tuple(dict.fromkeys((*flags, *extra_flags)))


def parse_text(raw: bytes, delimiter: bytes = b"") -> tuple[dict[str, str], Flags]:
    """Keyword-value pairs of one TEXT segment; a doubled delimiter stands for itself.

    Values are UTF-8, else Latin-1, each on its own. Empty values, which the standard forbids
    and some instruments write, are read and flagged.
    """
    text = raw.decode("latin-1")
    mark = delimiter.decode("latin-1") or text[:1]
    body = text[1:] if text.startswith(mark) else text
    tokens = body.replace(mark * 2, _STAND_IN).split(mark)
    if tokens and not tokens[-1].strip(_PADDING):
        tokens = tokens[:-1]
    pairs, flags = _pairs(tokens, mark)
    if not text.startswith(mark):
        flags.append(_SHIFTED)
    found: dict[str, str] = {}
    later: dict[str, None] = {}
    for key, value in pairs:
        name, said = decoded(key).strip().upper(), decoded(value).strip()
        if not name:
            flags.append(_NAMELESS)
        elif found.setdefault(name, said) != said:
            later[name] = None
    if later:
        more = f" and {len(later) - _LISTED} more" * (len(later) > _LISTED)
        flags.append(_LATER.format(", ".join(list(later)[:_LISTED]) + more))
    return found, tuple(dict.fromkeys(flags))


def _pairs(tokens: list[str], mark: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Keywords with their values, and what is unusual.

    No keyword holds the delimiter, so one that seems to is a keyword with an empty value,
    followed by the next keyword; where none follows, the value begins with the delimiter.
    """
    pairs: list[tuple[str, str]] = []
    flags: list[str] = []
    for place in range(0, len(tokens), 2):
        *alone, key = tokens[place].split(_STAND_IN)
        value = tokens[place + 1] if place + 1 < len(tokens) else None
        begins = ""
        if not key.strip(_PADDING) and alone and value is not None:
            key, begins = alone.pop(), mark
        pairs += [(name, "") for name in alone]
        flags += [_EMPTY] * bool(alone)
        if value is not None:
            pairs.append((key, begins + value.replace(_STAND_IN, mark)))
        elif key.strip(_PADDING):
            flags.append(_ODD)
    return pairs, flags


def decoded(text: str) -> str:
    """Bytes, given as the text that Latin-1 makes of them, as UTF-8 where they are that."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return text


def _bytes(source: Source, base: int, segment: Segment, name: str) -> bytes:
    if segment.size < 2:
        raise FcsFault("HEADER", f"where {name} lies", "no place", EXPORT)
    held = source.size - base - segment.first
    if held < segment.size:
        received = f"{max(0, held)} (truncated)"
        raise FcsFault(name, f"{segment.size} bytes", received, "copy or re-export the file")
    return source.part(base + segment.first, segment.size)


def supplement(keywords: Mapping[str, str]) -> Segment:
    """Where supplemental TEXT lies, 0, 0 where there is none."""
    first, last = (to_whole(keywords.get(f"${key}STEXT", "0")) for key in ("BEGIN", "END"))
    return Segment(first, last) if first and last else Segment(0, 0)
