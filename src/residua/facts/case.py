"""A patient's record as it was read: every fact, and the files they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.fact import Fact
from residua.facts.finding import Availability, Claim, Decision, Event, Finding, Link
from residua.facts.genetics import Genetics
from residua.facts.laboratory import Cytokine, Lab, Transgene, Vital
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.specimen import Specimen
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant, Treatment

SINGLE_TABLES: tuple[type[Fact], ...] = (Patient, Diagnosis)
ROW_TABLES: tuple[type[Fact], ...] = (
    Specimen, Genetics, Assessment, Phenotype, AntigenReading, MrdReading, Treatment, Transplant,
    CellInfusion, Support, Finding, Event, Decision, Availability, Claim, Link,
)  # fmt: skip
CSV_TABLES: dict[str, type[Fact]] = {
    "labs.csv": Lab,
    "vitals.csv": Vital,
    "mrd.csv": MrdReading,
    "transgene.csv": Transgene,
    "cytokines.csv": Cytokine,
}

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class InputFile:
    """A file that was read, by its path within the folder, and the SHA-256 of its bytes."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Case:
    """One patient's facts, in the order of the files."""

    folder: str
    title: str
    facts: tuple[Fact, ...]
    simulated: bool = False
    reference: str = ""
    inputs: tuple[InputFile, ...] = ()
    unknown_files: tuple[str, ...] = ()

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """All facts of one kind, in file order."""
        named = (known for known in self._places if issubclass(known, kind))
        numbers = sorted(number for known in named for number in self._places[known])
        found = (self.facts[number] for number in numbers)
        return tuple(fact for fact in found if isinstance(fact, kind))

    @cached_property
    def _places(self) -> dict[type[Fact], list[int]]:
        """Kind of fact -> places, so that no thousand values are walked for a specimen."""
        found: dict[type[Fact], list[int]] = {}
        for number, fact in enumerate(self.facts):
            found.setdefault(type(fact), []).append(number)
        return found

    @property
    def patient(self) -> Patient | None:
        """The patient, where the record names one."""
        return next(iter(self.of(Patient)), None)

    @property
    def diagnosis(self) -> Diagnosis | None:
        """The diagnosis, where the record holds one."""
        return next(iter(self.of(Diagnosis)), None)

    def with_measured(self, facts: Iterable[Fact], inputs: Iterable[InputFile] = ()) -> Case:
        """The same record with facts measured from its raw files."""
        return replace(self, facts=(*self.facts, *facts), inputs=(*self.inputs, *inputs))
