"""What a file must have before blasts are looked for in it without a person's gates."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from residua.standards.method_clause import Clause, clause_of, method_file


@dataclass(frozen=True)
class PanelRule:
    """One of `options` must be there with all of its markers; `said` names them in words."""

    said: str
    options: tuple[frozenset[str], ...]
    source: Clause

    def holds(self, markers: Collection[str]) -> bool:
        """Whether a panel with these markers suffices."""
        return any(option <= set(markers) for option in self.options)


@dataclass(frozen=True)
class Preflight:
    """`panel` rules, `cells` that a negative needs, `faulty` the share of events under a fault."""

    panel: tuple[PanelRule, ...]
    cells: int
    faulty: float


@cache
def preflight() -> Preflight:
    """The rules."""
    book = method_file("automatic_preflight")
    for name in ("cells", "time"):
        clause_of(book[name])
    return Preflight(
        tuple(_rules(book["panel"])), int(book["cells"]["at_least"]), float(book["time"]["at_most"])
    )


def _rules(entries: list[dict[str, object]]) -> Iterator[PanelRule]:
    for entry in entries:
        options = entry["options"]
        assert isinstance(options, list)
        yield PanelRule(str(entry["said"]), tuple(map(frozenset, options)), clause_of(entry))
