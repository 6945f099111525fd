"""Which inner loops serve how many events: plain NumPy, or compiled ones that start slower."""

from __future__ import annotations

import sys

from residua.measures import compiled
from residua.measures.kernels import Kernels
from residua.measures.kernels_plain import PLAIN

FEW = 20_000  # events that NumPy reads as fast as a compiled loop does
PAYS = 1_000_000  # events from which on importing numba pays for itself
_LOADED = "residua.measures.compiled.warm"


def kernels_for(count: int) -> Kernels:
    """The inner loops for `count` events; both kinds give the same numbers, bit for bit."""
    if count < FEW or (count < PAYS and _LOADED not in sys.modules):
        return PLAIN
    return compiled.load_compiled()
