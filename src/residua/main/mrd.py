"""From FCS files and stated gates to MRD with its limits, and to mrd.json."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.facts.gating import MrdSpec, Strategy
from residua.facts.mrd_result import (
    EventCounts,
    FileDigest,
    MrdLevel,
    MrdResult,
    TubeResult,
)
from residua.facts.quality import QualityReport
from residua.facts.specimen import Specimen
from residua.main.flow.antigens import measure_antigens
from residua.main.flow.count import FileCounts, count_file
from residua.main.flow.opened import open_file
from residua.main.flow.plan import Plan, counted, plan_files
from residua.main.flow.quality import (
    dilution_flags,
    dilution_of,
    events_left,
    report_quality,
    usable_cells,
)
from residua.main.flow.residuals import with_residuals
from residua.main.flow.scales import scale_flags
from residua.main.mrd_flags import (
    date_flags,
    file_flags,
    file_notes,
    gating_flags,
    hidden_markers,
    policy_notes,
    removal_notes,
)
from residua.main.mrd_policy import (
    Policy,
    blank_limit,
    policy_inputs,
    stated_policy,
    validation_flags,
    validation_notes,
)
from residua.main.specimen_facts import each_once, joined, label_of
from residua.main.specimen_flags import specimen_notes
from residua.main.tube_levels import leading_level
from residua.measures.mrd_level import fractions_disagree, leading, measure_level
from residua.measures.sensitivity import measure_sensitivity
from residua.progress import Progress, silent
from residua.readers.fcs import read_fcs_header
from residua.readers.gates import read_gates
from residua.standards.mrd_counting import find_policy
from residua.views.mrd_export import write_mrd

_SCOPE = "the interval covers counting only, not gating, haemodilution or sampling"


def measure_mrd(
    files: Sequence[Path | str] = (),
    *,
    gates: Path | str,
    after: Collection[str] = (),
    masked: Collection[str] | None = None,
    policy: Policy | Path | None = None,
    specimen: Specimen | None = None,
    out: Path | str | None = None,
    progress: Progress = silent,
) -> MrdResult:
    """MRD and antigen expression of one specimen from its FCS files, by the gates of flow.toml.

    `files` are the files to measure (default: the strategy's samples), `after` the markers
    that therapy has aimed at, `masked` those that its drug may still hide (default: CD22 where
    `after` names it, as within 30 days of inotuzumab), `policy` a counting policy that stands
    above the strategy's (a name, event numbers, or the path of a validation's policy.toml),
    `specimen` what a case knows of the specimen, `out` the folder or .json file to write.
    Raises `InputError` with every fault of gates and files,
    `UsageError` for a policy that does not exist; then nothing is written.
    """
    policy = stated_policy(policy)
    path = Path(gates)
    plan = plan_files(_strategy(path, files), path, files)
    about = _About(after, hidden_markers(after, masked), specimen)
    result = _measure(plan, about, policy=policy, progress=progress)
    if out is not None:
        write_mrd(result, Path(out))
    return result


def _strategy(gates: Path, files: Sequence[Path | str]) -> Strategy:
    """The strategy; where it cannot be read, its faults and those of the files' headers."""
    try:
        return read_gates(gates, name=str(gates))
    except InputError as error:
        faults = list(error.faults)
        for file in files:
            try:
                read_fcs_header(Path(file), name=str(file))
            except InputError as unread:
                faults += unread.faults
        raise InputError(faults) from error


@dataclass(frozen=True)
class _Tube:
    spec: MrdSpec
    counts: tuple[FileCounts, ...]


@dataclass(frozen=True)
class _About:
    """What is known beside the files: targets of therapy, those still hidden, the specimen."""

    after: Collection[str]
    hidden: Collection[str]
    specimen: Specimen | None


def _measure(plan: Plan, about: _About, *, policy: Policy | None, progress: Progress) -> MrdResult:
    counts = _count_all(plan, progress)
    tubes = _tubes(plan, counts)
    results = tuple(_tube_result(tube, policy) for tube in tubes)
    antigens = measure_antigens(plan, counts, masked=about.hidden)
    level = _specimen_level(tubes, results, policy)
    quality = _quality(plan, tubes, results, policy)
    tissue = None if about.specimen is None else about.specimen.tissue
    qualities = [count.quality for count in counts]
    panels = [count.channels for count in counts]
    dilution = dilution_of(qualities, panels, after=about.after, tissue=tissue)
    acquired = joined(count.acquired for count in counts)
    first = plan.files[0].entry
    drawn = specimen_notes(about.specimen, dated=first.date, acquired=acquired)
    numerators = [(tube.counts[0], tube.spec.numerator) for tube in tubes]
    flags = [
        *level.flags,
        *file_flags(counts),
        *date_flags(planned.entry.date for planned in plan.files),
        *scale_flags(plan),
        *gating_flags(plan.strategy, numerators, after=about.after),
        *drawn.flags,
        *quality.flags,
        *dilution_flags(dilution),
    ]
    flags += validation_flags(policy, approach="gates", gates=plan.strategy.sha256)
    return MrdResult(
        level=level,
        specimen=label_of(first.specimen, first.date, about.specimen),
        limit_of_blank=blank_limit(policy),
        antigens=antigens.entries,
        gates=FileDigest(Path(plan.strategy.path).name, plan.strategy.sha256),
        events=_all_events(results),
        quality=quality,
        haemodilution=dilution,
        tubes=results,
        instrument=joined(count.instrument for count in counts),
        acquired=acquired,
        flags=tuple(dict.fromkeys(flags)),
        notes=(
            _SCOPE,
            *policy_notes(level),
            *validation_notes(policy),
            *antigens.notes,
            *drawn.notes,
            *removal_notes(plan.strategy.quality.remove),
            *file_notes(counts),
        ),
        inputs=(*_inputs(plan, counts, antigens.inputs), *policy_inputs(policy)),
    )


