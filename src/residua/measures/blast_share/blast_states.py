"""What blasts may look like in a follow-up: without an antigen that a therapy has aimed at.

A blast that has lost an antigen is as before in all other channels; in the lost one it may be
anywhere from the bottom of the box to the middle of the blasts that it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from residua.measures.blast_share.share import State
from residua.measures.laip.laip import Events, Laip, Values
from residua.measures.mixture import GaussianMixture, log_densities, marginal

INTACT: State = ()
INTACT_WEIGHS, LOST_WEIGHS = 0.7, 0.1
"""Expected of intact blasts and of each way of loss, before they are made to sum to 1."""
_NEVER = -1e3  # log density where a state cannot be; finite, so that sums stay numbers


def states_of(open_columns: Sequence[int]) -> tuple[State, ...]:
    """Intact, then every way to have lost some of `open_columns`."""
    columns = sorted(set(open_columns))
    return tuple(lost for size in range(len(columns) + 1) for lost in combinations(columns, size))


def expected_states(states: Sequence[State]) -> Values:
    """What share of blasts is expected in each state (s,)."""
    odds = np.array([LOST_WEIGHS if state else INTACT_WEIGHS for state in states])
    return np.asarray(odds / odds.sum())


def state_logs(
    events: Events, blasts: GaussianMixture, laip: Laip, states: Sequence[State]
) -> Values:
    """Log densities (s, n, c) of `events` (n, d) in each state, of each component of `blasts`."""
    return np.stack([_logs(events, blasts, laip, state) for state in states])


def kept_columns(state: State, channels: int) -> list[int]:
    """The columns that a state has not lost."""
    return [column for column in range(channels) if column not in state]


def _logs(events: Events, blasts: GaussianMixture, laip: Laip, state: State) -> Values:
    if not state:
        return log_densities(events, blasts)
    kept = kept_columns(state, blasts.channels)
    logs = log_densities(np.ascontiguousarray(events[:, kept]), marginal(blasts, kept))
    for column in state:
        low = laip.box.low[column]
        high = max(laip.mixture.weights @ laip.mixture.means[:, column], low + 0.1)
        inside = (events[:, column] >= low) & (events[:, column] <= high)
        logs += np.where(inside, -np.log(high - low), _NEVER)[:, None]
    return logs
