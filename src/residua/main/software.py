"""Which software made a result: enough to make it again, nothing that changes by the clock."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from importlib import metadata

from residua import __version__

LIBRARIES = ("matplotlib", "numpy", "scipy")


@dataclass(frozen=True)
class Software:
    """Name and version of Residua, of Python and of the libraries that compute and draw."""

    name: str
    version: str
    python: str
    libraries: tuple[tuple[str, str], ...]

    def document(self) -> dict[str, object]:
        """As plain values for JSON."""
        return asdict(self) | {"libraries": dict(self.libraries)}


def software() -> Software:
    """What is running now."""
    libraries = tuple((name, metadata.version(name)) for name in LIBRARIES)
    return Software("residua", __version__, platform.python_version(), libraries)
