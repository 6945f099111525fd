"""How much of the events each part explains: EM over shares, the densities held as they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.measures.laip.laip import Values

LEAST = 1e-12
"""Lowest share of any part: what reaches 0 could never come back."""
STOP = 1e-3
"""Events: a step that moves fewer of them to or from the blasts is the last."""


@dataclass(frozen=True, eq=False)
class Parts:
    """Densities (p, n) of the states of blasts, of `neither`, of the normal components.

    `logs` are taken over the highest of each event. The first `states` rows are blasts, the next
    is neither. `held` (p,) are events besides these n that are known to be of each part; `prior`
    (p,) what is expected of each within blasts and within normal cells, in events.
    """

    densities: Values
    states: int
    held: Values
    prior: Values

    @property
    def events(self) -> float:
        """All events, those that are held too."""
        return float(self.densities.shape[1] + self.held.sum())

    def posteriors(self, shares: Values) -> Values:
        """The probability (p, n) of each part at each event."""
        joint = self.densities * shares[:, None]
        return np.asarray(joint / joint.sum(axis=0))

    def weighed(self, shares: Values, *, steps: int) -> Values:
        """The shares (p,) after at most `steps` steps of EM from `shares`."""
        for _ in range(steps):
            before = shares[: self.states].sum()
            shares = self._step(shares)
            if abs(shares[: self.states].sum() - before) * self.events < STOP:
                break
        return shares

    def _step(self, shares: Values) -> Values:
        # einsum wakes no threads of the matrix library and always adds alike
        mixed = np.einsum("pn,p->n", self.densities, shares)
        counted = shares * np.einsum("pn,n->p", self.densities, 1 / mixed) + self.held
        made = counted.copy()
        for part in (slice(0, self.states), slice(self.states + 1, None)):
            expected = counted[part] + self.prior[part]
            made[part] = expected * (counted[part].sum() / max(expected.sum(), LEAST))
        made = np.maximum(made / self.events, LEAST)
        return np.asarray(made / made.sum())
