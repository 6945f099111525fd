"""The document of one measurement of MRD: the fields of mrd.json as frozen values.

What a course keeps of it, and of a result that a hospital reports, is `facts.mrd.MrdReading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from residua.errors import ValueFault, nearest
from residua.facts.antigen_expression import AntigenExpression
from residua.facts.interval import Interval
from residua.facts.quality import Haemodilution, QualityReport, SensitivityVerdict

DenominatorKind = Literal["nucleated", "cd45", "mononuclear", "dna", "reads", "abl1", "not stated"]
Status = Literal["quantified", "detected below LLOQ", "not detected", "not assessable"]
DENOMINATOR_KINDS: tuple[str, ...] = get_args(DenominatorKind)


@dataclass(frozen=True)
class SpecimenLabel:
    """The specimen a measurement belongs to, as far as the input names it."""

    id: str | None = None
    tissue: str | None = None
    pull: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Denominator:
    """What was counted below the line, and how many."""

    kind: DenominatorKind
    count: int

    def __post_init__(self) -> None:
        if self.kind not in DENOMINATOR_KINDS:
            raise ValueFault(
                "a kind of denominator", f"{self.kind!r}", nearest(self.kind, DENOMINATOR_KINDS)
            )
        if self.count < 0:
            raise ValueFault("a count of 0 or more", "a negative one", "correct it")


@dataclass(frozen=True)
class PolicyUsed:
    """The counting policy a result was judged by."""

    name: str
    disease: str
    provenance: str


@dataclass(frozen=True)
class FileDigest:
    """A file that took part, with the hash of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True)
class EventCounts:
    """Events in the files; None where no gate tells."""

    total: int
    after_quality: int | None = None
    nucleated: int | None = None


@dataclass(frozen=True)
class MrdLevel:
    """One count of blasts over a denominator with its limits and status.

    `fraction` is None where the numerator is 0 or the denominator unknown; `lod`, `lloq` are
    the policy's events / N; `lod95` is the level detected with 95 % probability.
    """

    numerator: int
    denominator: Denominator
    fraction: float | None
    interval: Interval | None
    lod: float | None
    lloq: float | None
    lod95: float | None
    policy: PolicyUsed
    status: Status
    reason: str = ""
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.numerator < 0 or self.numerator > self.denominator.count:
            raise ValueFault(
                "0 to as many blasts as cells in the denominator",
                "a count outside it",
                "gate the numerator inside the denominator",
            )


@dataclass(frozen=True)
class TubeResult:
    """The level of one tube, over all of its files; the last three are None for gates."""

    tube: str | None
    level: MrdLevel
    files: tuple[FileDigest, ...]
    events: EventCounts
    verdicts: tuple[SensitivityVerdict, ...] = ()
    total_interval: Interval | None = None
    limit_of_blank: float | None = None
    predicted_lod: float | None = None


@dataclass(frozen=True)
class MrdResult:
    """Everything mrd.json holds, save the head that the writer adds."""

    level: MrdLevel
    specimen: SpecimenLabel = SpecimenLabel()
    method: str = "flow cytometry"
    approach: Literal["gates", "automatic"] = "gates"
    total_interval: Interval | None = None
    limit_of_blank: float | None = None
    predicted_lod: float | None = None
    antigens: tuple[AntigenExpression, ...] = ()
    aberrancies: tuple[str, ...] = ()
    gates: FileDigest | None = None
    events: EventCounts = EventCounts(0)
    quality: QualityReport | None = None
    haemodilution: Haemodilution | None = None
    tubes: tuple[TubeResult, ...] = ()
    instrument: str = ""
    acquired: str = ""
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    inputs: tuple[FileDigest, ...] = ()
    reference: str | None = None
    model: str | None = None
