"""SOS/VOD at every limit: five sets of criteria, and the severity of those that have one.

Oracle: the printed sets (modified Seattle, Baltimore, Mohty 2016, Mohty 2023 as reproduced,
Corbacioglu 2018) and severity tables (ashpublications 4463002, PMC6020812 table 3), not the code.
"""

from __future__ import annotations

from grade_boundaries import Book, Expected, GradeBoundary
from set_boundaries import Base, Raw, SetBoundary

from residua.standards import ebmt_vod, ebmt_vod_paediatric

SEATTLE, BALTIMORE = "seattle", "baltimore"
E16, E23, KIDS = "ebmt_vod_2016", "ebmt_vod_2023", "ebmt_vod_paediatric_2018"
C, N, P, PROVEN = "clinical", "none", "probable", "proven"

SICK: Base = {"day": "10 d", "bilirubin": "3 mg/dL", "painful_hepatomegaly": False,
              "weight_gain": "6 %", "ascites": True}  # fmt: skip
ONE_MORE: Base = SICK | {"ascites": False}
UNTESTED: Base = {"histology": "unavailable", "hvpg": "unavailable"}
NO_IMAGE: Base = {"ultrasound": False, "elastography": False, "haemodynamic": False}
TWO_OF_THREE: Base = {"day": "10 d", "bilirubin": "3 mg/dL", "hepatomegaly": False,
                      "ruq_pain": False, "weight_gain": "3 %"}  # fmt: skip
NO_GAIN: Base = TWO_OF_THREE | {"weight_gain": "0 %"}
CHILD: Base = {
    "refractory_thrombocytopenia": True, "weight_gain": "0 %", "days_of_weight_gain": "0 d",
    "hepatomegaly_above_baseline": False, "ascites_above_baseline": False,
    "days_of_rising_bilirubin": "0 d", "bilirubin_within_72_h": "1 mg/dL",
}  # fmt: skip
YES: dict[Raw, str] = {False: N, True: C}


def four(book: str, base: Base, yes: str, no: str, extra: Base) -> tuple[SetBoundary, ...]:
    """Bilirubin, weight and two signs of the Baltimore criteria, each alone decisive."""
    sick, less = base | SICK | extra, base | ONE_MORE | extra
    bili: dict[Raw, str] = {"1.9 mg/dL": no, "2.0 mg/dL": yes, "2.1 mg/dL": yes,
                            "33.9 umol/L": no, "34 umol/L": yes}  # fmt: skip
    gain: dict[Raw, str] = {"4.9 %": no, "5 %": no, "5.1 %": yes}
    return (
        SetBoundary(book, "bilirubin-at-least-2 bilirubin-in-umol", sick, "bilirubin", bili),
        SetBoundary(book, "weight-above-5", sick, "weight_gain", gain),
        SetBoundary(book, "ascites", less, "ascites", {False: no, True: yes}),
        SetBoundary(
            book, "painful-hepatomegaly", less, "painful_hepatomegaly", {False: no, True: yes}
        ),
    )


LATE: Base = {"day": "22 d", "bilirubin": "1 mg/dL", "painful_hepatomegaly": False,
              "weight_gain": "6 %", "ascites": True, "histology": "unavailable",
              "ultrasound": False, "haemodynamic": False}  # fmt: skip
MILD_2023: Base = {"bilirubin": "3 mg/dL", "weight_gain": "0 %", "ascites": False,
                   "painful_hepatomegaly": False} | UNTESTED  # fmt: skip

