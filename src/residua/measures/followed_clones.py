"""Clonotypes of sequenced samples with their shares, limits and what can be said of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from residua.facts.clonotype import Clone, ClonotypeSample
from residua.facts.quantity import Quantity
from residua.standards.rulebook import Rulebook

POSITIVE, NOT_DETECTED, NOT_ASSESSABLE = "positive", "not detected", "not assessable"


@dataclass(frozen=True)
class FollowedClone:
    """A clone in one sample; ``fraction`` is its share of the sample's segmented reads."""

    clone: Clone
    fraction: float | None
    status: str
    reason: str


@dataclass(frozen=True)
class FollowedSample:
    """A sample with its clones, most reads first; limits are shares of the input cells."""

    sample: ClonotypeSample
    clones: tuple[FollowedClone, ...]
    cells: float | None
    lod: float | None
    lloq: float | None


def follow_clones(
    samples: Iterable[ClonotypeSample], book: Rulebook, *, clone: str | None, cells: float | None
) -> tuple[FollowedSample, ...]:
    """All clones of all samples, or `clone` in every sample.

    `cells` are the cells (genome equivalents) that went into each sample; without them an
    absent clone is not assessable. `book` holds the limits, in cells.
    """
    return tuple(_followed(sample, clone, cells, book) for sample in samples)


def _followed(
    sample: ClonotypeSample, clone: str | None, cells: float | None, book: Rulebook
) -> FollowedSample:
    lod, lloq = (
        book[name].limit_number / cells if cells else None
        for name in ("detection", "quantification")
    )
    chosen = sorted(_chosen(sample, clone), key=lambda c: (-c.reads, c.id))
    clones = tuple(_one(sample, c, lod, book) for c in chosen)
    return FollowedSample(sample, clones, cells, lod, lloq)


def _chosen(sample: ClonotypeSample, clone: str | None) -> Iterable[Clone]:
    if clone is None:
        return [c for c in sample.clones if c.reads]
    found = [c for c in sample.clones if c.id == clone]
    return found or [Clone(clone, "", 0)]


def _one(sample: ClonotypeSample, clone: Clone, lod: float | None, book: Rulebook) -> FollowedClone:
    """A negative needs sensitivity, a positive does not."""
    fraction = sample.fraction(clone)
    if fraction is None:
        return FollowedClone(clone, None, NOT_ASSESSABLE, "no segmented reads")
    if clone.reads:
        return FollowedClone(clone, fraction, POSITIVE, "a share of reads, not of cells")
    if lod is None:
        return FollowedClone(
            clone, fraction, NOT_ASSESSABLE, "no reads; the input cells not stated"
        )
    if not book["sensitive-enough"].holds(Quantity(Decimal(repr(lod)))):
        reason = "negative with insufficient sensitivity"
        return FollowedClone(clone, fraction, NOT_ASSESSABLE, reason)
    return FollowedClone(clone, fraction, NOT_DETECTED, "no reads")
