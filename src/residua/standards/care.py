"""The CARE checklist: 13 items, some in parts, and whether a record can answer them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from residua.errors import ValueFault


@dataclass(frozen=True)
class CareItem:
    """One item or part of an item; ``source`` says who can write it."""

    id: str
    text: str
    source: Literal["facts", "author"]


@dataclass(frozen=True)
class CareChecklist:
    """The checklist with its citation; one without does not load."""

    name: str
    cite: str
    provenance: str
    items: tuple[CareItem, ...]

    def __post_init__(self) -> None:
        if not (self.cite.strip() and self.provenance.strip()):
            raise ValueFault("a checklist with cite and provenance", "one without", "add them")


@cache
def care_checklist() -> CareChecklist:
    """The checklist of ``care.toml``."""
    text = resources.files("residua.standards").joinpath("care.toml").read_text("utf-8")
    data = tomllib.loads(text)
    items = tuple(CareItem(i["id"], i["text"], i["from"]) for i in data["item"])
    return CareChecklist(f"CARE {data['version']}", data["cite"], data["provenance"], items)
