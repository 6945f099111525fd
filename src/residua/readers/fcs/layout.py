"""How one event lies in the data: the type and width of each value, the order of its bytes.

DATA is one continuous stream of bits (FCS 3.0 section 3.2.20, $DATATYPE): values whose width
is no whole number of bytes follow one another, also from event to event, without a gap.
Programs that leave gaps give themselves away by the size of their data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from residua.facts.acquisition import Channel
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT
from residua.readers.fcs.keywords import Keywords

_BY_EVENT = "packed events begin at whole bytes, not where the standard lets them"
_BY_VALUE = "values fill whole bytes, more than the bits that $PnB gives them"


@dataclass(frozen=True)
class Field:
    """One value: `kind` I, F, D or A, and its bits (0: ASCII of any length, delimited)."""

    kind: str
    bits: int


@dataclass(frozen=True)
class Layout:
    """The values of one event in file order, `order` < or > of their bytes.

    `halves` says that the two 16-bit halves of a 32-bit value are swapped (PDP-11), `gap` how
    many bits no value uses at the end of each event.
    """

    fields: tuple[Field, ...]
    order: str
    halves: bool = False
    gap: int = 0

    @property
    def free(self) -> bool:
        """Whether the data are numbers in ASCII that delimiters keep apart."""
        return self.fields[0].kind == "A" and self.fields[0].bits == 0

    @property
    def event_bits(self) -> int:
        """Bits from one event to the next."""
        return sum(field.bits for field in self.fields) + self.gap

    @property
    def packed(self) -> bool:
        """Whether a value begins or ends within a byte."""
        return any(field.bits % 8 for field in self.fields)

    @property
    def spoken(self) -> str:
        """The layout as a person says it, ``12 parameters x 32 bit``."""
        if self.fields[0].kind == "A":
            return f"{len(self.fields)} parameters in ASCII"
        bits = sorted({field.bits for field in self.fields})
        return f"{len(self.fields)} parameters x {'/'.join(str(bit) for bit in bits)} bit"

    def bytes_of(self, count: int) -> int:
        """How many bytes `count` events fill."""
        return -(-count * self.event_bits // 8)

    def events_in(self, size: int) -> int:
        """How many whole events lie in `size` bytes."""
        return max(0, size) * 8 // self.event_bits


def read_layout(keywords: Keywords, channels: tuple[Channel, ...]) -> Layout:
    """The layout of list-mode data; raises `FcsFault` naming a feature that is not read."""
    mode = (keywords.get("$MODE") or "L").upper()
    if mode != "L":
        raise FcsFault("$MODE", "list mode (L)", f"mode {mode[:1]} (histogram)", EXPORT)
    fields = tuple(
        Field(channel.stored, channel.bits * (8 if channel.stored == "A" else 1))
        for channel in channels
    )
    if len({field.bits == 0 for field in fields}) > 1:
        raise FcsFault("$PnB", "* for all parameters or none", "both", EXPORT)
    order, halves = _order(keywords, fields)
    layout = Layout(fields, order, halves)
    if layout.packed and {field.kind for field in fields} != {"I"}:
        received = "packed integers between other types"
        raise FcsFault("$PnB", "whole bytes beside floating-point values", received, EXPORT)
    return layout


def stored_as(layout: Layout, *, size: int, events: int | None) -> tuple[Layout, str]:
    """The layout that fills `size` bytes with `events`, and a flag where it is not the standard's.

    Only packed integers leave a choice. Raises `FcsFault` where none fills them.
    """
    if not layout.packed or events is None:
        return layout, ""
    gap = -layout.event_bits % 8
    widened = replace(layout, fields=tuple(Field("I", _machine(f.bits)) for f in layout.fields))
    choices = ((layout, ""), (replace(layout, gap=gap), _BY_EVENT), (widened, _BY_VALUE))
    for slack in (0, 1, -1):
        for choice, flag in choices:
            if choice.bytes_of(events) == size - slack:
                return choice, flag
    return layout, ""


def _machine(bits: int) -> int:
    """The narrowest width of a machine's integers that holds `bits`."""
    return max(8, 1 << (bits - 1).bit_length())


def _order(keywords: Keywords, fields: tuple[Field, ...]) -> tuple[str, bool]:
    text = keywords.get("$BYTEORD", "").replace(" ", "")
    if all(field.kind == "A" or field.bits == 8 for field in fields):
        return "<", False
    places = text.split(",")
    rising = [str(number + 1) for number in range(min(len(places), 64))]
    if places == rising:
        return "<", False
    if places == rising[::-1]:
        return ">", False
    swapped = {"3,4,1,2": "<", "2,1,4,3": ">"}.get(text)
    if swapped is None:
        received = "another byte order" if text else "none"
        raise FcsFault("$BYTEORD", "1,2,3,4 or 4,3,2,1", received, EXPORT)
    if any(field.bits not in (8, 16, 32) for field in fields):
        wrong = next(field.bits for field in fields if field.bits not in (8, 16, 32))
        received = f"values of {wrong} bit, whose order it leaves open"
        raise FcsFault("$BYTEORD", "32-bit words where it is " + text, received, EXPORT)
    return swapped, True
