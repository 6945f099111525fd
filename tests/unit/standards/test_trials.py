"""Trials as data. Oracle: the percentages that the sources print beside their counts, and the
rule that nothing loads without its citation."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from residua.errors import InputError, ValueFault
from residua.standards.citing import citing_papers, paper_with, parse_citations
from residua.standards.rulebook import PROVENANCE
from residua.standards.trial import SIDES, as_number
from residua.standards.trial_file import ABOUT, parse_trial
from residua.standards.trial_shelf import find_result, find_trial, trial_shelf

RESULTS = [(trial, result) for trial in trial_shelf() for result in trial.results]
NAMES = [f"{trial.id}/{result.id}" for trial, result in RESULTS]
SOURCES_THAT_DISAGREE = {
    "besponsa-label/qtcf": (4, 162, "3"),
    "essell-1998/vod-placebo": (13, 32, "40"),
    "gimema-lal2317/conversion": (23, 30, "73"),
    "pan-2019/cr-cri-of-enrolled": (24, 34, "70.5"),
    "raff-2007/relapse-of-quantifiable": (13, 15, "89"),
}
HEAD = """
trial = "made"
name = "Made"
registration = ""
about = ["dli"]
population = "nobody"
design = ""
published = "2020"
cite = "Made 2020"
doi = ""
[[arm]]
name = "one"
treatment = "none"
clause = "table 1"
cite = "Made 2020"
provenance = "read"
"""
RESULT = """
[[result]]
id = "cr"
arm = "one"
endpoint = "remission"
denominator = "all"
n = 3
of = 14
percent = "21"
clause = "table 2"
cite = "Made 2020"
provenance = "read"
"""


@pytest.mark.parametrize(("trial", "result"), RESULTS, ids=NAMES)
def test_the_count_gives_the_printed_percentage(trial, result) -> None:
    name = f"{trial.id}/{result.id}"
    printed = as_number(result.percent)
    if result.n is None or printed is None:
        return
    off = abs(Fraction(100 * result.n, result.of) - Fraction(result.percent))
    half = Fraction(1, 2 * 10 ** len(result.percent.partition(".")[2]))
    assert (off > half) == (name in SOURCES_THAT_DISAGREE)
    assert bool(result.disagrees) == (name in SOURCES_THAT_DISAGREE)


@pytest.mark.parametrize("name", SOURCES_THAT_DISAGREE)
def test_a_source_that_disagrees_with_itself_keeps_both_numbers(name) -> None:
    """Label QT 4/162 as 3 %; Essell 13/32 as 40 %; LAL2317 23/30 as 73 %; Raff 13/15 as 89 %."""
    _, result = find_result(name)
    assert (result.n, result.of, result.percent) == SOURCES_THAT_DISAGREE[name]


@pytest.mark.parametrize(("trial", "result"), RESULTS, ids=NAMES)
def test_every_result_is_cited_and_says_whom_it_counts(trial, result) -> None:
    assert result.clause.strip()
    assert result.cite.strip()
    assert result.provenance in PROVENANCE
    assert set(result.weaker.values()) <= {*PROVENANCE}
    assert bool(result.denominator) or result.of is None
    assert result.arm in {arm.name for arm in trial.arms}
    told = (result.n, result.percent, result.median, result.value, result.hazard_ratio)
    assert any(part not in (None, "") for part in told)


def test_every_arm_is_cited() -> None:
    arms = [arm for trial in trial_shelf() for arm in trial.arms]
    assert all(arm.clause and arm.cite and arm.provenance in PROVENANCE for arm in arms)


def test_nothing_stands_twice() -> None:
    assert [name for name, count in Counter(NAMES).items() if count > 1] == []
    assert len({trial.id for trial in trial_shelf()}) == len(trial_shelf())


def test_every_trial_bears_on_something_known() -> None:
    assert all(trial.about and set(trial.about) <= {*ABOUT} for trial in trial_shelf())
    assert {word for trial in trial_shelf() for word in trial.about} == {*ABOUT}


def test_levels_and_sides_are_those_of_the_source() -> None:
    """INO-VATE has 97.5 % intervals and one-sided p values; AALL1621 a 90 % interval."""
    ratios = [f"ino-vate-2016/{e}-ino" for e in ("pfs", "os")] + ["ino-vate-2019/os-ino"]
    assert {find_result(name)[1].hazard_ratio.bounds.level for name in ratios} == {"97.5 %"}
    final = find_result("ino-vate-2019/os-ino")[1]
    assert (final.p.value, final.p.sides, final.p.boundary) == (".0105", "one-sided", ".0104")
    assert final.weaker == {"boundary": "unverified"}
    assert find_result("aall1621/cr-cri")[1].interval.level == "90 %"
    assert find_result("brexu-cel-prior-ino-2024/pfs")[1].hazard_ratio.bounds.level == "95 %"
    assert all(r.p is None or r.p.sides in SIDES for _, r in RESULTS)


def test_what_was_not_read_is_marked() -> None:
    """Still open among the checked facts: safety of 2016, its boundaries, 1.7 months, 6 of 8."""
    unread = [
        "ino-vate-2016/vod-ino", "ino-vate-2016/thrombocytopenia-ino",
        "ino-vate-2016/febrile-neutropenia-sc", "ino-vate-2019/pfs-sc", "papayannidis-2021/mrd",
        "itcc-059/orr-phase-2", "besponsa-label/thrombocytopenia-ino",
    ]  # fmt: skip
    assert {find_result(name)[1].provenance for name in unread} == {"unverified"}


def test_a_result_is_found_by_its_name() -> None:
    trial, result = find_result("gauthier-2021/cr-all")
    assert (trial.id, result.n, result.of) == ("gauthier-2021", 3, 14)


@pytest.mark.parametrize("name", ["gauthier-2020/cr-all", "gauthier-2021/cr", "gauthier-2021"])
def test_an_unknown_result_is_refused_by_name(name) -> None:
    with pytest.raises(ValueFault):
        find_result(name)
    with pytest.raises(ValueFault, match="gauthier-2021"):
        find_trial("gauthier-2020")


def test_the_made_trial_loads() -> None:
    made = parse_trial(HEAD + RESULT, file="made.toml")
    assert made["cr"].percent_fits


BAD = {
    "cite": (RESULT.replace('cite = "Made 2020"\n', ""), "result cr: cite"),
    "clause": (RESULT.replace("table 2", " "), "result cr: clause"),
    "provenance": (RESULT.replace('"read"', '"guess"'), "result cr: provenance"),
    "percent": (RESULT.replace('"21"', '"22"'), "result cr: percent"),
    "without n": (RESULT.replace("of = 14\n", ""), "result cr: of"),
    "more than all": (RESULT.replace("n = 3", "n = 15"), "result cr: of"),
    "whom": (RESULT.replace('denominator = "all"\n', ""), "result cr: denominator"),
    "arm": (RESULT.replace('arm = "one"', 'arm = "two"'), "result cr: arm"),
    "twice": (RESULT + RESULT, "result cr: expected an id of its own"),
    "key": (RESULT + "persent = 1\n", "persent"),
    "a count": (RESULT.replace("n = 3", 'n = "3"'), "result cr: n"),
    "sides": (RESULT + 'p = { value = ".05", sides = "both" }\n', "result cr: p"),
    "half an interval": (RESULT + 'interval = { low = "1" }\n', "result cr: interval"),
    "a bare number": (RESULT + "hazard_ratio = { value = 0.5 }\n", "result cr: hazard_ratio"),
    "disagrees": (RESULT + 'disagrees = "no"\n', "result cr: disagrees"),
    "weaker": (RESULT + 'weaker = { m = "read" }\n', "result cr: weaker"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_faulty_result_does_not_load(name) -> None:
    text, place = BAD[name]
    with pytest.raises(InputError, match=place):
        parse_trial(HEAD + text, file="made.toml")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('cite = "Made 2020"\ndoi', "doi", "cite"),
        ('["dli"]', '["aspirin"]', "about"),
        ('"made"', '"other"', "trial"),
        ('"2020"\ncite', '"2020-13"\ncite', "published"),
        ("design", "desing", "desing"),
    ],
)
def test_a_faulty_head_does_not_load(old, new, place) -> None:
    with pytest.raises(InputError, match=place):
        parse_trial((HEAD + RESULT).replace(old, new, 1), file="made.toml")


def test_a_trial_without_results_says_why() -> None:
    with pytest.raises(InputError, match="a note that says why none"):
        parse_trial(HEAD, file="made.toml")


CITING = """
paper = "made-paper"
doi = "10.1000/XYZ"
cite = "Made paper"
checked_by = ""
[[cited]]
id = "one"
verdict = ["OK"]
says = "21 %"
attributed_to = "Gauthier"
source_says = "21 %"
words = "It holds."
clause = "Discussion"
cite = "Made paper"
provenance = "read"
against = ["gauthier-2021/cr-all"]
"""


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('cite = "Made paper"\nprovenance', "provenance", "cited one: cite"),
        ('["OK"]', '["X"]', "cited one: verdict"),
        ("cr-all", "cr-none", "cited one"),
        ('id = "one"', 'id = "one"\nkind = "gossip"', "cited one: kind"),
        ('paper = "made-paper"', 'paper = "other"', "paper"),
        ('says = "21 %"\n', "", "cited one: says"),
    ],
)
def test_a_faulty_citation_does_not_load(old, new, place) -> None:
    assert parse_citations(CITING, file="made-paper.toml").cited[0].verdict_words == "holds"
    with pytest.raises(InputError, match=place):
        parse_citations(CITING.replace(old, new, 1), file="made-paper.toml")


@pytest.mark.parametrize(
    "reference",
    ["doi:10.1002/ccr3.8289", "https://doi.org/10.1002/CCR3.8289", "see 10.1002/ccr3.8289."],
)
def test_a_paper_is_found_by_any_form_of_its_doi(reference) -> None:
    assert paper_with(reference).id == "huang-2023"


@pytest.mark.parametrize("reference", ["", "doi:10.1002/ccr3.828", "a thesis"])
def test_no_paper_is_found_by_anything_else(reference) -> None:
    assert paper_with(reference) is None


def test_no_statement_stands_twice() -> None:
    ids = [(paper.id, cited.id) for paper in citing_papers() for cited in paper.cited]
    assert len(ids) == len(set(ids))
