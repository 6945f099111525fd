"""What a benchmark ran on, without the name of the machine."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path

SHOWN = ("numpy", "numba", "flowcal", "flowio", "flowkit", "matplotlib")


def describe() -> str:
    """Cores, kind of processor, memory, Python and libraries."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    libraries = ", ".join(f"{name} {metadata.version(name)}" for name in SHOWN)
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    wide = any("avx512f" in line for line in lines if line.startswith("flags"))
    kind = named[0] if named else platform.machine()
    return f"{kind}, AVX-512" if wide else kind