SET_BOUNDARIES: tuple[SetBoundary, ...] = (
    # modified Seattle: by day 20; bilirubin and weight above their limits
    SetBoundary(SEATTLE, "by-day-20", TWO_OF_THREE, "day", {"19 d": C, "20 d": C, "21 d": N}),
    SetBoundary(SEATTLE, "bilirubin-above-2 bilirubin-in-umol", TWO_OF_THREE, "bilirubin",
                {"1.9 mg/dL": N, "2.0 mg/dL": N, "2.1 mg/dL": C, "34 umol/L": N, "34.1 umol/L": C}),
    SetBoundary(SEATTLE, "weight-above-2", TWO_OF_THREE, "weight_gain",
                {"1.9 %": N, "2 %": N, "2.1 %": C}),
    SetBoundary(SEATTLE, "hepatomegaly", NO_GAIN, "hepatomegaly", YES),
    SetBoundary(SEATTLE, "ruq-pain", NO_GAIN, "ruq_pain", YES),
    SetBoundary(SEATTLE, "ruq-pain hepatomegaly",
                {"day": "10 d", "bilirubin": "1 mg/dL", "hepatomegaly": True, "weight_gain": "0 %"},
                "ruq_pain", {False: N, True: N}),  # pain and size are one sign
    # Baltimore: bilirubin and two of three, by day 21
    SetBoundary(BALTIMORE, "by-day-21", SICK, "day", {"20 d": C, "21 d": C, "22 d": N}),
    *four(BALTIMORE, {}, C, N, {}),
    # EBMT 2016: classical as Baltimore; late by four ways
    SetBoundary(E16, "by-day-21 beyond-day-21 classical late-baltimore", SICK | NO_IMAGE | UNTESTED,
                "day", {"20 d": C, "21 d": C, "22 d": C}),
    *four(E16, {}, C, N, NO_IMAGE | UNTESTED),
    SetBoundary(E16, "ultrasound late-ultrasound", LATE, "ultrasound", YES),
    SetBoundary(E16, "haemodynamic late-haemodynamic", LATE, "haemodynamic", YES),
    SetBoundary(E16, "late-ultrasound", LATE | {"ultrasound": True}, "day",
                {"20 d": N, "21 d": N, "22 d": C}),
    SetBoundary(E16, "late-ultrasound", LATE | {"ultrasound": True, "ascites": False}, "bilirubin",
                {"1.9 mg/dL": N, "2.0 mg/dL": C, "2.1 mg/dL": C}),
    SetBoundary(E16, "histology late-histology", LATE, "histology",
                {"unavailable": N, False: N, True: PROVEN}),
    SetBoundary(E16, "late-histology", LATE | {"histology": True}, "day",
                {"20 d": N, "21 d": N, "22 d": PROVEN}),
    # EBMT 2023: probable two of five, clinical with bilirubin and two of three, proven
    *four(E23, {}, C, P, NO_IMAGE | UNTESTED),
    SetBoundary(E23, "clinical", SICK | NO_IMAGE | UNTESTED, "day",
                {"21 d": C, "22 d": C, "400 d": C}),
    SetBoundary(E23, "probable ultrasound", MILD_2023 | {"elastography": False}, "ultrasound",
                {False: N, True: P}),
    SetBoundary(E23, "probable elastography", MILD_2023 | {"ultrasound": False}, "elastography",
                {False: N, True: P}),
    SetBoundary(E23, "probable", MILD_2023 | NO_IMAGE | {"ascites": True}, "bilirubin",
                {"1.9 mg/dL": N, "2.0 mg/dL": P, "2.1 mg/dL": P}),
    SetBoundary(E23, "histology proven-histology", MILD_2023 | NO_IMAGE, "histology",
                {"unavailable": N, False: N, True: PROVEN}),
    SetBoundary(E23, "hvpg-at-least-10 proven-hvpg", MILD_2023 | NO_IMAGE, "hvpg",
                {"unavailable": N, "9.9 mm[Hg]": N, "10 mm[Hg]": PROVEN, "10.1 mm[Hg]": PROVEN}),
    # EBMT 2018, children: two of five
    SetBoundary(KIDS, "weight-above-5", CHILD, "weight_gain", {"4.9 %": N, "5 %": N, "5.1 %": C}),
    SetBoundary(KIDS, "weight-three-days", CHILD, "days_of_weight_gain",
                {"2 d": N, "3 d": C, "4 d": C}),
    SetBoundary(KIDS, "hepatomegaly-above-baseline", CHILD, "hepatomegaly_above_baseline", YES),
    SetBoundary(KIDS, "ascites-above-baseline", CHILD, "ascites_above_baseline", YES),
    SetBoundary(KIDS, "bilirubin-three-days", CHILD, "days_of_rising_bilirubin",
                {"2 d": N, "3 d": C, "4 d": C}),
    SetBoundary(KIDS, "bilirubin-within-72-h bilirubin-in-umol", CHILD, "bilirubin_within_72_h",
                {"1.9 mg/dL": N, "2.0 mg/dL": C, "2.1 mg/dL": C, "33.9 umol/L": N, "34 umol/L": C}),
    SetBoundary(KIDS, "refractory-thrombocytopenia", CHILD | {"ascites_above_baseline": True},
                "refractory_thrombocytopenia", YES),
    SetBoundary(KIDS, "bilirubin-three-days bilirubin-within-72-h",
                CHILD | {"refractory_thrombocytopenia": False, "days_of_rising_bilirubin": "3 d"},
                "bilirubin_within_72_h", {"1.9 mg/dL": N, "2.1 mg/dL": N}),  # one criterion
)  # fmt: skip

