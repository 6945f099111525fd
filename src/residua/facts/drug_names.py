"""Names of drugs: one for every spelling, and the antigen that a drug aims at."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class TargetedDrug:
    """A drug with the antigen that it binds."""

    name: str
    short: str
    target: str


@cache
def _by_name() -> dict[str, TargetedDrug]:
    text = resources.files("residua.facts").joinpath("drugs.toml").read_text("utf-8")
    return {
        alias: TargetedDrug(entry["name"], entry["short"], entry["target"])
        for entry in tomllib.loads(text).values()
        for alias in entry["names"]
    }


def targeted_drug(name: str) -> TargetedDrug | None:
    """The targeted drug of that name in any of its spellings; None for any other drug."""
    return _by_name().get(name.strip().lower())


@cache
def _spellings() -> dict[str, str]:
    text = resources.files("residua.facts").joinpath("drug_spellings.toml").read_text("utf-8")
    return {
        spelling: entry["name"]
        for entry in tomllib.loads(text).values()
        for spelling in (entry["name"], *entry["names"])
    }


def spelled_out(name: str) -> str:
    """One name for every spelling of a drug; a drug not in the table in lower case."""
    plain = " ".join(name.lower().split())
    return _spellings().get(plain, plain)
