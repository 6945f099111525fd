"""Ids of a Gating-ML document: unique XML names, as near to the names as they can be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]")
_RESERVED = ("uncompensated", "FCS", "root")
"""What a compensation reference means by itself; FlowKit calls the tree itself root."""


@dataclass
class Ids:
    """The ids given so far in one document, which may hold each but once."""

    taken: set[str] = field(default_factory=lambda: set(_RESERVED))

    def give(self, name: str) -> str:
        """An id for `name`, the name itself where XML and those given before allow it."""
        plain = _NOT_IN_NAMES.sub("_", name)
        if not (plain[:1].isalpha() or plain[:1] == "_"):
            plain = f"_{plain}"
        made, count = plain, 1
        while made in self.taken:
            count += 1
            made = f"{plain}_{count}"
        self.taken.add(made)
        return made
