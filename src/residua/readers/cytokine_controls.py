"""Which names of a plate are standards, blanks and controls, and no patient's sample."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"(?:standards?|std|background|bkgd|bkg|blank|buffer|control|ctrl|qc|calibrator|cal|"
    r"lod|lloq|uloq|mean|average|avg|sd|%?\s*cv)[\s_.#-]*[\da-z]?\d*\Z",
    re.IGNORECASE,
)


def is_control(name: str) -> bool:
    """Whether a name says itself that it is none of a patient's: ``Standard3``, ``Blank``."""
    return bool(_CONTROL.match(name.strip()))
