"""Courses made for the tests of the figure; every number here is made up."""

from __future__ import annotations

import numpy as np

from residua.course.course import Course, arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.scales import Arcsinh
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.views.flow_axis import flow_axis
from residua.views.flow_sample import FlowAxis, FlowGate, FlowSample

INF = float("inf")
DRUGS = ("vincristine", "dexamethasone", "cyclophosphamide", "cytarabine", "methotrexate")


def course_of(*facts: Fact, simulated: bool = False, title: str = "A made-up course") -> Course:
    return arrange(Case("folder", title, facts, simulated=simulated))


def judged(
    subject: str, verdict: str | None, standard: str = "nci", version: str = "2010",
    *, term: str = "response", reported: bool = False,
) -> Judgement:  # fmt: skip
    return Judgement(
        standard, version, subject, term, "", "verdict" if verdict else "not assessable", "because",
        "clause", "cite", "read", verdict=verdict, basis="reported" if reported else "computed",
    )  # fmt: skip


def plain_course() -> tuple[Course, list[Judgement]]:
    """A course with partly known dates, undated items, a relapse and long gaps."""
    course = course_of(
        Patient(id="p1"),
        Diagnosis(id="diagnosis", disease="B-ALL", philadelphia="negative", date="2019-02"),
        Assessment(id="at-diagnosis", date="2019-02", kind="differential", blasts="91 %"),
        Assessment(id="flow-dx", date="2019-02", kind="flow", blasts="31.5 %"),
        Treatment(id="induction-1", regimen="hyper-CVAD", after="at-diagnosis"),
        Assessment(id="after-induction-1", kind="morphology", blasts="11.5 %", after="induction-1"),
        Treatment(
            id="re-induction", after="after-induction-1",
            drugs=[{"name": "idarubicin"}, {"name": "pegaspargase"}, {"name": "dexamethasone"}],
        ),
        Assessment(id="after-re-induction", after="re-induction", response_reported="CR"),
        MrdReading(id="m1", method="flow", fraction="1.6 %", assessment="after-re-induction"),
        Treatment(id="consolidation-1", after="after-re-induction",
                  drugs=[{"name": "methotrexate"}, {"name": "vincristine"}]),
        Treatment(id="consolidation-2", after="consolidation-1", drugs=[{"name": "cytarabine"}]),
        Assessment(id="pre-hsct", after="consolidation-2", before="hsct"),
        MrdReading(id="m2", method="flow", fraction="1.47 %", assessment="pre-hsct"),
        Transplant(id="hsct", date="2019-08", donor="haploidentical", relation="father",
                   conditioning="modified BuCy"),
        Event(id="relapse-2021", kind="relapse reported", date="2021-07", detail="haematological"),
        CellInfusion(id="car-t", kind="car-t", date="2021-07", after="relapse-2021",
                     target=["CD19"], dose="1e6 /kg"),
        Finding(id="crs", term="cytokine release syndrome", present=True, grade_reported=2,
                date="2021-07", after="car-t"),
        Assessment(id="car-t-day-28", date="car-t+28d", response_reported="remission"),
        MrdReading(id="m3", method="flow", status="negative", assessment="car-t-day-28"),
        Assessment(id="relapse-2022", date="2022-08", kind="morphology", blasts="3 %"),
        MrdReading(id="m4", method="flow", status="positive", assessment="relapse-2022"),
        Treatment(id="ino", start="2022-08", after="relapse-2022",
                  drugs=[{"name": "inotuzumab ozogamicin", "days": "1,8,15"}]),
        Finding(id="tp", term="thrombocytopenia", present=True, grade_reported=4,
                after="ino", before="ino-day-30"),
        Assessment(id="ino-day-30", date="ino+30d", kind="morphology", blasts="0 %"),
        MrdReading(id="m5", method="flow", fraction="2.68e-5", assessment="ino-day-30",
                   status="quantified"),
        Event(id="last-contact", kind="last contact", date="2023-09", detail="in remission"),
    )  # fmt: skip
    words = [
        judged("induction-1", "not CR"), judged("induction-1", "not CR", "cibmtr", "current"),
        judged("induction-1", "not CR", "eln-all", "2024"),
        judged("re-induction", "failure", "eln-all", "2024"),
        judged("re-induction", "CR", reported=True),
        judged("re-induction", "CR", "cibmtr", "current", reported=True),
        judged("re-induction", "CR", "nccn", "current", reported=True),
        judged("pre-hsct", "failure", "eln-all", "2024"),
        judged("pre-hsct", None), judged("pre-hsct", None, "nccn", "current"),
        judged("relapse-2021", "haematological relapse", reported=True, term="relapse"),
        judged("car-t-day-28", None), judged("car-t-day-28", None, "cibmtr", "current"),
        judged("relapse-2022", "MRD relapse", "mrd-terms", "2010", reported=True, term="relapse"),
        judged("relapse-2022", None, term="relapse"),
        judged("ino-day-30", "MRD-negative", "ino-vate", "2016", term="mrd"),
        judged("ino-day-30", "MRD other", "eln-all", "2024", term="mrd"),
        judged("ino-day-30", None),
    ]  # fmt: skip
    return course, words


