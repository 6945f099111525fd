"""The cells of CTCAE against a second transcription of the fact sheets, by hand and by section.

Oracle: `treatment.md` sections B1 to B4 and `verified.md` 2.1 to 2.3 and 3.1, which name their
sources; nothing here reads a rule file. "G" rows say the grade of each value; two grades in one
row are those that a value alone leaves open.
"""

from __future__ import annotations

import pytest

from residua.facts.quantity import Quantity
from residua.main.graders import grader_of
from residua.standards.grade_inputs import GradeInputs

Grades = int | tuple[int, ...]


def grade(
    term: str, version: str, value: str, unit: str = "", given: dict[str, str] | None = None
) -> Grades:
    """The grade, or those that stay possible."""
    said = dict(given or {})
    limits = {
        name: Quantity.parse(said.pop(name), default_unit=unit)
        for name in ("lln", "uln", "baseline")
        if name in said and said[name] not in ("normal", "high", "low", "none")
    }
    read = Quantity.parse(value, default_unit=unit) if value else None
    found = grader_of("ctcae", version)(term, GradeInputs(value=read, findings=said, **limits))
    return found.possible if found.grade is None else found.grade


def rows(text: str) -> dict[str, Grades]:
    """``150:0 149:1 3:2|3``."""
    pairs = (pair.rsplit(":", 1) for pair in text.split())
    return {
        value: int(said) if "|" not in said else tuple(map(int, said.split("|")))
        for value, said in pairs
    }


# verified.md 3.1: falls, the lower bound inclusive; the equal value never in the worse grade.
COUNTS = [
    ("5.0", "platelets", "10*9/L", "150", "150:0 149:1 75:1 74.9:2 50:2 49.9:3 25:3 24.9:4 12:4"),
    ("6.0", "platelets", "10*9/L", "150", "150:0 149:1 75:1 74.9:2 50:2 49.9:3 12:3 10:3 9.9:4"),
    ("5.0", "neutrophils", "10*9/L", "2", "2:0 1.9:1 1.5:1 1.49:2 1:2 0.99:3 0.5:3 0.49:4"),
    (
        "6.0",
        "neutrophils",
        "10*9/L",
        "2",
        "1.9:0 1.5:0 1.49:1 1:1 0.99:2 0.5:2 0.49:3 0.1:3 0.09:4",
    ),
    ("5.0", "lymphocytes", "10*9/L", "1", "1:0 0.9:1 0.8:1 0.79:2 0.5:2 0.49:3 0.2:3 0.19:4"),
    ("6.0", "lymphocytes", "10*9/L", "1", "1:0 0.99:1 0.5:1 0.1:1"),
    *[
        (version, term, unit, lln, cells)
        for version in ("5.0", "6.0")
        for term, unit, lln, cells in (
            ("wbc", "10*9/L", "4", "4:0 3.9:1 3:1 2.9:2 2:2 1.9:3 1:3 0.9:4"),
            ("lymphocytes-high", "10*9/L", "1", "4:0 4.1:2 20:2 20.1:3"),
            ("cd4", "10*9/L", "0.6", "0.6:0 0.59:1 0.5:1 0.49:2 0.2:2 0.19:3 0.05:3 0.049:4"),
            ("leukocytosis", "10*9/L", "4", "100:0 100.1:3 400:3"),
            ("hemoglobin", "g/L", "130", "130:0 129:1 100:1 99:2 80:2 79:3 30:3"),
        )
    ],
]


@pytest.mark.parametrize(("version", "term", "unit", "lln", "cells"), COUNTS)
def test_counts(version: str, term: str, unit: str, lln: str, cells: str) -> None:
    """B1 and 3.1; 0.9 of section 0: Hb 79 is G3, platelets 12 are G4 in 5.0 and G3 in 6.0."""
    given = {} if term in ("lymphocytes-high", "leukocytosis") else {"lln": lln}
    for value, expected in rows(cells).items():
        assert grade(term, version, value, unit, given) == expected, value


@pytest.mark.parametrize("version", ["5.0", "6.0"])
def test_a_missing_limit_leaves_only_the_grades_that_need_it(version: str) -> None:
    """B: missing LLN gives no grade 1; the absolute cells stay gradeable."""
    assert grade("platelets", version, "100", "10*9/L") == (0, 1)
    assert grade("platelets", version, "60", "10*9/L") == 2
    assert grade("hemoglobin", version, "90", "g/L") == 2
    assert grade("alt", version, "200", "U/L") == (0, 1, 2, 3, 4)


