"""Where the events lie and how many there are, from HEADER, TEXT, $TOT and the file's length."""

from __future__ import annotations

from dataclasses import dataclass

from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT, Header, Segment
from residua.readers.fcs.keywords import Keywords, whole_or_none
from residua.readers.fcs.layout import Layout, stored_as

_DISAGREE = "HEADER and TEXT disagree where the data lie; "
_NO_TOT = "no $TOT: events counted from the data segment"
_OFF_BY_ONE = "the end of the data is off by one byte"
AGAIN = "re-export the file"


@dataclass(frozen=True)
class Place:
    """The events to read: `count` from byte `first` of the data set, laid out as `layout`.

    `held` is how many bytes may be read from there; `stated` the events that the file claims,
    where it is not `count` (a salvaged file). `cut` says that the file ends within the data.
    """

    first: int
    held: int
    count: int
    layout: Layout
    flags: tuple[str, ...]
    stated: int | None = None
    cut: bool = False


def find_data(
    header: Header, keywords: Keywords, layout: Layout, *, size: int, salvage: bool
) -> tuple[Segment, tuple[str, ...]]:
    """The DATA segment in a data set of `size` bytes, and flags.

    TEXT counts where HEADER and TEXT differ, unless its place is impossible (outside the file,
    over TEXT itself, too short for $TOT) and HEADER's is not. Where $TOT speaks for HEADER and
    the places begin apart, `FcsFault`.
    """
    begin, end = (whole_or_none(keywords, f"${key}DATA") or 0 for key in ("BEGIN", "END"))
    text, ours = Segment(begin, end), header.data
    if not text.stated and not ours.stated:
        if whole_or_none(keywords, "$TOT") == 0:
            return Segment(size, size - 1), ()
        raise FcsFault("$BEGINDATA", "where the data lie", "no place", EXPORT)
    if text == ours or not ours.stated:
        return text, ()
    if not text.stated:
        return ours, ()
    fit = {part: _fit(part, header, keywords, layout, size) for part in (text, ours)}
    if fit[ours] > fit[text] and (fit[text] == 0 or text.first != ours.first):
        if fit[text] == 0 or salvage:
            return ours, (_DISAGREE + "HEADER is used, TEXT's place does not fit",)
        received = "another, that holds more than $TOT events"
        raise FcsFault("$BEGINDATA", "the place that HEADER gives the data", received, EXPORT)
    return text, (_DISAGREE + "TEXT is used",)


def _fit(part: Segment, header: Header, keywords: Keywords, layout: Layout, size: int) -> int:
    """2 for a place that holds exactly $TOT events, 1 for one that may hold them, 0 for none."""
    if part.last > size or part.first < 58 or part.overlaps(header.text):
        return 0
    total = whole_or_none(keywords, "$TOT")
    if layout.free or total is None:
        return 1
    layout, _ = stored_as(layout, size=part.size, events=total)
    over = part.size - layout.bytes_of(total)
    return 2 if abs(over) <= 1 else int(over > 0)


def count_events(
    segment: Segment, layout: Layout, keywords: Keywords, *, size: int, salvage: bool
) -> Place:
    """How many events to read; `FcsFault` where the file states more than it holds.

    When salvaging, those that are there.
    """
    stated = whole_or_none(keywords, "$TOT")
    if layout.free:
        held = max(0, min(segment.last + 1, size) - segment.first)
        return Place(segment.first, held, 0, layout, (), stated, cut=segment.last >= size)
    layout, flag = stored_as(layout, size=segment.size, events=stated)
    flags = (flag,) if flag else ()
    there = max(0, min(segment.last + 1, size) - segment.first)
    if stated is None:
        return _uncounted(segment, layout, there, flags, size=size, salvage=salvage)
    over = segment.size - layout.bytes_of(stated)
    reach = max(0, size - segment.first)
    if over == -1 and layout.bytes_of(stated) <= reach:
        return Place(segment.first, reach, stated, layout, (*flags, _OFF_BY_ONE))
    if layout.bytes_of(stated) > there:
        return _short(segment, layout, there, stated, flags, salvage=salvage)
    _check_parameters(keywords, layout, over)
    return Place(
        segment.first, there, stated, layout, (*flags, *_excess(segment, over, stated, size))
    )


def _check_parameters(keywords: Keywords, layout: Layout, over: int) -> None:
    """TEXT may describe more parameters than $PAR counts only where the data leave no doubt."""
    count = len(layout.fields)
    if over > 1 and keywords.get(f"$P{count + 1}B"):
        expected = "the number of parameters that TEXT describes"
        raise FcsFault("$PAR", expected, f"{count}, beside $P{count + 1}B", EXPORT)


def _excess(segment: Segment, over: int, stated: int, size: int) -> tuple[str, ...]:
    if over == 1:
        return (_OFF_BY_ONE,)
    if over and segment.last >= size:
        return (f"the data segment ends beyond the file, which holds the {stated} events of $TOT",)
    return (f"the data segment holds more than the {stated} events of $TOT",) if over else ()


def _uncounted(
    segment: Segment,
    layout: Layout,
    there: int,
    flags: tuple[str, ...],
    *,
    size: int,
    salvage: bool,
) -> Place:
    """Without $TOT, the whole events of the segment, which must then lie in the file."""
    claimed, held = layout.events_in(segment.size), layout.events_in(there)
    if segment.last > size or (segment.last == size and claimed > held):
        place = _short(segment, layout, there, claimed, flags, salvage=salvage)
        return Place(place.first, there, held, layout, (*flags, _NO_TOT), claimed)
    rest = there - layout.bytes_of(held)
    flags = (*flags, _NO_TOT)
    if segment.last == size or rest == 1:
        flags = (*flags, _OFF_BY_ONE)
    elif rest:
        flags = (*flags, f"{rest} bytes behind the last whole event are left out")
    return Place(segment.first, there, held, layout, flags)


def _short(
    segment: Segment,
    layout: Layout,
    there: int,
    stated: int,
    flags: tuple[str, ...],
    *,
    salvage: bool,
) -> Place:
    held = layout.events_in(there)
    if salvage and held:
        return Place(segment.first, there, min(held, stated), layout, flags, stated)
    raise too_few(stated, held, layout)


def too_few(stated: int, held: int, layout: Layout) -> FcsFault:
    """The file states more events than it holds."""
    received = f"a data segment that holds {held} ({layout.spoken})"
    do = f"{AGAIN}, or salvage the {held} complete events" if held else AGAIN
    return FcsFault("$TOT", f"{stated} events, as it says", received, do)