def stress_course(seed: int = 7) -> tuple[Course, list[Judgement]]:
    """40 treatments, 25 MRD readings of four methods, crowded months, long names."""
    rng = np.random.default_rng(seed)
    facts: list[Fact] = [Diagnosis(id="diagnosis", disease="B-ALL", date="2015-01-05")]
    words: list[Judgement] = []
    for n in range(40):
        year, month = 2015 + n // 8, 1 + (n * 3) % 12 // 1
        names = [{"name": name} for name in rng.choice(DRUGS, 1 + n % 4, replace=False)]
        dated = {"start": f"{year}-{month:02d}-{1 + n % 27:02d}"} if n % 5 else {}
        if not dated and n:
            dated = {"after": f"course-with-a-long-name-{n - 1}"}
        days = "1-14" if n % 3 else "1"
        drugs = [{**drug, "days": days} for drug in names]
        facts.append(Treatment(id=f"course-with-a-long-name-{n}", drugs=drugs, **dated))
    methods = ("flow", "pcr", "ngs", "flow")
    kinds = ("nucleated", "dna", "reads", None)
    for n in range(25):
        day = f"{2015 + n // 5}-{1 + (n * 5) % 12:02d}-{3 + n % 20:02d}"
        level = float(10 ** rng.uniform(-6, -1))
        status = ("quantified", "not detected", "positive", "detected below LLOQ", "negative")[
            n % 5
        ]
        facts.append(
            MrdReading(
                id=f"reading-{n}x", date=day, method=methods[n % 4], denominator_kind=kinds[n % 4],
                status=status, fraction=f"{level:.2e}" if status == "quantified" else None,
                lod="1e-5" if n % 2 else None, lloq="5e-5" if n % 3 else None,
                interval=(level / 2, level * 2) if status == "quantified" else None,
            )
        )  # fmt: skip
    crowd = ("2017-03-06", "2017-03-08", "2017-03", "2017-03-09", "2017-03-10")
    for n, day in enumerate(crowd):
        facts.append(
            Event(
                id=f"relapse-with-words-{n}",
                kind="relapse reported",
                date=day,
                detail="haematological relapse with extramedullary disease",
            )
        )
        words += [
            judged(f"relapse-with-words-{n}", "haematological relapse", term="relapse"),
            judged(f"relapse-with-words-{n}", "relapse", "nccn", "current", term="relapse"),
        ]
    facts.append(Transplant(id="hsct", date="2017-06-01", donor="unrelated", conditioning="TBI"))
    facts.append(CellInfusion(id="car-t", kind="car-t", date="2017-03-07", product="a product"))
    facts.append(CellInfusion(id="dli", kind="dli", date="2017-03-09"))
    facts += [
        Support(id=f"support-{n}x", kind="platelets", date=f"2017-03-{n + 5:02d}") for n in range(6)
    ]
    facts.append(Event(id="death", kind="death", date="2020-02"))
    return course_of(*facts, simulated=True, title="A stress course"), words  # fmt: skip


def flow_samples(seed: int = 3, events: int = 60_000) -> tuple[FlowSample, FlowSample]:
    """Two simulated samples: many blasts with CD22 on part of them, and few without."""
    return (
        _sample(seed, events, 3000, 0.64, "Before inotuzumab: relapse 2022"),
        _sample(seed + 1, events, 27, 0.0, "After inotuzumab: day 30, with a rather long title"),
    )


def _sample(seed: int, events: int, blasts: int, part: float, title: str) -> FlowSample:
    rng = np.random.default_rng(seed)
    centres = np.array([[0.5, 0.4], [0.6, 4.2], [4.5, 4.4], [1.5, 0.5]])
    which = rng.choice(4, events, p=[0.6, 0.05, 0.05, 0.3])
    cloud = centres[which] + rng.normal(0, 0.45, (events, 2))
    bright = rng.random(blasts) < part
    cells = np.where(bright, 3.2, 0.8)[:, None] * [1, 0] + [0, 3.4]
    cells = cells + rng.normal(0, 0.4, (blasts, 2))
    x, y = np.vstack([cloud, cells]).T
    mask = np.arange(events + blasts) >= events

    def axis(marker: str) -> FlowAxis:
        return flow_axis(marker, Arcsinh(150), (-1, 7))

    return FlowSample(
        title=title, x_axis=axis("CD22 PE"), y_axis=axis("CD19 PE-Cy7"), x=x, y=y, blasts=mask,
        gates=(
            FlowGate("B lineage", ((-0.8, 2.3), (6, 2.3), (6, 6), (-0.8, 6))),
            FlowGate("CD22 positive", ((2, -INF), (INF, -INF), (INF, INF), (2, INF))),
        ),
        note=f"CD22 on {100 * part:.1f} % of blasts (95 % counting interval 58.1-66.0 %)",
        simulated=True, ids=("m5",),
    )  # fmt: skip
