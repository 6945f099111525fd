"""Reports of odd series: none of them may fail, and each says what it could not tell.

Oracle: the series, by eye.
"""

import tomllib

import pytest

from residua.facts.mrd_result import Denominator, FileDigest
from residua.facts.validation_series import Series, SeriesResult, SeriesRow
from residua.measures.validation.study import study_of
from residua.measures.validation.validated import Approach, Validated
from residua.readers.validated_policy import read_validated_policy
from residua.standards.assay_validation import validation_numbers
from residua.standards.mrd_counting import find_policy
from residua.views.validation.answer import validation_words
from residua.views.validation.document import validation_text
from residua.views.validation.figures import validation_figures
from residua.views.validation.policy import policy_text
from residua.views.validation.report import validation_report
from residua.views.validation.words import fraction_words

CELLS = 1_000_000


def _validated(given):
    """From (expected or None, blasts, reference) per file; no expected and no reference: blank."""
    results = tuple(
        SeriesResult(
            SeriesRow(
                n + 2, f"{n}.fcs", expected, expected is None and reference is None, f"r{n % 3}",
                "<b>A&B</b>", "X", "2024", "", "", reference,
            ),
            f"{n:064x}", blasts, Denominator("nucleated", CELLS),
            "quantified" if blasts >= 40 else "detected below LLOQ" if blasts >= 10
            else "not detected",
        )
        for n, (expected, blasts, reference) in enumerate(given)
    )  # fmt: skip
    numbers = validation_numbers()
    return Validated(
        Series("s.csv", "a" * 64, tuple(r.row for r in results)),
        Approach("gates", FileDigest('fl"ow.toml', "b" * 64), find_policy(None)),
        results, (), study_of(results, numbers), numbers, None,
    )  # fmt: skip


ODD = {
    "blanks of nothing": [(None, 0, None)] * 60,
    "one blank": [(None, 3, None)],
    "levels of nothing": [(level, 0, None) for level in (1e-5, 1e-4, 1e-3) for _ in range(5)],
    "references only": [(None, blasts, 1e-4) for blasts in (50, 100, 200, 0)],
    "each level once": [(level, int(level * CELLS), None) for level in (1e-5, 1e-4, 1e-3, 1e-2)],
    "all alike": [(level, int(level * CELLS), level) for level in (1e-4, 1e-3, 1e-2)] * 6,
    "upside down": [(1e-5, 90, None), (1e-4, 15, None), (1e-3, 3, None)] * 5,
}


@pytest.mark.parametrize("given", ODD.values(), ids=ODD)
def test_every_series_has_its_report(given, tmp_path):
    found = _validated(given)
    figures = validation_figures(found)
    page = validation_report(found, dict.fromkeys((f"{name}.png" for name in figures), b"png"))
    assert "<b>A&B</b>" not in page
    assert "NaN" not in validation_text(found)
    assert validation_words(found)
    path = tmp_path / "policy.toml"
    path.write_text(policy_text(found))
    read = read_validated_policy(path)
    assert (read.lod, read.lloq, read.disease) == (10, 40, "B-ALL")
    assert ("lod" in tomllib.loads(path.read_text())["validated"]) == (
        found.study.claimed_lod is not None
    )


def test_what_the_odd_series_say():
    studies = {name: _validated(given).study for name, given in ODD.items()}
    assert all(study.claimed_lod is None for study in studies.values())
    assert studies["blanks of nothing"].blank.nonparametric == 0
    assert "1 blank" in studies["one blank"].blank.reason
    assert studies["levels of nothing"].detection.reason == "no level was ever detected"
    assert [one.against for one in studies["references only"].agreements] == ["reference"]
    assert "5 results" in studies["each level once"].quantification.reason
    assert studies["all alike"].quantification.level == 1e-4
    assert studies["all alike"].linearity.slope == pytest.approx(1)
    assert "not detected more often" in studies["upside down"].detection.reason


@pytest.mark.parametrize(
    ("value", "words"),
    [(3.1e-5, "3.1e-5"), (1e-4, "1e-4"), (0.01, "1e-2"), (0.25, "0.25"), (0, "0")],
)
def test_fractions_in_words(value, words):
    assert fraction_words(value) == words
