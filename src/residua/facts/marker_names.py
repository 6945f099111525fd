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


_CD = r"(?P<cd>\d+)(?P<form>R[ABO](?![a-z])|[a-z](?![a-z]))?"
_ANTIGEN = re.compile(
    rf"(?:(?<![a-z])(?P<cell>cyt|cy|ic|c|i)[\s_-]?)?CD[\s_-]?{_CD}"
    rf"|(?<=[/+&,])\s*(?P<also>\d+)(?P<variant>[a-z])?(?![\w-])"
    r"|(?P<other>HLA[\s_-]?DR|CRLF2|TSLPR|NG2|TDT|Ig[AMGDEκλ](?![a-z]))",
    re.IGNORECASE,
)
_SPELT = {"hladr": "HLA-DR", "tslpr": "CRLF2", "crlf2": "CRLF2", "ng2": "NG2", "tdt": "TdT"}


def stain_name(raw: str) -> str:
    """The antigens that a detector's name tells, in one spelling: ``cd123/CD66c PE`` and

    ``CD66c+CD123`` are ``CD66c+CD123``, ``hladr V450`` is ``HLA-DR``; dyes are left out. "" where
    it tells none. Several antigens stand in the order of their numbers.
    """
    found: dict[str, tuple[int, str]] = {}
    for match in _ANTIGEN.finditer(raw):
        name, place = _antigen(match, bool(found))
        if name:
            found[name] = (place, name)
    return "+".join(name for _, name in sorted(found.values()))


def _antigen(match: re.Match[str], follows: bool) -> tuple[str, int]:
    """One antigen with its number; "" for digits that follow no antigen."""
    if match["cd"]:
        form = match["form"] or ""
        form = form.lower() if len(form) == 1 else form.upper()
        inside = "cy" if match["cell"] else ""
        return f"{inside}CD{int(match['cd'])}{form}", int(match["cd"])
    if match["also"]:
        name = f"CD{int(match['also'])}{(match['variant'] or '').lower()}"
        return (name, int(match["also"])) if follows else ("", 0)
    plain = re.sub(r"[\s_-]", "", match["other"])
    return _SPELT.get(plain.lower(), f"Ig{plain[2:].upper()}"), 10_000
