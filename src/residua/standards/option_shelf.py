"""Which options are encoded, by name; another spelling of a name finds the same option."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TypeVar

from residua.errors import ValueFault, nearest
from residua.standards.option import Flag, Gate, Option
from residua.standards.option_file import parse_option
from residua.standards.regimen_shelf import plain

_FOLDER = "options"
Record = TypeVar("Record", Gate, Flag)


@cache
def option_shelf() -> tuple[Option, ...]:
    """All encoded options by their titles in alphabetical order, each with what it includes.

    Raises `InputError` for a faulty file.
    """
    folder = resources.files("residua.standards").joinpath(_FOLDER)
    files = sorted(path.name for path in folder.iterdir() if path.name.endswith(".toml"))
    own = [parse_option(folder.joinpath(name).read_text("utf-8"), file=name) for name in files]
    by_id = {option.id: option for option in own}
    whole = (_with_included(option, by_id) for option in own)
    return tuple(sorted(whole, key=lambda option: option.title.casefold()))


def find_option(option_id: str) -> Option:
    """The option of that id; raises `ValueFault` for one that is not encoded."""
    found = {option.id: option for option in option_shelf()}
    if option_id not in found:
        raise ValueFault("the id of an encoded option", "another name", nearest(option_id, found))
    return found[option_id]


def options_called(name: str) -> tuple[Option, ...]:
    """The options that a record means by a name; several where it names two in one breath."""
    wanted = plain(name)
    return tuple(
        option
        for option in option_shelf()
        if wanted in {plain(known) for known in (option.id, option.title, *option.names)}
    )


def _with_included(option: Option, by_id: dict[str, Option]) -> Option:
    """With the gates, flags, burden, risks and labels of the options that it includes."""
    parts = [by_id[name] for name in option.includes]
    return replace(
        option,
        gates=_once([*option.gates, *(gate for part in parts for gate in part.gates)]),
        flags=_once([*option.flags, *(flag for part in parts for flag in part.flags)]),
        burdens=(*option.burdens, *(one for part in parts for one in part.burdens)),
        harms=(*option.harms, *(one for part in parts for one in part.harms)),
        risk_evidence=(*option.risk_evidence, *(one for p in parts for one in p.risk_evidence)),
        labels=(*option.labels, *(one for part in parts for one in part.labels)),
    )


def _once(records: list[Record]) -> tuple[Record, ...]:
    """The first of each id."""
    return tuple({record.id: record for record in reversed(records)}.values())[::-1]
