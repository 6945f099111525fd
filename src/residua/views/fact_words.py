"""A fact in words: what it is about, and what it says."""

from __future__ import annotations

from itertools import groupby

from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.fact import Fact
from residua.facts.finding import Availability, Claim, Decision, Event, Finding, Link
from residua.facts.genetics import Genetics
from residua.facts.laboratory import Cytokine, Lab, Transgene, Vital
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.quantity import Quantity
from residua.facts.specimen import Specimen
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Drug, Transplant, Treatment
from residua.views.wording import (
    NOT_STATED,
    count_words,
    day_words,
    fraction_words,
    interval_words,
    level_words,
    number_words,
    percent_words,
    quantity_words,
)

_ANALYTES = {
    "wbc": "white cells", "hemoglobin": "haemoglobin", "ldh": "LDH", "crp": "CRP", "alt": "ALT",
    "ast": "AST", "ggt": "GGT", "alp": "ALP", "inr": "INR", "aptt": "aPTT",
}  # fmt: skip
_METHODS = {
    "pcr": "PCR", "dpcr": "digital PCR", "ngs": "NGS", "rq-pcr": "RQ-PCR", "ddpcr": "ddPCR",
    "qpcr": "qPCR",
}  # fmt: skip
NOT_IN_PANEL = "not in panel"
GATED_ON = "the gates of these cells require it"
DENOMINATORS = {
    "nucleated": "nucleated cells", "cd45": "CD45-positive cells",
    "mononuclear": "mononuclear cells", "dna": "genome equivalents", "reads": "reads",
    "abl1": "ABL1 copies",
}  # fmt: skip


def method_words(method: str | None) -> str:
    """``PCR``, ``flow``; a method that is not stated says so."""
    return _METHODS.get(method or "", method or "a method not stated")


def analyte_words(analyte: str) -> str:
    """The name of an analyte as people write it."""
    return _ANALYTES.get(analyte, analyte.replace("-", " "))


def denominator_words(reading: MrdReading) -> str:
    """What the MRD was counted over, with the number where it is stated."""
    kind = DENOMINATORS.get(reading.denominator_kind or "", "kind not stated")
    if reading.denominator is None:
        return kind if reading.denominator_kind else NOT_STATED
    return f"{count_words(reading.denominator)} {kind}"


def mrd_words(reading: MrdReading) -> str:
    """The level where there is one, and the status; a negative never becomes a number."""
    status = [reading.status] if reading.status else []
    if reading.fraction is not None and not reading.measured_from:
        return ", ".join([fraction_words(reading.fraction), *status])
    if reading.level is not None and reading.level > 0:
        return ", ".join([level_words(reading.level), *status])
    if not status:
        return "result not stated"
    return f"{status[0]}, no number stated" if status[0] == "positive" else status[0]


def mrd_interval_words(reading: MrdReading) -> str | None:
    """The 95 % interval of a measured level, and what alone it holds."""
    if reading.interval is None:
        return None
    only = "Ct of the plate" if by_plate(reading) else "counting"
    return f"95 % interval {interval_words(reading.interval, '')}, {only} only"


def by_plate(reading: MrdReading) -> bool:
    """Whether the interval is that of Ct values, not of counts."""
    return reading.modality == "pcr"


def value_words(fact: Fact) -> str:
    """What the fact states, in one line."""
    match fact:
        case Assessment():
            return _assessment(fact)
        case MrdReading():
            return _mrd(fact)
        case AntigenReading():
            return _joined(antigen_words(fact, fact.positive), *other_flags(fact))
        case Lab() | Cytokine() | Vital():
            name = fact.item if isinstance(fact, Vital) else analyte_words(fact.analyte)
            return f"{name} {_quantity(fact.value)}"
        case Transgene():
            return _transgene(fact)
        case Treatment():
            return _treatment(fact)
        case Transplant() | CellInfusion():
            return _given(fact)
    return _other(fact)


