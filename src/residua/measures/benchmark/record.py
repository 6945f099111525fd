"""One case of the benchmark with its truth and a reader's answer: a line of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from residua.errors import ValueFault

NOT_ASSESSABLE, NOT_DETECTED = "not assessable", "not detected"
ALWAYS = ("simulated",)  # flags that every sample of a benchmark carries, and that warn of nothing


@dataclass(frozen=True)
class Record:
    """`truth` is blasts / `cells`; `hit`, `false`, `missed` compare marked events with blasts.

    `ideal_lod` is the ideal observer's limit, `ideal_without` the same without the markers in
    `after`. `same` says whether a second call gave the same bits (None: not tried), `fitted`
    what the call fitted beside measuring: "laboratory", "patient" or nothing.
    """

    case: str
    order: int
    tier: str
    scenario: str
    laip: str
    condition: str
    level: float
    truth: float
    cells: int
    ideal_lod: float
    ideal_without: float
    status: str
    fraction: float | None
    lod: float | None
    limit_of_blank: float | None
    low: float | None
    high: float | None
    flags: tuple[str, ...]
    reason: str
    hit: int
    false: int
    missed: int
    seconds: float
    fitted: str = ""
    same: bool | None = None

    @property
    def blank(self) -> bool:
        """No blast in it."""
        return self.truth == 0

    @property
    def reported(self) -> bool:
        """Not refused."""
        return self.status != NOT_ASSESSABLE

    @property
    def positive(self) -> bool:
        """Blasts were found."""
        return self.reported and self.status != NOT_DETECTED

    @property
    def warned(self) -> bool:
        """A flag that says something about this sample."""
        return any(flag not in ALWAYS for flag in self.flags)

    @property
    def separable(self) -> bool:
        """The ideal observer needs 1e-4 at most, without the markers that may be lost too."""
        return max(self.ideal_lod, self.ideal_without) <= 1e-4

    @property
    def f1(self) -> float:
        """2 hit / (2 hit + false + missed); 0 where nothing is marked and nothing there."""
        return 2 * self.hit / max(2 * self.hit + self.false + self.missed, 1)

    @property
    def recall(self) -> float:
        """The share of the blasts that was marked."""
        return self.hit / max(self.hit + self.missed, 1)


def record_document(record: Record) -> dict[str, Any]:
    """Its keys and values as JSON has them."""
    return asdict(record) | {"flags": list(record.flags)}


def record_of(document: Mapping[str, Any]) -> Record:
    """The inverse; raises `ValueFault` for keys that are not a record's."""
    names = {one.name for one in fields(Record)}
    if set(document) != names:
        raise ValueFault("the keys of a case", "others", "remove the file and run the case again")
    return Record(**{**document, "flags": tuple(document["flags"])})
