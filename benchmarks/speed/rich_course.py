"""A made-up folder with a rich course: three years, as many laboratory rows as asked.

Five courses of chemotherapy, a transplant, a relapse, CAR-T cells, a second relapse, inotuzumab
ozogamicin, decisions and claims; counts fall and liver values rise after each of them. The same
words and the same seed give the same folder.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

DAYS = 3 * 365
START = date(2021, 1, 10)
# analyte -> usual value, share of it that is left (or multiple reached) when it is worst,
# unit, limits of normal
ANALYTES: dict[str, tuple[float, float, str, float, float]] = {
    "wbc": (5.5, 0.02, "10*9/L", 4.0, 10.0),
    "neutrophils": (3.2, 0.01, "10*9/L", 1.8, 7.5),
    "lymphocytes": (1.6, 0.1, "10*9/L", 1.0, 4.0),
    "platelets": (210, 0.05, "10*9/L", 150, 400),
    "hemoglobin": (128, 0.55, "g/L", 120, 160),
    "alt": (28, 9, "U/L", 7, 40),
    "ast": (24, 7, "U/L", 8, 35),
    "alp": (80, 2.5, "U/L", 40, 120),
    "bilirubin": (11, 5, "umol/L", 3, 21),
    "creatinine": (70, 1.8, "umol/L", 45, 90),
    "albumin": (42, 0.6, "g/L", 35, 50),
    "crp": (2, 60, "mg/L", 0, 5),
}
SHOCKS = (5, 40, 75, 110, 145, 200, 520, 860, 890)  # days on which a therapy begins
INDUCTIONS, HSCT, CAR_T, INO = SHOCKS[:5], 200, 520, (860, 890)
TERMS = (
    "nausea", "vomiting", "mucositis", "diarrhoea", "fatigue", "headache", "rash", "infection",
    "febrile neutropenia", "skin rash", "acute GVHD", "cytokine release syndrome", "ICANS",
    "ascites", "bleeding",
)  # fmt: skip
SUPPORTS = ("platelets", "red cells", "g-csf", "steroid", "ursodiol", "oxygen", "immunoglobulin")


@dataclass(frozen=True)
class Size:
    """How much there is of everything."""

    labs: int = 20_000
    vitals: int = 500
    findings: int = 60
    supports: int = 40


def write_course(folder: Path, size: Size) -> Path:
    """Write the folder; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.toml").write_text("\n".join(_case(size)) + "\n", "utf-8")
    (folder / "labs.csv").write_text("\n".join(_labs(size.labs)) + "\n", "utf-8")
    (folder / "vitals.csv").write_text("\n".join(_vitals(size.vitals)) + "\n", "utf-8")
    (folder / "mrd.csv").write_text("\n".join(_mrd()) + "\n", "utf-8")
    return folder


def _on(day: int) -> str:
    return (START + timedelta(days=day)).isoformat()


def _hurt(day: int) -> float:
    """From 0 to 1: how bad the values of a day are, worst ten days after a therapy began."""
    since = min((day - shock for shock in SHOCKS if day >= shock), default=99)
    return max(0.0, 1 - abs(since - 10) / 12)