# verified.md 3.1, multiples of ULN 40 (normal baseline 20) or of a raised baseline of 100.
ENZYMES = [
    ("5.0 6.0", "alt ast", "20", "40:0 40.1:1 120:1 120.1:2 200:2 200.1:3 800:3 800.1:4"),
    ("5.0", "alt ast", "100", "100:0 149:0 150:1 300:1 301:2 500:2 501:3 2000:3 2001:4"),
    ("6.0", "alt ast", "100", "99:0 100:1 150:1 151:2 200:2 201:3 400:3 401:4"),
    ("6.0", "alt ast", "300", "299:0 300:1 450:1 451:2 600:2 601:3 1200:3 1201:4"),
    ("5.0", "alp ggt", "20", "40:0 40.1:1 100:1 100.1:2 200:2 200.1:3 800:3 800.1:4"),
    ("5.0", "alp ggt", "100", "100:0 199:0 200:1 250:1 251:2 500:2 501:3 2000:3 2001:4"),
    ("6.0", "alp", "20", "40:0 40.1:1 900:1"),
    ("6.0", "alp", "100", "100:0 100.1:1 900:1"),
    ("6.0", "ggt", "20", "40:0 40.1:1 100:1 100.1:2 200:2 200.1:3 800:3 800.1:4"),
    ("6.0", "ggt", "100", "99:0 100:1 150:1 151:2 300:2 301:3 1000:3 1001:4"),
]


@pytest.mark.parametrize(("versions", "terms", "baseline", "cells"), ENZYMES)
def test_enzymes(versions: str, terms: str, baseline: str, cells: str) -> None:
    """B2: abnormal is above ULN; the gap of 5.0 (1 to <1.5 BL, <2 BL of ALP and GGT) is grade 0."""
    given = {"uln": "40", "lln": "5", "baseline": baseline}
    for version in versions.split():
        for term in terms.split():
            for value, expected in rows(cells).items():
                assert grade(term, version, value, "U/L", given) == expected, (version, term, value)


BILIRUBIN = [
    ("5.0 6.0", "8", "20:0 20.1:1 30:1 30.1:2 60:2 60.1:3 200:3 200.1:4"),
    ("5.0", "40", "40:0 40.1:1 60:1 60.1:2 120:2 120.1:3 400:3 400.1:4"),
    ("6.0", "40", "39:0 40:1 60:1 60.1:2 100:2 100.1:3 400:3 400.1:4"),
]


@pytest.mark.parametrize(("versions", "baseline", "cells"), BILIRUBIN)
def test_bilirubin(versions: str, baseline: str, cells: str) -> None:
    """B2 and 3.1, ULN 20 umol/L: 5.0 is strict at its raised baseline, 6.0 is not."""
    for version in versions.split():
        for value, expected in rows(cells).items():
            given = {"uln": "20", "baseline": baseline}
            assert grade("bilirubin", version, value, "umol/L", given) == expected, value


CREATININE = [
    # ULN 100, LLN 60; 5.0 counts multiples of any baseline, 6.0 only of one below LLN
    ("5.0", "80", "100:0 100.1:1 120:1 120.1:2 240:2 240.1:3 600:3 600.1:4"),
    ("6.0", "80", "100:0 100.1:1 150:1 150.1:2 300:2 300.1:3 600:3 600.1:4"),
    ("6.0", "50", "75:0 75.1:2 150:2 150.1:3 600:3 600.1:4"),
]


@pytest.mark.parametrize(("version", "baseline", "cells"), CREATININE)
def test_creatinine(version: str, baseline: str, cells: str) -> None:
    """B2, 2.3: the baseline of 6.0 counts only below LLN; grade 4 goes by ULN."""
    given = {"lln": "60", "uln": "100", "baseline": baseline}
    for value, expected in rows(cells).items():
        assert grade("creatinine", version, value, "umol/L", given) == expected, value


def test_creatinine_clearance() -> None:
    """3.1: 26-49 G2, 10-25 G3; below 10 another term is asked for, which is no grade 0."""
    for value, expected in rows("50:0 49:2 26:2 25:3 10:3").items():
        assert grade("crcl", "6.0", value, "mL/min") == expected
    assert grade("crcl", "6.0", "9", "mL/min") == ()


@pytest.mark.parametrize("version", ["5.0", "6.0"])
def test_fibrinogen(version: str) -> None:
    """3.1 (5=6), LLN 2 g/L: by LLN, by the fall of an abnormal value, below 0.5 always G4."""
    alone = "2:0 1.99:1 1.5:1 1.49:2 1:2 0.99:3 0.5:3 0.49:4"
    for value, expected in rows(alone).items():
        given = {"lln": "2", "baseline": value}
        assert grade("fibrinogen", version, value, "g/L", given) == expected, value
    falls = {"2.3": "1.8:1", "2.4": "1.8:2", "3.6": "1.8:3", "7.2": "1.8:4", "20": "2:0"}
    for baseline, cells in falls.items():
        for value, expected in rows(cells).items():
            given = {"lln": "2", "baseline": baseline}
            assert grade("fibrinogen", version, value, "g/L", given) == expected, baseline
    assert grade("fibrinogen", version, "0.49", "g/L") == 4


