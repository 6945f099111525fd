"""The readers that the benchmark knows by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from residua.errors import UsageError, nearest
from residua.main.bench.automatic_reader import AUTOMATIC
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
TOOLS: Mapping[str, Callable[[], Tool]] = {  # those for real cells
    "automatic": lambda: staged(AUTOMATIC),
    "box": lambda: staged(BOX),
}


def reader_called(name: str) -> ReaderFor:
    """The reader of that name; raises `UsageError` for any other."""
    if name not in READERS:
        raise UsageError(f"no reader is called {name!r}; {nearest(name, tuple(READERS))}")
    return READERS[name]()


def tool_called(name: str) -> Tool:
    """The reader for cells whose truth nobody drew; raises `UsageError` where it needs one."""
    if name not in TOOLS:
        known = ", ".join(TOOLS)
        raise UsageError(f"{name!r} cannot read real cells; those that can: {known}")
    return TOOLS[name]()


def reader_names() -> tuple[str, ...]:
    """The readers, by name."""
    return tuple(READERS)