Words = dict[str, str]
ADULT: Words = {
    "days": "8", "bilirubin": "1 mg/dL", "doubling": "no", "transaminases": "1",
    "weight_gain": "0 %", "creatinine": "1", "mod": "no", "risk_factors": "0",
}  # fmt: skip


def but(**changed: str) -> Words:
    """The mildest patient with other values; an input left empty is not stated."""
    return {name: value for name, value in {**ADULT, **changed}.items() if value}


def adult(version: str) -> tuple[GradeBoundary, ...]:
    """The adult table: every cell with one more criterion of its category beside it.

    One criterion each in two categories leaves both: the text asks for two in one, and two mild
    ones beside them do not make a patient milder than with two of the lower of the two.
    """

    def b(rules: str, moved: str, rows: dict[str, Expected], **changed: str) -> GradeBoundary:
        base = {name: value for name, value in but(**changed).items() if name != moved}
        return GradeBoundary("ebmt-vod", version, "severity", rules, rows, "", base, moved)

    two = {"transaminases": "3", "creatinine": "1.3"}  # two moderate criteria
    three = {"transaminases": "6", "creatinine": "1.3"}  # one severe, one moderate
    return (
        b(
            "days-1 days-2 two-criteria",
            "days",
            {"4": (2, 3), "5": 2, "7": 2, "8": 1},
            transaminases="3",
        ),
        b("days-2 days-3", "days", {"4": 3, "5": (2, 3)}, transaminases="6"),
        b(
            "bilirubin-1 bilirubin-2",
            "bilirubin",
            {
                "2 mg/dL": 1,
                "2.9 mg/dL": 1,
                "3 mg/dL": 2,
                "3.1 mg/dL": 2,
                "50.9 umol/L": 1,
                "51 umol/L": 2,
            },
            days="5",
        ),
        b(
            "bilirubin-2 bilirubin-3",
            "bilirubin",
            {
                "4.9 mg/dL": (2, 3),
                "5 mg/dL": 3,
                "5.1 mg/dL": 3,
                "84.9 umol/L": (2, 3),
                "85 umol/L": 3,
            },
            doubling="yes",
        ),
        b(
            "bilirubin-3 bilirubin-4",
            "bilirubin",
            {
                "7.9 mg/dL": (3, 4),
                "8 mg/dL": 4,
                "8.1 mg/dL": 4,
                "135.9 umol/L": (3, 4),
                "136 umol/L": 4,
            },
            creatinine="2",
        ),
        b("doubling-3", "doubling", {"no": 1, "yes": 3}, transaminases="6"),
        b("transaminases-1 transaminases-2", "transaminases", {"2": 1, "2.1": 2}, days="6"),
        b(
            "transaminases-2 transaminases-3",
            "transaminases",
            {"5": (2, 3), "5.1": 3},
            doubling="yes",
        ),
        b(
            "transaminases-3 transaminases-4",
            "transaminases",
            {"8": (3, 4), "8.1": 4},
            creatinine="2",
        ),
        b("creatinine-1 creatinine-2", "creatinine", {"1.19": 1, "1.2": 2}, days="6"),
        b("creatinine-2 creatinine-3", "creatinine", {"1.49": (2, 3), "1.5": 3}, doubling="yes"),
        b("creatinine-3 creatinine-4", "creatinine", {"1.9": (3, 4), "2": 4}, transaminases="9"),
        b("weight-1 weight-2", "weight_gain", {"4.9 %": 1, "5 %": 2, "9.9 %": 2}, days="6"),
        b(
            "weight-3 weight-4 weight-of-two-categories",
            "weight_gain",
            {"4.9 %": 1, "5 %": 3, "9.9 %": 3, "10 %": (3, 4)},
            doubling="yes",
        ),
        b(
            "weight-4",
            "weight_gain",
            {"9.9 %": (3, 4), "10 %": 4},
            creatinine="2",
            days="8",
            transaminases="1",
        ),
        b("multi-organ", "mod", {"no": 1, "yes": 4}),
        b("risk-factors", "risk_factors", {"0": 1, "1": 1, "2": 2, "3": 2}),
        b("risk-factors two-criteria", "risk_factors", {"1": 2, "2": 3}, **two),
        b("risk-factors", "risk_factors", {"1": 3, "2": 3}, doubling="yes", **three),
    )


