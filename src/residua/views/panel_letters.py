"""The letters of the course figure's panels: what each shows, and reading a choice of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from residua.errors import ValueFault

PANELS: Mapping[str, str] = {
    "A": "cytokines",
    "B": "CAR-T copies",
    "C": "MRD by modality",
    "D": "flow, the first sample",
    "E": "flow, the second sample",
    "F": "timeline",
}
_FURTHER = re.compile(r"[G-Z]|[A-Z]{2}")
_EXPECTED = (
    "letters of panels, such as C,D,F: "
    + ", ".join(f"{letter} {shown}" for letter, shown in PANELS.items())
    + ", G and on further flow samples"
)


def panels_named(words: str) -> tuple[str, ...]:
    """The letters in the order in which `words` give them, as ``C,D,F`` or ``CDF``.

    Raises `ValueFault` for a letter of no panel, one given twice, and none at all.
    """
    text = words.strip().upper()
    parts = [part.strip() for part in text.split(",")] if "," in text else list(text)
    letters = [part for part in parts if part and not part.isspace()]
    if not letters:
        raise ValueFault(_EXPECTED, "no letter", "name at least one panel")
    if any(letter not in PANELS and not _FURTHER.fullmatch(letter) for letter in letters):
        raise ValueFault(_EXPECTED, "something else", "name panels by these letters")
    if len(set(letters)) < len(letters):
        raise ValueFault(_EXPECTED, "a letter twice", "name every panel once")
    return tuple(letters)


def is_flow(letter: str) -> bool:
    """Whether the panel shows a flow sample."""
    return letter in ("D", "E") or letter not in PANELS


def further(letters: Sequence[str]) -> bool:
    """Whether flow samples beyond the two of D and E are asked for."""
    return any(letter not in PANELS for letter in letters)
