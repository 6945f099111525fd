"""A regimen as data: which dose of which drug on which days, each with its clause and source.

What a source does not state is None or empty: a dose may lack its number, its days or the hours
of its infusion, and then nothing is computed from it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from residua.errors import ValueFault
from residua.facts.quantity import Quantity

Known = Mapping[str, Quantity | str]
"""What is known of the patient: age, weight, and words such as the donor of a transplant."""

RULE_KINDS = (
    "cap", "cytoreduction", "discontinuation", "duration", "hold", "interval", "interruption",
    "limit", "monitoring", "premedication", "reduction", "rescue", "rounding", "setting",
    "source", "support", "timing",
)  # fmt: skip

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, "": operator.eq, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip


@dataclass(frozen=True)
class Condition:
    """What a dose depends on: ``age >=60 a``, ``donor sibling``."""

    name: str
    limit: Quantity | str

    def holds(self, known: Known) -> bool | None:
        """Whether it is met; None where what it asks for is not known.

        Years of age are completed years (Residua's choice). Raises `ValueFault` for a value of
        another kind than the condition's.
        """
        value = known.get(self.name)
        if value is None:
            return None
        if isinstance(self.limit, str) or isinstance(value, str):
            if isinstance(self.limit, Quantity) or isinstance(value, Quantity):
                raise ValueFault(f"{self.name} such as {self.limit}", "another kind", "correct it")
            return value.casefold() == self.limit.casefold()
        number = value.to(self.limit.unit).value
        if self.limit.unit == "a":
            number = number.to_integral_value("ROUND_FLOOR")
        return _COMPARE[self.limit.comparator](number, self.limit.value)

    def __str__(self) -> str:
        return f"{self.name.replace('_', ' ')} {self.limit}"


@dataclass(frozen=True)
class Dose:
    """One line of a regimen: a drug's dose on its days.

    ``dose`` to ``up_to`` where the source gives a range; a dose per day (``mg/m2/d``) is given
    once for each day. ``times`` is the number of doses where days and ``every`` do not tell.
    ``or_days`` are days that the source allows instead; ``cap`` is the most of one dose, or of
    one day for a dose per day.
    """

    drug: str
    clause: str
    cite: str
    provenance: str
    dose: Quantity | None = None
    up_to: Quantity | None = None
    days: tuple[int, ...] = ()
    or_days: tuple[int, ...] = ()
    every: Quantity | None = None
    times: int | None = None
    route: str = ""
    infusion: Quantity | None = None
    infusion_up_to: Quantity | None = None
    continuous: bool = False
    open_ended: bool = False
    timing: str = ""
    cycles: tuple[int, ...] = ()
    when: tuple[Condition, ...] = ()
    cap: Quantity | None = None
    reading: str = ""

    def applies(self, known: Known) -> bool | None:
        """Whether every condition is met; None where one is not known and none fails."""
        met = [condition.holds(known) for condition in self.when]
        if False in met:
            return False
        return None if None in met else True

    @property
    def a_day(self) -> int:
        """Doses on each of its days."""
        if self.every is None:
            return 1
        return max(1, round(24 / float(self.every.to("h").value)))

    @property
    def count(self) -> int | None:
        """Doses in all; None where the source does not tell."""
        if self.times is not None:
            return self.times
        return len(self.days) * self.a_day if self.days and not self.open_ended else None

    @property
    def intrathecal(self) -> bool:
        """Whether it goes into the cerebrospinal fluid."""
        return self.route.casefold() in ("it", "intrathecal")


@dataclass(frozen=True)
class Cycle:
    """The length of some cycles; ``up_to`` where the source lets it grow."""

    numbers: tuple[int, ...]
    clause: str
    cite: str
    provenance: str
    length: Quantity | None = None
    up_to: Quantity | None = None
    reading: str = ""


@dataclass(frozen=True)
class RegimenRule:
    """A rule beside the doses, in words; some also carry what a program can hold doses against.

    ``interval``: ``at_least`` so many days between two doses of ``drug``. ``cap``: ``at_most``
    so much of ``drug`` in one dose. ``rescue`` and ``support``: ``drug`` (from a dose of
    ``at_least`` on) goes with one of ``needs`` or with that ``support`` of the record.
    ``rounding``: to whole units of ``vial`` of ``drug``, or by ``at_most`` so much of a dose.
    """

    id: str
    kind: str
    text: str
    clause: str
    cite: str
    provenance: str
    drug: str = ""
    needs: tuple[str, ...] = ()
    support: str = ""
    at_least: Quantity | None = None
    at_most: Quantity | None = None
    vial: Quantity | None = None
    reading: str = ""


@dataclass(frozen=True)
class Regimen:
    """One published schedule, or what one published case states of its own.

    ``counts_from`` is 1 where days count from the first day of the course, 0 where they count
    from the day of a transplant or cell infusion.
    """

    name: str
    version: str
    title: str
    published: str
    cite: str
    doi: str
    checked_by: str
    counts_from: Literal[0, 1] = 1
    aliases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    doses: tuple[Dose, ...] = ()
    cycles: tuple[Cycle, ...] = ()
    rules: tuple[RegimenRule, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its cycles, ascending; 1 where the source counts none."""
        by_length = {n for cycle in self.cycles for n in cycle.numbers}
        by_dose = {n for dose in self.doses for n in dose.cycles}
        return tuple(sorted(by_length | by_dose)) or (1,)

    @property
    def drugs(self) -> tuple[str, ...]:
        """Its drugs, each once."""
        return tuple(dict.fromkeys(dose.drug for dose in self.doses))

    def cycle(self, number: int) -> Cycle | None:
        """What the source says of the length of a cycle."""
        return next((cycle for cycle in self.cycles if number in cycle.numbers), None)

    def doses_of(self, number: int) -> tuple[Dose, ...]:
        """The doses of one cycle; raises `ValueFault` for a cycle that the regimen lacks."""
        if number not in self.numbers:
            has = ", ".join(map(str, self.numbers))
            raise ValueFault(f"a cycle of {self.name} ({has})", f"cycle {number}", "name one")
        return tuple(dose for dose in self.doses if not dose.cycles or number in dose.cycles)

    @property
    def asks_for(self) -> dict[str, tuple[str, ...]]:
        """What its doses depend on -> the conditions, in words."""
        found: dict[str, dict[str, None]] = {}
        for dose in self.doses:
            for condition in dose.when:
                found.setdefault(condition.name, {})[str(condition.limit)] = None
        return {name: tuple(words) for name, words in found.items()}
