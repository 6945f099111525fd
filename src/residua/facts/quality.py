"""How good an acquisition is, whether its cells suffice, and how much blood is in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from residua.errors import ValueFault
from residua.facts.interval import Interval

StepName = Literal["time", "boundary", "debris", "doublets", "nucleated"]
STEPS: tuple[StepName, ...] = get_args(StepName)


@dataclass(frozen=True)
class QualitySpec:
    """``[quality]`` of a strategy: steps whose events are not counted, and stated gates.

    `cells`, `singlets` and `nucleated` name the gate that keeps what the steps debris, doublets
    and nucleated are to keep, in place of Residua's own rule.
    """

    remove: tuple[StepName, ...] = ()
    cells: str | None = None
    singlets: str | None = None
    nucleated: str | None = None


@dataclass(frozen=True)
class HaemodilutionSpec:
    """``[haemodilution]`` of a strategy: the gates of immature granulocytes and neutrophils."""

    immature: str
    neutrophils: str


@dataclass(frozen=True)
class QualityCheck:
    """One rule of a step: the events that it removed, and in words what it found."""

    name: str
    removed: int
    reason: str


@dataclass(frozen=True)
class QualityStep:
    """One step: the events before it, those it removed, and why; or why it cannot say.

    Over several files it may be `assessed` in some of them only: then it is `partly`.
    """

    step: StepName
    assessed: bool
    before: int
    removed: int
    reason: str
    checks: tuple[QualityCheck, ...] = ()
    partly: bool = False

    @property
    def status(self) -> Literal["assessed", "assessed in part", "not assessable"]:
        """Whether the step could answer."""
        if not self.assessed:
            return "not assessable"
        return "assessed in part" if self.partly else "assessed"

    def __post_init__(self) -> None:
        if not 0 <= self.removed <= self.before:
            raise ValueFault("0 to as many events as before", "another count", "correct it")

    @property
    def left(self) -> int:
        """The events after it."""
        return self.before - self.removed


@dataclass(frozen=True)
class TimeBin:
    """A stretch of time from `start` to `end` (seconds, or units of the clock) with its events.

    `state` says what is wrong with it, "" where nothing is.
    """

    start: float
    end: float
    events: int
    state: Literal["", "clog", "surge", "gap", "drift"] = ""


@dataclass(frozen=True)
class FileQuality:
    """The quality of one file; `not_finite` events hold a NaN or an infinity.

    `bins` is the flow rate over time, in `time_unit`; empty where there is no clock.
    """

    file: str
    total: int
    not_finite: int
    steps: tuple[QualityStep, ...]
    flags: tuple[str, ...] = ()
    bins: tuple[TimeBin, ...] = ()
    time_unit: str = ""

    @property
    def left(self) -> int | None:
        """Events after every step that can be assessed; None where none can."""
        if not any(step.assessed for step in self.steps):
            return None
        return self.steps[-1].left


@dataclass(frozen=True)
class Enough:
    """Whether `have` cells reach `needed`, and how many are missing."""

    needed: int
    have: int

    @property
    def enough(self) -> bool:
        """Whether they do."""
        return self.have >= self.needed

    @property
    def missing(self) -> int:
        """The cells still missing."""
        return max(0, self.needed - self.have)


@dataclass(frozen=True)
class SensitivityVerdict:
    """Whether a `level` can be detected, and quantified, in the cells counted.

    The last two are the same of the cells that are left after the quality steps; None where no
    step can be assessed.
    """

    level: float
    detect: Enough
    quantify: Enough
    detect_after_quality: Enough | None = None
    quantify_after_quality: Enough | None = None


@dataclass(frozen=True)
class QualityReport:
    """The quality behind an MRD result: every file, their sum, and what it means for it.

    `removed` are the steps whose events were not counted, because the strategy says so.
    """

    steps: tuple[QualityStep, ...]
    files: tuple[FileQuality, ...]
    verdicts: tuple[SensitivityVerdict, ...]
    removed: tuple[StepName, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Haemodilution:
    """How pure a marrow is by its immature granulocytes per neutrophil.

    `grade` is "highly pure", "moderately pure" or "haemodiluted", None where `reason` says why
    there is none; `interval` is exact and covers counting only.
    """

    method: str
    grade: str | None
    reason: str = ""
    immature: int | None = None
    neutrophils: int | None = None
    ratio: float | None = None
    interval: Interval | None = None
    clause: str = ""
    cite: str = ""
    provenance: str = ""
    notes: tuple[str, ...] = ()