def antigen_words(reading: AntigenReading, positive: bool | None) -> str:
    """``CD22 on 63.74 % of blasts``; of few blasts the interval comes first."""
    sign = {True: "positive", False: "negative", None: ""}[positive]
    if reading.percent is None:
        missing = NOT_IN_PANEL if NOT_IN_PANEL in reading.flags else NOT_STATED
        return f"{reading.marker} {sign or missing}"
    if GATED_ON in reading.flags:
        return f"{reading.marker} on all {reading.of}, as their gates require"
    share = f"{number_words(reading.percent)} %"
    if reading.interval is None:
        text, rest = share, [sign]
    elif any(flag.startswith("fewer than") for flag in reading.flags):
        text, rest = interval_words(reading.interval), ["95 % interval", f"{share} measured", sign]
    else:
        text, rest = share, [f"95 % interval {interval_words(reading.interval)}", sign]
    more = ", ".join(part for part in rest if part)
    return f"{reading.marker} on {text} of {reading.of}{f' ({more})' if more else ''}"


def other_flags(reading: AntigenReading) -> tuple[str, ...]:
    """The flags that its words do not say already."""
    return tuple(flag for flag in reading.flags if flag not in (NOT_IN_PANEL, GATED_ON))


def _quantity(quantity: Quantity | None) -> str:
    return NOT_STATED if quantity is None else quantity_words(quantity)


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _named(name: str, value: object) -> str | None:
    if value is None or value in ((), ""):
        return None
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    return f"{name}: {text}"


def _assessment(fact: Assessment) -> str:
    called = f"called “{fact.response_reported}”" if fact.response_reported else None
    outside = _named("extramedullary disease", fact.extramedullary)
    by = fact.kind or "a method not stated"
    blasts = f"blasts {percent_words(fact.blasts)} by {by}" if fact.blasts else fact.kind
    return _joined(fact.context, blasts, fact.value, outside, called) or "content not stated"


def _mrd(fact: MrdReading) -> str:
    return _joined(
        f"MRD by {method_words(fact.method)}: {mrd_words(fact)}",
        _named("target", fact.target),
        _named("tissue", fact.tissue),
        f"denominator: {denominator_words(fact)}",
        f"LOD: {_limit_words(fact, fact.lod)}",
        f"LLOQ: {_limit_words(fact, fact.lloq)}",
        mrd_interval_words(fact),
        *fact.flags,
    )


def _limit_words(fact: MrdReading, limit: Quantity | None) -> str:
    """As stated; of what Residua measured three digits, as for the level."""
    measured = fact.measured_from and limit is not None and limit.number > 0
    return level_words(limit.number) if measured and limit else fraction_words(limit)


def _transgene(fact: Transgene) -> str:
    name = f"CAR transgene{f' ({fact.target})' if fact.target else ''}"
    if fact.value is not None:
        return f"{name} {quantity_words(fact.value)}"
    seen = {True: "detected, no number stated", False: "not detected", None: NOT_STATED}
    return f"{name} {seen[fact.detected]}"


def _treatment(fact: Treatment) -> str:
    regimen = fact.regimen if fact.regimen != "free" else None
    return _joined(
        regimen,
        fact.intent,
        _named("line", fact.line),
        _named("cycle", fact.cycle),
        *(drug_words(drug) for drug in fact.drugs),
        _named("until", day_words(fact.end) if fact.end else None),
    )


def drug_words(drug: Drug) -> str:
    """``vincristine 1.4 mg/m² days 4, 11``; a drug that was not given says so."""
    dose = quantity_words(drug.dose) if drug.dose else "dose not stated"
    every = f"every {quantity_words(drug.every)}" if drug.every else ""
    days = f"day{'s' if len(drug.days) > 1 else ''} {_runs(drug.days)}" if drug.days else ""
    status = drug.status if drug.status not in (None, "given") else ""
    parts = [
        (drug.name, ""),
        (dose, "" if drug.dose else ","),
        (every, ""),
        (drug.route or "", "" if drug.dose else ","),
        (days or "days not stated", "" if days else ","),
        (status or "", ""),
    ]
    text = "".join(f"{comma} {word}" for word, comma in parts if word).strip()
    return f"{text} ({drug.reason})" if drug.reason else text


