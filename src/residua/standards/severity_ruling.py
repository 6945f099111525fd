"""The grade of a severity from its cells, for every way in which what is not stated may fall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from residua.errors import ValueFault
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading
from residua.standards.rulebook import Rule, weakest
from residua.standards.severity_table import SeverityCell, SeverityTable, Stated
from residua.standards.truth import holdings

NAMES = {1: "mild", 2: "moderate", 3: "severe", 4: "very severe"}
TERM = "severity"


@dataclass(frozen=True)
class Tally:
    """How many criteria lie in each category (mild first), and what else the rules ask for.

    ``of_two`` counts criteria that lie in two categories at once; ``flags`` are the rules on
    single inputs (multi-organ failure, risk factors) that hold.
    """

    counts: tuple[int, int, int, int] = (0, 0, 0, 0)
    of_two: int = 0
    starred: int = 0
    flags: frozenset[str] = frozenset()

    def with_cells(self, cells: tuple[SeverityCell, ...]) -> Tally:
        """With one criterion more."""
        starred = self.starred + any(cell.starred for cell in cells)
        if len(cells) > 1:
            return replace(self, of_two=self.of_two + 1, starred=starred)
        grades = [cell.grade for cell in cells]
        a, b, c, d = (count + grades.count(n) for n, count in enumerate(self.counts, 1))
        return replace(self, counts=(a, b, c, d), starred=starred)


Verdict = Callable[[Tally], tuple[bool, frozenset[int]]]
"""Whether the rules give a grade, and it; or the grades between which they leave it."""


@dataclass(frozen=True)
class Scheme:
    """How a standard makes a grade of its cells: its rules, by their ids in the file.

    ``flags`` are rules on an input of their own, ``of_two`` that on a criterion which lies in two
    categories, where the standard has one.
    """

    verdict: Verdict
    always: tuple[str, ...]
    flags: tuple[str, ...]
    of_two: tuple[str, ...] = ()


Way = tuple[SeverityCell, ...] | frozenset[str]
Ways = Mapping[str, tuple[Way, ...]]


def grade_severity(table: SeverityTable, term: str, given: GradeInputs, scheme: Scheme) -> Grading:
    """Grade findings, each as it is written.

    Raises ValueFault for another term, for a value beside the findings and for a finding that does
    not fit.
    """
    if term.strip().lower() not in ("", TERM):
        do = "name --term severity; a diagnosis is no grade and is judged of a case folder"
        raise ValueFault(f"a term that {table.name} grades", "another one", do, field="term")
    for name in ("value", "lln", "uln", "baseline"):
        if getattr(given, name) is not None:
            raise ValueFault("findings only", "a value", "state it with --finding", field=name)
    stated = {name: table.read(name, raw) for name, raw in given.findings.items()}
    return severity_of(table, stated, scheme)


def severity_of(table: SeverityTable, stated: Mapping[str, Stated], scheme: Scheme) -> Grading:
    """Grade plain inputs; what is not stated is unknown."""
    flags = {table.rule(rule).quantity: table.rule(rule) for rule in scheme.flags}
    ways = {one.name: _ways(table, one.name, stated.get(one.name), flags) for one in table.inputs}
    settled, possible = _found(ways, scheme.verdict)
    unknown = [name for name in ways if len(ways[name]) > 1]
    matter = [name for name in unknown if _matters(name, ways, scheme.verdict)]
    asks = {one.name: one.asks for one in table.inputs}
    missing = () if settled else tuple(asks[name] for name in matter)
    cells = _cells(stated, ways)
    rules = _rules(table, stated, ways, scheme)
    sources: tuple[SeverityCell | Rule, ...] = (*cells, *rules)
    return Grading(
        standard=table.book.rulebook.standard,
        version=table.book.rulebook.version,
        term=TERM,
        grade=next(iter(possible)) if settled else None,
        possible=tuple(sorted(possible)),
        reason=_reason(settled, possible, missing, cells),
        clause="; ".join(dict.fromkeys(one.clause for one in sources)),
        cite="; ".join(dict.fromkeys(one.cite for one in sources)),
        provenance=weakest(one.provenance for one in sources),
        missing=missing,
        readings=tuple(dict.fromkeys(one.reading for one in sources if one.reading)),
    )


def _ways(
    table: SeverityTable, name: str, given: Stated, flags: Mapping[str, Rule]
) -> tuple[Way, ...]:
    if name not in flags:
        return table.fits(name, given)
    assert not isinstance(given, str)  # a rule on an input of its own has no words
    return holdings((flags[name],), given)


def _found(ways: Ways, verdict: Verdict) -> tuple[bool, frozenset[int]]:
    """Whether all ways give one grade, and every grade that is possible."""
    found = [verdict(tally) for tally in _tallies(ways)]
    possible = frozenset(grade for _, grades in found for grade in grades)
    return len(possible) == 1 and all(settled for settled, _ in found), possible


def _tallies(ways: Ways) -> set[Tally]:
    tallies = {Tally()}
    for listed in ways.values():
        tallies = {_with(tally, way) for tally in tallies for way in listed}
    return tallies


def _with(tally: Tally, way: Way) -> Tally:
    if isinstance(way, frozenset):
        return replace(tally, flags=tally.flags | way)
    return tally.with_cells(way)


def _matters(name: str, ways: Ways, verdict: Verdict) -> bool:
    """Whether there are other inputs beside which this one changes the grade."""
    others = _tallies({other: listed for other, listed in ways.items() if other != name})
    return any(len({verdict(_with(tally, way)) for way in ways[name]}) > 1 for tally in others)


def _cells(stated: Mapping[str, Stated], ways: Ways) -> tuple[SeverityCell, ...]:
    """The cells that the stated inputs meet, or may meet."""
    found = (w for name in stated for w in ways[name] if not isinstance(w, frozenset))
    return tuple(dict.fromkeys(cell for way in found for cell in way))


def _rules(
    table: SeverityTable, stated: Mapping[str, Stated], ways: Ways, scheme: Scheme
) -> tuple[Rule, ...]:
    """The rules that bear on the stated inputs."""
    ids = list(scheme.always)
    ids += [rule for rule in scheme.flags if table.rule(rule).quantity in stated]
    two = any(len(w) > 1 for n in stated for w in ways[n] if not isinstance(w, frozenset))
    ids += scheme.of_two if two else ()
    return tuple(table.rule(rule) for rule in ids)


def _reason(
    settled: bool,
    possible: frozenset[int],
    missing: tuple[str, ...],
    cells: tuple[SeverityCell, ...],
) -> str:
    met = "; ".join(dict.fromkeys(cell.clause.partition(": ")[2] for cell in cells))
    of = [f"{NAMES[cell.grade]}: {cell.clause.partition(': ')[2]}" for cell in cells]
    if settled:
        return "; ".join(dict.fromkeys(of)) or "multi-organ dysfunction or failure"
    *others, last = map(str, sorted(possible))
    grades = f"grade {', '.join(others)} or {last}" if others else f"grade {last}"
    if missing:
        return f"not stated: {', '.join(missing)}; {grades}"
    return f"no category holds the two worst criteria, and the text gives no grade then: {met}"
