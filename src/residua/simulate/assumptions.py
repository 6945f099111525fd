"""The simulator's own numbers, each with its reason; see assumptions.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np


def assumed(group: str, name: str) -> float:
    """The value of one assumption."""
    return float(assumptions()[group][name]["value"])


def assumed_numbers(group: str, name: str) -> tuple[float, ...]:
    """The values of one assumption that is a list."""
    return tuple(float(value) for value in assumptions()[group][name]["value"])


def drawn(group: str, name: str, random: np.random.Generator) -> float:
    """A value from an assumption that is a range, each as likely."""
    low, high = assumed_numbers(group, name)
    return float(random.uniform(low, high))


def drawn_day(group: str, name: str, random: np.random.Generator) -> int:
    """A whole day from a range, both ends included."""
    low, high = assumed_numbers(group, name)
    return int(random.integers(int(low), int(high), endpoint=True))


@cache
def assumptions() -> dict[str, Any]:
    """Every assumption with unit, provenance and reason."""
    text = files("residua.simulate").joinpath("assumptions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
