"""The lesions of a record at diagnosis: found, looked for by name and not found, or not known.

A test says nothing about a lesion that its row does not name: a normal karyotype or "no fusion
gene" excludes no lesion. With the result "none found" or "normal" the row's ``lesions`` are what
was looked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from residua.course.before import therapies_before
from residua.course.course import Course
from residua.facts.finding import Finding
from residua.facts.genetics import Genetics
from residua.facts.lesion_names import lesion_table, read_lesion
from residua.facts.patient import Diagnosis
from residua.standards.genetic_risk import Lesions, count
from residua.standards.truth import Given

NEGATIVE = ("normal", "none found")
_CML = re.compile(r"\bcml\b|chronic myel\w+ leuk")


@dataclass
class _Heard:
    """Lesion -> facts that found it, and facts that looked for it in vain; gathered in one pass."""

    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    absent: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    others: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class RecordedLesions:
    """The lesions as a standard takes them, the tests behind them, and remarks."""

    lesions: Lesions
    tests: tuple[Genetics, ...]
    facts: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def karyotyped(self) -> bool:
        """Whether a karyotype has a result."""
        return any(t.method == "karyotype" and t.result is not None for t in self.tests)

    @property
    def fusions_sought(self) -> bool:
        """Whether a test for fusion genes has a result."""
        return any(t.method in ("fish", "pcr", "ngs") and t.result is not None for t in self.tests)

    @property
    def any_found(self) -> bool:
        """Whether a lesion was found, of whatever name."""
        found = self.lesions
        return bool(found.others or found.counts or any(found.found.values()))


def recorded_lesions(course: Course) -> RecordedLesions:
    """The lesions found and excluded at diagnosis; tests drawn after treatment began are left."""
    heard = _Heard()
    own = [test for item, test in course.of(Genetics) if not therapies_before(course, item)[0]]
    late = [test.id for _, test in course.of(Genetics) if test.id not in {t.id for t in own}]
    for test in own:
        _hear(heard, test)
    diagnosis = course.case.diagnosis
    if diagnosis is not None and diagnosis.philadelphia is not None:
        _of_diagnosis(heard, diagnosis)
    for finding in course.case.of(Finding):
        if finding.present is not None and _CML.search(finding.term.lower()):
            (heard.found if finding.present else heard.absent)["antecedent-cml"].append(finding.id)
    found, notes = _settle(heard)
    counts: dict[str, Given] = {
        name: count(next(iter(values))) if len(values) == 1 else tuple(count(v) for v in values)
        for name, values in heard.counts.items()
    }
    notes += [f"{name}: drawn after treatment began, not of diagnosis" for name in late]
    lesions = Lesions(found, counts, tuple(heard.others))
    return RecordedLesions(lesions, tuple(own), _facts(heard, own), tuple(notes))


def _of_diagnosis(heard: _Heard, diagnosis: Diagnosis) -> None:
    side = heard.found if diagnosis.philadelphia == "positive" else heard.absent
    side["bcr-abl1"].append(diagnosis.id)


def _hear(heard: _Heard, test: Genetics) -> None:
    negative = test.result in NEGATIVE
    for text in test.lesions:
        named = read_lesion(text)
        if negative:
            for key in _excluded(named.lesions[:1], test.method):
                heard.absent[key].append(test.id)
            continue
        for key in named.lesions:
            heard.found[key].append(test.id)
        for name, number in named.counts:
            heard.counts[name].setdefault(number, test.id)
        if not named.known:
            heard.others.setdefault(text, test.id)


def _excluded(keys: Iterable[str], method: str | None) -> Iterator[str]:
    """The lesions and their kinds that a test in vain excludes, if its method shows them."""
    for key, lesion in lesion_table().items():
        sought = any(key == one or one in lesion.implies for one in keys)
        if sought and method not in lesion.unseen_by:
            yield key


def _settle(heard: _Heard) -> tuple[dict[str, bool | None], list[str]]:
    """Lesion -> found or not; None with a remark where one test found it and another did not."""
    names = {key: lesion.name for key, lesion in lesion_table().items()}
    both = [key for key in heard.found if key in heard.absent]
    notes = [
        f"{names[key]}: found by {', '.join(heard.found[key])}, "
        f"not found by {', '.join(heard.absent[key])}"
        for key in both
    ]
    states: dict[str, bool | None] = dict.fromkeys(heard.absent, False)
    states |= dict.fromkeys(heard.found, True) | dict.fromkeys(both, None)
    return states, notes


def _facts(heard: _Heard, tests: list[Genetics]) -> tuple[str, ...]:
    told = [i for side in (heard.found, heard.absent) for ids in side.values() for i in ids]
    return tuple(dict.fromkeys((*(t.id for t in tests), *told)))
