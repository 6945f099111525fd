"""B cells after CAR-T cells, by each definition. Oracle: b_cell_aplasia.toml, by hand."""

from __future__ import annotations

import pytest
from transgene_folder import CASE, curves_of, row

MORE = """
[[treatment]]
id = "blina"
start = "2023-08-01"
after = "car-t"
drugs = [{ name = "Blincyto", days = "1-28" }, { name = "vincristine", status = "omitted" }]
[[treatment]]
id = "bridging"
start = "2023-02-01"
before = "car-t"
drugs = [{ name = "ctx", days = "1" }]
[[transplant]]
id = "hsct"
date = "2023-10"
[[support]]
id = "ig"
date = "2023-05-10"
kind = "immunoglobulin"
[[event]]
id = "relapse"
date = "2023-11-01"
kind = "relapse reported"
"""


def lab(day, value, unit="/uL", analyte="b-cells", specimen=""):
    return f"{day},{analyte},{value},{unit},{specimen},lab\n"


def b_cells_of(path, *labs, case=CASE + MORE):
    (curve,) = curves_of(path, [row(7, 800)], case=case, labs="".join(labs))
    return curve.b_cells


def runs_of(found, rule):
    (by,) = [one for one in found.by if one.rule.id == rule]
    return [(run.first[0], run.last[0], run.values, run.ended and run.ended[0]) for run in by.runs]


def test_each_definition_by_itself(tmp_path):
    found = b_cells_of(
        tmp_path, lab("2023-03-15", 2), lab("2023-04-15", 30), lab("2023-05-15", 60),
        lab("2023-02-01", 1), lab("2023-06-15", 5), lab("2023-03-20", 999, specimen="marrow"),
    )  # fmt: skip
    assert [value.days[0] for value in found.values] == [14, 45, 75, 106]
    assert runs_of(found, "b-cells-below-20") == [(14, 14, 1, 45), (106, 106, 1, None)]
    assert runs_of(found, "b-cells-below-50") == [(14, 45, 2, 75), (106, 106, 1, None)]
    assert runs_of(found, "b-cells-below-3-percent") == []


def test_a_bound_tells_what_it_can(tmp_path):
    (value,) = b_cells_of(tmp_path, lab("2023-03-15", "<40")).values
    assert value.holds == ("b-cells-below-50",)
    assert value.open == ("b-cells-below-20",)


def test_a_fraction_is_certain_only_where_it_is_zero(tmp_path):
    found = b_cells_of(
        tmp_path, lab("2023-03-15", 0, "%", "cd19"), lab("2023-04-15", "0.4", "%", "cd19")
    )
    assert [value.holds for value in found.values] == [("b-cells-below-3-percent",), ()]
    assert found.values[1].open == ("b-cells-below-3-percent",)


def test_the_late_rule_asks_for_two_days_beyond_six_months(tmp_path):
    late = [lab("2023-10-01", 0, "%"), lab("2023-12-01", 0, "%")]
    assert runs_of(b_cells_of(tmp_path, late[0]), "b-cells-below-1-percent") == []
    both = b_cells_of(tmp_path, *late)
    assert runs_of(both, "b-cells-below-1-percent") == [(214, 275, 2, None)]


def test_other_causes_and_immunoglobulin_are_named(tmp_path):
    found = b_cells_of(tmp_path, lab("2023-03-15", 2))
    told = [(one.fact, one.words, one.before) for one in found.other_causes]
    assert told == [
        ("car-t", "lymphodepletion: fludarabine, cyclophosphamide", True),
        ("bridging", "cyclophosphamide", True),
        ("blina", "blinatumomab (aims at CD19)", False),
        ("hsct", "haematopoietic cell transplant", False),
    ]
    assert found.immunoglobulin == (("ig", (70, 70)),)
    assert found.relapse == ("relapse", (245, 245))


@pytest.mark.parametrize("labs", [(), (lab("2023-03-15", 2),)])
def test_cells_against_another_antigen_say_nothing_of_b_cells(tmp_path, labs):
    found = b_cells_of(tmp_path, *labs, case=CASE.replace("CD19", "CD7"))
    assert found.values == ()
    assert "no antigen of B cells" in found.reason