TODDLER: Words = {
    "transaminases": "1", "refractory_days": "0", "bilirubin": "1 mg/dL", "doubling": "no",
    "ascites": "none", "coagulation": "normal", "gfr": "95", "oxygen": "0", "ventilation": "no",
    "cognitive_impairment": "no", "mod": "no",
}  # fmt: skip


def kid(rules: str, moved: str, rows: dict[str, Expected], **changed: str) -> GradeBoundary:
    """One input of the paediatric table moved, all else mild."""
    base = {name: value for name, value in {**TODDLER, **changed}.items() if name != moved}
    return GradeBoundary("ebmt-vod-paediatric", "2018", "severity", rules, rows, "", base, moved)


VOD_GRADES: tuple[GradeBoundary, ...] = (
    *adult("2016"),
    *adult("2023"),
    kid("transaminases-1 transaminases-2", "transaminases", {"2": 1, "2.1": 2}),
    kid("transaminases-2 transaminases-3", "transaminases", {"5": 2, "5.1": 3}),
    kid("refractory-1 refractory-2", "refractory_days", {"2": 1, "3": 2}),
    kid("refractory-2 refractory-3", "refractory_days", {"6": 2, "7": 2, "8": 3}),
    kid("bilirubin-1 bilirubin-3", "bilirubin", {"1.9 mg/dL": 1, "2 mg/dL": 3, "33.9 umol/L": 1,
                                                 "34 umol/L": 3}),
    kid("doubling-3", "doubling", {"no": 1, "yes": 3}),
    kid("ascites-1 ascites-2 ascites-3", "ascites",
        {"none": 1, "minimal": 1, "moderate": 2, "paracentesis": 3}),
    kid("coagulation-1 coagulation-3 coagulation-4 worst-category", "coagulation",
        {"normal": 1, "impaired": 3, "replacement": 4}),
    kid("gfr-1 gfr-2 gfr-3 gfr-4", "gfr",
        {"89": 1, "60": 1, "59": 2, "30": 2, "29": 3, "15": 3, "14": 4}),
    kid("oxygen-1 oxygen-2", "oxygen", {"1.9": 1, "2": 2, "2.1": 2}),
    kid("ventilation-3", "ventilation", {"no": 1, "yes": 3}),
    kid("cognition-4", "cognitive_impairment", {"no": 1, "yes": 4}),
    kid("two-starred", "bilirubin", {"1.9 mg/dL": 3, "2 mg/dL": 4}, transaminases="6"),
    kid("two-starred", "refractory_days", {"7": 3, "8": 4}, ascites="paracentesis"),
    kid("multi-organ", "mod", {"no": 1, "yes": 4}),
)  # fmt: skip

VOD_BOOKS: dict[tuple[str, str], Book] = {
    ("ebmt-vod", "2016"): ebmt_vod.table("2016"),
    ("ebmt-vod", "2023"): ebmt_vod.table("2023"),
    ("ebmt-vod-paediatric", "2018"): ebmt_vod_paediatric.table("2018"),
}
