"""Every error of Residua: where it is, what was expected, what kind of thing came, what to do.

A message names the kind of thing received (a text, month 13, unit ``mgg/m2``), never a
patient's datum. All errors derive from `ResiduaError`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

_MANY = 300  # names to compare a misspelt one with


class ResiduaError(Exception):
    """The base of every error that Residua raises on purpose."""


class UsageError(ResiduaError):
    """The command was called in a way that cannot be carried out (exit 2)."""


class ValueFault(ResiduaError, ValueError):
    """A single value is not what it should be; its reader adds the place.

    `expected`, `received` and `do` are phrases: ``expected a date such as 2019-08, received
    month 13, do correct the month``. A check of a whole row names the `field` at fault.
    """

    def __init__(self, expected: str, received: str, do: str, *, field: str = "") -> None:
        self.expected, self.received, self.do, self.field = expected, received, do, field
        super().__init__(f"expected {expected}, received {received}, do {do}")

    def at(self, file: str, where: str, line: int | None = None) -> Fault:
        """This fault with its place in a file."""
        return Fault(file, where, self.expected, self.received, self.do, line)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong at one place of the input."""

    file: str
    where: str
    expected: str
    received: str
    do: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return one_line(
            f"{place}: {self.where}: expected {self.expected}, "
            f"received {self.received}, do {self.do}"
        )


class InputError(ResiduaError):
    """The input has faults (exit 1); all of those found in one pass are in `faults`."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def system_words(error: OSError) -> str:
    """What the file system says of a file that it refuses: ``no such file or directory``."""
    return (error.strerror or "an error of the file system").lower()


def one_line(text: str) -> str:
    """The text with what breaks lines or commands a terminal spelled out, such as ``\\x1b``."""
    if text.isprintable():
        return text
    kept = (char if char.isprintable() else ascii(char)[1:-1] for char in text)
    return "".join(kept)


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice that names the known word nearest to `word`, or lists the known ones.

    Nearest is the one that differs in case and punctuation only (``cd19``, ``CD66c/CD123``), else
    the only one that has `word` among its own words (``CD19 PE-Cy7``), else one spelt alike.
    """
    names = sorted(known)
    own = _words(word)
    same = [name for name in names if own and _words(name) == own]
    within = [name for name in names if own and own < _words(name)]
    close = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    chosen = same or (within if len(within) == 1 else []) or close
    return f"write {chosen[0]!r}" if chosen else f"use one of: {', '.join(names)}"


def nearest_or(word: str, known: Iterable[str], otherwise: str) -> str:
    """As `nearest`, but `otherwise` in place of a list that is too long to read."""
    advice = nearest(word, known)
    return advice if advice.startswith("write") else otherwise


def _words(text: str) -> frozenset[str]:
    """The words of a name, without their case and the signs between them."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def nearest_of(word: str, known: Collection[str], *, none: str) -> str:
    """As `nearest`, at bounded cost: `none` where nothing is known, no comparing with hundreds."""
    if not known:
        return none
    return nearest(word, known) if len(known) < _MANY else "name one that is there"
