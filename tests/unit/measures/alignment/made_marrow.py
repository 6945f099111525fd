"""A made-up marrow whose events are known before and after the cytometer.

Twelve populations in six channels, some of them rare; persons differ by 0.05 decade and in their
fractions; a cytometer adds gain, offset, spillover and, where asked, x + a sin(1.9 x + phase).
"""

from dataclasses import dataclass

import numpy as np

D = 6
SCATTER = np.array([True, False, False, False, False, False])
_random = np.random.Generator(np.random.PCG64(77))
LEVELS = np.array([0.6, 1.3, 2.2, 3.0, 3.7])
CENTRES = LEVELS[_random.integers(0, 5, (12, D))] + _random.normal(0, 0.15, (12, D))
SHARES = np.array([25, 20, 15, 10, 8, 6, 5, 4, 3, 2, 1, 1.0]) / 100
SPREADS = _random.uniform(0.12, 0.3, (12, D))


@dataclass(frozen=True)
class Cytometer:
    gain: np.ndarray
    offset: np.ndarray
    spill: np.ndarray
    height: float
    phase: np.ndarray

    def sees(self, cells):
        x = cells * self.gain + self.offset + (cells - 2) @ self.spill
        return (x + self.height * np.sin(1.9 * x + self.phase)).astype(np.float32)


PERFECT = Cytometer(np.ones(D), np.zeros(D), np.zeros((D, D)), 0.0, np.zeros(D))


def cytometer(random, *, height=0.0, turn=0.0, spill=0.006):
    """A batch; `turn` is the deviation of phases between batches."""
    leaks = np.where(SCATTER[:, None] | SCATTER[None], 0.0, random.normal(0, spill, (D, D)))
    np.fill_diagonal(leaks, 0.0)
    phase = PHASE + random.normal(0, turn, D)
    return Cytometer(random.normal(1, 0.04, D), random.normal(0, 0.08, D), leaks, height, phase)


PHASE = np.arange(D) * 1.1


def cells(random, size, *, person=0.05):
    """Cells (size, d) before the cytometer."""
    shares = SHARES * random.lognormal(0, 0.3, 12)
    own = CENTRES + random.normal(0, person, CENTRES.shape)
    kind = random.choice(12, size, p=shares / shares.sum())
    return own[kind] + random.normal(size=(size, D)) * SPREADS[kind]
