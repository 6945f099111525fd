"""Compiles what is kept on disk for later runs."""

from __future__ import annotations

from residua.main.progress import Progress, silent
from residua.measures import compiled


def warm_up(progress: Progress = silent) -> None:
    """Compile the fast paths now, where no earlier run has left them on disk; at most seconds."""
    compiled.load_compiled(progress)
