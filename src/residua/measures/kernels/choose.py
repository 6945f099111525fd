"""Which inner loops serve how many events: plain NumPy, or compiled ones that start slower.

Both give the same numbers, bit for bit, so that nothing but time depends on the choice.
"""

from __future__ import annotations

import sys

from residua.measures import compiled
from residua.measures.kernels.contract import Kernels
from residua.measures.kernels.plain import PLAIN
from residua.progress import Progress, silent

FEW = 20_000  # events that NumPy reads as fast as a compiled loop does
PAYS = 0.25e9  # ns forgone by a process, from which on it imports numba (about 0.8 s, once)
_forgone = [0.0]
_LOADED = "residua.measures.compiled.warm"


def kernels_for(count: int, *, saved: float, progress: Progress = silent) -> Kernels:
    """The inner loops for `count` events, each of which compiled loops serve `saved` ns faster.

    A process that has forgone enough by plain loops imports the compiled ones. `progress` hears
    where they have to be compiled first, which happens once on a machine.
    """
    if not _pays(count, saved=saved):
        return PLAIN
    try:
        return compiled.load_compiled(progress)
    except (ImportError, OSError):  # no compiler, or no room for what it makes
        return PLAIN


def _pays(count: int, *, saved: float) -> bool:
    """Whether `count` events are worth the compiled loops; what is forgone adds up."""
    if count < FEW:
        return False
    _forgone[0] += count * saved
    return _forgone[0] >= PAYS or _LOADED in sys.modules
