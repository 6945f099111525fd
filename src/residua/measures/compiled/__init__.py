"""The inner loops compiled by numba, whose one door this is; numba is imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

_HOME = {
    "load_compiled": "residua.measures.compiled.warm",
    "count_all": "residua.measures.compiled.density",
    "count_held": "residua.measures.compiled.density",
}

if TYPE_CHECKING:
    from residua.measures.compiled.density import count_all as count_all
    from residua.measures.compiled.density import count_held as count_held
    from residua.measures.compiled.warm import load_compiled as load_compiled


def __getattr__(name: str) -> Any:
    """Import numba only where millions of events pay for it."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'residua.measures.compiled' has no attribute {name!r}")
