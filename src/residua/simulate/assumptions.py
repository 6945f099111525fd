"""The simulator's own numbers, each with its reason; see assumptions.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def assumed(group: str, name: str) -> float:
    """The value of one assumption."""
    return float(assumptions()[group][name]["value"])


@cache
def assumptions() -> dict[str, Any]:
    """Every assumption with unit, provenance and reason."""
    text = files("residua.simulate").joinpath("assumptions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
