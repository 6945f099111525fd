"""The evidence that bears on a course: results of trials, exact intervals, and citing values.

A trial bears on a course by what was given, weighed or looked for in it; a statement of the
paper that the case is taken from stands beside the result that it cites.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.targets import NOT_GIVEN
from residua.facts.drug_names import spelled_out, targeted_drug
from residua.facts.finding import Decision, Event
from residua.facts.interval import Interval
from residua.facts.mrd import MrdReading
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.measures.limits import clopper_pearson
from residua.standards.citing import Cited, CitingPaper, paper_with
from residua.standards.rulebook import weakest
from residua.standards.trial import Result, Trial
from residua.standards.trial_file import ABOUT
from residua.standards.trial_shelf import trial_shelf

_IN_OPTIONS = {
    "inotuzumab ozogamicin": ("inotuzumab",),
    "blinatumomab": ("blinatumomab",),
    "cd22 car-t": ("cd22 car",),
    "car-t": ("car-t", "car t"),
    "dli": ("donor lymphocyte", "dli"),
}
"""Words of an option, in lower case, that name a subject of a trial."""


@dataclass(frozen=True)
class CitedBeside:
    """What a citing paper says, beside what its source prints."""

    paper: CitingPaper
    cited: Cited


@dataclass(frozen=True)
class EvidenceRow:
    """One result of one trial, ready to print, or a statement that no result stands behind.

    ``because`` names the subjects of the course that the trial bears on; ``exact`` is the
    two-sided 95 % Clopper-Pearson interval of n / N in percent, beside whatever interval the
    source states; ``cited`` are the statements of the paper that the case is taken from.
    """

    id: str
    because: tuple[str, ...]
    trial: Trial | None = None
    result: Result | None = None
    exact: Interval | None = None
    cited: tuple[CitedBeside, ...] = ()

    @property
    def provenance(self) -> str:
        """The weakest provenance of what the row prints."""
        if self.result is not None:
            return weakest((self.result.provenance, *self.result.weaker.values()))
        return weakest(beside.cited.provenance for beside in self.cited)


def evidence_of(course: Course) -> tuple[EvidenceRow, ...]:
    """The rows that bear on a course: trials by their ids, then statements without a result.

    Raises `InputError` for a faulty file of a trial or of citations.
    """
    subjects = subjects_of(course)
    paper = paper_with(course.case.reference)
    rows = [
        _row(trial, result, subjects, paper)
        for trial in trial_shelf()
        for result in trial.results
        if subjects & {*trial.about} or _citing(f"{trial.id}/{result.id}", paper)
    ]
    return (*rows, *_without_result(paper))


def exact_interval(result: Result) -> Interval | None:
    """The two-sided 95 % Clopper-Pearson interval of n / N in percent; None without a count.

    Clopper and Pearson, Biometrika 1934;26:404. It covers chance among the patients counted,
    nothing else.
    """
    if result.n is None or result.of is None:
        return None
    return clopper_pearson(result.n, result.of, scale=100.0)


def subjects_of(course: Course) -> frozenset[str]:
    """The drugs, procedures and settings of a course, in the words of the trials' ``about``."""
    found = {word for item in course.placed for word in _subjects(item.fact)}
    return frozenset(found & {*ABOUT})


def _subjects(fact: object) -> Iterable[str]:
    match fact:
        case Treatment():
            return [_drug(drug.name) for drug in fact.drugs if drug.status not in NOT_GIVEN]
        case CellInfusion():
            cd22 = ["cd22 car-t"] if fact.kind == "car-t" and "CD22" in fact.target else []
            return [fact.kind, *cd22]
        case Transplant():
            return [] if fact.donor == "autologous" else ["transplant"]
        case Support():
            return [fact.kind]
        case Decision():
            return [word for option in fact.options for word in named_in(option.option)]
        case Event():
            return ["salvage"] if fact.kind == "relapse reported" else []
        case MrdReading():
            return ["mrd"]
    return []


def _drug(name: str) -> str:
    known = targeted_drug(name)
    return known.name if known else spelled_out(name)


def named_in(option: str) -> tuple[str, ...]:
    """The subjects that the text of an option names."""
    text = option.casefold()
    return tuple(word for word, signs in _IN_OPTIONS.items() if any(s in text for s in signs))


def _row(
    trial: Trial, result: Result, subjects: frozenset[str], paper: CitingPaper | None
) -> EvidenceRow:
    reference = f"{trial.id}/{result.id}"
    because = tuple(word for word in trial.about if word in subjects)
    beside = _citing(reference, paper)
    return EvidenceRow(reference, because, trial, result, exact_interval(result), beside)


def _citing(reference: str, paper: CitingPaper | None) -> tuple[CitedBeside, ...]:
    if paper is None:
        return ()
    return tuple(CitedBeside(paper, c) for c in paper.cited if reference in c.results)


def _without_result(paper: CitingPaper | None) -> Iterator[EvidenceRow]:
    """Statements about sources of which no result is encoded, such as a wrong author."""
    for cited in paper.cited if paper else ():
        if not cited.results:
            beside = (CitedBeside(paper, cited),) if paper else ()
            yield EvidenceRow(f"cited/{cited.id}", (), cited=beside)
