"""The fall of MRD. Oracle: log10 by hand: 3 % to 2.68e-5 is 3.05, 1 % to 1e-4 is 2."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.judgements.families import judge_families
from residua.readers.case import read_case

HEAD = """
kind = "residua.case"
version = "1.0"
title = "made"
[diagnosis]
date = "2022-01-03"
disease = "B-cell acute lymphoblastic leukaemia"
[[treatment]]
id = "first"
start = "2022-01-10"
intent = "induction"
{before}
[[treatment]]
id = "second"
start = "2022-03-01"
intent = "re-induction"
[[mrd]]
id = "now"
date = "2022-04-01"
tissue = "marrow"
method = "flow"
{now}
"""
FLOW = '[[mrd]]\nid = "old"\ndate = "2022-02-10"\ntissue = "marrow"\nmethod = "{0}"\n{1}\n'
SMEAR = '[[assessment]]\nid = "smear"\ndate = "2022-02-10"\nkind = "morphology"\nblasts = "3 %"\n'


def falls(folder, before, now='status = "quantified"\nfraction = "1e-4"'):
    (folder / "case.toml").write_text(HEAD.format(before=before, now=now), encoding="utf-8")
    families = judge_families(arrange(read_case(folder)))
    said = [j for j in families["response"] if j.standard == "mrd-terms" and "now" in j.facts]
    return {note for j in said for note in j.notes if "log10" in note}


def flow(level, method="flow"):
    return FLOW.format(method, level)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (flow('fraction = "1 %"'), "2.00 log10 below the 1 % by flow"),
        (SMEAR, "2.48 log10 below the 3 % by morphology"),
        (flow('fraction = "1 %"', "pcr"), "2.00 log10 below the 1 % by pcr"),
    ],
)
def test_the_fall_since_the_reading_before(tmp_path, before, words) -> None:
    (told,) = falls(tmp_path, before)
    assert told.startswith(words)
    assert ("across methods" in told) == ("by flow" not in words)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("", 'fraction = "1e-4"'),
        (flow('fraction = "<0.01 %"'), 'fraction = "1e-5"'),
        (flow('status = "not detected"\nlod = "1e-5"'), 'fraction = "1e-4"'),
        (flow('fraction = "1e-5"'), 'fraction = "1e-4"'),
        (flow('fraction = "1 %"'), 'fraction = "<1e-4"'),
        (flow('fraction = "1 %"'), 'status = "not detected"\nlod = "1e-5"'),
        (flow('fraction = "1 %"'), 'status = "positive"'),
    ],
    ids=["nothing before", "a bound", "negative", "a rise", "now a bound", "gone", "no number"],
)
def test_no_fall_is_told_without_two_exact_numbers(tmp_path, before, now) -> None:
    assert not falls(tmp_path, before, now)
