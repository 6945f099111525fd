"""What was given: the tables of case.toml for drugs, the transplant, the cells and the support."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residua.simulate.course.calendar import INDUCTION, Calendar
from residua.simulate.course.crs import GRADE, Crs
from residua.simulate.course.toml_text import table_text

_GIVEN = "given"


def _drug(name: str, dose: str, days: str, **more: str) -> dict[str, object]:
    return {"name": name, "dose": dose, "days": days, **more, "status": _GIVEN}


def _course(
    when: Calendar, id_: str, day: int, drugs: Sequence[dict[str, object]], **keys: object
) -> str:
    rows = {"id": id_, "regimen": "free", **keys, "start": when.date(day), "drugs": drugs}
    return table_text("[[treatment]]", rows)


def treatment_tables(when: Calendar) -> Iterator[str]:
    """Treatments in the order in which they were given."""
    yield _course(when, "induction", INDUCTION, [
        _drug("cyclophosphamide", "300 mg/m2", "1-3", every="12 h"),
        _drug("vincristine", "2 mg", "4,11"),
        _drug("doxorubicin", "50 mg/m2", "4"),
        _drug("dexamethasone", "40 mg", "1-4,11-14"),
    ], regimen="Hyper-CVAD A", intent="induction", line=1)  # fmt: skip
    yield _course(when, "consolidation", when.consolidation, [
        _drug("methotrexate", "1 g/m2", "1"),
        _drug("cytarabine", "3 g/m2", "2-3", every="12 h"),
    ], regimen="Hyper-CVAD B", intent="consolidation", line=1)  # fmt: skip
    yield _course(when, "blinatumomab", when.blinatumomab, [
        _drug("blinatumomab", "28 ug/d", "1-28"),
    ], intent="MRD", line=1)  # fmt: skip
    yield table_text("[[transplant]]", {
        "id": "hsct", "date": when.date(when.transplant), "donor": "sibling",
        "graft": "peripheral blood", "conditioning": "total body irradiation, cyclophosphamide",
        "prophylaxis": ["ciclosporin", "methotrexate"],
        "immunosuppression_stopped": "stopped within 6 months",
    })  # fmt: skip
    yield _course(when, "lymphodepletion", when.car_t - 5, [
        _drug("fludarabine", "30 mg/m2", "1-3"), _drug("cyclophosphamide", "300 mg/m2", "1-3"),
    ], intent="lymphodepletion", line=2)  # fmt: skip
    yield table_text("[[cell_infusion]]", {
        "id": "car-t", "date": when.date(when.car_t), "kind": "car-t",
        "product": "anti-CD19 CAR-T", "origin": "autologous", "target": ["CD19"],
        "dose": "1e6 /kg",
    })  # fmt: skip
    yield _course(when, "ino", when.ino, [
        _drug("inotuzumab ozogamicin", "0.8 mg/m2", "1"),
        _drug("inotuzumab ozogamicin", "0.5 mg/m2", "8,15"),
    ], intent="MRD relapse", line=3)  # fmt: skip


def support_tables(
    when: Calendar, crs: Crs, transfused: Sequence[tuple[int, str]]
) -> Iterator[str]:
    """Tocilizumab, oxygen, ursodiol and what was transfused."""
    cells = when.car_t
    worst = when.date(cells + crs.worst)
    rows: list[tuple[int, dict[str, object]]] = [
        (cells + crs.worst, {"date": worst, "kind": "tocilizumab", "amount": "8 mg/kg"}),
        (cells + crs.worst, {"date": worst, "end": when.date(cells + crs.worst + 1),
                             "kind": "oxygen", "amount": "nasal cannula"}),
        (when.ino - 1, {"date": when.date(when.ino - 1), "end": when.date(when.ino + 65),
                        "kind": "ursodiol"}),
    ]  # fmt: skip
    rows += [
        (day, {"date": when.date(day), "kind": kind, "amount": "1 unit"})
        for day, kind in transfused
    ]
    for _, row in sorted(rows, key=lambda pair: pair[0]):
        yield table_text("[[support]]", row)


def crs_tables(when: Calendar, crs: Crs) -> Iterator[str]:
    """What was seen of CRS, and that there was no ICANS."""

    def finding(term: str, first: int, last: int, **keys: object) -> str:
        row = {"date": when.date(when.car_t + first), "end": when.date(when.car_t + last),
               "term": term, **keys, "attribution": "car-t"}  # fmt: skip
        return table_text("[[finding]]", row)

    yield finding("cytokine release syndrome", crs.onset, crs.end, present=True,
                  grade_reported=GRADE)  # fmt: skip
    yield finding("fever", crs.onset, crs.end, present=True)
    yield finding("hypotension", crs.worst, crs.worst + 1, present=True, value="fluids")
    yield finding("hypoxia", crs.worst, crs.worst + 1, present=True, value="nasal cannula")
    yield finding("ICANS", 0, 28, present=False)