def _labs(rows: int) -> Iterator[str]:
    chance = random.Random(20_000)
    yield "date,time,analyte,value,unit,lower,upper"
    rounds = -(-rows // len(ANALYTES))
    for number in range(rows):
        place, which = divmod(number, len(ANALYTES))
        analyte = list(ANALYTES)[which]
        usual, worst, unit, lower, upper = ANALYTES[analyte]
        day, rest = divmod(place * DAYS, rounds)
        value = usual * worst ** _hurt(day) * chance.uniform(0.85, 1.15)
        time = f"{rest * 24 // rounds:02}:{chance.randrange(60):02}"
        yield f"{_on(day)},{time},{analyte},{value:.3g},{unit},{lower:g},{upper:g}"


def _vitals(rows: int) -> Iterator[str]:
    chance = random.Random(500)
    yield "date,time,item,value,unit"
    for number in range(rows):
        day = number * DAYS // rows
        if number % 10 == 0:
            yield f"{_on(day)},07:00,weight,{62 + 5 * _hurt(day):.1f},kg"
        else:
            heat = 36.6 + 2.2 * _hurt(day) + chance.uniform(-0.2, 0.2)
            yield f"{_on(day)},{number % 24:02}:30,temperature,{heat:.1f},Cel"


def _mrd() -> Iterator[str]:
    yield "date,assessment,tissue,method,status,fraction,lod,lloq"
    for number, day in enumerate(range(33, DAYS, 60)):
        found = 500 < day < 520 or 840 < day < 860
        value = "quantified,2e-3" if found else "not detected,"
        yield f"{_on(day)},marrow-{number},marrow,flow,{value},1e-5,5e-5"


def _table(name: str, **keys: object) -> Iterator[str]:
    yield f"[[{name}]]"
    for key, value in keys.items():
        quoted = f'"{value}"' if isinstance(value, str) else str(value)
        yield f"{key} = {'true' if value is True else quoted}"
    yield ""


def _case(size: Size) -> Iterator[str]:
    yield 'kind = "residua.case"\nversion = "1.0"\nsimulated = true'
    yield 'title = "A rich course, made up"\n'
    yield '[patient]\nid = "rich"\nsex = "female"\nage_at_diagnosis = "30 a"\n'
    yield f'[diagnosis]\ndate = "{_on(0)}"\ndisease = "B-cell acute lymphoblastic leukaemia"'
    yield 'lineage = "B"\nphiladelphia = "negative"\nextramedullary = "none"\n'
    yield from _assessments()
    yield from _therapies()
    yield from _findings(size)
    yield from _said()


def _assessments() -> Iterator[str]:
    for number, day in enumerate(range(33, DAYS, 60)):
        yield from _table(
            "assessment",
            id=f"marrow-{number}",
            date=_on(day),
            kind="morphology",
            blasts="30 %" if 500 < day < 520 else "1 %",
            extramedullary="none",
        )
    yield from _table("assessment", id="relapse-1", date=_on(505), kind="morphology", blasts="40 %")
    yield from _table("assessment", id="relapse-2", date=_on(850), kind="morphology", blasts="3 %")


def _therapies() -> Iterator[str]:
    for number, day in enumerate(INDUCTIONS):
        drugs = '[{ name = "vincristine", dose = "2 mg", days = "1,8", status = "given" }]'
        yield from _table("treatment", id=f"chemo-{number}", regimen="free", start=_on(day))
        yield f"drugs = {drugs}\n"
    yield from _table("transplant", id="hsct", date=_on(HSCT), donor="unrelated")
    yield from _table("cell_infusion", id="car-t", date=_on(CAR_T), kind="car-t")
    yield 'target = ["CD19"]\n'
    for number, day in enumerate(INO):
        dose = '{ name = "inotuzumab ozogamicin", dose = "0.5 mg/m2", days = "1,8,15" }'
        yield from _table("treatment", id=f"ino-{number}", regimen="free", start=_on(day))
        yield f"drugs = [{dose}]\n"


def _findings(size: Size) -> Iterator[str]:
    for number in range(size.findings):
        shock = SHOCKS[number % len(SHOCKS)]
        yield from _table(
            "finding",
            id=f"finding-{number}",
            date=_on(shock + number % 25),
            term=TERMS[number % len(TERMS)],
            present=True,
            grade_reported=1 + number % 3,
        )
    for number in range(size.supports):
        shock = SHOCKS[number % len(SHOCKS)]
        kind = SUPPORTS[number % len(SUPPORTS)]
        yield from _table(
            "support", id=f"support-{number}", date=_on(shock + number % 20), kind=kind
        )


def _said() -> Iterator[str]:
    option = '{ option = "inotuzumab ozogamicin", choice = "chosen" }'
    yield from _table("decision", id="choice", date=_on(855), at="relapse-2")
    yield f"options = [{option}]\n"
    yield from _table(
        "claim", id="claim-1", text="MRD is gone.", about="marrow-15", predicate="undetectable"
    )
    yield from _table(
        "claim", id="claim-2", text="In remission.", about="last", predicate="in remission"
    )
    yield from _table(
        "claim", id="claim-3", text="Grade 1.", about="finding-0", predicate="grade", value=1
    )
    yield from _table("event", id="last", date=_on(DAYS), kind="last contact")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--labs", type=int, default=Size.labs)
    told = parser.parse_args()
    print(write_course(told.folder, Size(labs=told.labs)))
