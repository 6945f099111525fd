"""A small course in code, with verdicts written by hand, for the tests of what people see.

The facts are those of the published case (Huang 2023, doi:10.1002/ccr3.8289), as far as each
test needs them; the judgements only have the shapes that the views must cope with.
"""

from residua.course.course import Course, arrange
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.case import Case, InputFile
from residua.facts.finding import Claim, Event
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.judgement import Judgement

SOFTWARE = {"name": "residua", "version": "0", "python": "3", "libraries": {"numpy": "2"}}
SVG = (
    '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "http://www.w3.org/x.dtd">'
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 30"><metadata>'
    '<a href="http://purl.org/x"/></metadata><text x="5" y="20">figure</text></svg>'
)


def facts(**changes):
    made = {
        "patient": Patient(id="p1", sex="female", age_at_diagnosis="17 a"),
        "diagnosis": Diagnosis(id="diagnosis", date="2019-02", disease="B-ALL"),
        "wbc": Lab(id="wbc", date="2019-02", analyte="wbc", value="26.98 10*9/L", source="s. 2"),
        "platelets": Lab(id="plt", date="2019-02", analyte="platelets", value="12 10*9/L"),
        "blasts-a": Assessment(
            id="at-diagnosis", date="2019-02", kind="differential", blasts="91 %", source="p. 1"
        ),
        "blasts-b": Assessment(
            id="flow-dx", date="2019-02", kind="flow", blasts="31.5 %", source="p. 2"
        ),
        "induction": Treatment(
            id="re-induction", after="at-diagnosis", regimen="re-induction",
            drugs=[{"name": "idarubicin", "dose": "10 mg", "days": "1"}],
        ),
        "mrd-1": MrdReading(
            id="mrd-1", after="re-induction", method="flow", status="quantified", fraction="1.6 %"
        ),
        "hsct": Transplant(id="hsct", date="2019-08", donor="haploidentical", after="mrd-1"),
        "relapse": Event(id="relapse-2021", date="2021-07", kind="relapse reported"),
        "car-t": CellInfusion(
            id="car-t", date="2021-07", after="relapse-2021", kind="car-t", target=["CD19"],
            dose="1e6 /kg",
        ),
        "relapse-2022": Assessment(id="relapse-2022", date="2022-08", kind="morphology"),
        "cd22": AntigenReading(id="cd22", assessment="relapse-2022", marker="CD22", percent=63.74),
        "cd19": Phenotype(id="phenotype", assessment="relapse-2022", positive=["CD19", "CD22"]),
        "ino": Treatment(
            id="ino", date="2022-08", after="relapse-2022", regimen="free",
            drugs=[
                {"name": "inotuzumab ozogamicin", "dose": "0.8 mg/m2", "days": "1"},
                {"name": "inotuzumab ozogamicin", "dose": "0.5 mg/m2", "days": "8,15"},
            ],
        ),
        "day-30": Assessment(id="ino-day-30", date="ino+29d", kind="morphology"),
        "mrd-2": MrdReading(
            id="mrd-2", assessment="ino-day-30", method="flow", status="quantified",
            fraction="2.68e-5", source="Section 2, doi:10.1002/ccr3.8289",
        ),
        "phenotype-2": Phenotype(id="phenotype-2", assessment="ino-day-30", negative=["CD22"]),
        "claim": Claim(id="claim-1", after="ino-day-30", text="MRD was eradicated"),
        "last": Event(
            id="last-contact", date="2023-09", kind="last contact", detail="in remission",
            reported=True,
        ),
    }  # fmt: skip
    return tuple(fact for fact in (made | changes).values() if fact is not None)


def course(*, title="Sample", reference="doi:10.1002/ccr3.8289", **changes) -> Course:
    inputs = (InputFile("case.toml", "ab" * 32),)
    return arrange(Case("/somewhere/sample", title, facts(**changes), False, reference, inputs))


def judgement(standard, version, subject, term, verdict=None, **changes) -> Judgement:
    fields = {
        "date": "", "outcome": "verdict" if verdict else "not assessable", "reason": "why",
        "clause": "clause 1", "cite": "A journal 2010, doi:10.1000/xyz.1", "provenance": "read",
        "basis": "computed" if verdict else None,
    }  # fmt: skip
    return Judgement(standard, version, subject, term, verdict=verdict, **(fields | changes))


def families(judged):
    """Judgements as a report takes them: claims apart from response, MRD and relapse."""
    claims = tuple(j for j in judged if j.standard == "claim")
    return {"response": tuple(j for j in judged if j.standard != "claim"), "claims": claims}


def judgements():
    counts = ("neutrophils", "platelets")
    return (
        judgement("eln-all", "2024", "re-induction", "response", "failure", facts=("mrd-1",),
                  published_after_event=True),
        judgement("nci", "2010", "re-induction", "response", "CR", basis="reported",
                  missing=counts, facts=("mrd-1",)),
        judgement("nccn", "current", "re-induction", "response", "CR", basis="reported",
                  missing=counts, provenance="unverified"),
        judgement("ino-vate", "2016", "re-induction", "response", outcome="does not apply"),
        judgement("eln-all", "2024", "ino-day-30", "response", missing=counts),
        judgement("nci", "2010", "ino-day-30", "response", missing=counts),
        judgement("ino-vate", "2016", "ino-day-30", "mrd", "MRD-negative", facts=("mrd-2",)),
        judgement("eln-all", "2024", "ino-day-30", "mrd-variant-1", "MRD other"),
        judgement("eln-all", "2024", "ino-day-30", "mrd-variant-2", missing=("LLOQ",)),
        judgement("nci", "2010", "relapse-2021", "relapse", "haematological relapse",
                  basis="reported", missing=("blasts",), provenance="secondary"),
        judgement("ponte-di-legno", "2022", "relapse-2022", "relapse",
                  missing=("MRD value", "second test"), provenance="abstract"),
        judgement("claim", "", "claim-1", "claim", "not supported", facts=("mrd-2",)),
    )  # fmt: skip
