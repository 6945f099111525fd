"""Where Residua keeps what it can make again."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """`RESIDUA_CACHE`, else the system's place for caches; it need not be there.

    `XDG_CACHE_HOME` or ~/.cache on Linux, ~/Library/Caches on macOS, `LOCALAPPDATA` on Windows.
    """
    own = os.environ.get("RESIDUA_CACHE")
    if own:
        return Path(own)
    stated = os.environ.get("XDG_CACHE_HOME")
    if stated:
        return Path(stated) / "residua"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "residua"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "residua" / "Cache"
    return Path.home() / ".cache" / "residua"
