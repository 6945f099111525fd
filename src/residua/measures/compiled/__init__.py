"""The inner loops compiled by numba, whose one door this is; numba is imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from residua.measures.compiled.warm import load_compiled as load_compiled


def __getattr__(name: str) -> Any:
    """Import numba only where millions of events pay for it."""
    if name == "load_compiled":
        return import_module("residua.measures.compiled.warm").load_compiled
    raise AttributeError(f"module 'residua.measures.compiled' has no attribute {name!r}")
