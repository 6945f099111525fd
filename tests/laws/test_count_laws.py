"""Laws of counts after infusions and transplants; the oracle is the same judge asked otherwise.

A lower count never gives a lower grade, units change nothing, and a count added where there was
none (and nothing was interpolated) never gives what was said to be impossible.
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.laboratory import Lab
from residua.facts.quantity import Quantity
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant
from residua.judgements.cytopenia.cytopenia import judge_cytopenia
from residua.standards import icaht_days, t_icaht_days
from residua.standards.count_level import level_of
from residua.standards.count_window import Window
from residua.standards.engraftment import Counts, Criterion, recovery
from residua.standards.grading import Grading

EXAMPLES = 60
CELLS = st.sampled_from(
    [0, 50, 99, 100, 101, 300, 499, 500, 501, 800, 1000, 1001, 1500, 1501, 9000]
)
DAYS = st.dictionaries(st.integers(0, 30), CELLS, min_size=1, max_size=31)
UNITS = ("/uL", "10*9/L", "10*3/uL", "10*6/L", "/L")


def window(values: dict[int, int], first: int = 0, last: int = 30, most: int = 7) -> Window:
    levels = {day: level_of(Quantity(Decimal(n), "/uL")) for day, n in values.items()}
    return Window(levels, first, last, most)


def early(values: dict[int, int], most: int = 7) -> Grading:
    return icaht_days.early(window(values, most=most)).grading


@settings(max_examples=EXAMPLES, deadline=None)
@given(DAYS, st.data())
def test_a_lower_count_never_gives_a_lower_grade(
    values: dict[int, int], data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(sorted(values)))
    lower = values | {day: data.draw(st.integers(0, values[day]))}
    before, after = early(values).possible, early(lower).possible
    assert (min(before), max(before)) <= (min(after), max(after))
    assert max(before) <= max(after)
    thousand = {d: n * 100 for d, n in values.items()}, {d: n * 100 for d, n in lower.items()}
    before, after = (t_icaht_days.early(window(v)).possible for v in thousand)
    assert min(before) <= min(after)
    assert max(before) <= max(after)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.dictionaries(st.integers(31, 100), CELLS, min_size=1, max_size=8), st.data())
def test_late_too(values: dict[int, int], data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(sorted(values)))
    lower = values | {day: data.draw(st.integers(0, values[day]))}
    before, after = (icaht_days.late(window(v, 31, 100)).grading.grade for v in (values, lower))
    assert before is not None
    assert after is not None
    assert before <= after


@settings(max_examples=EXAMPLES, deadline=None)
@given(DAYS, st.integers(0, 30), CELLS)
def test_a_count_added_to_an_unknown_day_gives_nothing_that_was_impossible(
    values: dict[int, int], day: int, cells: int
) -> None:
    assume(day in window(values).unknown)
    added = values | {day: cells}
    assert set(early(added).possible) <= set(early(values).possible)
    wide = {d: n * 100 for d, n in values.items()}, {d: n * 100 for d, n in added.items()}
    before, after = (set(t_icaht_days.early(window(v)).possible) for v in wide)
    assert after <= before


@settings(max_examples=EXAMPLES, deadline=None)
@given(DAYS, st.integers(0, 30), CELLS)
def test_a_count_never_moves_engraftment_out_of_its_range(
    values: dict[int, int], day: int, cells: int
) -> None:
    """A count of a day without one, where the nadir stays the same."""
    last, criterion = max(values), Criterion(Decimal(500), 3, every_day=True)
    assume(day not in values and day < last)
    levels = {d: level_of(Quantity(Decimal(n), "/uL")) for d, n in values.items()}
    more = levels | {day: level_of(Quantity(Decimal(cells), "/uL"))}
    before, after = (recovery(criterion, Counts(some, last)) for some in (levels, more))
    assume(before.nadir == after.nadir)
    if after.day is not None:
        assert before.earliest is not None
        assert before.earliest <= after.day
        assert before.day is None or after.day <= before.day
    if after.earliest is not None:
        assert before.earliest is not None
        assert before.earliest <= after.earliest


def course(values: dict[int, int], unit: str, *more: Fact) -> tuple[object, ...]:
    labs = [
        Lab(id=f"{analyte}-{day}", date=f"car-t+{day}d", analyte=analyte,
            value=Quantity(Decimal(n * times), "/uL").to(unit))
        for day, n in values.items()
        for analyte, times in (("neutrophils", 1), ("platelets", 100))
    ]  # fmt: skip
    facts = (
        CellInfusion(id="car-t", kind="car-t", date="2024-03-01"),
        Transplant(id="hsct", date="2024-03-01", donor="sibling"),
        Support(id="given", kind="platelets", date="car-t+1d"),
    )
    said = judge_cytopenia(arrange(Case("x", "x", (*facts, *labs, *more))))
    return tuple((j.id, j.outcome, j.verdict, j.reason, j.missing) for j in said)


@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(DAYS, st.sampled_from(UNITS))
def test_units_change_nothing(values: dict[int, int], unit: str) -> None:
    assert course(values, unit) == course(values, "/uL")


@settings(max_examples=EXAMPLES // 3, deadline=None)
@given(DAYS)
def test_facts_that_have_nothing_to_do_with_it_change_nothing(values: dict[int, int]) -> None:
    other = Lab(
        id="other", date="car-t+3d", analyte="hemoglobin", value=Quantity(Decimal(80), "g/L")
    )
    assert course(values, "/uL", other) == course(values, "/uL")
