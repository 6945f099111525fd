"""The populations of one well of a bead array: how many beads, and how bright their reporter.

Sizes by scatter (`bead_sizes`), within each the analytes by the classifier (`bead_peaks`).
Nothing is guessed: where the number found is not that of the panel, every analyte of that size
is not assessable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrik

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition
from residua.facts.bead_panel import BeadAnalyte, BeadPanel, BeadSize
from residua.facts.interval import Interval
from residua.measures.bead_peaks import Peak, find_peaks
from residua.measures.bead_sizes import SizeFound, find_sizes
from residua.measures.median_spread import median_and_spread
from residua.standards.bead_assay import BeadRules

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
_UNTOLD = "events with a value that is no number are left out"


@dataclass(frozen=True, eq=False)
class Population:
    """One analyte's beads in one well; `members` (n,) marks its events.

    `median` and its `interval` are of the reporter, `classifier` the median of the classifier,
    all linear as the file has them; `cv` is 1.4826 MAD / median of the reporter. Without a
    median there is a `reason`.
    """

    analyte: BeadAnalyte
    size: str
    members: Mask
    median: float | None = None
    interval: Interval | None = None
    cv: float | None = None
    classifier: float | None = None
    reason: str = ""
    flags: tuple[str, ...] = ()

    @property
    def events(self) -> int:
        """How many beads."""
        return int(self.members.sum())


@dataclass(frozen=True, eq=False)
class WellPopulations:
    """All populations of a well, in the order of the panel, and the sizes found.

    `dyed` marks the events (n,) at or above the panel's floor; `found` are the populations of
    each size as they were seen, whether or not their number is that of the panel; `flags` are
    those of the file.
    """

    panel: BeadPanel
    populations: tuple[Population, ...]
    sizes: tuple[SizeFound, ...]
    found: tuple[int, ...]
    dyed: Mask
    reason: str = ""
    flags: tuple[str, ...] = ()

    def of(self, analyte: str) -> Population:
        """The population of an analyte by its name."""
        return next(one for one in self.populations if one.analyte.name == analyte)


def bead_columns(acquisition: Acquisition, panel: BeadPanel) -> tuple[Values, ...]:
    """Forward, side scatter, classifier and reporter (n,), float64.

    Raises `ValueFault` for a channel that the file lacks.
    """
    columns = []
    for name in (*panel.scatter, panel.classifier, panel.reporter):
        place = acquisition.column(name)
        if place is None:
            do = f"name one of its channels in the panel: {', '.join(acquisition.names)}"
            raise ValueFault(f"the panel's channel {name!r} in the file", "none of that name", do)
        columns.append(np.asarray(acquisition.events[:, place], dtype=np.float64))
    return tuple(columns)


def bead_populations(
    acquisition: Acquisition, panel: BeadPanel, rules: BeadRules
) -> WellPopulations:
    """The populations of `panel` in the events of one well; those without a number are none."""
    columns = bead_columns(acquisition, panel)
    forward, side, classifier, reporter = columns
    told = np.isfinite(np.column_stack(columns)).all(axis=1)
    flags = (*acquisition.flags, *([_UNTOLD] if not told.all() else []))
    dyed = classifier >= panel.floor if panel.floor is not None else np.isfinite(classifier)
    sizes = find_sizes(forward, side, dyed & told & (classifier > 0), rules.singles)
    if len(sizes) != len(panel.sizes):
        reason = f"{len(sizes)} sizes of beads found, the panel has {len(panel.sizes)}"
        none = np.zeros(len(forward), dtype=bool)
        missing = tuple(
            Population(analyte, size.name, none, reason=reason)
            for size in panel.sizes
            for analyte in size.analytes
        )
        return WellPopulations(panel, missing, tuple(sizes), (), dyed, reason, flags)
    populations: list[Population] = []
    counts = []
    for size, found in zip(panel.sizes, sizes, strict=True):
        places = np.flatnonzero(found.members)
        peaks = find_peaks(np.log10(classifier[places]), rules.populations)
        counts.append(len(peaks))
        populations += _of_size(size, panel, places, peaks, (classifier, reporter), rules=rules)
    return WellPopulations(
        panel, tuple(populations), tuple(sizes), tuple(counts), dyed, flags=flags
    )


def _of_size(
    size: BeadSize,
    panel: BeadPanel,
    places: NDArray[np.intp],
    peaks: list[Peak],
    columns: tuple[Values, Values],
    *,
    rules: BeadRules,
) -> list[Population]:
    none = np.zeros(len(columns[0]), dtype=bool)
    expected = len(size.analytes)
    if len(peaks) != expected:
        reason = f"{len(peaks)} populations found among beads {size.name}, the panel has {expected}"
        return [Population(one, size.name, none, reason=reason) for one in size.analytes]
    ordered = peaks if panel.order == "low to high" else peaks[::-1]
    made = []
    for analyte, peak in zip(size.analytes, ordered, strict=True):
        members = none.copy()
        members[places[peak.members]] = True
        made.append(
            _population(analyte, size.name, members, columns, overlap=peak.overlap, rules=rules)
        )
    return made


def _population(
    analyte: BeadAnalyte,
    size: str,
    members: Mask,
    columns: tuple[Values, Values],
    *,
    overlap: float,
    rules: BeadRules,
) -> Population:
    classifier, reporter = (column[members] for column in columns)
    middle = float(np.median(classifier))
    if overlap > rules.populations.overlap:
        reason = f"not separable from its neighbour: a cut misplaces {overlap:.1%} of the beads"
        return Population(analyte, size, members, classifier=middle, reason=reason)
    median, spread = (float(value) for value in median_and_spread(reporter))
    flags = []
    if len(reporter) < rules.fewest:
        flags.append(f"fewer than {rules.fewest} beads")
    cv = spread / median if median > 0 else None
    if cv is not None and cv > rules.widest:
        flags.append(f"reporter spreads widely (CV {cv:.0%})")
    interval = median_interval(reporter, rules.level)
    return Population(analyte, size, members, median, interval, cv, middle, flags=tuple(flags))


def median_interval(values: Values, level: float) -> Interval | None:
    """The interval of a median by order statistics, of coverage `level` at least.

    With ranks l and n + 1 - l, l the largest with 2 P(Binomial(n, 1/2) < l) <= 1 - level; None
    where so few values give none.
    """
    n = len(values)
    rank = int(np.ceil(bdtrik((1 - level) / 2, n, 0.5)))
    while rank > 0 and 2 * bdtr(rank - 1, n, 0.5) > 1 - level:
        rank -= 1
    if rank < 1:
        return None
    ordered = np.sort(values)
    low, high = float(ordered[rank - 1]), float(ordered[n - rank])
    return Interval(level, low, high, "of the median by order statistics")
