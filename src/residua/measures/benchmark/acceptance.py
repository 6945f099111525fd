"""The scores held against what is to be reached."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from residua.measures.benchmark.record import Record
from residua.measures.benchmark.scores import Score, score

Judged = Literal["met", "not met", "too few"]


@dataclass(frozen=True)
class Line:
    """One line of acceptance.toml for one tier, and one scenario or ("") all of its groups."""

    score: str
    tier: str
    scenario: str
    measured: Score
    gate: float
    stretch: float
    at_most: bool
    cases: int

    @property
    def gate_met(self) -> Judged:
        """Whether the gate is reached."""
        return self._judged(self.gate)

    @property
    def stretch_met(self) -> Judged:
        """Whether the goal is."""
        return self._judged(self.stretch)

    def _judged(self, limit: float) -> Judged:
        value = self.measured.value
        if value is None or self.measured.n < self.cases:
            return "too few"
        return "met" if (value <= limit if self.at_most else value >= limit) else "not met"


def accepted(records: Sequence[Record], intact: Mapping[str, str]) -> tuple[Line, ...]:
    """Every line for which there are cases; `intact` names the scenario without the loss."""
    return tuple(line for entry in _book()["line"] for line in _lines_of(entry, records, intact))


def group_of(scenario: str) -> str:
    """The group that a scenario is in; "" where no line asks for it."""
    groups = _book()["groups"]
    return next((name for name, members in groups.items() if scenario in members), "")


def _lines_of(
    entry: Mapping[str, Any], records: Sequence[Record], intact: Mapping[str, str]
) -> list[Line]:
    lines = []
    for tier in entry["tiers"]:
        own = [r for r in records if r.tier == tier]
        chosen = [r for r in own if group_of(r.scenario) in entry["groups"]]
        if entry.get("over") == "tier":
            parts = {"": chosen}
        else:
            names = dict.fromkeys(r.scenario for r in chosen)
            parts = {name: [r for r in chosen if r.scenario == name] for name in names}
        for name, part in parts.items():
            whole = [r for r in own if r.scenario == intact.get(name)]
            if part:
                lines.append(_line(entry, tier, name, score(entry["score"], part, whole)))
    return lines


def _line(entry: Mapping[str, Any], tier: str, scenario: str, measured: Score) -> Line:
    at_most = "at_most" in entry
    limits = entry["at_most" if at_most else "at_least"]
    return Line(
        entry["score"],
        tier,
        scenario,
        measured,
        limits["gate"],
        limits["stretch"],
        at_most,
        entry["cases"],
    )


@cache
def _book() -> dict[str, Any]:
    text = files("residua.measures.benchmark").joinpath("acceptance.toml").read_text("utf-8")
    return tomllib.loads(text)
