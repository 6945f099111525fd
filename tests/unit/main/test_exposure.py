"""``residua exposure``. Oracles: the table of the model, and the words of each refusal."""

from __future__ import annotations

import pytest

from residua.errors import UsageError, ValueFault
from residua.main.exposure import exposure_of
from residua.standards.exposure_model import ExposureModel, Parameter
from residua.views.exposure_text import exposure_document, exposure_text

COURSE = ("0.8@0", "0.5@7", "0.5@14")
BODY = {"bsa": "1.84", "blasts": "5.25"}


def test_the_course_of_the_label():
    document = exposure_document(exposure_of("garrett-2019", BODY, COURSE, ["1,168", "672"]))
    levels = [round(point["concentration_ng_per_mL"], 2) for point in document["series"]]
    assert document["kind"] == "model"
    assert levels == [212.62, 1.89, 10.35]
    assert round(document["auc_0_672h_ng_h_per_mL"], 1) == 19252.7
    assert document["floor"] is None


def test_no_blasts_are_a_stated_floor_with_its_sensitivity():
    """The table's rows of 0.01 % and 0.10 %: 23 714.0 and 21 954.3 ng h/mL."""
    document = exposure_document(exposure_of("garrett-2019", BODY | {"blasts": "0"}, COURSE))
    areas = {a["blasts"]: round(a["auc_0_672h_ng_h_per_mL"], 1) for a in
             document["auc_0_672h_at_floors"]}  # fmt: skip
    assert document["floor"] == 0.01
    assert areas == {0.01: 23714.0, 0.1: 21954.3}
    text = exposure_text(exposure_of("garrett-2019", BODY | {"blasts": "0"}, COURSE))
    assert "0.01 stands for them" in text
    assert "a model, not a measurement" in text


def test_height_and_weight_give_the_surface():
    """Mosteller of 50 kg and 160 cm: 1.4907 m2; Boer, female: 39.98 kg."""
    given = {"height": "160", "weight": "50", "sex": "female", "age": "20", "blasts": "0.1"}
    found = exposure_of("wu-2024", given, ["0.8@0"]).covariates
    assert round(found["bsa"], 4) == 1.4907
    assert round(found["lbm"], 2) == 39.98


@pytest.mark.parametrize(
    ("model", "given", "doses", "at", "words"),
    [
        ("garret-2019", BODY, COURSE, [], "an encoded model"),
        ("garrett-2019", {"bsa": "1.84"}, COURSE, [], "the blasts in blood"),
        ("garrett-2019", {"blasts": "1"}, COURSE, [], "bsa for garrett-2019"),
        ("garrett-2019", BODY | {"bsa": "184"}, COURSE, [], "bsa from 0.2 to 3.5"),
        ("garrett-2019", BODY | {"blasts": "-1"}, COURSE, [], "blasts of at least 0"),
        ("garrett-2019", BODY | {"blasts": "nan"}, COURSE, [], "no number"),
        ("garrett-2019", BODY, [], [], "at least one dose"),
        ("garrett-2019", BODY, ["0.8"], [], "MG_PER_M2@DAY"),
        ("garrett-2019", BODY, ["0.8@-7"], [], "days from 0"),
        ("garrett-2019", BODY, ["-0.8@0"], [], "doses of at least 0"),
        ("garrett-2019", BODY, COURSE, ["-5"], "times from 0 on"),
        ("garrett-2019", BODY, COURSE, ["1e7"], "within 20000 h"),
        ("garrett-2019", BODY, ["0.8@1e9"], [], "within 20000 h"),
        ("wu-2024", BODY, COURSE, [], "lbm, age for wu-2024"),
    ],
)
def test_what_does_not_fit_is_refused(model, given, doses, at, words):
    with pytest.raises(UsageError, match=words.replace("(", r"\(")):
        exposure_of(model, given, doses, at)


def test_a_parameter_or_model_without_its_source_does_not_load():
    with pytest.raises(ValueFault):
        Parameter("CL1", 1.0, "L/h", "a clause", "", "read")
    with pytest.raises(ValueFault):
        ExposureModel("m", "d", "2020", "", "", "", "", "", (), (0.1,), "", 1.0)
