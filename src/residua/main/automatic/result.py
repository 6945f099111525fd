"""The mrd.json of an automatic reading, from its tubes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from residua.facts.acquisition import plain_name
from residua.facts.mrd_result import EventCounts, FileDigest, MrdResult, TubeResult
from residua.facts.specimen import Specimen
from residua.main.automatic.file_facts import specimen_facts
from residua.main.automatic.tube_reading import TubeReading
from residua.main.automatic.words import BlastWords
from residua.main.flow.quality import CountedQuality, events_left, usable_cells
from residua.main.mrd_flags import policy_notes
from residua.main.mrd_policy import Policy, policy_inputs, validation_flags, validation_notes
from residua.main.specimen_facts import each_once
from residua.main.tube_levels import leading_level
from residua.measures.laip.drift import losable_in
from residua.measures.sensitivity import measure_sensitivity
from residua.standards.mrd_counting import CountingPolicy, find_policy

SCOPE = (
    "interval covers counting only; total_interval covers counting, drift, alignment and false"
    " positives, not haemodilution or sampling"
)
LIMITS = "limits were measured on {count} {kind}normal marrows with this patient's own model"

DIAGNOSIS = "diagnosis"


@dataclass(frozen=True)
class About:
    """What is known beside the follow-up's files.

    `hidden` are markers that a drug may hide, `beside` the diagnoses that were read.
    """

    specimen: Specimen | None
    hidden: Collection[str]
    policy: Policy | None
    after: tuple[str, ...]
    beside: tuple[FileDigest, ...]
    notes: tuple[str, ...]


def automatic_result(
    tubes: Sequence[TubeReading], said: Sequence[BlastWords], about: About
) -> MrdResult:
    """The result of all tubes of a specimen; `said` are the words on the blasts of each."""
    policy = find_policy(about.policy)
    results = tuple(_tube_result(tube, policy) for tube in tubes)
    place, level = leading_level(results)
    chosen, words = tubes[place], said[place]
    facts = specimen_facts(
        [file.facts for tube in tubes for file in tube.files],
        policy=policy,
        counted=[file.facts for file in chosen.files],
        after=about.after,
        specimen=about.specimen,
        beside=(*about.beside, *_normal_files(tubes), *policy_inputs(about.policy)),
    )
    patient, normals = chosen.known.patient, chosen.normals
    flags = (
        *level.flags,
        *_flags(tubes),
        *_after_flags(chosen, about.after),
        *words.flags,
        *facts.flags,
        *validation_flags(about.policy, approach="automatic"),
    )
    notes = (
        SCOPE,
        *_limit_notes(chosen),
        *policy_notes(level),
        *validation_notes(about.policy),
        *words.notes,
        *about.notes,
        *_notes(tubes),
        *facts.notes,
    )
    return MrdResult(
        level=level,
        specimen=facts.specimen,
        approach="automatic",
        total_interval=chosen.level.total_interval,
        limit_of_blank=chosen.level.limit_of_blank,
        predicted_lod=chosen.level.predicted_lod,
        antigens=words.antigens,
        aberrancies=() if patient is None else tuple(one.words for one in patient.aberrancies),
        events=facts.events,
        quality=facts.quality,
        haemodilution=facts.haemodilution,
        tubes=results,
        instrument=facts.instrument,
        acquired=facts.acquired,
        flags=told_once(flags),
        notes=tuple(dict.fromkeys(notes)),
        inputs=each_once(facts.inputs),
        reference=None if normals is None else normals.reference.digest,
        model=chosen.known.digest,
    )


def told_once(flags: Sequence[str]) -> tuple[str, ...]:
    """Each flag once; what is said of "diagnosis: " not where its file is named."""
    named = [flag for flag in flags if flag.startswith(f"{DIAGNOSIS} ")]
    repeats = {
        flag
        for flag in flags
        if flag.startswith(f"{DIAGNOSIS}: ")
        and any(one.endswith(flag.removeprefix(DIAGNOSIS)) for one in named)
    }
    return tuple(flag for flag in dict.fromkeys(flags) if flag not in repeats)


def _tube_result(tube: TubeReading, policy: CountingPolicy) -> TubeResult:
    level, facts = tube.level.level, [file.facts for file in tube.files]
    qualities = [CountedQuality(one.quality, one.cells, None) for one in facts]
    return TubeResult(
        tube=tube.name,
        level=level,
        files=tuple(one.digest for one in facts),
        events=EventCounts(
            total=sum(one.total for one in facts),
            after_quality=events_left(qualities),
            nucleated=sum(one.cells for one in facts),
        ),
        verdicts=measure_sensitivity(
            level.denominator.count, policy, usable=usable_cells(qualities)
        ),
        total_interval=tube.level.total_interval,
        limit_of_blank=tube.level.limit_of_blank,
        predicted_lod=tube.level.predicted_lod,
    )


def _flags(tubes: Sequence[TubeReading]) -> Iterator[str]:
    """What is unusual about normals and diagnosis, of every tube."""
    for tube in tubes:
        if tube.normals is not None:
            yield from tube.normals.flags
        yield from tube.known.refusals
        if tube.known.patient is not None:
            yield from tube.known.patient.flags


def _after_flags(tube: TubeReading, after: Sequence[str]) -> Iterator[str]:
    """Antigens that therapy has aimed at and whose loss the model cannot allow for."""
    if tube.normals is None or tube.known.patient is None:
        return
    dimensions = tube.normals.reference.dimensions
    names = {plain_name(dimensions[column]).lower() for column in losable_in(dimensions)}
    why = "no detector of its own, or no model of its loss"
    for marker in after:
        if plain_name(marker).lower() not in names:
            yield f"blasts that lost {marker} are not looked for: {why}"


def _limit_notes(tube: TubeReading) -> Iterator[str]:
    if tube.normals is None or tube.known.patient is None:
        return
    reference = tube.normals.reference
    kind = "simulated " if reference.simulated else ""
    yield LIMITS.format(count=len(reference.normals), kind=kind)


def _notes(tubes: Sequence[TubeReading]) -> Iterator[str]:
    for tube in tubes:
        if tube.normals is not None:
            yield from tube.normals.notes
        yield from tube.known.notes


def _normal_files(tubes: Sequence[TubeReading]) -> Iterator[FileDigest]:
    for tube in tubes:
        if tube.normals is not None:
            yield from tube.normals.inputs
