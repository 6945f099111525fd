"""The specs of the simulated normals that Residua brings along."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.tubes import panels, tube


@dataclass(frozen=True)
class ReferenceSpec:
    """The normals of one tube: `dimensions` (d,) are what it shows."""

    panel: str
    tube: str
    dimensions: tuple[str, ...]
    normals: tuple[MarrowSpec, ...]


@cache
def reference_specs() -> tuple[ReferenceSpec, ...]:
    """One for each tube of each panel of normal_reference.toml, in its order."""
    return tuple(_specs(_book()))


def _specs(book: dict[str, Any]) -> Iterator[ReferenceSpec]:
    conditions = [name for name, count in book["conditions"].items() for _ in range(count)]
    for panel, laboratory in book["laboratories"].items():
        for name in panels()[panel]:
            normals = tuple(
                MarrowSpec(
                    events=book["events"],
                    laboratory=laboratory,
                    patient=book["first_patient"] + place,
                    sample=1,
                    panel=panel,
                    tube=name,
                    condition=condition,
                )
                for place, condition in enumerate(conditions)
            )
            yield ReferenceSpec(panel, name, tube(panel, name).labels, normals)


def _book() -> dict[str, Any]:
    place = files("residua.simulate.marrow").joinpath("normal_reference.toml")
    return tomllib.loads(place.read_text(encoding="utf-8"))
