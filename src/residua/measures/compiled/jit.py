"""How a loop is compiled: without the interpreter's lock, and kept on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}


def compiled(loop: Loop) -> Loop:
    """`loop`, compiled when first called.

    The machine code is kept beside the source or, where that cannot be written, in the user's
    cache; where neither can, it is compiled anew in each process.
    """
    try:
        return cast("Loop", njit(cache=True, **_OPTIONS)(loop))
    except (RuntimeError, OSError):  # no place to keep it
        return cast("Loop", njit(**_OPTIONS)(loop))
