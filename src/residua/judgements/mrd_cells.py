"""Which MRD results are fractions of cells.

Nucleated, CD45-positive and mononuclear cells and genome equivalents are, and so is by convention
a level whose denominator is not stated. A share of reads grows as other B cells go, and of
transcripts a cell may hold any number: neither is compared with limits that count cells. See
decisions/ratios-that-are-not-cells.md.
"""

from __future__ import annotations

from residua.facts.mrd import MrdReading

NOT_OF_CELLS = {
    "reads": "a share of reads is no fraction of cells",
    "abl1": "a ratio of transcripts is no fraction of cells",
}
AMONG_CELLS = "MRD level as a fraction of cells"
LOD_AMONG_CELLS = "sensitivity (LOD) of the assay as a fraction of cells"
APPLIED_TO_TRANSCRIPTS = (
    "limits of MRD are applied to the ratio of transcripts as it stands (Residua's choice); "
    f"{NOT_OF_CELLS['abl1']}"
)


def of_cells(reading: MrdReading) -> bool:
    """Whether the level, where there is one, is a fraction of cells."""
    return reading.denominator_kind not in NOT_OF_CELLS


def comparable(one: MrdReading, other: MrdReading) -> bool:
    """Whether two levels may stand in one calculation: both of cells, or both of one kind."""
    return (of_cells(one) and of_cells(other)) or one.denominator_kind == other.denominator_kind
