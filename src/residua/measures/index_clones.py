"""The clonotypes of a diagnosis followed through later samples, by reads alone.

Reads are no cells: a clonotype that is seen makes a sample positive without a number, and one
that is not seen says nothing where the input cells are not stated.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from residua.facts.clonotype import ClonotypeSample
from residua.facts.molecular import MolecularLevel
from residua.facts.quantity import Quantity
from residua.standards.rulebook import Rulebook


def index_clones(first: ClonotypeSample, book: Rulebook) -> tuple[str, ...]:
    """Ids of the clonotypes of the first sample that are followed, most reads first."""
    rule = book["index-clone"]
    shares = [(c, first.fraction(c) or 0.0) for c in first.clones]
    kept = [c for c, share in shares if rule.holds(Quantity(Decimal(repr(share))))]
    return tuple(c.id for c in sorted(kept, key=lambda c: (-c.reads, c.id)))


def levels_by_reads(
    samples: Sequence[ClonotypeSample], followed: Sequence[str]
) -> tuple[MolecularLevel, ...]:
    """One level per sample: the followed clonotype with most reads tells."""
    return tuple(_level(sample, frozenset(followed)) for sample in samples)


def _level(sample: ClonotypeSample, followed: frozenset[str]) -> MolecularLevel:
    seen = [c for c in sample.clones if c.id in followed and c.reads]
    top = max(seen, key=lambda c: (c.reads, c.id), default=None)
    input_words = f"{sample.reads} segmented reads"
    if not sample.reads:
        return MolecularLevel(
            sample.name, "ngs", "clonotype", "not assessable", "reads", reason="no segmented reads"
        )
    if top is None:
        reason = "no reads of a followed clonotype; the input cells not stated"
        return MolecularLevel(
            sample.name, "ngs", "clonotype", "not assessable", "reads", reason=reason,
            input=input_words,
        )  # fmt: skip
    share = sample.fraction(top) or 0.0
    return MolecularLevel(
        sample.name, "ngs", top.label or top.id, "positive", "reads",
        reason=f"{share:.3g} of the segmented reads, not of cells",
        input=f"{top.reads} of {input_words}",
    )  # fmt: skip
