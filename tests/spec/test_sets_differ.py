"""One patient under every set. Oracle: the list of differences between the printed sets.

Above or at least 2 mg/dL; pain without a large liver; 2 or 5 % of weight; day 20 or 21; and SOS/VOD
without jaundice, which is possible under modified Seattle, EBMT 2016 late, EBMT 2023 probable and
proven, and the paediatric set, and impossible under Baltimore, EBMT 2016 classical and EBMT 2023
clinical.
"""

from __future__ import annotations

from itertools import product

import pytest
from set_boundaries import OPEN, Base, ruled

SEATTLE, BALTIMORE = "seattle", "baltimore"
E16, E23, KIDS = "ebmt_vod_2016", "ebmt_vod_2023", "ebmt_vod_paediatric_2018"
ALL = (SEATTLE, BALTIMORE, E16, E23, KIDS)

QUIET: Base = {
    "bilirubin": "1 mg/dL", "weight_gain": "0 %", "hepatomegaly": False, "ruq_pain": False,
    "painful_hepatomegaly": False, "ascites": False, "ultrasound": False, "elastography": False,
    "haemodynamic": False, "histology": "unavailable", "hvpg": "unavailable",
    "refractory_thrombocytopenia": False, "days_of_weight_gain": "0 d",
    "hepatomegaly_above_baseline": False, "ascites_above_baseline": False,
    "days_of_rising_bilirubin": "0 d", "bilirubin_within_72_h": "1 mg/dL", "day": "15 d",
}  # fmt: skip


def jaundice(value: str) -> Base:
    return {"bilirubin": value, "bilirubin_within_72_h": value}


BIG: Base = {"painful_hepatomegaly": True, "hepatomegaly": True, "ruq_pain": True,
             "hepatomegaly_above_baseline": True}  # fmt: skip
ASCITES: Base = {"ascites": True, "ascites_above_baseline": True}
N, C, P = "none", "clinical", "probable"

PATIENTS: list[tuple[str, Base, tuple[str, ...]]] = [
    ("well", {}, (N, N, N, N, N)),
    ("bilirubin of exactly 2, liver and ascites", {**jaundice("2 mg/dL"), **BIG, **ASCITES},
     (N, C, C, C, C)),
    ("the same with 2.1", {**jaundice("2.1 mg/dL"), **BIG, **ASCITES}, (C, C, C, C, C)),
    ("pain without a large liver, bilirubin of 3", {**jaundice("3 mg/dL"), "ruq_pain": True},
     (C, N, N, N, N)),
    ("weight gain of 3 % and bilirubin of 3", {**jaundice("3 mg/dL"), "weight_gain": "3 %"},
     (C, N, N, N, N)),
    ("weight gain of 6 % and bilirubin of 3", {**jaundice("3 mg/dL"), "weight_gain": "6 %"},
     (C, N, N, P, C)),
    ("all signs on day 21", {**jaundice("3 mg/dL"), **BIG, **ASCITES, "day": "21 d"},
     (N, C, C, C, C)),
    ("all signs on day 22", {**jaundice("3 mg/dL"), **BIG, **ASCITES, "day": "22 d"},
     (N, N, C, C, C)),
    ("no jaundice, large painful liver, weight", {**BIG, "weight_gain": "6 %"}, (C, N, N, P, C)),
    ("no jaundice, ascites and weight, ultrasound, day 30",
     {**ASCITES, "weight_gain": "6 %", "ultrasound": True, "day": "30 d"}, (N, N, C, P, C)),
    ("no jaundice, histology, day 30", {"histology": True, "day": "30 d"},
     (N, N, "proven", "proven", N)),
    ("no jaundice, gradient of 12 mmHg", {"hvpg": "12 mm[Hg]"}, (N, N, N, "proven", N)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "signs", "expected"), PATIENTS, ids=[p[0] for p in PATIENTS])
def test_the_same_patient_under_every_set(
    name: str, signs: Base, expected: tuple[str, ...]
) -> None:
    patient = {**QUIET, **signs}
    assert tuple(ruled(book, patient).verdict or OPEN for book in ALL) == expected


def test_where_sos_without_jaundice_is_possible() -> None:
    """Every patient with a bilirubin of 1 mg/dL: which words can be reached at all."""
    reached: dict[str, set[str]] = {book: set() for book in ALL}
    early: set[str] = set()
    signs = [BIG, ASCITES, {"weight_gain": "6 %"}, {"ultrasound": True}, {"histology": True},
             {"hvpg": "12 mm[Hg]"}, {"refractory_thrombocytopenia": True}]  # fmt: skip
    for chosen in product((False, True), repeat=len(signs)):
        patient = dict(QUIET)
        for present, sign in zip(chosen, signs, strict=True):
            patient |= sign if present else {}
        for day in ("15 d", "30 d"):
            for book in ALL:
                word = ruled(book, {**patient, "day": day}).verdict or OPEN
                reached[book].add(word)
                early |= {word} if book == E16 and day == "15 d" else set()
    assert reached == {
        SEATTLE: {N, C}, BALTIMORE: {N}, E16: {N, C, "proven"}, E23: {N, P, "proven"}, KIDS: {N, C},
    }  # fmt: skip
    assert early == {N}  # classical needs jaundice
