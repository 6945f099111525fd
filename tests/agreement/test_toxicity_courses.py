"""Toxicity of made-up courses against the fact sheets, section by section.

Oracle: `treatment.md` sections C4, D1 and E3 and `verified.md` 2.5, 2.6, 3.4 and 3.5, transcribed
here by hand; every course is stated day by day, so that nothing is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import product

import pytest

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.laboratory import Lab, Vital
from residua.facts.patient import Patient
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant
from residua.judgements.families import judge_families

ZERO = date(2023, 3, 1)
ADULT = Patient.model_validate({"id": "p", "birth": "1990-01-01"})
CELLS = CellInfusion.model_validate({"id": "car", "date": ZERO.isoformat(), "kind": "car-t"})
GRAFT = Transplant.model_validate(
    {"id": "tx", "date": ZERO.isoformat(), "donor": "sibling", "graft": "peripheral blood"}
)


def day(number: int) -> str:
    return (ZERO + timedelta(number)).isoformat()


def labs(analyte: str, unit: str, values: Iterable[tuple[int, float]]) -> list[Fact]:
    return [
        Lab.model_validate({"id": f"{analyte}-{n}".replace("--", "-m"), "date": day(n),
                            "analyte": analyte, "value": f"{value} {unit}"})
        for n, value in values
    ]  # fmt: skip


def neutrophils(low: set[int], worst: float = 0.5, days: range = range(35)) -> list[Fact]:
    """At `worst` on the low days and 0.51 on the others."""
    return labs("neutrophils", "10*9/L", [(n, worst if n in low else 0.51) for n in days])


def told(*facts: Fact) -> dict[str, str]:
    families = judge_families(arrange(Case("x", "x", (ADULT, *facts))))
    return {j.id: j.verdict or j.outcome for said in families.values() for j in said}


def early(*facts: Fact) -> str:
    return told(CELLS, *facts)["icaht/2023/car/early"]


@pytest.mark.parametrize(
    ("first", "length", "expected"),
    [(5, 0, 0), (5, 1, 1), (5, 6, 1), (5, 7, 2), (5, 13, 2), (5, 14, 3), (0, 30, 3), (0, 31, 4),
     (1, 30, 4), (4, 27, 3)],
)  # fmt: skip
def test_icaht_by_the_longest_run(first: int, length: int, expected: int) -> None:
    """2.5: <=500 inclusive; 31 days is "never above"; open from days 0-3 on is grade 4 too."""
    low = set(range(first, first + length))
    assert early(*neutrophils(low)) == f"grade {expected}"


@pytest.mark.parametrize(("days", "expected"), [(6, 1), (7, 3), (13, 3), (14, 4)])
def test_icaht_at_or_below_100(days: int, expected: int) -> None:
    assert early(*neutrophils(set(range(5, 5 + days)), 0.1)) == f"grade {expected}"


@pytest.mark.parametrize(("between", "expected"), [(1, 2), (2, 3), (3, 1)])
def test_icaht_joins_runs(between: int, expected: int) -> None:
    """2.5: two runs of 6 days join unless >500 for at least 3 days."""
    low = {*range(5, 11), *range(11 + between, 17 + between)}
    assert early(*neutrophils(low)) == f"grade {expected}"


@pytest.mark.parametrize(("first", "expected"), [(2, 4), (3, 4), (4, 2)])
def test_icaht_open_at_early_death(first: int, expected: int) -> None:
    died = Event.model_validate({"id": "dead", "date": day(11), "kind": "death"})
    low = neutrophils(set(range(first, 11)), days=range(11))
    assert early(*low, died) == f"grade {expected}"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([(50, 0.9)], 2), ([(50, 0.9), (57, 1.5)], 2), ([(50, 0.9), (57, 1.51)], 0),
     ([(31, 0.1), (60, 0.1)], 4), ([(50, 1.5), (60, 1.5)], 1)],
)  # fmt: skip
def test_late_icaht(counts: list[tuple[int, float]], expected: int) -> None:
    """2.5: by nadir from day 31 on; a second value must be <=1500, one alone grades itself."""
    found = told(CELLS, *labs("neutrophils", "10*9/L", counts))
    assert found["icaht/2023/car/late"] == f"grade {expected}"


@pytest.mark.parametrize(("days", "expected"), [(1, 3), (13, 3), (14, 4)])
def test_t_icaht_counts_days_together(days: int, expected: int) -> None:
    """3.4: below 20 in separate stretches (3 days above between them)."""
    low = {*range(1, 1 + days - days // 2), *range(20, 20 + days // 2)}
    counts = labs("platelets", "10*9/L", [(n, 19.9 if n in low else 50) for n in range(35)])
    assert told(CELLS, *counts)["t-icaht/2025/car/early"] == f"grade {expected}"


SIGNS = {"painful": "painful hepatomegaly", "ascites": "ascites", "us": "ultrasound",
         "biopsy": "histology of VOD", "pain": "right upper quadrant pain"}  # fmt: skip
SETS = ("seattle/current", "baltimore/current", "ebmt-vod/2016", "ebmt-vod/2023")


def liver(on: int, *signs: str, bilirubin: float = 1, weight: float = 100) -> dict[str, bool]:
    """Set -> whether the signs of one day meet it; all others are denied or normal each day."""
    facts: list[Fact] = [
        Finding.model_validate({"id": key, "term": term, "date": day(on if key in signs else 0),
                                "end": day(35), "present": key in signs})
        for key, term in SIGNS.items()
    ]  # fmt: skip
    for key, term in (("he", "haemodynamic evidence"), ("el", "elastography")):
        facts.append(Finding.model_validate({"id": key, "term": term, "after": "tx",
                                             "present": False}))  # fmt: skip
    facts += labs("bilirubin", "mg/dL", [(n, bilirubin if n >= on else 1) for n in range(36)])
    for n in range(36):
        kilos = weight if n >= on else 100
        facts.append(Vital.model_validate({"id": f"w-{n}", "item": "weight", "date": day(n),
                                           "value": f"{kilos} kg"}))  # fmt: skip
    found = told(GRAFT, *facts)
    words = {name: found[f"{name}/tx/diagnosis"] for name in SETS}
    return {
        name: word.split(":")[0] not in ("none", "not assessable") for name, word in words.items()
    }


def met(*names: str) -> dict[str, bool]:
    return {name: any(name.startswith(one) for one in names) for name in SETS}


def test_sos_bilirubin_of_exactly_2() -> None:
    """D1: Seattle asks for more than 2, the others for at least 2."""
    assert liver(10, "painful", "ascites", bilirubin=2) == met("baltimore", "ebmt")
    assert liver(10, "painful", bilirubin=2) == met("ebmt-vod/2023")
    assert liver(10, "painful", bilirubin=2.01) == met("seattle", "ebmt-vod/2023")


@pytest.mark.parametrize(
    ("on", "sets"),
    [(20, ("seattle", "baltimore", "ebmt")), (21, ("baltimore", "ebmt")), (22, ("ebmt",))],
)
def test_sos_by_day(on: int, sets: tuple[str, ...]) -> None:
    """D1: Seattle to day 20, Baltimore to day 21, EBMT 2016 late beyond, EBMT 2023 any day."""
    assert liver(on, "painful", "ascites", bilirubin=3) == met(*sets)


def test_sos_weight() -> None:
    """D1: above 2 % (Seattle), above 5 % (others); pain alone counts for Seattle only."""
    assert liver(10, "pain", weight=102.1) == met("seattle")
    assert liver(10, "pain", weight=102) == met()
    assert liver(10, "ascites", bilirubin=3, weight=105) == met("seattle", "ebmt-vod/2023")
    assert liver(10, "ascites", bilirubin=3, weight=105.1) == met("seattle", "baltimore", "ebmt")


ANICTERIC = {
    ("painful", "ascites"): (("ebmt-vod/2023",), ("ebmt-vod/2023",)),
    ("painful", "ascites", "us"): (("ebmt-vod/2023",), ("ebmt",)),
    ("painful", "us"): (("ebmt-vod/2023",), ("ebmt-vod/2023",)),
    ("biopsy",): (("ebmt-vod/2023",), ("ebmt",)),
}
"""Signs -> the sets that they meet before and beyond day 21."""


@pytest.mark.parametrize(("signs", "on"), list(product(ANICTERIC, (10, 25))))
def test_sos_without_jaundice(signs: tuple[str, ...], on: int) -> None:
    """2.6: possible under Seattle, EBMT 2016 late and EBMT 2023 probable and proven alone."""
    found, wanted = liver(on, *signs), met(*ANICTERIC[signs][on > 21])
    if on <= 21:  # signs that last to day 35 may make the late set of 2016 from day 22 on
        del found["ebmt-vod/2016"], wanted["ebmt-vod/2016"]
    assert found == wanted


@pytest.mark.parametrize(
    ("high", "astct"),
    [({16, 17, 18}, 16), ({16, 17, 19, 20, 21}, 19), ({14, 15, 17, 18, 21, 22, 23}, 21)],
)
def test_neutrophil_engraftment(high: set[int], astct: int) -> None:
    """E3: the first of three successive days at 500 or more, inclusive."""
    counts = [(n, 0.5 if n in high or n > max(high) else 0.499) for n in range(40)]
    found = told(GRAFT, *labs("neutrophils", "10*9/L", counts))
    assert found["astct-engraftment/2024/tx/neutrophils"] == f"engrafted: day +{astct}"


def test_three_values_are_not_three_days() -> None:
    """E3: the CIBMTR counts laboratory values; days without one are not filled for the ASTCT."""
    counts = [*((n, 0.1) for n in range(14)), (14, 0.6), (16, 0.6), (18, 0.6)]
    found = told(GRAFT, *labs("neutrophils", "10*9/L", counts))
    assert found["cibmtr-engraftment/current/tx/neutrophils"] == "engrafted: day +14"
    assert found["astct-engraftment/2024/tx/neutrophils"] == "not assessable"


@pytest.mark.parametrize(("given", "expected"), [(5, 12), (6, 13), (10, 17)])
def test_platelet_engraftment(given: int, expected: int) -> None:
    """E3: 20 or more on three days, seven of them since the last transfusion."""
    counts = labs("platelets", "10*9/L", [(n, 20 if n >= 11 else 19.9) for n in range(40)])
    pool = Support.model_validate({"id": "t", "date": day(given), "kind": "platelets"})
    found = told(GRAFT, pool, *counts)
    assert found["astct-engraftment/2024/tx/platelets"] == f"engrafted: day +{expected}"
    assert told(GRAFT, *counts)["astct-engraftment/2024/tx/platelets"] == "not assessable"


CHIMERISM = {"95.1": ("full donor", "full donor"), "95": ("mixed", "full donor"),
             "94.9": ("mixed", "mixed"), "5": ("mixed", "mixed"),
             "4.9": ("rejection", "rejection")}  # fmt: skip


@pytest.mark.parametrize(("percent", "words"), CHIMERISM.items())
def test_chimerism(percent: str, words: tuple[str, str]) -> None:
    """E3: above 95 % in one source, from 95 % in another; below 5 % is rejection."""
    seen = Assessment.model_validate(
        {"id": "ch", "date": day(31), "kind": "chimerism", "value": f"{percent} %"}
    )
    found = told(GRAFT, seen)
    both = [found[f"chimerism/current/ch/chimerism-{one}-95"] for one in ("over", "from")]
    assert [word.startswith(said) for word, said in zip(both, words, strict=True)] == [True, True]
