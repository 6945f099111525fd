"""What the assays report of the burden: counts drawn by Poisson, statuses by their limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from residua.simulate.assumptions import assumed, drawn
from residua.simulate.course.burden import Burden
from residua.simulate.course.samples import Sample

_TARGET = {"flow": "", "pcr": "IGH", "ngs": "IGH"}


@dataclass(frozen=True)
class MrdResult:
    """One result as a laboratory reports it, with the fraction that was true."""

    sample: Sample
    method: str
    status: str
    true_level: float
    fraction: float | None
    lod: float
    lloq: float
    denominator: int | None
    numerator: int | None = None

    @property
    def target(self) -> str:
        """The rearrangement that was looked for, of molecular methods."""
        return _TARGET[self.method]

    @property
    def denominator_kind(self) -> str:
        """What the fraction is of."""
        return "nucleated" if self.method == "flow" else "dna"


def mrd_results(
    samples: Sequence[Sample], burden: Burden, random: np.random.Generator
) -> Iterator[MrdResult]:
    """One result for each method of each sample, in order."""
    for sample in samples:
        level = burden.level(sample.day, tissue=sample.tissue)
        for method in sample.methods:
            yield one_result(sample, method, level, random)


def one_result(sample: Sample, method: str, level: float, random: np.random.Generator) -> MrdResult:
    """The result of `method` where `level` is true."""
    if method == "pcr":
        return _pcr(sample, level, random)
    if method == "flow":
        cells = round(drawn("mrd_assays", "flow_cells", random), -4)
    else:
        cells = assumed("mrd_assays", "ngs_genomes")
    low, high = (assumed("mrd_assays", name) for name in _LIMITS[method])
    least = low if method == "flow" else 1
    total = round(cells)
    seen = min(int(random.poisson(total * level)), total)
    status = _status(seen, least, high)
    return MrdResult(
        sample, method, status, level, seen / total if seen >= least else None,
        low / total, high / total, total, seen if seen >= least else None,
    )  # fmt: skip


_LIMITS = {
    "flow": ("flow_lod_events", "flow_lloq_events"),
    "ngs": ("ngs_lod_cells", "ngs_lloq_cells"),
}


def _status(seen: float, least: float, quantified: float) -> str:
    if seen >= quantified:
        return "quantified"
    return "detected below LLOQ" if seen >= least else "not detected"


def _pcr(sample: Sample, level: float, random: np.random.Generator) -> MrdResult:
    """A positive result below the limit of quantification has no number (EuroMRD)."""
    genomes = assumed("mrd_assays", "pcr_genomes")
    lod, lloq = assumed("mrd_assays", "pcr_lod"), assumed("mrd_assays", "pcr_lloq")
    copies = random.poisson(genomes * level)
    read = copies / genomes * 10 ** random.normal(0, assumed("mrd_assays", "pcr_spread"))
    status = _status(read, lod, lloq)
    fraction = min(read, 1.0) if status == "quantified" else None
    return MrdResult(sample, "pcr", status, level, fraction, lod, lloq, None)
