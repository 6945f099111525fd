"""Which regimens are encoded, by name."""

from __future__ import annotations

from functools import cache
from importlib import resources

from residua.errors import ValueFault, nearest
from residua.standards.regimen import Regimen
from residua.standards.regimen_file import parse_regimen

_FOLDER = "regimens"


@cache
def regimen_names() -> tuple[str, ...]:
    """The names of all encoded regimens, in order."""
    folder = resources.files("residua.standards").joinpath(_FOLDER)
    files = (path.name for path in folder.iterdir())
    return tuple(sorted(n.removesuffix(".toml") for n in files if n.endswith(".toml")))


@cache
def load_regimen(name: str) -> Regimen:
    """The regimen of that name; raises `ValueFault` for one that is not encoded."""
    if name not in regimen_names():
        raise ValueFault("an encoded regimen", "another name", nearest(name, regimen_names()))
    file = f"{name}.toml"
    path = resources.files("residua.standards").joinpath(_FOLDER, file)
    return parse_regimen(path.read_text("utf-8"), file=file)


def regimens_called(name: str) -> tuple[Regimen, ...]:
    """The regimens of a name or another spelling of it; several where it fits several."""
    wanted = plain(name)
    every = [load_regimen(known) for known in regimen_names()]
    exact = tuple(r for r in every if plain(r.name) == wanted)
    return exact or tuple(r for r in every if wanted in {plain(alias) for alias in r.aliases})


def plain(name: str) -> str:
    """A name without case, spaces and hyphens."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
