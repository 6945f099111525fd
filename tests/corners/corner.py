"""One corner file with its truth: what a reader must make of it and which text says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fcs_bytes import Parameter, Parts, Rows, Sketch, lay_out

VALUES = "values"  # the right values
FLAGGED = "flagged"  # the right values and a flag that names the fault
REFUSED = "refused"  # an error that names the fault, no values


@dataclass(frozen=True)
class Corner:
    """A file (`parts`: bytes at offsets) and its truth.

    `allowed`: what is right to do, any one of them. `scale`: events with $PnE and $PnG applied,
    Time as stored; `stored`: masked integers or floats before that. `also`: other scale values
    that a defensible reading of the text gives, for peers. `reading` marks where the standard
    is ambiguous and which reading `scale` follows. `salvaged`: complete events in a broken file.
    """

    name: str
    about: str
    source: str
    allowed: tuple[str, ...]
    parts: Parts
    names: tuple[str, ...] = ()
    scale: Rows = ()
    stored: Rows = ()
    also: tuple[Rows, ...] = ()
    markers: tuple[str, ...] = ()
    keywords: Mapping[str, str] = field(default_factory=dict)
    spillover: tuple[tuple[str, ...], Rows] | None = None
    reading: str = ""
    salvaged: int | None = None

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"{self.name}.fcs"

    def write(self, folder: Path) -> Path:
        """Write the file into `folder` (holes between its parts stay sparse) and name it."""
        path = folder / self.file_name
        with path.open("wb") as stream:
            for place, content in self.parts:
                filled = stream.seek(0, 2)
                if filled < place < 1_000_000:
                    stream.write(b" " * (place - filled))
                stream.seek(place)
                stream.write(content)
        return path


def corner(
    name: str,
    about: str,
    source: str,
    sketch: Sketch,
    parameters: tuple[Parameter, ...],
    rows: Rows,
    *,
    allowed: tuple[str, ...] = (VALUES,),
    scale: Rows | None = None,
    parts: Parts | None = None,
    **more: object,
) -> Corner:
    """A corner whose stored values are `rows`, and its scale values too unless given."""
    names = tuple(one.name for one in parameters)
    return Corner(
        name=name,
        about=about,
        source=source,
        allowed=allowed,
        parts=lay_out(sketch) if parts is None else parts,
        names=names,
        scale=rows if scale is None else scale,
        stored=rows,
        **more,  # type: ignore[arg-type]
    )


def refusal(
    name: str,
    about: str,
    source: str,
    sketch: Sketch,
    *,
    parts: Parts | None = None,
    **more: object,
) -> Corner:
    """A corner that no reader can get values from without guessing."""
    placed = lay_out(sketch) if parts is None else parts
    return Corner(name, about, source, (REFUSED,), placed, **more)  # type: ignore[arg-type]
