"""The normal reference of a laboratory: its frame, and its normals on the scale of that frame."""

from __future__ import annotations

from dataclasses import dataclass

from residua.errors import ValueFault
from residua.measures.alignment.align import Frame
from residua.measures.alignment.monotone import Events


@dataclass(frozen=True, eq=False)
class NormalSample:
    """One normal marrow: `events` (n, d) of nucleated single cells, aligned, in display decades.

    `events` may be a memory map of float16 or float32; it is read in parts. `cells` is how many
    nucleated single cells the file had, of which `events` are a share that chance chose. `misfit`
    is the index of its alignment, `digest` the SHA-256 of its file. `shifts` (d,) are the decades
    by which its bright populations lay above those of the frame; empty where that is not known.
    """

    events: Events
    cells: int
    misfit: float
    digest: str
    shifts: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class NormalReference:
    """Normals of one panel: `dimensions` (d,) are FSC-A, SSC-A and the markers, as the tube names

    them ("CD66c+CD123" for two antigens of one detector). `digest` stands for all of it: it is in
    every result and in the name of every cached model.
    """

    dimensions: tuple[str, ...]
    frame: Frame
    normals: tuple[NormalSample, ...]
    simulated: bool
    digest: str

    def __post_init__(self) -> None:
        if len(set(self.dimensions)) != len(self.dimensions) or not self.normals:
            raise ValueFault("different dimensions and at least one normal", "others", "rebuild it")
        if any(normal.events.shape[1] != len(self.dimensions) for normal in self.normals):
            raise ValueFault("normals of the dimensions of the frame", "others", "rebuild it")
