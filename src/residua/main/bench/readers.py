"""The readers that the benchmark knows by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from residua.errors import UsageError, nearest
from residua.main.bench.automatic_reader import AUTOMATIC
from residua.main.bench.mixture_reader import MIXTURE
from residua.measures.benchmark.box_reader import BOX
from residua.measures.benchmark.tool import Tool, staged
from residua.simulate.bench.ideal_reader import ideal_reader
from residua.simulate.bench.samples import Truth

ReaderFor = Callable[[Truth], Tool]  # all but the ideal observer leave the truth alone


def blind(tool: Tool) -> ReaderFor:
    """The same tool for every case: it never sees the truth."""
    return lambda _: tool


READERS: Mapping[str, Callable[[], ReaderFor]] = {
    "automatic": lambda: blind(staged(AUTOMATIC)),
    "box": lambda: blind(staged(BOX)),
    "ideal": lambda: ideal_reader,
}
Tools = Mapping[str, Callable[[], Tool]]
TOOLS: Tools = {"automatic": lambda: staged(AUTOMATIC), "box": lambda: staged(BOX)}
UNALIGNED: Tools = {"mixture": lambda: staged(MIXTURE), "box": lambda: staged(BOX)}
"""For cells whose truth nobody drew: a laboratory's files, and cells of one run without scatter."""


def reader_called(name: str) -> ReaderFor:
    """The reader of that name; raises `UsageError` for any other."""
    if name not in READERS:
        raise UsageError(f"no reader is called {name!r}; {nearest(name, tuple(READERS))}")
    return READERS[name]()


def tool_called(name: str, among: Tools = TOOLS) -> Tool:
    """One of the readers `among`; raises `UsageError` for another, which cannot read such cells."""
    if name not in among:
        known = ", ".join(among)
        raise UsageError(f"{name!r} cannot read these cells; those that can: {known}")
    return among[name]()


def reader_names() -> tuple[str, ...]:
    """The readers, by name."""
    return tuple(READERS)