PANCREAS = [
    ("5.0", "lipase amylase", "", "60:0 61:1 90:1 91:2 120:2 121:2|3 300:2|3 301:3|4"),
    ("5.0", "lipase amylase", "none", "121:2 300:2 301:3"),
    ("5.0", "lipase amylase", "mild", "121:3 300:3 301:4"),
    ("6.0", "lipase", "", "60:0 61:1 90:1 91:2 180:2 181:2|3 300:2|3 301:3|4"),
    ("6.0", "lipase", "none", "181:2 300:2 301:3"),
    ("6.0", "lipase", "mild", "181:3 300:3 301:4"),
    ("6.0", "amylase", "", "91:2 120:2 121:2|3 300:2|3 301:3|4"),
    ("6.0", "amylase", "mild", "121:2 300:2 301:4"),
    ("6.0", "amylase", "moderate", "121:3 300:3 301:4"),
    ("6.0", "amylase", "none", "121:2 300:2 301:3"),
]


@pytest.mark.parametrize(("version", "terms", "symptoms", "cells"), PANCREAS)
def test_lipase_and_amylase(version: str, terms: str, symptoms: str, cells: str) -> None:
    """2.3 and 3.1, ULN 60: a value alone gives a range; 6.0 moved lipase, not amylase, to 3 ULN."""
    given = {"uln": "60"} | ({"symptoms": symptoms} if symptoms else {})
    for term in terms.split():
        for value, expected in rows(cells).items():
            assert grade(term, version, value, "U/L", given) == expected, (term, value)


@pytest.mark.parametrize("version", ["5.0", "6.0"])
def test_clotting(version: str) -> None:
    """3.1 (5=6)."""
    free = {"anticoagulation": "no"}
    for value, expected in rows("1.2:0 1.21:1 1.5:1 1.51:2 2.5:2 2.51:3").items():
        assert grade("inr", version, value, "{INR}", free) == expected
    on = {"anticoagulation": "yes", "baseline": "1"}
    assert grade("inr", version, "1.1", "{INR}", on) == 1
    assert grade("inr", version, "1", "{INR}", free | {"bleeding": "yes"}) == 3
    for value, expected in rows("40:0 40.1:1 60:1 60.1:2 100:2 100.1:3").items():
        assert grade("aptt", version, value, "s", {"uln": "40"}) == expected
    assert grade("aptt", version, "40", "s", {"uln": "40", "bleeding": "yes"}) == 3


@pytest.mark.parametrize("version", ["5.0", "6.0"])
def test_qtc(version: str) -> None:
    """3.1: rounded to whole milliseconds; a rise of more than 60 ms is G3 (not G2)."""
    cells = "449:0 449.4:0 449.5:1 450:1 480.4:1 480.5:2 481:2 500.4:2 500.5:3 501:3"
    for value, expected in rows(cells).items():
        assert grade("qtc", version, value, "ms", {"baseline": "445"}) == expected, value
    assert grade("qtc", version, "440", "ms", {"baseline": "380"}) == 0
    assert grade("qtc", version, "441", "ms", {"baseline": "380"}) == 3
    assert grade("qtc", version, "440", "ms", {"baseline": "430", "arrhythmia": "torsade"}) == 4
    assert grade("qtc", version, "440", "ms") == (0, 3)


@pytest.mark.parametrize("version", ["5.0", "6.0"])
def test_fever_and_febrile_neutropenia(version: str) -> None:
    """B3: no G1-2 of febrile neutropenia; >38.3 once or >=38 for more than an hour, ANC <1.0."""
    for value, expected in rows("37.9:0 38:1 39:1 39.1:2 40:2 40.1:3|4").items():
        assert grade("fever", version, value, "Cel") == expected
    assert grade("fever", version, "40.1", "Cel", {"over_24_h": "no"}) == 3
    assert grade("fever", version, "40.1", "Cel", {"over_24_h": "yes"}) == 4
    term = "febrile-neutropenia"
    for anc, heat, sustained, expected in (
        ("0.99", "38.4", "no", 3), ("0.99", "38.3", "no", 0), ("0.99", "38", "yes", 3),
        ("0.99", "37.9", "yes", 0), ("1", "39", "yes", 0),
    ):  # fmt: skip
        given = {"temperature": heat, "sustained": sustained}
        assert grade(term, version, anc, "10*9/L", given) == expected, (anc, heat)
    assert grade(term, version, "0.5", "10*9/L", {"temperature": "38.2"}) == (0, 3)


