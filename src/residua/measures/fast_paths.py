"""Which inner loops serve how many events: plain NumPy, or compiled ones that start slower.

Both give the same numbers, bit for bit, so that nothing but time depends on the choice.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from residua.measures import compiled
from residua.measures.kernels import Kernels
from residua.measures.kernels_plain import PLAIN

FEW = 20_000  # events that NumPy reads as fast as a compiled loop does
PAYS = 0.25e9  # ns saved, from which on numba is imported; that takes about 0.8 s, once
_LOADED = "residua.measures.compiled.warm"
Progress = Callable[[str], None]


def silent(_: str) -> None:
    """Report no progress."""


def kernels_for(count: int, *, saved: float, progress: Progress = silent) -> Kernels:
    """The inner loops for `count` events, each of which compiled loops serve `saved` ns faster.

    `progress` hears where loops are being compiled, which happens once on a machine.
    """
    if not compiled_for(count, saved=saved):
        return PLAIN
    try:
        return compiled.load_compiled(progress)
    except (ImportError, OSError):  # no compiler, or no room for what it makes
        return PLAIN


def compiled_for(count: int, *, saved: float) -> bool:
    """Whether `count` events are worth the compiled loops."""
    return count >= FEW and (count * saved >= PAYS or _LOADED in sys.modules)
