"""What is said of the blasts that were found: their antigens, and what changed since diagnosis."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from residua.facts.antigen_expression import AntigenExpression
from residua.main.automatic.known import KnownPatient
from residua.main.automatic.tube_reading import FileReading, TubeReading
from residua.measures.blast_antigens import TARGETS, blast_antigens
from residua.measures.laip.change import FEWEST, AntigenChange, antigen_changes

WORTH_A_FLAG = 0.3  # decades: half or twice the light
POSITIVE = ("quantified", "detected below LLOQ")


@dataclass(frozen=True)
class BlastWords:
    """`antigens` of the blasts now, `flags` and `notes` on what changed since diagnosis.

    `changes` are those of all antigens.
    """

    antigens: tuple[AntigenExpression, ...] = ()
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[AntigenChange, ...] = ()


def blast_words(tube: TubeReading, *, masked: Collection[str]) -> BlastWords:
    """The words for a tube; none without blasts, as antigens of errors say nothing."""
    if tube.level.level.status not in POSITIVE:
        return BlastWords()
    files = [file for file in tube.files if file.antigens is not None]
    cells = [file.antigens for file in files if file.antigens is not None]
    antigens = blast_antigens(cells, masked=masked)
    patient = tube.known.patient
    if patient is None:
        return BlastWords(antigens)
    shares = tuple(_shares(patient.antigens, antigens))
    moved = _changes(files, patient)
    changes = [one for one in moved if one.marker in TARGETS]
    flags = tuple(
        f"{one.marker} of the blasts {_moved(one)} since diagnosis"
        for one in changes
        if abs(one.decades) >= WORTH_A_FLAG and not one.low <= 0 <= one.high
    )
    notes = (f"{one.marker} of the blasts {_moved(one)} since diagnosis" for one in changes)
    others = (note for note in notes if note not in flags)
    return BlastWords(antigens, flags, (*shares, *others), moved)


def _shares(before: Sequence[AntigenExpression], now: Sequence[AntigenExpression]) -> Iterator[str]:
    known = {one.marker: one for one in before}
    for one in now:
        first = known.get(one.marker)
        if first is not None and first.percent is not None and one.percent is not None:
            yield (
                f"{one.marker} on {one.percent:.3g} % of the blasts, "
                f"on {first.percent:.3g} % at diagnosis"
            )


def _changes(files: Sequence[FileReading], patient: KnownPatient) -> tuple[AntigenChange, ...]:
    """The changes of medians, by the uncertainty of both maps."""
    found = [file.blasts for file in files if file.blasts is not None]
    now = np.concatenate(found)
    if len(now) < FEWEST or len(patient.blasts) < FEWEST:
        return ()
    maps = [file.map_sd for file in files if file.map_sd is not None]
    sd = np.hypot(np.max(maps, axis=0), patient.map_sd)
    return antigen_changes(patient.blasts, now, patient.model.laip.dimensions, placing_sd=sd)


def _moved(one: AntigenChange) -> str:
    way = "higher" if one.decades > 0 else "lower"
    return f"{abs(one.decades):.2f} decades {way} ({one.low:+.2f} to {one.high:+.2f})"
