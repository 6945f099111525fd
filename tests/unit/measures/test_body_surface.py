"""Body surface and lean mass. Oracle: the published formulas, evaluated by hand to 4 digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residua.errors import ValueFault
from residua.facts.body_size import the_one
from residua.facts.quantity import Quantity
from residua.measures.body_surface import BodySize, body_surface, lean_body_mass

q = Quantity.parse
FORMULAS = ("mosteller", "dubois", "haycock")


def size(height: str, weight: str) -> BodySize:
    return BodySize(q(height), q(weight))


@pytest.mark.parametrize(
    ("height", "weight", "surfaces"),
    [
        ("160 cm", "50 kg", (1.4907, 1.5011, 1.4873)),
        ("165 cm", "60 kg", (1.6583, 1.6587, 1.6607)),
        ("175 cm", "70 kg", (1.8447, 1.8481, 1.8468)),
    ],
)
def test_the_published_table(height: str, weight: str, surfaces: tuple[float, ...]) -> None:
    for formula, surface in zip(FORMULAS, surfaces, strict=True):
        found = body_surface(size(height, weight), formula=formula)
        assert found.unit == "m2"
        assert float(found.value) == pytest.approx(surface, abs=5e-5)


def test_lean_mass_by_boer() -> None:
    """By hand: 28.49 + 46.725 - 19.2 = 56.015 and 12.6 + 75.68 - 48.3 = 39.98."""
    assert lean_body_mass(size("175 cm", "70 kg"), sex="male") == q("56.015 kg")
    assert float(lean_body_mass(size("160 cm", "50 kg"), sex="female").value) == 39.98


@pytest.mark.parametrize(
    ("height", "weight", "named"),
    [
        ("160 cm", "700 kg", "weight"),
        ("160 cm", "650.1 kg", "weight"),
        ("160 cm", "0.1 kg", "weight"),
        ("3 m", "50 kg", "height"),
        ("1.6 cm", "50 kg", "height"),
        ("160 cm", "50 cm", "weight"),
        (">160 cm", "50 kg", "height"),
    ],
)
def test_what_no_human_has_is_refused_by_name(height: str, weight: str, named: str) -> None:
    with pytest.raises(ValueFault, match=f"a {named} from"):
        size(height, weight)


def test_two_weights_on_one_day_are_refused() -> None:
    with pytest.raises(ValueFault, match="two weights on one day"):
        the_one("weight", [q("50 kg"), q("51 kg")])
    assert the_one("weight", [q("50 kg"), q("50000 g")]) == q("50000 g")
    assert the_one("weight", []) is None


def test_a_formula_that_is_not_encoded_is_refused() -> None:
    with pytest.raises(ValueFault, match="haycock"):
        body_surface(size("160 cm", "50 kg"), formula="haycok")


heights = st.decimals(100, 220, places=1).map(lambda n: Quantity(n, "cm"))
weights = st.decimals(20, 200, places=1).map(lambda n: Quantity(n, "kg"))


@given(height=heights, weight=weights, formula=st.sampled_from(FORMULAS))
def test_units_change_nothing_and_more_is_never_less(
    height: Quantity, weight: Quantity, formula: str
) -> None:
    here = body_surface(BodySize(height, weight), formula=formula).value
    other = body_surface(BodySize(height.to("m"), weight.to("g")), formula=formula).value
    assert float(other) == pytest.approx(float(here), rel=1e-12)
    heavier = Quantity(weight.value + 1, "kg")
    assert body_surface(BodySize(height, heavier), formula=formula).value > here
