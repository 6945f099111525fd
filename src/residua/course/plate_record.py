"""A raw plate of the case: what was measured on it, and the facts that it made."""

from __future__ import annotations

from dataclasses import dataclass

from residua.facts.case_plate import AssayFile
from residua.facts.fact import Fact
from residua.measures.digital_pcr import DigitalPlate
from residua.measures.fusion import FusionPlate
from residua.measures.plate import PlateResult
from residua.measures.rq_plate import RqPlate


@dataclass(frozen=True)
class PlateRecord:
    """One ``[[file]]`` of qpcr.toml; ``source`` is its path within the case.

    ``result`` holds the patient's samples only. ``samples`` maps their names on the plate to how
    the case calls them; ``unassessed`` says, by that name, target and reason, what made no value.
    """

    file: AssayFile
    source: str
    simulated: bool
    result: PlateResult | RqPlate | FusionPlate | DigitalPlate
    facts: tuple[Fact, ...]
    samples: tuple[tuple[str, str], ...] = ()
    unassessed: tuple[tuple[str, str, str], ...] = ()
