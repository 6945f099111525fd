"""From a suite and a reader to records, in pieces that a stop does not lose."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from residua.errors import InputError, UsageError, ValueFault
from residua.main.bench.readers import ReaderFor
from residua.main.bench.store import Lines
from residua.measures.benchmark.record import Record, record_document, record_of
from residua.measures.benchmark.tool import Outcome, check_outcome
from residua.measures.preflight.prepared import PreparedSample
from residua.progress import Progress, silent
from residua.simulate.bench.samples import Truth, follow_up_of, ideal_limit, prepared
from residua.simulate.bench.suite import Case


@dataclass(frozen=True)
class Share:
    """The part of a run that one process does: every `of`-th patient from `part` (from 1)."""

    part: int = 1
    of: int = 1
    minutes: float = float("inf")


WHOLE = Share()


def share_of(text: str, *, minutes: float = float("inf")) -> Share:
    """The share that "K/N" stands for; raises `UsageError` for another text."""
    part, _, of = text.partition("/")
    if not (part.isdigit() and of.isdigit() and 1 <= int(part) <= int(of)) or not minutes > 0:
        raise UsageError("--part is K/N with K from 1 to N, and --minutes is above 0")
    return Share(int(part), int(of), minutes)


@dataclass(frozen=True)
class Place:
    """Where the lines of one suite and one reader lie; None: nowhere."""

    folder: Path | None
    suite: str
    reader: str
    reviewed: bool

    def cases(self, laip: str) -> Lines:
        """The records of one patient."""
        name = self.reader + ("-reviewed" if self.reviewed else "")
        return Lines(self._file(name, laip))

    def ideal(self, laip: str) -> Lines:
        """The ideal observer's limits of one patient, the same for every reader."""
        return Lines(self._file("separable", laip))

    def _file(self, kind: str, laip: str) -> Path | None:
        if self.folder is None:
            return None
        return self.folder / "cases" / self.suite / kind / f"{laip.replace('/', '_')}.jsonl"


def suite_key(name: str, cases: Sequence[Case]) -> str:
    """The suite's name and a hash of all that its cases are: other cases are another run."""
    text = "\n".join(
        f"{c.name} {c.scenario} {c.laboratory.seed} {c.laboratory.normals} {c.diagnosis} "
        f"{c.follow_up} {c.exchanged}"
        for c in cases
    )
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def run_cases(
    cases: Sequence[Case],
    reader: ReaderFor,
    *,
    place: Place,
    share: Share = WHOLE,
    progress: Progress = silent,
) -> tuple[Record, ...]:
    """Read what is not read yet, then every record there is, in the order of the suite.

    Several processes may do a `share` each in one folder; the records are the same.
    """
    patients: dict[str, list[Case]] = {}
    for case in cases:
        patients.setdefault(case.laip, []).append(case)
    end = time.monotonic() + 60 * share.minutes
    samples, found = _Samples(), {}
    for number, (laip, own) in enumerate(patients.items()):
        kept = {r.case: r for r in map(record_of, place.cases(laip).read())}
        found.update({c.name: kept[c.name] for c in own if c.name in kept})
        if number % share.of != share.part - 1:
            continue
        for case in own:
            if case.name in found or time.monotonic() > end:
                continue
            progress(f"case {case.order + 1} of {len(cases)}: {case.name}")
            found[case.name] = _read_case(case, reader, samples, place)
            place.cases(laip).add(record_document(found[case.name]))
    return tuple(sorted(found.values(), key=lambda record: record.order))


