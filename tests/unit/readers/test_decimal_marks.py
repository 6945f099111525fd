"""Oracle: how the numbers below are read by a person."""

import pytest

from residua.errors import ValueFault
from residua.readers.decimal_marks import decimal_marks, with_point


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", "12.5"), ("0,123", "0.123"), ("<0,1", "<0.1"), ("1,6 %", "1.6 %"),
        ("2,68e-5", "2.68e-5"), ("12.5", "12.5"), ("1.234", "1.234"), ("7", "7"), ("-0,5", "-0.5"),
        (",5", "0.5"), ("1,2345", "1.2345"),
    ],
)  # fmt: skip
def test_numbers_that_read_one_way(text, number):
    assert with_point(text, decimal_marks([text])) == number


@pytest.mark.parametrize("text", ["1,234", "12,345 mg/L", "1,234,567", "1.234,5", "1,234.5"])
def test_numbers_that_read_two_ways_are_refused(text):
    with pytest.raises(ValueFault) as caught:
        with_point(text, decimal_marks([text]))
    assert text not in str(caught.value)


def test_the_other_numbers_of_the_file_decide():
    marks = decimal_marks(["12,5", "1,234"])
    assert with_point("1,234", marks) == "1.234"
    with pytest.raises(ValueFault):
        with_point("1.234", marks)


def test_a_file_with_both_marks_decides_nothing():
    marks = decimal_marks(["12,5", "12.5"])
    for text in ("1,234", "1.234"):
        with pytest.raises(ValueFault):
            with_point(text, marks)
    assert with_point("0,5", marks) == "0.5"


@pytest.mark.parametrize("text", ["negative", "a, b", "2019-08-14"])
def test_text_comes_back_as_it_is(text):
    assert with_point(text, frozenset({","})) == text
