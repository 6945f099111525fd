"""Laws of doses: units change nothing, a larger body never gets less, a cap always holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.facts.quantity import Quantity
from residua.measures.dose import Body
from residua.measures.schedule import schedule
from residua.standards.regimen_shelf import load_regimen, regimen_names

heights = st.decimals(100, 220, places=1).map(lambda n: Quantity(n, "cm"))
weights = st.decimals(50, 200, places=1).map(lambda n: Quantity(n, "kg"))  # above every switch
names = st.sampled_from(regimen_names())


def amounts(name: str, height: Quantity, weight: Quantity) -> list[float]:
    made = schedule(load_regimen(name), body=Body(height, weight))
    return [line.worked.high.number for line in made.lines if line.worked is not None]


@settings(deadline=None)
@given(name=names, height=heights, weight=weights)
def test_units_change_nothing(name: str, height: Quantity, weight: Quantity) -> None:
    other = amounts(name, height.to("m"), weight.to("g"))
    assert other == pytest.approx(amounts(name, height, weight), rel=1e-9)


@settings(deadline=None)
@given(name=names, height=heights, weight=weights)
def test_a_larger_body_never_gets_less_and_a_cap_holds(
    name: str, height: Quantity, weight: Quantity
) -> None:
    if name in ("tisagenlecleucel", "ursodiol-essell-1998"):  # other doses above a weight
        return
    here = amounts(name, height, weight)
    larger = amounts(name, Quantity(height.value + 5, "cm"), Quantity(weight.value + 10, "kg"))
    assert all(more >= less for less, more in zip(here, larger, strict=True))
    made = schedule(load_regimen(name), body=Body(height, weight))
    for line in made.lines:
        if line.worked is not None and line.worked.cap is not None:
            assert line.worked.high.number <= line.worked.cap.number
