"""What the terminal shows. Oracle: the lines written by hand for numbers given here."""

from residua.facts.antigen_expression import AntigenExpression
from residua.facts.gate_count import GateCount, GateCounts
from residua.facts.interval import Interval
from residua.facts.mrd_result import Denominator, FileDigest, MrdLevel, MrdResult, PolicyUsed
from residua.views.answer_words import gate_words, mrd_words

POLICY = PolicyUsed("own", "B-ALL", "choice")
FILE = FileDigest("a", "0" * 64)


def level(**changed):
    given = {
        "numerator": 23,
        "denominator": Denominator("nucleated", 264_004),
        "fraction": 23 / 264_004,
        "interval": Interval(0.95, 5.52e-5, 1.31e-4, "exact"),
        "lod": 10 / 264_004,
        "lloq": 40 / 264_004,
        "lod95": None,
        "policy": POLICY,
        "status": "detected below LLOQ",
    }
    return MrdLevel(**given | changed)


def test_a_result_says_what_was_counted_and_what_is_unusual():
    antigen = AntigenExpression("CD22", "blasts", percent=64.04, positive=True)
    result = MrdResult(level(), antigens=(antigen,), flags=("simulated",))
    assert mrd_words(result).splitlines() == [
        "status   detected below LLOQ",
        "counted  23 of 264 004 nucleated",
        "MRD      8.71e-05 (5.52e-05 to 0.000131, counting only)",
        "limits   LOD 3.79e-05, LLOQ 0.000152 (own)",
        "antigen  CD22 on 64 % of blasts, positive",
        "flag     simulated",
    ]


def test_what_cannot_be_assessed_says_why():
    empty = {"numerator": 0, "denominator": Denominator("not stated", 0), "fraction": None}
    none = {"interval": None, "lod": None, "lloq": None}
    words = mrd_words(MrdResult(level(**empty, **none, status="not assessable", reason="no cells")))
    assert words.splitlines() == ["status   not assessable: no cells", "counted  0 of 0 cells"]


def test_gates_stand_below_their_parents():
    counts = (
        GateCount("cells", None, ("cells",), 90_000, 100_000, 90_000),
        GateCount("others", None, ("others",), 0, 100_000),
        GateCount("B", "cells", ("cells", "B"), 1234, 90_000),
    )
    words = gate_words(GateCounts(FILE, FILE, None, 100_000, counts))
    assert words.splitlines() == [
        "all events  100 000",
        "  cells      90 000  90 %  (FlowJo: 90 000)",
        "    B         1 234  1.37 %",
        "  others          0  0 %",
    ]
