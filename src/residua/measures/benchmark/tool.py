"""A reader of MRD as the benchmark meets it: one call from samples to an answer."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.facts.mrd_result import Status
from residua.measures.preflight.prepared import PreparedSample

Reference = TypeVar("Reference")
Patient = TypeVar("Patient")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What a reader says of one follow-up, in the words of mrd.json.

    `lod` is the larger of the counting policy's and the predicted one; `blasts` (n,) marks the
    prepared events that it takes for blasts.
    """

    status: Status
    fraction: float | None
    lod: float | None
    limit_of_blank: float | None
    total_interval: Interval | None
    blasts: NDArray[np.bool_]
    flags: tuple[str, ...] = ()
    reason: str = ""


class Tool(Protocol):
    """The reader. Of one laboratory and one patient it is called with the same objects again."""

    def __call__(
        self,
        normals: Sequence[PreparedSample],
        diagnosis: Sequence[PreparedSample],
        follow_up: PreparedSample,
        *,
        after: tuple[str, ...],
        reviewed: bool,
    ) -> Outcome:
        """The answer for `follow_up`; `after` are the markers that a therapy has aimed at."""
        ...


@dataclass(frozen=True)
class Staged(Generic[Reference, Patient]):
    """The three steps of a reader, of which the first two are the same for many follow-ups.

    `fit_reference(normals)`, `fit_patient(reference, diagnosis, after)` and
    `measure(reference, patient, follow_up, after, reviewed)`.
    """

    fit_reference: Callable[[Sequence[PreparedSample]], Reference]
    fit_patient: Callable[[Reference, Sequence[PreparedSample], tuple[str, ...]], Patient]
    measure: Callable[[Reference, Patient, PreparedSample, tuple[str, ...], bool], Outcome]


def staged(steps: Staged[Reference, Patient]) -> Tool:
    """One call of the three steps; the last reference and the last patient of it are kept."""
    references: dict[Hashable, Reference] = {}
    patients: dict[Hashable, Patient] = {}

    def read(
        normals: Sequence[PreparedSample],
        diagnosis: Sequence[PreparedSample],
        follow_up: PreparedSample,
        *,
        after: tuple[str, ...],
        reviewed: bool,
    ) -> Outcome:
        laboratory = tuple(sample.digest for sample in normals)
        reference = _last(references, laboratory, lambda: steps.fit_reference(normals))
        case = (laboratory, tuple(sample.digest for sample in diagnosis), after)
        patient = _last(patients, case, lambda: steps.fit_patient(reference, diagnosis, after))
        return steps.measure(reference, patient, follow_up, after, reviewed)

    return read


Kept = TypeVar("Kept")


def _last(kept: dict[Hashable, Kept], key: Hashable, make: Callable[[], Kept]) -> Kept:
    """What was made for `key`, if it was the last thing made."""
    if key not in kept:
        kept.clear()
        kept[key] = make()
    return kept[key]


def check_outcome(outcome: Outcome, follow_up: PreparedSample) -> Outcome:
    """The outcome; raises `ValueFault` where it does not fit the follow-up."""
    if outcome.blasts.shape != (len(follow_up),) or outcome.blasts.dtype != np.bool_:
        raise ValueFault("one mark for each prepared event", "others", "mark every event")
    if outcome.status != "not assessable" and outcome.lod is None:
        raise ValueFault("a limit of detection of what is reported", "none", "state it")
    return outcome