def _inputs(
    plan: Plan, counts: Sequence[FileCounts], others: Iterable[FileDigest]
) -> tuple[FileDigest, ...]:
    files = [count.digest for count in counts]
    beside = [digest for count in counts for digest in count.beside]
    return each_once(files, beside, plan.strategy.sources, others)


def _quality(
    plan: Plan, tubes: Sequence[_Tube], results: Sequence[TubeResult], policy: Policy | None
) -> QualityReport:
    """The quality of all files, with verdicts on the cells of the level that is reported."""
    remove = plan.strategy.quality.remove
    counts = [count.quality for tube in tubes for count in tube.counts]
    place = leading([result.level for result in results])
    verdicts = results[place].verdicts
    if _summed(tubes):
        counted = sum(result.level.denominator.count for result in results)
        found = find_policy(policy if policy is not None else tubes[0].spec.policy)
        verdicts = measure_sensitivity(counted, found, usable=usable_cells(counts))
    return report_quality(counts, verdicts, remove=remove)


def _summed(tubes: Sequence[_Tube]) -> bool:
    return len(tubes) > 1 and all(tube.spec.combine == "sum" for tube in tubes)


def _count_all(plan: Plan, progress: Progress) -> tuple[FileCounts, ...]:
    """Every file counted, one in memory at a time; all faults of all files together."""
    counts: list[FileCounts] = []
    faults: list[Fault] = []
    for planned in plan.files:
        progress(f"counting {planned.name}")
        tube = planned.entry.tube
        spec = counted(plan.strategy, tube)
        assert spec is not None  # plan_files has seen to it
        try:
            file = with_residuals(plan, open_file(plan, planned, tube=tube))
            if not faults:
                antigens = plan.strategy.antigens
                counts.append(count_file(file, spec, antigens, tube=tube, progress=progress))
        except InputError as error:
            faults += error.faults
        except ValueFault as fault:
            faults.append(fault.at(planned.name, "gates"))
    if faults:
        raise InputError(dict.fromkeys(faults))
    return tuple(counts)


def _tubes(plan: Plan, counts: Sequence[FileCounts]) -> tuple[_Tube, ...]:
    found = []
    for tube in dict.fromkeys(count.tube for count in counts):
        spec = counted(plan.strategy, tube)
        assert spec is not None  # plan_files has seen to it
        found.append(_Tube(spec, tuple(count for count in counts if count.tube == tube)))
    return tuple(found)


def _tube_result(tube: _Tube, policy: Policy | None) -> TubeResult:
    pairs = [(count.numerator, count.denominator) for count in tube.counts]
    flags = ("the files of this tube disagree (exact test, p < 0.001)",) * fractions_disagree(pairs)
    level = _level(pairs, tube.spec, policy, flags)
    return TubeResult(
        tube=tube.counts[0].tube,
        level=level,
        files=tuple(count.digest for count in tube.counts),
        events=_events(tube.counts, level),
        verdicts=measure_sensitivity(
            level.denominator.count,
            find_policy(policy if policy is not None else tube.spec.policy),
            usable=usable_cells([count.quality for count in tube.counts]),
        ),
    )


def _level(
    pairs: Sequence[tuple[int, int]], spec: MrdSpec, policy: Policy | None, flags: Sequence[str]
) -> MrdLevel:
    return measure_level(
        sum(blasts for blasts, _ in pairs),
        sum(cells for _, cells in pairs),
        kind=spec.denominator_kind,
        policy=find_policy(policy if policy is not None else spec.policy),
        flags=flags,
    )


def _specimen_level(
    tubes: Sequence[_Tube], results: Sequence[TubeResult], policy: Policy | None
) -> MrdLevel:
    if _summed(tubes):
        levels = [result.level for result in results]
        pairs = [(level.numerator, level.denominator.count) for level in levels]
        flags = tuple(flag for level in levels for flag in level.flags if "disagree" in flag)
        return _level(pairs, tubes[0].spec, policy, flags)
    return leading_level(results)[1]


def _events(counts: Sequence[FileCounts], level: MrdLevel) -> EventCounts:
    nucleated = level.denominator.count if level.denominator.kind == "nucleated" else None
    return EventCounts(
        total=sum(count.total for count in counts),
        after_quality=events_left([count.quality for count in counts]),
        nucleated=nucleated,
    )


def _all_events(tubes: Sequence[TubeResult]) -> EventCounts:
    """Those of all tubes; nucleated cells only where every tube counts them."""
    nucleated = [tube.events.nucleated for tube in tubes if tube.events.nucleated is not None]
    left = [tube.events.after_quality for tube in tubes if tube.events.after_quality is not None]
    return EventCounts(
        total=sum(tube.events.total for tube in tubes),
        after_quality=sum(left) if len(left) == len(tubes) else None,
        nucleated=sum(nucleated) if len(nucleated) == len(tubes) else None,
    )
