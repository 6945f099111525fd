"""Compiles what is kept on disk for later runs."""

from __future__ import annotations

from residua.measures.compiled.warm import warm
from residua.progress import Progress, silent


def warm_up(progress: Progress = silent) -> None:
    """Compile the fast paths now, unless an earlier run has; seconds, once on a machine."""
    warm(progress)