@dataclass
class _Samples:
    """The normals of the last laboratory and the last diagnosis: made once, given again."""

    normals: dict[str, tuple[PreparedSample, ...]] = field(default_factory=dict)
    diagnosis: dict[int, tuple[PreparedSample, ...]] = field(default_factory=dict)
    fitted: set[object] = field(default_factory=set)

    def of(self, case: Case) -> tuple[Sequence[PreparedSample], Sequence[PreparedSample]]:
        """Normals and diagnosis."""
        if case.laboratory.name not in self.normals:
            self.normals.clear()
            made = tuple(prepared(spec) for spec in case.laboratory.normals)
            self.normals[case.laboratory.name] = made
        patient = case.diagnosis.seed_of("patient")
        if patient not in self.diagnosis:
            self.diagnosis.clear()
            self.diagnosis[patient] = (prepared(case.diagnosis),)
        return self.normals[case.laboratory.name], self.diagnosis[patient]

    def fits(self, case: Case) -> str:
        """What a reader fits for this case that it has not fitted yet."""
        keys = {
            "laboratory": case.laboratory.name,
            "patient": (case.diagnosis.seed_of("patient"), case.scenario.after),
        }
        new = [name for name, key in keys.items() if key not in self.fitted]
        self.fitted.update(keys.values())
        return new[0] if new else ""


def _read_case(case: Case, reader: ReaderFor, samples: _Samples, place: Place) -> Record:
    normals, diagnosis = samples.of(case)
    fitted = samples.fits(case)
    follow_up, truth = follow_up_of(case)
    tool = reader(truth)

    def call() -> Outcome:
        after, reviewed = case.scenario.after, place.reviewed
        return tool(normals, diagnosis, follow_up, after=after, reviewed=reviewed)

    began = time.perf_counter()
    outcome = _outcome(call, follow_up)
    seconds = time.perf_counter() - began
    same = _bits(_outcome(call, follow_up)) == _bits(outcome) if fitted else None
    ideal = _ideal(case, truth, place)
    return _record(case, truth, outcome, ideal, seconds=seconds, fitted=fitted, same=same)


def _outcome(call: Callable[[], Outcome], follow_up: PreparedSample) -> Outcome:
    """The outcome; a fault that the tool finds in its input is a refusal."""
    try:
        return check_outcome(call(), follow_up)
    except (InputError, ValueFault) as error:
        none = np.zeros(len(follow_up), bool)
        reason = f"refused its input ({type(error).__name__})"
        return Outcome("not assessable", None, None, None, None, none, reason=reason)


def _bits(outcome: Outcome) -> tuple[object, ...]:
    own = outcome.total_interval
    ends = None if own is None else (own.low, own.high)
    said = (outcome.status, outcome.fraction, outcome.lod, outcome.limit_of_blank, ends)
    return (*said, outcome.flags, outcome.reason, outcome.blasts.tobytes())


def _ideal(case: Case, truth: Truth, place: Place) -> Mapping[str, float]:
    """The limits of the ideal observer, from the lines of another reader where it is there."""
    lines = place.ideal(case.laip)
    for kept in lines.read():
        if kept["case"] == case.name:
            return {"lod": kept["lod"], "without": kept["without"]}
    lod, after = ideal_limit(truth.drawn), case.scenario.after
    found = {"lod": lod, "without": ideal_limit(truth.drawn, without=after) if after else lod}
    lines.add({"case": case.name, **found})
    return found


def _record(
    case: Case,
    truth: Truth,
    outcome: Outcome,
    ideal: Mapping[str, float],
    *,
    seconds: float,
    fitted: str,
    same: bool | None,
) -> Record:
    hit = int((outcome.blasts & truth.blasts).sum())
    own = outcome.total_interval
    return Record(
        case=case.name,
        order=case.order,
        tier=case.tier,
        scenario=case.scenario.name,
        laip=case.laip,
        condition=case.scenario.condition,
        level=case.level,
        truth=truth.fraction,
        cells=truth.drawn.spec.cells,
        ideal_lod=ideal["lod"],
        ideal_without=ideal["without"],
        status=outcome.status,
        fraction=outcome.fraction,
        lod=outcome.lod,
        limit_of_blank=outcome.limit_of_blank,
        low=None if own is None else own.low,
        high=None if own is None else own.high,
        flags=outcome.flags,
        reason=outcome.reason,
        hit=hit,
        false=int(outcome.blasts.sum()) - hit,
        missed=int(truth.blasts.sum()) - hit,
        seconds=seconds,
        fitted=fitted,
        same=same,
    )
