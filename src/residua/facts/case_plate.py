"""Plates and assay files of a case folder: which file it is and whose samples are on it."""

from __future__ import annotations

from dataclasses import dataclass

from residua.facts.day import Day


@dataclass(frozen=True)
class NamedSample:
    """A name on a plate, and the specimen or the day that it stands for.

    A name without an entry of its own is the id of a specimen.
    """

    name: str
    specimen: str | None = None
    date: Day | None = None
    time: str | None = None
    file: str | None = None
    """The file that the name is of; None for all files."""
    line: int | None = None
    """Where the folder's own file names it."""


@dataclass(frozen=True)
class AssayFile:
    """One raw file below ``qpcr/`` or ``beads/`` with what the file does not say itself.

    ``path`` relative to the folder; ``assay`` names what is measured (``transgene``, ``ig-tr``,
    ``fusion``, ``digital``, ``cytokines``); ``target`` is the target of interest and
    ``reference`` the control gene, both as the file names them. ``lloq`` in copies per reaction.
    ``given`` holds the other keys of that assay; ``line`` is that of the folder's own file.
    """

    path: str
    assay: str
    target: str | None = None
    reference: str | None = None
    lloq: float | None = None
    simulated: bool = False
    given: tuple[tuple[str, str | float], ...] = ()
    line: int | None = None

    def number(self, key: str) -> float | None:
        """A number of ``given``, None where it is not there."""
        found = dict(self.given).get(key)
        return found if isinstance(found, float) else None

    def text(self, key: str) -> str | None:
        """A text of ``given``, None where it is not there."""
        found = dict(self.given).get(key)
        return found if isinstance(found, str) else None


@dataclass(frozen=True)
class AssayFolder:
    """The files of one folder and the names on them."""

    files: tuple[AssayFile, ...]
    samples: tuple[NamedSample, ...]

    def sample(self, file: str, name: str) -> NamedSample:
        """What the name means on that file; the entry of the file comes before that of all."""
        named = [s for s in self.samples if s.name == name and s.file in (file, None)]
        own = [s for s in named if s.file == file]
        return next(iter((*own, *named)), NamedSample(name, specimen=name))
