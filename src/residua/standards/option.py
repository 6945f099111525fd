"""A treatment option as data: gates, risk flags, burden, risks, labels, with the place of each.

Nothing here ranks, scores or advises. A gate is a condition that a source states; what has no
number stays text, and text is never evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from residua.facts.quantity import Quantity
from residua.standards.rulebook import Rule

GATE_KINDS = ("hard", "biological", "label", "trial")
"""What a gate is: a condition of giving it, of its target, of a label, of entry into a trial."""

FLAG_GROUPS = ("risk", "vod")
"""Which list a flag stands in: risks of the option, or risk factors of SOS/VOD."""

Joined = Literal["all", "any"]


@dataclass(frozen=True)
class Remark:
    """What to say beside a gate where a quantity meets the limit of ``rule``."""

    words: str
    rule: Rule


@dataclass(frozen=True)
class Gate:
    """A condition under which the gate passes: ``all`` or ``any`` of its parts hold.

    Without parts it is text, for a person to judge. ``readings`` are the ways in which an
    ambiguous source can be read, each with how it joins the parts; ``joined`` is the one used.
    """

    id: str
    kind: str
    words: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""
    parts: tuple[Rule, ...] = ()
    joined: Joined = "all"
    readings: Mapping[str, Joined] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Flag:
    """A soft risk, present where its rule holds; without a limit only the value is told."""

    id: str
    words: str
    clause: str
    cite: str
    provenance: str
    reading: str = ""
    group: str = "risk"
    quantity: str = ""
    rule: Rule | None = None


@dataclass(frozen=True)
class Burden:
    """What an option takes: words, and where the source gives numbers, their arithmetic."""

    words: str
    clause: str
    cite: str
    provenance: str
    count: int | None = None
    each: Quantity | None = None
    total: Quantity | None = None

    @property
    def arithmetic(self) -> str:
        """Such as ``3 x 1 h = 3 h``; empty where there is none."""
        if self.count is None or self.each is None or self.total is None:
            return ""
        return f"{self.count} x {self.each} = {self.total}"

    @property
    def adds_up(self) -> bool:
        """Whether count times each is the total."""
        if self.count is None or self.each is None or self.total is None:
            return True
        each = self.each.to(self.total.unit).value
        return abs(each * self.count - self.total.value) < Decimal("1e-9")


@dataclass(frozen=True)
class Harm:
    """A risk as a source counts it: ``n`` of ``of``, or ``percent`` alone, or words alone."""

    words: str
    clause: str
    cite: str
    provenance: str
    n: int | None = None
    of: int | None = None
    percent: str = ""
    reading: str = ""


@dataclass(frozen=True)
class Label:
    """What a label says, in our own words."""

    words: str
    clause: str
    cite: str
    provenance: str


@dataclass(frozen=True)
class Option:
    """One option; ``names`` are those under which a record may speak of it.

    ``evidence`` and ``risk_evidence`` name results of trials as ``trial-id/result-id``;
    ``includes`` are the options whose gates, flags, burden, harms and labels it shares.
    """

    id: str
    version: str
    title: str
    target: str
    checked_by: str
    names: tuple[str, ...]
    includes: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    risk_evidence: tuple[str, ...] = ()
    gates: tuple[Gate, ...] = ()
    flags: tuple[Flag, ...] = ()
    burdens: tuple[Burden, ...] = ()
    harms: tuple[Harm, ...] = ()
    labels: tuple[Label, ...] = ()
