"""Wells to results. Oracle: counted by hand under the stated rule; the CV by statistics."""

import statistics
from decimal import Decimal
from types import MappingProxyType

import pytest

from residua.facts.cytokine_table import CytokinePlate, CytokineReading, CytokineWell
from residua.measures.cytokine_wells import each_well, join_wells
from residua.standards.cytokine_tables import cytokine_rules

RANGE = {"IL-6": (Decimal("3.2"), Decimal(10000))}


def reading(cell):
    """``<3.2``, ``>``, ``*5``, ``NaN`` or a number."""
    if cell == "NaN":
        return CytokineReading(cell, reason="NaN in the file")
    side = cell[0] if cell[0] in "<>" else ""
    number = cell.lstrip("<>*")
    value = Decimal(number) if number else None
    return CytokineReading(cell, value, side, extrapolated=cell.startswith("*"))


def result(*wells, ranges=RANGE, beads=None, dilution=None):
    made = tuple(
        CytokineWell("day 0", "IL-6", "pg/mL", reading(w), f"A{n}", beads, dilution)
        for n, w in enumerate(wells, 1)
    )
    plate = CytokinePlate("f.csv", "xPONENT", made, MappingProxyType(ranges))
    (one,) = join_wells(plate, cytokine_rules()).results
    assert len(each_well(plate, cytokine_rules()).results) == len(wells)
    return one


@pytest.mark.parametrize(
    ("wells", "value"),
    [
        (("12",), "12 pg/mL"),
        (("10", "20"), "15 pg/mL"),
        (("<3.2", "<3.2"), "<3.2 pg/mL"),
        (("<3.2", "4.8"), "<4.0 pg/mL"),
        ((">10000", "9000"), ">9500 pg/mL"),
        (("1", "2", "2"), "<3.2 pg/mL"),
        (("0",), "<3.2 pg/mL"),
        (("-1",), "<3.2 pg/mL"),
        (("<0",), "<3.2 pg/mL"),
        (("12000",), ">10000 pg/mL"),
        (("*1.2",), "<3.2 pg/mL"),
        (("*12000",), ">10000 pg/mL"),
        (("<",), "<3.2 pg/mL"),
        ((">",), ">10000 pg/mL"),
        (("NaN", "7"), "7 pg/mL"),
    ],
)
def test_out_of_range_is_a_bound(wells, value):
    one = result(*wells)
    assert str(one.value) == value
    assert one.printed == wells


@pytest.mark.parametrize(
    ("wells", "why"),
    [
        (("NaN", "NaN"), "NaN in the file"),
        (("<3.2", ">10000"), "both sides of the range"),
        (("*12",), "extrapolated beyond the standards"),
    ],
)
def test_no_value_says_why(wells, why):
    one = result(*wells)
    assert one.value is None
    assert why in one.reason


@pytest.mark.parametrize("cell", ["0", "<", ">", "*0.6"])
def test_without_standards_there_is_no_bound_to_give(cell):
    one = result(cell, ranges={})
    assert one.value is None
    assert "does not state the limit" in one.reason


def test_the_cv_is_that_of_the_numbers():
    one = result("10", "20", "15")
    assert one.cv == pytest.approx(statistics.stdev([10, 20, 15]) / 15)
    assert "replicates differ: CV 33%" in one.flags
    assert result("100", "102").flags == ()
    assert result("<3.2", "5").cv is None


def test_few_beads_are_flagged_at_35():
    assert result("10", beads=35).flags == ()
    assert result("10", beads=34).flags == ("few beads: 34, 35 are asked for",)


def test_standards_say_nothing_of_a_diluted_sample():
    """A value five-fold above the top standard may be within range after the dilution."""
    one = result("30000", dilution=Decimal(5))
    assert str(one.value) == "30000 pg/mL"
    assert one.uloq is None
    assert one.flags == ("diluted 5-fold, value as exported",)


def test_wells_left_without_a_value_are_told():
    assert result("NaN", "7").flags == ("1 of 2 wells without a value",)


def test_each_number_of_the_rules_has_its_source():
    rules = cytokine_rules()
    assert (rules.beads, rules.cv) == (35, 0.15)
    assert all(c.clause and c.cite for c in rules.clauses.values())
    assert {c.provenance for c in rules.clauses.values()} == {"read", "choice"}
