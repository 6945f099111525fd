"""The suites as data, and the cases of one of them in their order."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import Any

from residua.errors import UsageError, nearest
from residua.simulate.marrow.spec import INSEPARABLE, MarrowSpec

OTHER_DIAGNOSIS, EXCHANGED = "diagnosis of another patient", "two markers exchanged"
_NORMAL, _TEST, _OTHER = 100_000, 500_000, 800_000  # seeds of people who are never the same
_DIAGNOSIS, _FOLLOW_UP = 1, 10  # samples of a patient
_WORLD, _LABORATORY, _TIER = 10_000, 1_000, 100


@dataclass(frozen=True)
class Scenario:
    """What the follow-ups of a scenario are like; `after`, `loss` and `twist` set it apart."""

    name: str
    world: str
    condition: str = "adult"
    after: tuple[str, ...] = ()
    loss: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    sample_warp: float = 0.0
    intact: str = ""
    twist: str = ""


@dataclass(frozen=True)
class Laboratory:
    """A laboratory of a world: `seed` is its own, `normals` are the specs of its normals."""

    name: str
    seed: int
    normals: tuple[MarrowSpec, ...]


@dataclass(frozen=True)
class Case:
    """One follow-up with all that is needed to read it; `order` counts the cases of a suite."""

    name: str
    order: int
    tier: str
    laip: str
    scenario: Scenario
    laboratory: Laboratory
    diagnosis: MarrowSpec
    follow_up: MarrowSpec
    level: float
    exchanged: tuple[str, str] | None


PAIRS = (("CD10", "CD20"), ("CD19", "CD38"), ("CD34", "CD45"))  # detectors of every panel


def suite_names() -> tuple[str, ...]:
    """The suites, by name."""
    return tuple(book()["suites"])


def cases_of(name: str) -> tuple[Case, ...]:
    """The cases of a suite: laboratory after laboratory, patient after patient.

    Raises `UsageError` for an unknown name.
    """
    suites = book()["suites"]
    if name not in suites:
        raise UsageError(f"no suite is called {name!r}; {nearest(name, tuple(suites))}")
    suite = suites[name]
    found = (
        part
        for world, count in suite["laboratories"].items()
        for number in range(count)
        for part in _laboratory(suite, world, number)
    )
    return tuple(case(order) for order, case in enumerate(found))


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Every scenario by its name."""
    return {
        name: Scenario(
            name=name,
            **{**table, "after": tuple(table.get("after", ()))},
        )
        for name, table in book()["scenarios"].items()
    }


@cache
def book() -> dict[str, Any]:
    """suites.toml."""
    text = files("residua.simulate.bench").joinpath("suites.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class _Unnumbered:
    """A case but for its place in the suite."""

    fields: Mapping[str, Any]

    def __call__(self, order: int) -> Case:
        return Case(order=order, **self.fields)


def _laboratory(suite: Mapping[str, Any], world: str, number: int) -> Iterator[_Unnumbered]:
    place = list(book()["worlds"]).index(world)
    base = place * _WORLD + number * _LABORATORY
    common: dict[str, Any] = {**book()["worlds"][world], "laboratory": 1 + place * 10 + number}
    mix = suite["mix"]
    normals = tuple(
        MarrowSpec(
            events=suite["normal_events"],
            patient=_NORMAL + base + one,
            sample=_DIAGNOSIS,
            condition=mix[one % len(mix)],
            **common,
        )
        for one in range(suite["normals"])
    )
    laboratory = Laboratory(f"{world}-{number + 1}", common["laboratory"], normals)
    for tier, patient in product(suite["tiers"], range(suite["patients"][world])):
        yield from _patient(suite, laboratory, common, tier, (world, base, patient))


def _patient(
    suite: Mapping[str, Any],
    laboratory: Laboratory,
    common: Mapping[str, Any],
    tier: str,
    who: tuple[str, int, int],
) -> Iterator[_Unnumbered]:
    world, base, patient = who
    own = base + list(book()["tiers"]).index(tier) * _TIER + patient
    laip = f"{laboratory.name}/{tier}/{patient + 1}"
    sample = _FOLLOW_UP
    for scenario in scenarios().values():
        if scenario.world != world or (tier == INSEPARABLE and scenario.loss):
            continue
        levels = [0.0] * suite["blanks"].get(scenario.name, 0)
        levels += suite["levels"].get(scenario.name, [])
        other = scenario.twist == OTHER_DIAGNOSIS
        diagnosis = MarrowSpec(
            events=suite["diagnosis_events"],
            patient=(_OTHER if other else _TEST) + own,
            sample=_DIAGNOSIS,
            clone=tier,
            blast_fraction=0.5 + 0.1 * (patient % 5),
            **common,
        )
        for number, level in enumerate(levels):
            sample += 1
            follow_up = MarrowSpec(
                events=suite["events"],
                patient=_TEST + own,
                sample=sample,
                clone=tier,
                condition=scenario.condition,
                blast_fraction=level,
                drift=1.0,
                loss=scenario.loss,
                sample_warp=scenario.sample_warp,
                **common,
            )
            yield _Unnumbered(
                {
                    "name": f"{laip}/{scenario.name}/{level:g}/{number + 1}",
                    "tier": tier,
                    "laip": laip,
                    "scenario": scenario,
                    "laboratory": laboratory,
                    "diagnosis": diagnosis,
                    "follow_up": follow_up,
                    "level": level,
                    "exchanged": PAIRS[own % 3] if scenario.twist == EXCHANGED else None,
                }
            )
