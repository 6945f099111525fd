"""What a second reader is, and how one that a laboratory brings is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.laip.laip import Laip

Values = NDArray[np.float64]
Events = NDArray[np.float32]


class Reader(Protocol):
    """Any way to tell blasts from normal cells.

    `score` is given events (n, d) in the box of the patient, aligned, in display decades and in the
    order of the LAIP's dimensions: the higher, the likelier a blast. Only the order counts.
    """

    @property
    def name(self) -> str:
        """What flags call it."""
        ...

    def score(self, events: Events) -> Values:
        """A logit (n,) for events (n, d)."""
        ...


FitReader = Callable[[Laip, Sequence[Events], int], Reader]
"""(laip, normal events in its box of each normal, seed) -> Reader. It is called for each fold of
the normals and once for all, so that its blanks are read by one that has not seen them."""


def reader_named(name: str) -> FitReader:
    """The function that `name`, "module:function", stands for, from Python's import path.

    Importing it runs its code. Raises `ValueFault` where there is none.
    """
    module, colon, function = name.partition(":")
    try:
        found = getattr(import_module(module), function) if module and colon and function else None
    except (ImportError, AttributeError, TypeError):
        found = None
    if not callable(found):
        raise ValueFault(
            "module:function, a function of (laip, normals, seed) that returns a reader",
            "a name that leads to none",
            "install the module or give its path in PYTHONPATH",
        )
    made: FitReader = found
    return made
