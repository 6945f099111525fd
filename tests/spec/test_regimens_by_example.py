"""Regimens by example. Oracle: the arithmetic of the sheet of facts (0.1-0.6), and the doses of
the labels just below, at and above every age, weight and cap at which they change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from residua.facts.quantity import Quantity
from residua.measures.dose import Body, work_out
from residua.measures.schedule import Schedule, schedule
from residua.standards.regimen import Dose
from residua.standards.regimen_shelf import load_regimen

q = Quantity.parse
# 150 cm x 54 kg / 3600 = 2.25, so the surface by Mosteller is 1.5 m2 exactly
BSA_1_5 = {"height": q("150 cm"), "weight": q("54 kg")}


def made(name: str, cycle: int | None = None, **body: object) -> Schedule:
    return schedule(load_regimen(name), body=Body(**body), cycle=cycle)  # type: ignore[arg-type]


def total(name: str, drug: str, cycle: int | None = None, **body: object) -> tuple[str, ...]:
    """Published and absolute sum of a drug that is not given intrathecally, as text."""
    found = next(
        t for t in made(name, cycle, **body).totals if t.drug == drug and not t.intrathecal
    )
    sums = (found.published, found.amount)
    return tuple(f"{b[0].value.normalize():f} {b[0].unit}" if b else found.reason for b in sums)


SUMS = [  # regimen, drug, in the unit of the source, at 1.5 m2 and 54 kg
    ("ino-huang-2023", "inotuzumab ozogamicin", "1.8 mg/m2", "2.7 mg"),
    ("ino-label", "inotuzumab ozogamicin", "1.8 mg/m2", "2.7 mg"),
    ("hyper-cvad-a-huang-2023", "cyclophosphamide", "1800 mg/m2", "2700 mg"),
    ("hyper-cvad-a-huang-2023", "vincristine", "2.8 mg/m2", "4 mg"),
    ("hyper-cvad-a-huang-2023", "doxorubicin", "50 mg/m2", "75 mg"),
    ("hyper-cvad-a-huang-2023", "dexamethasone", "320 mg", "320 mg"),
    ("ida-peg-dex", "idarubicin", "10 mg", "10 mg"),
    ("ida-peg-dex", "pegaspargase", "3750 U", "3750 U"),
    ("ida-peg-dex", "dexamethasone", "210 mg", "210 mg"),
    ("hdmtx-vcr-dex", "methotrexate", "2 g/m2", "3 g"),
    ("hdmtx-vcr-dex", "vincristine", "1.4 mg/m2", "2 mg"),
    ("hdmtx-vcr-dex", "dexamethasone", "105 mg", "105 mg"),
    ("hdac", "cytarabine", "12 g/m2", "18 g"),
    ("hyper-cvad-a", "cyclophosphamide", "1800 mg/m2", "2700 mg"),
    ("hyper-cvad-a", "vincristine", "4 mg", "4 mg"),
    ("hyper-cvad-b", "methotrexate", "1000 mg/m2", "1500 mg"),
    ("hyper-cvad-b", "leucovorin", "170 mg", "170 mg"),
    ("ino-low-dose-mrd", "inotuzumab ozogamicin", "0.9 mg/m2", "1.35 mg"),
    ("mini-hyper-cvd-ino", "cyclophosphamide", "900 mg/m2", "1350 mg"),
    ("blinatumomab-mrd", "blinatumomab", "784 ug", "784 ug"),
    ("blinatumomab-rr", "blinatumomab", "651 ug", "651 ug"),
    ("mbucy-beijing", "busulfan", "9.6 mg/kg", "518.4 mg"),
    ("mbucy-beijing", "cyclophosphamide", "3.6 g/m2", "5.4 g"),
    ("mbucy-huang-2023", "busulfan", "dose not stated", "dose not stated"),
    ("it-mtx-huang-2023", "methotrexate", "", ""),
]


@pytest.mark.parametrize(("name", "drug", "published", "amount"), SUMS)
def test_the_sum_of_a_course(name: str, drug: str, published: str, amount: str) -> None:
    if not published:
        assert made(name, **BSA_1_5).totals[0].reason == "dose not stated"
    else:
        assert total(name, drug, **BSA_1_5) == (published, amount)


def test_inotuzumab_at_one_and_a_half_square_metres() -> None:
    """1.20, 0.75, 0.75 mg; three hours of infusion in all."""
    course = made("ino-label", **BSA_1_5)
    doses = [line.worked.low for line in course.lines if line.worked for _ in line.dose.days]
    assert [float(dose.value) for dose in doses] == [1.2, 0.75, 0.75]
    assert course.totals[0].hours == (3, 3)


def test_blinatumomab_runs_672_hours_a_cycle() -> None:
    assert made("blinatumomab-mrd", **BSA_1_5).totals[0].hours == (672, 672)


def test_vincristine_is_capped_and_the_cap_is_marked() -> None:
    """1.4 mg/m2 x 1.5 m2 = 2.1 mg, cut to 2 mg by an unverified rule."""
    line = next(x for x in made("hdmtx-vcr-dex", **BSA_1_5).lines if x.dose.drug == "vincristine")
    assert line.worked is not None
    assert line.worked.uncapped == q("2.1 mg")
    assert line.worked.high == q("2 mg")
    assert line.worked.cap_rule is not None
    assert line.worked.cap_rule.provenance == "unverified"


SIBLING = {"words": {"donor": "sibling"}}
SWITCHES = [  # regimen, cycle, drug, what is known, published sum
    ("pegaspargase-label", 1, "pegaspargase", {"age": "20 a"}, "2500 [IU]/m2"),
    ("pegaspargase-label", 1, "pegaspargase", {"age": "21 a"}, "2500 [IU]/m2"),
    ("pegaspargase-label", 1, "pegaspargase", {"age": "21.9 a"}, "2500 [IU]/m2"),
    ("pegaspargase-label", 1, "pegaspargase", {"age": "22 a"}, "2000 [IU]/m2"),
    ("pegaspargase-label", 1, "pegaspargase", {}, "depends on age"),
    ("hyper-cvad-b", 2, "cytarabine", {"age": "59 a"}, "12 g/m2"),
    ("hyper-cvad-b", 2, "cytarabine", {"age": "60 a"}, "4 g/m2"),
    ("hyper-cvad-b", 2, "cytarabine", {"age": "61 a"}, "4 g/m2"),
    ("blinatumomab-mrd", 1, "blinatumomab", {"weight": "44.9 kg"}, "420 ug/m2"),
    ("blinatumomab-mrd", 1, "blinatumomab", {"weight": "45 kg"}, "784 ug"),
    ("blinatumomab-mrd", 1, "blinatumomab", {"weight": "45.1 kg"}, "784 ug"),
    ("blinatumomab-rr", 1, "blinatumomab", {"weight": "44.9 kg"}, "350 ug/m2"),
    ("blinatumomab-rr", 1, "blinatumomab", {"weight": "45 kg"}, "651 ug"),
    ("blinatumomab-rr", 2, "blinatumomab", {"weight": "45 kg"}, "784 ug"),
    ("blinatumomab-rr", 9, "blinatumomab", {"weight": "44.9 kg"}, "420 ug/m2"),
    ("tisagenlecleucel", 1, "tisagenlecleucel", {"weight": "49.9 kg"}, "200000 /kg"),
    ("tisagenlecleucel", 1, "tisagenlecleucel", {"weight": "50 kg"}, "200000 /kg"),
    ("tisagenlecleucel", 1, "tisagenlecleucel", {"weight": "50.1 kg"}, "10000000 {cells}"),
    ("ino-label", 2, "inotuzumab ozogamicin", {"words": {"response": "CR or CRi"}}, "1.5 mg/m2"),
    ("ino-label", 2, "inotuzumab ozogamicin", {"words": {"response": "no CR or CRi"}}, "1.8 mg/m2"),
    ("ino-label", 2, "inotuzumab ozogamicin", {}, "depends on response"),
    ("ino-low-dose-mrd", 2, "inotuzumab ozogamicin", {}, "0.6 mg/m2"),
    ("dli-haplo-ptcy", 2, "donor lymphocytes (CD3+)", {}, "1000000 /kg"),
    ("dli-pre-emptive", 1, "donor lymphocytes (CD3+)", SIBLING, "1000000 /kg"),
]


@pytest.mark.parametrize(("name", "cycle", "drug", "known", "published"), SWITCHES)
def test_a_dose_that_changes(
    name: str, cycle: int, drug: str, known: dict[str, str], published: str
) -> None:
    body = {k: q(v) if isinstance(v, str) else v for k, v in known.items()}
    assert total(name, drug, cycle, **body)[0] == published


CAPS = [  # drug, dose, cap, weight, absolute dose
    ("1e6 /kg", "1e8 {cells}", "99 kg", "99000000"),
    ("1e6 /kg", "1e8 {cells}", "100 kg", "100000000"),
    ("1e6 /kg", "1e8 {cells}", "101 kg", "100000000"),
    ("8 mg/kg", "800 mg", "99 kg", "792"),
    ("8 mg/kg", "800 mg", "100 kg", "800"),
    ("8 mg/kg", "800 mg", "101 kg", "800"),
]


@pytest.mark.parametrize(("dose", "cap", "weight", "amount"), CAPS)
def test_the_most_of_a_dose(dose: str, cap: str, weight: str, amount: str) -> None:
    name = "tocilizumab-crs" if "mg" in dose else "brexucabtagene-all"
    line = next(x for x in made(name, weight=q(weight)).lines if x.dose.cap == q(cap))
    assert line.dose.dose == q(dose)
    assert line.worked is not None
    assert line.worked.high.value == Decimal(amount)
    assert (line.worked.uncapped is not None) == (weight == "101 kg")


VIALS = [("0.80 mg", None), ("0.82 mg", "0.9 mg"), ("0.9 mg", None), ("0.99 mg", "0.9 mg"),
         ("1.01 mg", None), ("1.62 mg", None), ("1.64 mg", "1.8 mg")]  # fmt: skip


@pytest.mark.parametrize(("dose", "rounded"), VIALS)
def test_whole_vials_within_ten_percent_of_the_dose(dose: str, rounded: str | None) -> None:
    """By hand: 0.08 of 0.82 is 9.8 %, 0.1 of 0.8 12.5 %, 0.09 of 0.99 9.1 %, 0.18 of 1.62 11 %."""
    line = Dose("inotuzumab ozogamicin", "c", "s", "read", dose=q(dose))
    worked = work_out(line, Body())
    assert worked is not None
    assert worked.rounded == (q(rounded) if rounded else None)
    assert worked.low == q(dose)  # the calculated dose stays what it is


def test_days_are_dated_from_day_1_or_from_day_0() -> None:
    """Day 15 of a course from 1 August is 15 August; day -4 before 10 August is 6 August."""
    start = date(2022, 8, 1)
    ino = schedule(load_regimen("ino-label"), body=Body(), start=start)
    assert [d.isoformat() for d in ino.lines[1].dates] == ["2022-08-08", "2022-08-15"]
    assert ino.next_cycle == (date(2022, 8, 22), date(2022, 8, 29))
    cells = schedule(load_regimen("brexucabtagene-all"), body=Body(), start=date(2022, 8, 10))
    assert [d.isoformat() for d in cells.lines[0].dates] == [
        "2022-08-06",
        "2022-08-07",
        "2022-08-08",
    ]


def test_high_dose_methotrexate_asks_for_leucovorin() -> None:
    """2 g/m2 does, 250 mg/m2 of mini-Hyper-CVD does not; part B gives it itself."""

    def asks(name: str, cycle: int) -> bool:
        return any(
            rule.kind == "rescue" and rule.drug == "methotrexate"
            for rule in made(name, cycle).rules
        )

    assert asks("hdmtx-vcr-dex", 1)
    assert not asks("mini-hyper-cvd-ino", 2)
    assert asks("hyper-cvad-b", 2)
