"""MRD by digital PCR: copies of the target over genomes, or over copies of a control transcript.

Replicates are merged before anything is counted. A sample is positive from a stated number of
positive partitions on that also lies above the limit of blank of the negative-control wells.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from residua.errors import ValueFault
from residua.facts.digital_pcr import PartitionWell
from residua.facts.interval import Interval
from residua.facts.molecular import INSENSITIVE, MolecularLevel
from residua.facts.quantity import Quantity
from residua.measures.partition_counts import (
    LEVEL,
    Counts,
    limit_of_blank,
    per_partition_interval,
    ratio_with_interval,
)
from residua.standards.rulebook import Rulebook

Denominator = Literal["dna", "abl1"]
_COUNTING = "counting, two-sided; the DNA as stated"


@dataclass(frozen=True)
class Read:
    """How much of a reaction was read: droplets of ``droplet_nl`` from ``reaction_ul``."""

    droplet_nl: float
    reaction_ul: float

    def share(self, partitions: int, wells: int) -> float:
        """The part of `wells` reactions that lies in `partitions`."""
        return partitions * self.droplet_nl / 1000 / (self.reaction_ul * wells)


@dataclass(frozen=True)
class DigitalAssay:
    """What an assay counts; ``lloq`` in copies per reaction, ``read`` where it is stated."""

    target: str
    reference: str | None = None
    denominator: Denominator = "dna"
    lloq: float | None = None
    read: Read | None = None


@dataclass(frozen=True)
class DigitalPlate:
    """A file of digital PCR, measured."""

    name: str
    assay: DigitalAssay
    levels: tuple[MolecularLevel, ...]


@dataclass(frozen=True)
class _Below:
    """What the target is divided by: of a partition (``counts`` x ``scale``), or genomes."""

    counts: Counts | None = None
    scale: float = 1.0
    genomes: float | None = None

    def fraction(self, per_partition: float, partitions: int) -> float:
        if self.counts is not None:
            return per_partition / self.counts.per_partition * self.scale
        assert self.genomes is not None
        return per_partition * partitions / self.genomes


def measure_digital(
    wells: Sequence[PartitionWell], assay: DigitalAssay, book: Rulebook
) -> tuple[MolecularLevel, ...]:
    """The level of every unknown sample of `assay.target`, in the order of the file.

    Raises `ValueFault` for a target or control that no well has.
    """
    targets = {well.target for well in wells}
    for name in (assay.target, assay.reference):
        if name is not None and name not in targets:
            raise ValueFault("a target of the file", "one that no well has", "correct its name")
    least = book["partitions-of-a-well"].limit_number
    used = [well for well in wells if well.partitions >= least]
    names = dict.fromkeys(
        w.sample for w in wells if w.target == assay.target and w.role == "unknown"
    )
    return tuple(_measured(name, wells, used, assay, book) for name in names)


def _measured(
    name: str, wells: Sequence[PartitionWell], used: Sequence[PartitionWell],
    assay: DigitalAssay, book: Rulebook,
) -> MolecularLevel:  # fmt: skip
    every = [w for w in wells if (w.sample, w.target, w.role) == (name, assay.target, "unknown")]
    own = [w for w in used if (w.sample, w.target, w.role) == (name, assay.target, "unknown")]
    counts, left_out = _merged(own), len(every) - len(own)
    base = MolecularLevel(
        name, "dpcr", assay.target, "not assessable", assay.denominator, reason="not measured",
        input=f"{counts.positive} of {counts.partitions} partitions, {len(own)} "
        f"{'well' if len(own) == 1 else 'wells'}"
        if counts else "",
        flags=(f"{left_out} of {len(every)} wells with too few partitions",) if left_out else (),
    )  # fmt: skip
    if counts is None:
        return replace(base, reason="no well with enough partitions")
    if counts.saturated:
        return replace(base, reason="all partitions are positive: dilute the sample")
    water = _merged([w for w in used if w.target == assay.target and w.role == "ntc"])
    if water and water.positive >= book["positive-partitions"].limit_number:
        return replace(base, reason="the no-template control is positive")
    below = _below(name, own, used, assay, book)
    if isinstance(below, str):
        return replace(base, reason=below)
    blank = _merged([w for w in used if w.target == assay.target and w.role == "negative"])
    return _told(base, (counts, len(own), blank), below, assay, book)


def _merged(wells: Sequence[PartitionWell]) -> Counts | None:
    if not wells:
        return None
    return Counts(sum(w.positive for w in wells), sum(w.partitions for w in wells))


def _below(
    name: str, own: Sequence[PartitionWell], used: Sequence[PartitionWell],
    assay: DigitalAssay, book: Rulebook,
) -> _Below | str:  # fmt: skip
    """What the copies are divided by, or why nothing is."""
    if assay.reference is None:
        return _by_mass(own, assay, book)
    control = [w for w in used if (w.sample, w.target) == (name, assay.reference)]
    counts = _merged(control)
    if counts is None:
        return "the control gene was not measured in this sample"
    if counts.positive == 0 or counts.saturated:
        found = "has no positive partition" if counts.positive == 0 else "fills all partitions"
        return f"the control gene {found}"
    per_cell = 2.0 if assay.denominator == "dna" else 1.0
    if {w.well for w in control} == {w.well for w in own}:
        return _Below(counts, per_cell)
    masses = [_mass_of(group) for group in (control, own)]
    if masses[0] is None or masses[1] is None:
        return "the control gene is in other wells, and the DNA of both is not stated"
    return _Below(counts, per_cell * masses[0] / masses[1])


def _mass_of(wells: Sequence[PartitionWell]) -> float | None:
    """DNA in a partition, up to a common factor; None where a well does not state it."""
    stated = [w.dna_ng for w in wells if w.dna_ng is not None]
    if len(stated) != len(wells) or len(set(stated)) > 1:
        return None
    return stated[0]


def _by_mass(own: Sequence[PartitionWell], assay: DigitalAssay, book: Rulebook) -> _Below | str:
    if assay.denominator != "dna":
        return "a ratio to a control transcript needs the control"
    masses = [w.dna_ng for w in own]
    if assay.read is None or any(mass is None for mass in masses):
        return "neither a control gene, nor the DNA and the part of the reaction that was read"
    whole = sum(mass for mass in masses if mass is not None)
    share = assay.read.share(sum(w.partitions for w in own), len(own))
    genome = book["genome"].limit
    assert isinstance(genome, Quantity)  # the standard states a mass
    return _Below(genomes=whole * share / float(genome.to("ng").value))


def _told(
    base: MolecularLevel, seen: tuple[Counts, int, Counts | None], below: _Below,
    assay: DigitalAssay, book: Rulebook,
) -> MolecularLevel:  # fmt: skip
    counts, wells, blank = seen
    least = int(book["positive-partitions"].limit_number)
    flags = base.flags
    if blank is None:
        flags = (*flags, "no negative-control wells: the limit of blank is not known")
    else:
        quantile = book["blank"].limit_number
        least = max(least, limit_of_blank(blank, counts.partitions, quantile=quantile) + 1)
    smallest = Counts(min(least, counts.partitions - 1), counts.partitions)
    lod = below.fraction(smallest.per_partition, counts.partitions)
    lloq = None
    if assay.lloq is not None:
        lloq = below.fraction(assay.lloq * wells / counts.partitions, counts.partitions)
        lloq = max(lloq, lod)
    base = replace(base, lod=min(lod, 1.0), lloq=lloq and min(lloq, 1.0), flags=flags)
    if counts.positive < least:
        return _negative(base, counts, least, book)
    fraction, interval = _fraction(counts, below)
    if fraction > 1:
        return replace(base, reason="more copies of the target than of the genome")
    if lloq is not None and fraction < lloq:
        return replace(base, status="detected below LLOQ", reason="below the stated LLOQ")
    unstated = () if lloq is not None else ("LLOQ not stated",)
    return replace(
        base, status="quantified", reason="", fraction=fraction, interval=interval,
        flags=(*flags, *unstated),
    )  # fmt: skip


def _negative(base: MolecularLevel, counts: Counts, least: int, book: Rulebook) -> MolecularLevel:
    """A negative needs sensitivity."""
    few = f"{counts.positive} positive partitions; positive from {least} on"
    assert base.lod is not None
    sensitive = base.lod < 1 and book["sensitive-enough"].holds(Quantity(Decimal(repr(base.lod))))
    if not sensitive:
        return replace(base, reason=INSENSITIVE)
    return replace(base, status="not detected", reason=few)


def _fraction(counts: Counts, below: _Below) -> tuple[float, Interval]:
    if below.counts is not None:
        return ratio_with_interval(counts, below.counts, scale=below.scale)
    low, high = per_partition_interval(counts)
    ends = [below.fraction(end, counts.partitions) for end in (low, high)]
    assert math.isfinite(ends[1])  # not saturated
    fraction = below.fraction(counts.per_partition, counts.partitions)
    return fraction, Interval(LEVEL, ends[0], ends[1], _COUNTING)
