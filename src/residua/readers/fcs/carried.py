"""What a file of our own says about where its events come from, kept in keywords of TEXT."""

from __future__ import annotations

from residua.readers.fcs.keywords import Keywords

SIMULATED = "RESIDUA_SIMULATED"
SALVAGED = "RESIDUA_SALVAGED"
FLAGS = "RESIDUA_FLAGS"
BETWEEN = "; "
_LONGEST = 2000


def salvaged(read: int, stated: int) -> str:
    """``12 of 20 stated events``."""
    return f"{read} of {stated} stated events"


def carried_flags(keywords: Keywords, own: tuple[str, ...]) -> tuple[str, ...]:
    """What the keywords of a copy say of the file it was written from, beyond its `own` flags."""
    flags = []
    if SIMULATED in keywords:
        flags.append("simulated")
    if SALVAGED in keywords:
        flags.append(f"salvaged: {keywords[SALVAGED][:_LONGEST]}")
    earlier = keywords.get(FLAGS, "")[:_LONGEST]
    flags += [f"before export: {flag}" for flag in earlier.split(BETWEEN) if flag not in ("", *own)]
    return tuple(flags)
