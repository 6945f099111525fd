"""The command line: a thin door to `residua.main`."""

from __future__ import annotations

from cyclopts import App

from residua import __version__

app = App(name="residua", version=__version__, help=__doc__)


def main() -> None:
    """Run the command line."""
    app()
