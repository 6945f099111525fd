"""The options table: one row for each option, alphabetical, never ranked, scored or advised.

Every field is ready to print: words in plain English beside the numbers behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.facts.interval import Interval

GateOutcome = Literal["pass", "fail", "unknown"]
FlagOutcome = Literal["present", "absent", "unknown"]


@dataclass(frozen=True)
class GateResult:
    """A gate at a decision.

    ``id`` is ``option/OPTION/SUBJECT/GATE``; ``missing`` says what would settle an unknown
    gate; ``readings`` give the result under each reading of an ambiguous source.
    """

    id: str
    gate: str
    kind: str
    words: str
    result: GateOutcome
    reason: str
    clause: str
    cite: str
    provenance: str
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    readings: tuple[tuple[str, GateOutcome], ...] = ()


@dataclass(frozen=True)
class FlagResult:
    """A soft risk, or a risk factor of SOS/VOD: present, absent or unknown."""

    id: str
    flag: str
    words: str
    result: FlagOutcome
    reason: str
    clause: str
    cite: str
    provenance: str
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BurdenLine:
    """What an option takes, with its arithmetic where it has one."""

    words: str
    arithmetic: str
    clause: str
    cite: str
    provenance: str


@dataclass(frozen=True)
class Rate:
    """A harm or a result of a study: ``n`` of ``of`` with the exact two-sided interval in percent.

    ``percent`` and ``value`` (a median, say) are as printed; ``interval`` is None where no count is
    given. ``ref`` names the result of a trial, empty where none is encoded. ``note`` says what must
    be read with it.
    """

    words: str
    n: int | None
    of: int | None
    percent: str
    interval: Interval | None
    clause: str
    cite: str
    provenance: str
    ref: str = ""
    value: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """Such as ``18 of 26, 69 % (exact 95 % interval 48.2-85.7 %)``; empty where none."""
        counted = f"{self.n} of {self.of}" if self.n is not None else ""
        share = f"{self.percent} %" if self.percent else ""
        number = ", ".join(part for part in (counted, share, self.value) if part)
        if self.interval is None:
            return number
        low, high = self.interval.low, self.interval.high
        return f"{number} (exact 95 % interval {low:.1f}-{high:.1f} %)"


@dataclass(frozen=True)
class LabelLine:
    """What a label says, in our own words."""

    words: str
    clause: str
    cite: str
    provenance: str


@dataclass(frozen=True)
class Choice:
    """What was decided of an option, as the record has it."""

    option: str
    choice: str | None
    by: str | None
    reason: str | None
    decision: str


@dataclass(frozen=True)
class AvailabilityLine:
    """Whether it could be had, as the record states it of a country and a date; no more."""

    fact: str
    option: str
    country: str | None
    date: str
    status: str | None


@dataclass(frozen=True)
class OptionRow:
    """One option at one decision; ``id`` is ``option/OPTION/SUBJECT``."""

    id: str
    option: str
    version: str
    title: str
    target: str
    gates: tuple[GateResult, ...]
    flags: tuple[FlagResult, ...]
    vod_factors: tuple[FlagResult, ...]
    burdens: tuple[BurdenLine, ...]
    harms: tuple[Rate, ...]
    evidence: tuple[Rate, ...]
    labels: tuple[LabelLine, ...]
    choices: tuple[Choice, ...]
    availability: tuple[AvailabilityLine, ...]

    def count(self, result: GateOutcome) -> int:
        """How many gates have this result."""
        return sum(gate.result == result for gate in self.gates)


@dataclass(frozen=True)
class InputLine:
    """What a decision asks of the patient, as the record states it then."""

    name: str
    words: str
    stated: bool
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionTable:
    """All options at one decision, or at one relapse without a recorded decision.

    ``subject`` is the id of the decision or the relapse, ``at`` the id of what was decided at;
    ``others`` are options of the record that no row stands for.
    """

    subject: str
    at: str
    date: str
    basis: Literal["decision", "relapse"]
    rows: tuple[OptionRow, ...]
    inputs: tuple[InputLine, ...]
    others: tuple[Choice, ...] = ()

    @property
    def id(self) -> str:
        """``option/SUBJECT``."""
        return f"option/{self.subject}"
