"""Each fact as a sentence in the words of its record; nothing is added that it does not state."""

from __future__ import annotations

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.fact import Fact
from residua.facts.finding import Decision, Event, Finding, Option
from residua.facts.genetics import Genetics
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.views.fact_words import antigen_words, drug_words, method_words, mrd_words
from residua.views.narrative.sentence import Sentence, listed, sentence
from residua.views.wording import day_words, id_words, percent_words, quantity_words


def fact_sentence(course: Course, item: Placed, when: str = "") -> Sentence | None:
    """The sentence of a fact, with its day where one is given; None for facts of tables alone."""
    text = _text(item.fact)
    if text is None:
        return None
    rivals = course.conflicts_of(item.id)
    if rivals:
        text += f", in conflict with {listed([f'“{id_words(i)}”' for i in rivals])}"
    if when:
        text += f", {when}"
    return sentence(text, (item.id, *rivals))


def _text(fact: Fact) -> str | None:
    match fact:
        case Patient():
            return _patient(fact)
        case Diagnosis():
            return _diagnosis(fact)
        case Genetics():
            return _genetics(fact)
        case Assessment():
            return _assessment(fact)
        case MrdReading():
            return f"MRD by {method_words(fact.method)} was {mrd_words(fact)}"
        case AntigenReading():
            return antigen_words(fact, fact.positive)
        case Phenotype():
            return _phenotype(fact)
    return _done(fact)


def _done(fact: Fact) -> str | None:
    match fact:
        case Treatment():
            return _treatment(fact)
        case Transplant():
            return _transplant(fact)
        case CellInfusion():
            return _infusion(fact)
        case Finding():
            return _finding(fact)
        case Event():
            kind = "a relapse is reported" if fact.kind == "relapse reported" else fact.kind
            return f"{kind}: {fact.detail}" if fact.detail else kind
        case Support():
            return f"support: {fact.kind}{f', {fact.amount}' if fact.amount else ''}"
        case Decision():
            return _decision(fact)
    return None


def _patient(fact: Patient) -> str:
    sex = f"the patient is {fact.sex}" if fact.sex else "the patient's sex is not stated"
    if fact.age_at_diagnosis is not None:
        age = quantity_words(fact.age_at_diagnosis).removesuffix(" a")
        return f"{sex}, {age} years old at diagnosis"
    born = f", born {day_words(fact.birth)}" if fact.birth else ""
    return f"{sex}{born}; the age at diagnosis is not stated"


def _diagnosis(fact: Diagnosis) -> str:
    ph = f"Philadelphia chromosome {fact.philadelphia or 'not stated'}"
    outside = f"extramedullary disease {fact.extramedullary or 'not stated'}"
    cns = f"central nervous system {(fact.cns or 'not stated').upper()}"
    cns = cns.replace("NOT STATED", "not stated").replace("NOT ASSESSED", "not assessed")
    return f"the disease is {fact.disease}; {ph}; {outside}; {cns}"


def _genetics(fact: Genetics) -> str:
    found = f": {listed(fact.lesions)}" if fact.lesions else ""
    return f"genetics by {method_words(fact.method)}: {fact.result or 'result not stated'}{found}"


def _assessment(fact: Assessment) -> str | None:
    parts = []
    if fact.blasts is not None:
        by = f" by {fact.kind}" if fact.kind else ", the method not stated"
        parts.append(f"blasts were {percent_words(fact.blasts)}{by}")
    if fact.value:
        parts.append(fact.value)
    if fact.extramedullary:
        parts.append(f"extramedullary disease {fact.extramedullary}")
    if fact.response_reported:
        parts.append(f"the source calls the response “{fact.response_reported}”")
    return "; ".join(parts) or None


def _phenotype(fact: Phenotype) -> str:
    signs = (("positive", fact.positive), ("negative", fact.negative))
    return "; ".join(f"{sign} for {listed(names)}" for sign, names in signs if names)


def _treatment(fact: Treatment) -> str:
    drugs = "; ".join(drug_words(d) for d in fact.drugs) or "drugs not stated"
    if fact.regimen == "free":
        return f"treatment{f' with the intent “{fact.intent}”' if fact.intent else ''}: {drugs}"
    return f"{fact.regimen}{f' as {fact.intent}' if fact.intent else ''}: {drugs}"


def _transplant(fact: Transplant) -> str:
    donor = f"a transplant, donor {fact.donor or 'not stated'}"
    relation = f" ({fact.relation})" if fact.relation else ""
    conditioning = f"conditioning {fact.conditioning or 'not stated'}"
    against = f"prophylaxis {listed(fact.prophylaxis) or 'not stated'}"
    stopped = fact.immunosuppression_stopped
    end = f"; immunosuppression {stopped}" if stopped else ""
    return f"{donor}{relation}; {conditioning}; {against}{end}"


def _infusion(fact: CellInfusion) -> str:
    kind = "CAR-T cells" if fact.kind == "car-t" else "donor lymphocytes"
    product = f" ({fact.product})" if fact.product else ""
    dose = quantity_words(fact.dose) if fact.dose else "not stated"
    before = fact.lymphodepletion or "not stated"
    return f"an infusion of {kind}{product}, dose {dose}, lymphodepletion {before}"


def _finding(fact: Finding) -> str:
    graded = fact.grade_reported is not None
    grade = f"reported as grade {fact.grade_reported}" if graded else ""
    if fact.present is None and (fact.value or graded):
        return f"{fact.term}: {', '.join(part for part in (fact.value, grade) if part)}"
    seen = {True: "present", False: "absent", None: "looked for, its result not stated"}
    told = f" ({fact.value})" if fact.value else ""
    return f"{fact.term}: {seen[fact.present]}{told}{f', {grade}' if graded else ''}"


def _decision(fact: Decision) -> str:
    options = [_option(option) for option in fact.options]
    return f"options weighed: {'; '.join(options) or 'not stated'}"


def _option(option: Option) -> str:
    choice = option.choice or "choice not stated"
    why = f": {option.reason}" if option.reason else ""
    return f"{option.option} ({choice}{why})"
