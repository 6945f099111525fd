"""What the pictures of one tube's reading are made of."""

from __future__ import annotations

from collections.abc import Sequence

from residua.facts.mrd_result import MrdResult
from residua.main.automatic.result import told_once
from residua.main.automatic.tube_reading import TubeReading
from residua.main.automatic.words import BlastWords
from residua.views.automatic.shown import Shown


def shown_of(
    tube: TubeReading, words: BlastWords, result: MrdResult, after: Sequence[str]
) -> Shown:
    """The tube as pictures show it; files without cells that could be placed are left out."""
    patient = tube.known.patient
    return Shown(
        title=result.specimen.id or ", ".join(file.path.name for file in tube.files),
        level=tube.level,
        files=tuple(file.shown for file in tube.files if file.shown is not None),
        aberrancies=() if patient is None else patient.aberrancies,
        antigens=words.antigens,
        before=() if patient is None else patient.antigens,
        changes=words.changes,
        after=tuple(after),
        flags=told_once((*tube.level.level.flags, *result.flags)),
        simulated="simulated" in result.flags,
    )
