"""The numbers behind the steps; see choices.toml for the reason of each."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def chosen(group: str, name: str) -> float:
    """The value of one choice."""
    return float(choices()[group][name]["value"])


@cache
def choices() -> dict[str, Any]:
    """Every choice with its reason."""
    resource = files("residua.measures.acquisition_quality").joinpath("choices.toml")
    return tomllib.loads(resource.read_text(encoding="utf-8"))
