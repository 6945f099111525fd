"""A follow-up read by the model of its patient, all in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from residua.measures.automatic.map_uncertainty import map_sd_at
from residua.measures.automatic.patient import PatientModel, lost_share
from residua.measures.automatic_level import (
    CLUSTER,
    AutomaticLevel,
    Evidence,
    Limits,
    LossReading,
    decide,
)
from residua.measures.blast_share.estimate import estimate_share
from residua.measures.blast_share.share import Share
from residua.measures.calibration.calibration import Calibration
from residua.measures.calibration.limits import (
    laip_lod,
    limit_of_blank,
    predicted_lod,
    total_interval,
)
from residua.measures.laip.box import rows_in
from residua.measures.laip.laip import Events, Values
from residua.measures.novelty.clusters import Cluster, find_clusters
from residua.measures.novelty.novelty import Novelty
from residua.measures.preflight.prepared import PreparedSample
from residua.measures.reference.placing import Placed, place_follow_up
from residua.measures.reference.reference import NormalReference
from residua.measures.second_readers.opinion import (
    Opinion,
    disagreements,
    second_opinion,
    spanned,
)
from residua.standards.automatic_mrd import automatic_rules
from residua.standards.mrd_counting import CountingPolicy

SAME = "this is the file that the blasts were learnt from"
STRANGE = 0.3  # of the level: so many more cells unexplained, and it is no quantity
LIKELY = 0.5  # posterior from which an event is labelled a blast


@dataclass(frozen=True, eq=False)
class Measured:
    """What was found in a follow-up: the level, and per cell of the prepared sample a posterior.

    `placed` are its cells on the scale of the reference, `rows` those in the patient's box, of
    which `share` is the estimate. `clusters` are those that neither normals nor the LAIP explain;
    `evidence` is what the level was decided from.
    """

    level: AutomaticLevel
    posterior: NDArray[np.float32]
    placed: Placed
    rows: NDArray[np.intp]
    share: Share
    opinions: tuple[Opinion, ...]
    clusters: tuple[Cluster, ...]
    evidence: Evidence

    @property
    def blasts(self) -> NDArray[np.bool_]:
        """Which cells (n,) are labelled blasts."""
        return np.asarray(self.posterior > LIKELY)

    def map_sd(self, patient: PatientModel) -> Values:
        """How well (d,) the sample is placed where the blasts of `patient` are sought."""
        return map_sd_at(self.placed.alignment.map, patient.laip)


def measure_sample(
    sample: PreparedSample,
    patient: PatientModel,
    reference: NormalReference,
    *,
    policy: CountingPolicy,
    novelty: Novelty | None = None,
    reviewed: bool = False,
) -> Measured:
    """The level of blasts in `sample`, whose dimensions are those of the patient's model.

    `reviewed` says that a person looks at a negative. Raises `ValueFault` where the sample cannot
    be placed.
    """
    placed = place_follow_up(sample.events, reference)
    cells = len(sample)
    rows = rows_in(patient.laip.box, placed.events)
    inside = placed.events[rows]
    added = map_sd_at(placed.alignment.map, patient.laip)
    found = estimate_share(inside, patient.model, added_sd=added)
    posterior = np.zeros(cells, np.float32)
    if not placed.unfit:  # else no event is labelled for what its markers are not
        posterior[rows] = found.posterior
    clusters = () if novelty is None else _unexplained(placed.events, novelty, posterior)
    opinions = second_opinion(inside, cells, patient.readers)
    lost = _losses(placed.events, patient, added)
    evidence = _evidence((sample, placed), patient, (found, lost), policy, reviewed)
    evidence = replace(evidence, alarms=(*evidence.alarms, *_unknown(clusters, evidence)))
    level = level_from(evidence, opinions, clusters)
    return Measured(level, posterior, placed, rows, found, opinions, clusters, evidence)


def _losses(events: Events, patient: PatientModel, added: Values) -> tuple[LossReading, ...]:
    """What is read as blasts without an antigen that no therapy has aimed at."""
    losses, opened, cells = patient.losses, patient.model.open, len(events)
    if losses is None:
        return ()
    inside = events[rows_in(losses.model.laip.box, events)]
    found = estimate_share(inside, losses.model, added_sd=added)
    exposure = len(inside) / cells
    blank = limit_of_blank(losses.calibration, exposure, cells)
    lost = {s: share for s, share in found.states.items() if not set(s) <= set(opened)}
    most = max(lost, key=lambda state: lost[state])
    markers = tuple(patient.laip.dimensions[c] for c in most if c not in opened)
    return (LossReading(markers, lost_share(found, opened) * exposure, blank),)


def _evidence(
    given: tuple[PreparedSample, Placed],
    patient: PatientModel,
    read: tuple[Share, tuple[LossReading, ...]],
    policy: CountingPolicy,
    reviewed: bool,
) -> Evidence:
    (sample, placed), (found, losses) = given, read
    cells, calibration = len(sample), patient.calibration
    exposure = len(found.posterior) / cells
    fraction = found.blasts * exposure
    limits = limits_of(calibration, exposure, cells, reviewed=reviewed)
    return Evidence(
        fraction,
        cells,
        "nucleated",
        policy,
        limits,
        total_interval(calibration, fraction, exposure, cells),
        reviewed=reviewed,
        refusals=(*sample.unfit, *placed.unfit),
        blocks=sample.refusals,
        alarms=(*placed.alarms, *patient.laip.alarms),
        notes=_notes(sample, placed, patient),
        opened=tuple(patient.laip.dimensions[column] for column in patient.model.open),
        losses=losses,
    )


def limits_of(calibration: Calibration, exposure: float, cells: int, *, reviewed: bool) -> Limits:
    """The limits of a sample of `cells`, of which the share `exposure` lies in the box."""
    return Limits(
        limit_of_blank(calibration, exposure, cells),
        predicted_lod(calibration, exposure, cells, reviewed=reviewed),
        laip_lod(calibration),
        calibration.separability,
    )


def _unexplained(
    placed: Events, novelty: Novelty, posterior: NDArray[np.float32]
) -> tuple[Cluster, ...]:
    """Clusters most of which the model does not take for blasts."""
    found = find_clusters(placed, novelty)
    return tuple(one for one in found if np.mean(posterior[one.rows] > LIKELY) < LIKELY)


def _unknown(clusters: tuple[Cluster, ...], evidence: Evidence) -> tuple[str, ...]:
    """That so many cells are neither normal nor the known blasts that no level can be trusted."""
    strange = sum(one.fraction for one in clusters)
    if strange < max(automatic_rules().negative, STRANGE * evidence.fraction):
        return ()
    words = f"{strange:.1e} of cells are unlike normal and unlike the known blasts"
    return (f"{words}: is it this patient's diagnosis, or have the blasts changed?",)


def _notes(sample: PreparedSample, placed: Placed, patient: PatientModel) -> tuple[str, ...]:
    """What a person should know of the two samples, whatever was read."""
    same = sample.digest in patient.laip.sources
    return (*([SAME] if same else []), *placed.notes, *patient.laip.flags)


def level_from(
    evidence: Evidence, opinions: Sequence[Opinion], clusters: Sequence[Cluster]
) -> AutomaticLevel:
    """The level of `evidence`, with what second readers and unexplained clusters add to it.

    Where nothing read can be right, nothing is said of what was read.
    """
    decided = decide(evidence)
    level = decided.level
    if evidence.refusals:
        return replace(decided, level=replace(level, flags=(*level.flags, *evidence.notes)))
    said = [
        *evidence.notes,
        *disagreements(opinions, evidence.fraction, positive=evidence.above_blank),
        *(
            f"{CLUSTER}: {one.fraction:.1e} of cells unlike normal and unlike the known blasts"
            f" ({', '.join(one.stands_out)})"
            for one in clusters
        ),
    ]
    told = replace(decided, level=replace(level, flags=(*level.flags, *said)))
    total = evidence.total
    if evidence.alarms and evidence.above_blank:
        total = spanned(total, opinions, evidence.fraction)
    return replace(told, total_interval=total)
