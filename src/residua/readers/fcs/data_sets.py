"""The data sets of a file: one behind the other, each with its HEADER, TEXT and DATA.

$NEXTDATA counts from the beginning of its own data set (FCS 3.0 section 3.2.20); programs
that count from the beginning of the file are understood where only that finds a HEADER.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT, SIZE, Header, read_header
from residua.readers.fcs.keywords import to_whole
from residua.readers.fcs.source import Source
from residua.readers.fcs.text import read_text, supplement

_LOST = "$NEXTDATA leads to no further data set"


@dataclass(frozen=True)
class DataSet:
    """One data set: where it begins in the file, what HEADER and TEXT say, and what is unusual."""

    number: int
    base: int
    header: Header
    keywords: Mapping[str, str]
    following: int | None
    flags: tuple[str, ...]


def read_data_set(source: Source, number: int, *, salvage: bool = False) -> DataSet:
    """HEADER and TEXT of data set `number` (from 1); `FcsFault` where the file has no such one."""
    last = 0
    if number >= 1:
        for found in walk(source, salvage=salvage):
            if found.number == number:
                return found
            last = found.number
    held = f"a file of {last} data sets" if last > 1 else "a file of one data set"
    raise FcsFault("data set", f"data set {number}", held, "name one that is there")


def walk(source: Source, *, salvage: bool = False) -> Iterator[DataSet]:
    """Every data set in file order, each read when it is asked for.

    Their TEXT segments together cannot be longer than the file, else the file is refused.
    """
    base: int | None = 0
    number = texts = 0
    while base is not None:
        number += 1
        header = read_header(source.part(base, SIZE))
        texts += header.text.size
        if number > 1 and texts > source.size:
            received = "data sets that lie over one another"
            raise FcsFault("$NEXTDATA", "data sets apart", received, EXPORT)
        keywords, flags = read_text(source, base, header, salvage=salvage)
        texts += supplement(keywords).size
        following, lost = _following(source, base, keywords)
        every = (*header.flags, *flags, *lost)
        yield DataSet(number, base, header, keywords, following, every)
        base = following


def _following(
    source: Source, base: int, keywords: Mapping[str, str]
) -> tuple[int | None, tuple[str, ...]]:
    step = to_whole(keywords.get("$NEXTDATA", "0")) or 0
    if not step:
        return None, ()
    for place in (base + step, step):
        if place > base and source.part(place, 3) == b"FCS":
            return place, ()
    return None, (_LOST,)
