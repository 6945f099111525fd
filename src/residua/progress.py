"""How a long task says what it is doing; who listens decides whether anybody sees it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], None]
"""Takes a short phrase: ``drawing the figure``."""


def silent(_: str) -> None:
    """Report no progress."""
