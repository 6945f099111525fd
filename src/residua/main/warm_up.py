"""Compiles what is kept on disk for later runs."""

from __future__ import annotations

from residua.main.progress import Progress, silent
from residua.measures.compiled.warm import warm


def warm_up(progress: Progress = silent) -> None:
    """Compile the fast paths now, unless an earlier run has; seconds, once on a machine."""
    warm(progress)
