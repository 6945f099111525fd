"""The names of antigens in one spelling: ``cd22`` and ``Cd22`` are ``CD22``."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

_CLUSTER = re.compile(r"\bcd(?=\d)", re.IGNORECASE)


def marker_name(raw: str) -> str:
    """The text with every cluster of differentiation as ``CD`` and its number."""
    return _CLUSTER.sub("CD", raw)


def _marker(raw: object) -> object:
    return marker_name(raw) if isinstance(raw, str) else raw


def _markers(raw: object) -> object:
    """One marker or a list of them, as a tuple."""
    listed = (raw,) if isinstance(raw, str) else raw
    return tuple(map(_marker, listed)) if isinstance(listed, list | tuple) else listed


Marker = Annotated[str, BeforeValidator(_marker)]
Markers = Annotated[tuple[str, ...], BeforeValidator(_markers)]
