"""What share of the events in a patient's box are blasts.

Twice: first with blasts as wide as their drift may have carried them, then with the drift that
the likely blasts themselves show, pulled to what is known of drift. The first is the better
detector, as nothing in a sample steers it, the second the better meter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.measures.alignment.event_choice import chosen_events
from residua.measures.blast_share.blast_states import expected_states, state_logs, states_of
from residua.measures.blast_share.drift import found_drift
from residua.measures.blast_share.share import Share, ShareModel, State
from residua.measures.blast_share.tails import tailed_log_densities
from residua.measures.blast_share.translation import PRIOR_EVENTS, translation
from residua.measures.blast_share.weighing import LEAST, Parts
from residua.measures.laip.box import Rows
from residua.measures.laip.laip import Drift, Events, Laip, Values
from residua.measures.mixture import GaussianMixture, moved

ROUNDS = 5
"""Of drift and shares in turn; more move nothing."""
FIRST_STEPS, STEPS, LAST_STEPS = 10, 25, 300
"""Steps of EM for the candidates, in a round, and where a share is reported."""
STATE_PRIOR_EVENTS = 20.0
"""Events' worth of what is expected of the states of blasts."""
MANY, CANDIDATE = 0.01, 1e-3
"""A candidate has this posterior, if so many blasts were in the box and had drifted to it."""
START = 1e-3
MANY_OF_BOX, MOST_OF_BOX = 0.1, 0.5
"""Shares of the box that are blasts: from the first on it is asked whether they carried the
precursors off, from the second on the precursors say too little of where they lie."""
TRANSLATED_BY = 20_000
"""Events that say how the precursors lie."""


@dataclass(frozen=True, eq=False)
class _Seen:
    """Events with what no drift changes: log densities of normal cells (k, n), and the flat."""

    events: Events
    normal: Values
    flat: float

    def parts(self, blasts: Values, held: Values, prior: Values) -> Parts:
        """With the log densities of blasts (s, n)."""
        flat = np.full((1, blasts.shape[1]), self.flat)
        logs = np.concatenate([blasts, flat, self.normal])
        logs -= logs.max(axis=0)
        return Parts(np.exp(logs), len(blasts), held, prior)

    def at(self, rows: Rows) -> _Seen:
        """Of these rows alone."""
        return _Seen(self.events[rows], np.ascontiguousarray(self.normal[:, rows]), self.flat)


def estimate_share(events: Events, model: ShareModel, *, added_sd: Values | None = None) -> Share:
    """The share of blasts among `events` (n, d), those of a follow-up in the box of `model`.

    `added_sd` (d,) in decades is how uncertain the follow-up's own map is, which widens the drift.
    Antigens may be lost only in the columns that `model.open` names. Reruns are identical to the
    bit; the order of the events changes nothing but the last digits. Source: mixture proportions
    by EM with a Gaussian shift of one component, as a MAP of both.
    """
    sought = _sought(model, added_sd)
    if not len(events):
        return _nothing(sought)
    flat = -model.laip.box.log_volume
    few = chosen_events(np.asarray(events, np.float32), TRANSLATED_BY)  # in any order the same
    inflated = moved(model.laip.mixture, sought.drift.mean, sought.drift.covariance)
    shift = translation(few, model.normal, inflated, log_neither=flat)
    found = _read(events, model.normal, sought, shift)
    if found.blasts < MANY_OF_BOX:
        return found
    still = _read(events, model.normal, sought, np.zeros(len(shift)))
    return still if still.blasts >= max(MOST_OF_BOX, found.blasts) else found


def _read(events: Events, normal_cells: GaussianMixture, sought: _Sought, shift: Values) -> Share:
    """The share with the precursors moved by `shift` (d,) from where the references have them."""
    normal = tailed_log_densities(events, moved(normal_cells, shift)).T
    seen = _Seen(events, normal, -sought.laip.box.log_volume)
    begun = _candidates(seen, sought)
    found = _two_passes(seen.at(begun.rows), sought, begun)
    s = len(sought.states)
    likely = np.zeros(len(events))
    likely[begun.rows] = found.parts.posteriors(found.shares)[:s].sum(axis=0)
    blasts = float(found.shares[:s].sum())
    states = dict(zip(sought.states, (found.shares[:s] / blasts).tolist(), strict=True))
    return Share(
        blasts, float(found.shares[s]), likely, found.drift.mean, shift, states, found.first
    )


@dataclass(frozen=True, eq=False)
class _Sought:
    """What is sought: the blasts of `laip`, drifted by `drift`, in one of `states`.

    `prior` (p,) is what is expected of the parts, in events; `laip` is not drifted.
    """

    laip: Laip
    drift: Drift
    states: tuple[State, ...]
    prior: Values

    def logs(self, events: Events, drift: Drift) -> Values:
        """Log densities (s, n, c) of blasts by state and component, drifted by `drift`."""
        blasts = moved(self.laip.mixture, drift.mean, drift.covariance)
        return state_logs(events, blasts, self.laip, self.states)


