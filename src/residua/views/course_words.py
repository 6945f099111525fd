"""How facts and verdicts are named on the figure: short, in the field's own words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Drug, Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.views.fact_words import DENOMINATORS, method_words
from residua.views.standard_names import standard_name
from residua.views.wording import id_words, percent_words, quantity_words, short_fraction, tight

_SECOND_HAND = ("abstract", "secondary", "unverified")
LATER = "†"
LATER_MEANING = "standard published after the event"
UNREAD = "‡"
UNREAD_MEANING = "rule from an abstract, at second hand, or unverified"


def name_of(fact: Fact) -> str:
    """The fact's id as words, or nothing where the id was only made from table and number."""
    if not fact.id or re.fullmatch(rf"{fact.table.replace('_', '[-_]')}-\d+", fact.id):
        return ""
    return id_words(fact.id)


def marked_name(judgement: Judgement) -> str:
    """``ELN 2024†``: the standard with the marks of the legend."""
    name = standard_name(judgement.standard, judgement.version)
    late = LATER if judgement.published_after_event else ""
    return name + late + (UNREAD if judgement.provenance in _SECOND_HAND else "")


def series_name(reading: MrdReading, tissue: str | None) -> str:
    """Method, denominator, and target and tissue where they are stated."""
    kind = reading.denominator_kind
    denominator = f"of {DENOMINATORS[kind]}" if kind else "denominator not stated"
    method = method_words(reading.modality)
    target = f" of {reading.target}" if reading.target else ""
    return f"{method}{target}, {denominator}" + (f", {tissue}" if tissue else "")


def treatment_words(fact: Fact) -> str:
    """What was given, after its name."""
    match fact:
        case Treatment():
            drugs = " + ".join(dict.fromkeys(_drug(drug) for drug in fact.drugs))
            content = drugs if fact.regimen == "free" else fact.regimen
        case Transplant():
            content = _transplant(fact)
        case CellInfusion():
            content = _infusion(fact)
        case _:
            content = ""
    return joined(name_of(fact), content or fact.table.replace("_", " "))


def joined(name: str, content: str) -> str:
    """``Name: content``, or the one of them that says something."""
    if not name or not content or content.lower() == name.lower():
        return name or content[:1].upper() + content[1:]
    return f"{name}: {content}"


def _drug(drug: Drug) -> str:
    shown = drug.status in ("planned", "held", "reduced", "omitted")
    return f"{drug.name} ({drug.status})" if shown else drug.name


def _transplant(fact: Transplant) -> str:
    donor = f"{fact.donor} transplant" if fact.donor else "transplant"
    if fact.relation:
        donor += f" ({fact.relation})"
    return ", ".join(part for part in (donor, fact.conditioning) if part)


def _infusion(fact: CellInfusion) -> str:
    kind = "CAR-T cells" if fact.kind == "car-t" else "donor lymphocytes"
    aimed = f"anti-{'/'.join(fact.target)} " if fact.target else ""
    product = fact.product or aimed + kind
    return ", ".join([product, *([tight(quantity_words(fact.dose))] if fact.dose else [])])


def response_title(fact: Fact) -> str:
    """The name of an occasion and what was seen."""
    match fact:
        case Diagnosis():
            ph = f", Ph-{fact.philadelphia}" if fact.philadelphia else ""
            return joined("Diagnosis", fact.disease + ph)
        case Event():
            return joined(name_of(fact), fact.detail or fact.kind)
        case Assessment():
            return joined(name_of(fact) or fact.context or "Assessment", _blasts(fact))
        case MrdReading():
            return f"MRD by {method_words(fact.method)}: {_mrd(fact)}"
    return name_of(fact) or id_words(fact.table.replace("_", "-"))


def _mrd(fact: MrdReading) -> str:
    """The level with what limits it; a negative comes with its sensitivity, never a number."""
    if fact.level and fact.status not in ("not detected", "negative"):
        bound = fact.fraction.comparator if fact.fraction else ""
        below = ", detected below LLOQ" if fact.status == "detected below LLOQ" else ""
        return bound + short_fraction(fact.level) + below
    status = fact.status or ("not detected" if fact.level == 0 else "result not stated")
    if status not in ("not detected", "negative"):
        return status
    lod = short_fraction(fact.lod.number) if fact.lod else "not stated"
    return f"{status}, LOD {lod}"


def _blasts(fact: Assessment) -> str:
    if fact.blasts is None:
        return ""
    how = f" by {fact.kind}" if fact.kind else ""
    if fact.blasts.number == 0:
        return f"no blasts{how}"
    return f"{percent_words(fact.blasts)} blasts{how}"


def support_words(fact: Fact) -> str:
    """A finding with the grade its source gives, or a support."""
    if isinstance(fact, Finding):
        grade = "" if fact.grade_reported is None else f" grade {fact.grade_reported}, as reported"
        return joined("", fact.term) + grade
    if isinstance(fact, Support):
        return joined("", f"{fact.kind} {fact.amount or ''}".strip())
    return name_of(fact)


def verdict_lines(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """One line per verdict with the standards that give it; what is not assessable comes last.

    What stands after a verdict's colon is left to the report.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    blank: list[str] = []
    answered: set[str] = set()
    for judgement in judgements:
        name = marked_name(judgement)
        if judgement.outcome == "verdict" and judgement.verdict:
            reported = " (as reported)" if judgement.basis == "reported" else ""
            groups[judgement.verdict.split(":")[0] + reported].append(name)
            answered.add(judgement.standard)
        elif judgement.outcome == "not assessable":
            blank.append(judgement.standard)
    silent = [standard_name(n, "") for n in dict.fromkeys(blank) if n not in answered]
    lines = [f"{verdict}: {', '.join(dict.fromkeys(n))}" for verdict, n in groups.items()]
    return (*lines, *([f"not assessable: {', '.join(silent)}"] if silent else []))
