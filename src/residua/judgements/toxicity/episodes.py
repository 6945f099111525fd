"""Episodes of one term: from the first value that is worse than before to its recovery.

Nothing is interpolated: a grade between two values is not known, and an episode says how long
it was not looked at. What may be a recovery and may be none (grade 0 or 1 without the limit of
normal) ends no episode by itself; a worse value after it begins a new one, which says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from residua.judgements.toxicity.graded import Moment, Series


@dataclass(frozen=True)
class Episode:
    """Moments from the onset to the last one before the recovery.

    ``target`` is the grade to return to: 0, or that of an abnormal baseline. ``before`` is the
    moment before the onset, ``recovered`` the first certainly at the target, ``perhaps`` the
    first that may be. ``interrupted`` is the moment in which the next line of therapy finds
    it, and ``later`` the first of grade 0 after that. ``continues``: whether it is the one
    before it that goes on is not known.
    """

    moments: tuple[Moment, ...]
    target: int
    before: Moment | None = None
    recovered: Moment | None = None
    perhaps: Moment | None = None
    interrupted: Moment | None = None
    later: Moment | None = None
    continues: bool = False

    @property
    def low(self) -> int:
        """The worst grade that is certain."""
        return max(moment.low for moment in self.moments)

    @property
    def high(self) -> int:
        """The worst grade that is possible."""
        return max(moment.high for moment in self.moments)

    @property
    def last_above(self) -> Moment:
        """The last moment that is certainly worse than the target."""
        return [moment for moment in self.moments if moment.low > self.target][-1]


@dataclass
class _Run:
    """An episode that is not over yet."""

    target: int
    before: Moment | None
    continues: bool = False
    moments: list[Moment] = field(default_factory=list)
    perhaps: Moment | None = None

    def closed(
        self,
        *,
        recovered: Moment | None = None,
        interrupted: Moment | None = None,
        later: Moment | None = None,
    ) -> Episode:
        return Episode(
            tuple(self.moments), self.target, self.before, recovered, self.perhaps,
            interrupted, later, self.continues,
        )  # fmt: skip


def episodes_of(series: Series) -> tuple[Episode, ...]:
    """The episodes of a series, in order.

    An episode begins at the first moment that is certainly worse than grade 0 or, in a line of
    therapy that began from an abnormal count, than that one until it has once been grade 0.
    The next line of therapy ends it: what is worse than its baseline there is an episode of
    its own.
    """
    listed = series.moments
    found: list[Episode] = []
    run: _Run | None = None
    usual, previous = 0, None
    for place, moment in enumerate(listed):
        if previous is not None and moment.order != previous.order:
            if run is not None:
                found.append(run.closed(interrupted=moment, later=_first_normal(listed[place:])))
            run, usual = None, series.begins.get(moment.order, 0)
        again = run is not None and run.perhaps is not None and moment.low > run.target
        if run is not None and again:
            found.append(run.closed())
            run = None
        if run is None and moment.low > usual:
            run = _Run(usual, previous, again, [moment])
        elif run is not None and moment.high <= run.target:
            found.append(run.closed(recovered=moment))
            run = None
        elif run is not None:
            run.perhaps = run.perhaps or (moment if moment.low <= run.target else None)
            run.moments.append(moment)
        usual = 0 if moment.high == 0 else usual
        previous = moment
    return (*found, run.closed()) if run is not None else tuple(found)


def _first_normal(moments: Iterable[Moment]) -> Moment | None:
    return next((moment for moment in moments if moment.high == 0), None)