@dataclass(frozen=True, eq=False)
class _Candidates:
    """Which `rows` may be blasts; `held` (p,) counts the other events by what they are."""

    rows: Rows
    held: Values
    shares: Values


def _candidates(seen: _Seen, sought: _Sought) -> _Candidates:
    """Who is to be weighed; the others are shared out once, as no drift brings blasts to them."""
    s, prior = len(sought.states), sought.prior
    logs = sought.logs(seen.events, sought.drift)
    parts = seen.parts(_summed(logs), np.zeros(len(prior)), prior)
    shares = parts.weighed(_first_shares(sought), steps=FIRST_STEPS)
    odds = expected_states(sought.states)[:, None]
    drifted = _summed(logs + _drifted_gain(sought)) + np.log(odds)
    blast = np.logaddexp.reduce(drifted, axis=0) + np.log(MANY)
    rest = np.concatenate([np.full((1, len(seen.events)), seen.flat), seen.normal])
    rest += np.log(shares[s:] / shares[s:].sum())[:, None]
    other = np.logaddexp.reduce(rest, axis=0)
    may = blast - np.logaddexp(blast, other + np.log(1 - MANY)) >= np.log(CANDIDATE)
    held = np.zeros(len(prior))
    held[s:] = np.exp(rest[:, ~may] - other[~may]).sum(axis=1)
    return _Candidates(np.flatnonzero(may), held, shares)


def _drifted_gain(sought: _Sought) -> Values:
    """What the log density of each component (c,) gains with the drift that suits an event best.

    The improbability of that drift is counted. A density as wide as the drift is too thin for
    this: in 14 channels it would miss blasts beside normal cells.
    """
    own = sought.laip.mixture.covariances
    wide = np.linalg.slogdet(own + sought.drift.covariance)[1]
    return np.asarray((wide - np.linalg.slogdet(own)[1]) / 2)


def _first_shares(sought: _Sought) -> Values:
    s = len(sought.states)
    normal = sought.prior[s + 1 :] / sought.prior[s + 1 :].sum()
    odds = expected_states(sought.states)
    shares = np.concatenate([START * odds, [START], (1 - 2 * START) * normal])
    return np.asarray(np.maximum(shares, LEAST))


@dataclass(frozen=True, eq=False)
class _Found:
    """The end of the second pass: `shares` (p,) of `parts`, the drift, and the first pass's pi."""

    parts: Parts
    shares: Values
    drift: Drift
    first: float


def _two_passes(near: _Seen, sought: _Sought, begun: _Candidates) -> _Found:
    """The shares with inflated blasts, then with blasts that drift to where likely ones are."""
    s = len(sought.states)
    drift, logs = sought.drift, sought.logs(near.events, sought.drift)
    parts = near.parts(_summed(logs), begun.held, sought.prior)
    shares = parts.weighed(begun.shares, steps=LAST_STEPS)
    first = float(shares[:s].sum())
    for turn in range(ROUNDS):
        likely = parts.posteriors(shares)[:s]
        by_component = likely[:, :, None] * np.exp(logs - _summed(logs)[:, :, None])
        drift = found_drift(
            near.events, by_component, sought.laip.mixture, sought.states, sought.drift
        )
        logs = sought.logs(near.events, drift)
        parts = near.parts(_summed(logs), begun.held, sought.prior)
        shares = parts.weighed(shares, steps=STEPS if turn < ROUNDS - 1 else LAST_STEPS)
    return _Found(parts, shares, drift, first)


def _summed(logs: Values) -> Values:
    return np.asarray(np.logaddexp.reduce(logs, axis=2))


def _sought(model: ShareModel, added_sd: Values | None) -> _Sought:
    states, drift = states_of(model.open), model.laip.drift
    if added_sd is not None:
        drift = Drift(drift.mean, drift.covariance + np.diag(np.asarray(added_sd) ** 2))
    expected = STATE_PRIOR_EVENTS * expected_states(states)
    prior = np.concatenate([expected, [0.0], PRIOR_EVENTS * model.normal.weights])
    return _Sought(model.laip, drift, states, prior)


def _nothing(sought: _Sought) -> Share:
    """Of a box without events: no share, and what was expected of the rest."""
    none = np.zeros(len(sought.drift.mean))
    odds = dict(zip(sought.states, expected_states(sought.states).tolist(), strict=True))
    return Share(0.0, 0.0, np.zeros(0), sought.drift.mean, none, odds, 0.0)
