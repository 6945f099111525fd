"""How a standard of grades is to be counted: the conventions beside the cells of its TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from residua.errors import Fault, InputError
from residua.facts.quantity import Quantity
from residua.standards.rulebook import COMPARISONS, PROVENANCE

_SOURCE = ("clause", "cite", "provenance")


@dataclass(frozen=True)
class Convention:
    """One of them: its limit or word, and where it is from."""

    id: str
    limit: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""

    @property
    def quantity(self) -> Quantity:
        """The limit as a quantity; raises ValueFault where it is a word."""
        return Quantity.parse(self.limit)

    @property
    def text(self) -> str:
        """What is counted how, with the reading."""
        return f"{self.clause} ({self.reading})" if self.reading else self.clause


@cache
def conventions_of(name: str) -> Mapping[str, Convention]:
    """Id -> convention of ``standards/NAME.toml``; raises `InputError` for one without source."""
    file = f"{name}.toml"
    text = resources.files("residua.standards").joinpath(file).read_text("utf-8")
    return parse_conventions(text, file=file)


def parse_conventions(text: str, *, file: str) -> Mapping[str, Convention]:
    """Id -> convention; raises `InputError` with every one that lacks its source."""
    records = tomllib.loads(text).get("convention", [])
    faults = [fault for record in records for fault in _faults(file, record)]
    if faults:
        raise InputError(faults)
    found = {}
    for record in records:
        limit = next(record[key] for key in COMPARISONS if key in record)
        source = {key: record[key] for key in _SOURCE}
        found[record["id"]] = Convention(
            record["id"], limit, **source, reading=record.get("reading", "")
        )
    return found


def _faults(file: str, record: Mapping[str, Any]) -> Iterator[Fault]:
    where, do = f"convention {record.get('id', '(without id)')}", "complete it from its source"
    for key in ("id", *_SOURCE):
        if not str(record.get(key, "")).strip():
            yield Fault(file, f"{where}: {key}", "a text", "nothing", do)
    if record.get("provenance", "read") not in PROVENANCE:
        yield Fault(file, f"{where}: provenance", f"one of {PROVENANCE}", "another word", do)
    if not COMPARISONS.keys() & record.keys():
        yield Fault(file, where, f"one of {', '.join(COMPARISONS)}", "none of them", do)
