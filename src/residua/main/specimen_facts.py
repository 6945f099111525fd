"""What a result says of its specimen and files, however its blasts are counted."""

from __future__ import annotations

from collections.abc import Iterable

from residua.facts.mrd_result import FileDigest, SpecimenLabel
from residua.facts.specimen import Specimen


def label_of(id_: str | None, dated: str | None, specimen: Specimen | None) -> SpecimenLabel:
    """The specimen as its files name it (`id_`, `dated`), with what a case knows of it."""
    if specimen is None:
        return SpecimenLabel(id=id_, date=dated)
    return SpecimenLabel(
        id=id_,
        tissue=specimen.tissue,
        pull=None if specimen.pull is None else str(specimen.pull),
        date=dated or (str(specimen.date) if specimen.date else None),
    )


def joined(texts: Iterable[str]) -> str:
    """The texts that say something, each once."""
    return "; ".join(dict.fromkeys(text for text in texts if text))


def each_once(*digests: Iterable[FileDigest]) -> tuple[FileDigest, ...]:
    """Every file behind a number, each once, in the order given."""
    return tuple(dict.fromkeys(digest for group in digests for digest in group))
