"""The samples of a plate as specimens and days of a case, and ids for what is measured of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.case_plate import AssayFolder, NamedSample
from residua.facts.day import Day
from residua.facts.specimen import Specimen

_OTHERS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class CaseSample:
    """A sample of the patient; ``key`` calls it in ids and words, never by its name on a plate."""

    key: str
    named: NamedSample
    specimen: Specimen | None
    assessment: str | None

    @property
    def fields(self) -> dict[str, Any]:
        """What every fact of the sample carries: specimen, date, assessment, note of the time."""
        return {
            "specimen": self.named.specimen,
            "date": self.named.date,
            "assessment": self.assessment,
            "note": f"at {self.named.time}" if self.named.time else "",
        }


def case_sample(folder: AssayFolder, path: str, name: str, case: Case) -> CaseSample | None:
    """Whose sample `name` on the file `path` is; None where nothing says that it is the patient's.

    `path` is relative to the folder. A date of its own needs an entry; a name without an entry
    is the id of a specimen of `case`.
    """
    named = folder.sample(path, name)
    if named.specimen is None:
        return CaseSample(_day_words(named.date), named, None, None)
    specimen = next((one for one in case.of(Specimen) if one.id == named.specimen), None)
    if specimen is None:
        return None
    read = (one.id for one in case.of(Assessment) if one.specimen == specimen.id)
    return CaseSample(specimen.id, named, specimen, next(read, None))


def is_simulated(folder: AssayFolder, path: str, case: Case) -> bool:
    """Whether the case or the entry of the file says that its results are simulated."""
    return case.simulated or any(one.simulated for one in folder.files if one.path == path)


def made_id(words: Iterable[str], taken: Iterable[str]) -> str:
    """An id of the words that none of `taken` is; a second one ends in ``-2``."""
    plain = "-".join(part for word in words if (part := _OTHERS.sub("-", word.lower()).strip("-")))
    used = frozenset(taken)
    number, found = 1, plain
    while found in used:
        number += 1
        found = f"{plain}-{number}"
    return found


def _day_words(day: Day | None) -> str:
    text = "" if day is None else str(day)
    return re.sub(r"-(\d+d)\Z", r"-minus-\1", text) if day and day.anchor else text