@pytest.mark.parametrize(
    ("version", "term", "given", "expected"),
    [
        ("5.0 6.0", "nausea", {"description": "eating-unchanged"}, 1),
        ("5.0 6.0", "nausea", {"description": "intake-decreased"}, 2),
        ("5.0 6.0", "nausea", {"description": "intake-inadequate"}, 3),
        ("5.0 6.0", "bacteremia", {"description": "culture-positive-without-signs"}, 2),
        ("6.0", "sepsis", {"description": "iv-intervention"}, 3),
        ("6.0", "infections-other", {"description": "mild"}, 1),
        ("6.0", "infections-other", {"description": "moderate"}, 2),
        ("6.0", "infections-other", {"description": "severe"}, 3),
        ("6.0", "sinusoidal-obstruction-syndrome", {"description": "bilirubin-2-to-5"}, 2),
        ("6.0", "sinusoidal-obstruction-syndrome", {"description": "bilirubin-above-5"}, 3),
        ("6.0", "sinusoidal-obstruction-syndrome", {"description": "dialysis"}, 4),
        ("5.0", "cytokine-release-syndrome",
         {"fever": "yes", "hypotension": "fluids", "hypoxia": "none"}, 2),
        ("5.0", "cytokine-release-syndrome",
         {"fever": "yes", "hypotension": "none", "hypoxia": "oxygen-at-least-40-percent"}, 3),
        ("6.0", "cytokine-release-syndrome",
         {"fever": "yes", "hypotension": "none", "hypoxia": "low-flow"}, 2),
        ("6.0", "cytokine-release-syndrome",
         {"fever": "yes", "hypotension": "vasopressor", "hypoxia": "none"}, 3),
    ],
)  # fmt: skip
def test_clinical_terms(version: str, term: str, given: dict[str, str], expected: int) -> None:
    """B3 with 2.1 and 2.2: infections-other has no IV criterion; sepsis has no G1-2."""
    for one in version.split():
        assert grade(term, one, "", given=given) == expected


@pytest.mark.parametrize(
    ("version", "term", "given", "expected"),
    [
        ("5.0", "nausea", {"description": "intake-decreased"}, "unverified"),
        ("6.0", "nausea", {"description": "intake-decreased"}, "read"),
        ("5.0", "qtc", {"value": "470 ms", "baseline": "460 ms"}, "secondary"),
        ("6.0", "qtc", {"value": "470 ms", "baseline": "460 ms"}, "read"),
        ("5.0", "febrile-neutropenia",
         {"value": "0.1 10*9/L", "temperature": "39"}, "read"),
        ("5.0", "cytokine-release-syndrome",
         {"fever": "yes", "hypotension": "vasopressor", "hypoxia": "none"}, "unverified"),
        ("6.0", "cytokine-release-syndrome",
         {"fever": "yes", "hypotension": "vasopressor", "hypoxia": "none"}, "read"),
    ],
)  # fmt: skip
def test_provenance(version: str, term: str, given: dict[str, str], expected: str) -> None:
    """verified.md 1 (rows 10, 13, 14, 18) and 2.1: which cells of 5.0 nobody read."""
    said = dict(given)
    read = {name: Quantity.parse(said.pop(name)) for name in ("value", "baseline") if name in said}
    found = grader_of("ctcae", version)(term, GradeInputs(findings=said, **read))
    assert found.provenance == expected


def test_units() -> None:
    """B4: the value is converted, never the limit."""
    assert grade("hemoglobin", "5.0", "4.9", "mmol/L", {"lln": "8"}) == 3  # 78.96 g/L
    assert grade("hemoglobin", "5.0", "4.97", "mmol/L", {"lln": "8"}) == 2  # 80.08 g/L
    assert grade("platelets", "5.0", "25000", "/uL", {"lln": "150000"}) == 3
    assert grade("fibrinogen", "5.0", "49", "mg/dL", {"lln": "200"}) == 4


@pytest.mark.parametrize("version", ["5.0", "6.0"])
def test_cytopenia_from_an_abnormal_baseline_is_flagged(version: str) -> None:
    """B4: the grade with ``baseline_confounded``."""
    given = GradeInputs(
        value=Quantity.parse("12 10*9/L"), baseline=Quantity.parse("40 10*9/L"),
        lln=Quantity.parse("150 10*9/L"),
    )  # fmt: skip
    found = grader_of("ctcae", version)("platelets", given)
    assert any("baseline_confounded" in flag for flag in found.flags)
