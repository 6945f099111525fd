"""Several files of one tube as one reading: cells are added, limits are those of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from residua.measures.automatic.measured import Measured, level_from, limits_of
from residua.measures.automatic.patient import PatientModel
from residua.measures.automatic_level import AutomaticLevel, Evidence, LossReading
from residua.measures.calibration.limits import total_interval
from residua.measures.mrd_level import fractions_disagree
from residua.measures.novelty.clusters import Cluster
from residua.measures.preflight.prepare import too_few
from residua.measures.second_readers.opinion import Opinion

DISAGREE = "the files of this tube disagree (exact test, p < 0.001)"


@dataclass(frozen=True)
class Part:
    """What the level of a tube needs of one file: `inside` of its cells lie in the box.

    `level` is that of the file alone.
    """

    level: AutomaticLevel
    evidence: Evidence
    inside: int
    opinions: tuple[Opinion, ...]
    clusters: tuple[Cluster, ...]


def part_of(found: Measured) -> Part:
    """The part of one file, without its events."""
    return Part(found.level, found.evidence, len(found.rows), found.opinions, found.clusters)


def added(parts: Sequence[Part], patient: PatientModel) -> AutomaticLevel:
    """The level of a tube from all of its files, one at least."""
    if len(parts) == 1:
        return parts[0].level
    evidence = _evidence(parts, patient)
    clusters = tuple(
        replace(cluster, fraction=cluster.events / evidence.cells)
        for part in parts
        for cluster in part.clusters
    )
    level = level_from(evidence, _opinions(parts, evidence.cells), clusters)
    pairs = [(part.evidence.events, part.evidence.cells) for part in parts]
    flags = (*level.level.flags, *(DISAGREE,) * fractions_disagree(pairs))
    return replace(level, level=replace(level.level, flags=flags))


def _evidence(parts: Sequence[Part], patient: PatientModel) -> Evidence:
    each, calibration = [part.evidence for part in parts], patient.calibration
    cells = sum(one.cells for one in each)
    fraction = sum(one.fraction * one.cells for one in each) / cells
    exposure = sum(part.inside for part in parts) / cells
    return replace(
        each[0],
        fraction=fraction,
        cells=cells,
        limits=limits_of(calibration, exposure, cells, reviewed=each[0].reviewed),
        total=total_interval(calibration, fraction, exposure, cells),
        refusals=tuple(dict.fromkeys(said for one in each for said in one.refusals)),
        alarms=tuple(dict.fromkeys(alarm for one in each for alarm in one.alarms)),
        notes=tuple(dict.fromkeys(note for one in each for note in one.notes)),
        losses=_losses(each, cells),
        blocks=tuple(_blocks(each, cells)),
    )


def _blocks(each: Sequence[Evidence], cells: int) -> list[str]:
    """What blocks a negative in any file; how many cells there are is asked of all together."""
    others = [said for one in each for said in one.blocks if said not in too_few(one.cells)]
    return list(dict.fromkeys((*too_few(cells), *others)))


def _losses(each: Sequence[Evidence], cells: int) -> tuple[LossReading, ...]:
    """Readings of lost antigens, and their blanks, by the cells of each file."""
    found: dict[tuple[str, ...], tuple[float, float]] = {}
    for one in each:
        for loss in one.losses:
            seen = found.get(loss.markers, (0.0, 0.0))
            share = one.cells / cells
            found[loss.markers] = (
                seen[0] + loss.fraction * share,
                seen[1] + loss.blank * share,
            )
    return tuple(LossReading(markers, *both) for markers, both in found.items())


def _opinions(parts: Sequence[Part], cells: int) -> tuple[Opinion, ...]:
    """Each reader's opinion of all files; the limits of blank are added as the cells are."""
    totals: dict[str, tuple[float, float]] = {}
    for part in parts:
        share = part.evidence.cells / cells
        for one in part.opinions:
            seen = totals.get(one.name, (0.0, 0.0))
            totals[one.name] = (
                seen[0] + one.fraction * share,
                seen[1] + one.limit_of_blank * share,
            )
    return tuple(Opinion(name, read, blank, read > blank) for name, (read, blank) in totals.items())
