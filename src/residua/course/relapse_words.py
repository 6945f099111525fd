"""When a source's words say that the disease came back, and when they deny or doubt it."""

from __future__ import annotations

import re

_DENIED = re.compile(
    r"\b(no|not|non|never|nor|without|free|exclude[sd]?|denied|lost|loss|suspected|suspicion"
    r"|possible|possibly|probable|probably|questionable|risk)\b|\?"
)


def denied(text: str) -> bool:
    """Whether the words deny or doubt something: "no evidence of", "not reached", "suspected"."""
    return bool(_DENIED.search(text.lower()))


def says_relapse(text: str) -> bool:
    """Whether the words assert a relapse and nothing else."""
    lowered = text.lower()
    return "relaps" in lowered and "remission" not in lowered and not denied(lowered)
