"""The tubes of the panels: which detector sees which antigens, and the dyes' spillover."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

SCATTER = ("FSC-A", "SSC-A")


@dataclass(frozen=True)
class Tube:
    """One tube: `dyes` are $PnN, `stains` the markers on each, `tandem` whether a dye is one."""

    panel: str
    name: str
    dyes: tuple[str, ...]
    stains: tuple[tuple[str, ...], ...]
    tandem: tuple[bool, ...]

    @property
    def channels(self) -> tuple[str, ...]:
        """The coordinates of a law: scatter, then the dyes."""
        return (*SCATTER, *self.dyes)

    @property
    def labels(self) -> tuple[str, ...]:
        """The same by marker."""
        return (*SCATTER, *("+".join(stain) for stain in self.stains))

    def spillover(self) -> NDArray[np.float64]:
        """Row: dye, column: detector."""
        table = book()["spillover"]
        return np.array(
            [
                [1.0 if row == column else table[row].get(column, 0.0) for column in self.dyes]
                for row in self.dyes
            ]
        )


def panels() -> dict[str, tuple[str, ...]]:
    """The names of the tubes of each panel."""
    return {name: tuple(tubes) for name, tubes in book()["panels"].items()}


def tube(panel: str, name: str) -> Tube:
    """One tube of a panel."""
    stains: dict[str, str] = book()["panels"][panel][name]
    tandem = book()["dyes"]["tandem"]
    return Tube(
        panel,
        name,
        tuple(stains),
        tuple(tuple(stain.split("+")) for stain in stains.values()),
        tuple(dye in tandem for dye in stains),
    )


@cache
def book() -> dict[str, Any]:
    """panels.toml."""
    text = files("residua.simulate.marrow").joinpath("panels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
