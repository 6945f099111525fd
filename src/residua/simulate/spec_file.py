"""The TOML file of a spec, read whole: every fault of it is told at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from residua.readers.toml_places import read_toml
from residua.readers.toml_table import Faults, Table

S = TypeVar("S")


def read_spec(path: Path | str, make: Callable[[Table], S | None], *, name: str | None = None) -> S:
    """What `make` reads from the top of the file; it is None only where it told a fault.

    `name` is how faults call the file. Raises `InputError` with every fault, by line.
    """
    called = name or str(path)
    data, places = read_toml(path, name=called)
    faults = Faults(called, places)
    spec = make(Table(data, (), faults))
    faults.raise_any()
    assert spec is not None  # a spec that could not be made has a fault
    return spec