def _runs(days: tuple[int, ...]) -> str:
    """(1, 2, 3, 8) -> ``1 to 3, 8``."""
    runs: list[list[int]] = []
    for _, group in groupby(enumerate(sorted(set(days))), key=lambda pair: pair[1] - pair[0]):
        runs.append([day for _, day in group])
    return ", ".join(f"{r[0]} to {r[-1]}" if len(r) > 1 else str(r[0]) for r in runs)


def _given(fact: Transplant | CellInfusion) -> str:
    if isinstance(fact, CellInfusion):
        kind = {"car-t": "CAR-T cells", "dli": "donor lymphocytes"}[fact.kind]
        dose = f"dose {_quantity(fact.dose)}"
        details = ("product", "origin", "target", "lymphodepletion", "trial")
        return _joined(kind, dose, *(_named(n, getattr(fact, n)) for n in details))
    donor = f"transplant, donor {fact.donor or NOT_STATED}"
    names = ("relation", "graft", "conditioning", "prophylaxis")
    stopped = _named("immunosuppression stopped", fact.immunosuppression_stopped)
    return _joined(donor, *(_named(n, getattr(fact, n)) for n in names), stopped)


def _other(fact: Fact) -> str:
    match fact:
        case Phenotype():
            signs = (("positive", fact.positive), ("negative", fact.negative))
            return _joined(*(_named(n, s) for n, s in signs)) or NOT_STATED
        case Finding():
            return _finding(fact)
        case Event():
            return _joined(fact.kind, fact.detail)
        case Claim():
            return f"“{fact.text}”"
        case Decision():
            return _joined(*(_option(o.option, o.choice, o.reason) for o in fact.options))
        case Availability():
            return _joined(fact.option, fact.country, fact.status or NOT_STATED)
        case Link():
            return f"{fact.from_}: {fact.kind} {fact.to}"
    return _background(fact)


def _finding(fact: Finding) -> str:
    present = {True: "present", False: "absent", None: None}[fact.present]
    scale = " ".join(part for part in (fact.standard, fact.version) if part) or "scale not stated"
    graded = fact.grade_reported is not None
    grade = f"grade {fact.grade_reported} ({scale})" if graded else None
    return _joined(fact.term, present, fact.value, grade, _named("due to", fact.attribution))


def _option(option: str, choice: str | None, reason: str | None) -> str:
    text = f"{option}: {choice or NOT_STATED}"
    return f"{text} ({reason})" if reason else text


def _background(fact: Fact) -> str:
    match fact:
        case Patient():
            age = quantity_words(fact.age_at_diagnosis) if fact.age_at_diagnosis else None
            years = age.replace(" a", " years") if age else None
            born = day_words(fact.birth) if fact.birth else None
            return _joined(
                f"sex {fact.sex or NOT_STATED}", _named("age at diagnosis", years),
                _named("born", born), fact.country,
            )  # fmt: skip
        case Diagnosis():
            return _joined(
                fact.disease,
                _named("lineage", fact.lineage),
                _named("Philadelphia chromosome", fact.philadelphia),
                _named("extramedullary disease", fact.extramedullary),
                _named("central nervous system", fact.cns and fact.cns.upper()),
            )
        case Genetics():
            return _joined(
                f"{method_words(fact.method)}: {fact.result or NOT_STATED}", ", ".join(fact.lesions)
            )
        case Specimen():
            viable = fraction_words(fact.viability) if fact.viability else None
            tissue = f"tissue {fact.tissue or NOT_STATED}"
            return _joined(tissue, _named("pull", fact.pull), _named("viability", viable))
        case Support():
            until = day_words(fact.end) if fact.end else None
            return _joined(fact.kind, fact.amount, _named("until", until))
    return fact.label
