"""The bead panels that come with Residua."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from residua.errors import UsageError, nearest

_FOLDER = resources.files("residua.standards").joinpath("bead_panels")


def bead_panel_names() -> tuple[str, ...]:
    """Their names, sorted."""
    return tuple(sorted(Path(entry.name).stem for entry in _FOLDER.iterdir()))


def bead_panel_text(name: str) -> str:
    """The TOML of a shipped panel. Raises `UsageError` for a name that is none."""
    if name not in bead_panel_names():
        raise UsageError(f"no panel of that name: {nearest(name, bead_panel_names())}")
    return _FOLDER.joinpath(f"{name}.toml").read_text("utf-8")


def bead_panel_path(name: str) -> Path:
    """Where the TOML of a shipped panel lies."""
    bead_panel_text(name)
    return Path(str(_FOLDER)) / f"{name}.toml"
