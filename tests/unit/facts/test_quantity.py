"""Numbers with units. Oracle: the definitions of the units, worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from residua.errors import ValueFault
from residua.facts.quantity import Quantity, unit_table
from residua.facts.treatment import Drug, Treatment


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator"),
    [
        ("0.8 mg/m2", "0.8", "mg/m2", ""),
        ("1e6 /kg", "1e6", "/kg", ""),
        ("79 g/L", "79", "g/L", ""),
        ("<0.1 mg/L", "0.1", "mg/L", "<"),
        ("> 500 pg/mL", "500", "pg/mL", ">"),
        ("2.68e-5 1", "2.68e-5", "1", ""),
        ("-3 d", "-3", "d", ""),
    ],
)
def test_text_is_read_as_written(text: str, value: str, unit: str, comparator: str) -> None:
    assert Quantity.parse(text) == Quantity(Decimal(value), unit, comparator)


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        ("79 g/L", "g/dL", "7.9"),
        ("12 10*9/L", "/uL", "12000"),
        ("1.6 %", "1", "0.016"),
        ("1.5 10*3/uL", "10*9/L", "1.5"),
        ("500 pg/mL", "ng/L", "500"),
        ("2 wk", "d", "14"),
        ("17 a", "mo", "204"),
    ],
)
def test_units_of_one_kind_convert(quantity: str, unit: str, expected: str) -> None:
    assert Quantity.parse(quantity).to(unit).value == Decimal(expected)


def test_units_of_two_kinds_do_not() -> None:
    with pytest.raises(ValueFault):
        Quantity.parse("79 g/L").to("mmol/L")


@pytest.mark.parametrize(
    ("raw", "received"),
    [
        ("79", "a number without a unit"),
        ("79 gg/L", "unit 'gg/L'"),
        ("7,9 g/L", "a number with a decimal comma"),
        ("many g/L", "a text"),
        ("nan g/L", "a text"),
        (True, "true or false"),
        (None, "nothing"),
    ],
)
def test_faults_name_the_kind_of_thing(raw: object, received: str) -> None:
    with pytest.raises(ValueFault) as caught:
        Quantity.parse(raw)
    assert caught.value.received == received


def test_the_nearest_unit_is_named() -> None:
    with pytest.raises(ValueFault, match="mg/m2"):
        Quantity.parse("0.8 mgg/m2")


def test_the_table_is_closed_and_every_kind_has_its_base() -> None:
    kinds = {kind for kind, _ in unit_table().values()}
    based = {kind for kind, factor in unit_table().values() if factor == 1}
    assert kinds == based


def test_days_of_a_drug_are_listed() -> None:
    drug = Drug.model_validate({"name": "dexamethasone", "dose": "40 mg", "days": "1-4,11-14"})
    assert drug.days == (1, 2, 3, 4, 11, 12, 13, 14)


def test_not_stated_is_never_a_value() -> None:
    treatment = Treatment.model_validate(
        {"id": "ino", "start": "not stated", "drugs": [{"name": "x", "status": "not stated"}]}
    )
    assert treatment.start is None
    assert treatment.drugs[0].status is None
