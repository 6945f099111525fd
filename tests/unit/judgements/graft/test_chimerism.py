"""Donor chimerism. Oracle: the two printed limits, above 95 % and at least 95 %, by hand."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.laboratory import Lab
from residua.facts.treatment import Transplant
from residua.judgements.graft.graft import judge_graft
from residua.judgements.judgement import Judgement

FULL, MIXED = "full donor chimerism", "mixed chimerism"


def judged(*facts: Fact, donor: str | None = "sibling") -> dict[str, Judgement]:
    graft = Transplant.model_validate({"id": "hsct", "date": "2020-01-10", "donor": donor})
    found = judge_graft(arrange(Case("x", "x", (graft, *facts))))
    return {f"{j.subject}/{j.term}": j for j in found if j.standard == "chimerism"}


def lab(value: str, name: str = "c", analyte: str = "chimerism", date: str = "hsct+30d") -> Lab:
    return Lab.model_validate(
        {"id": name, "date": date, "analyte": analyte, "value": value, "unit": "%"}
    )


def stated(text: str) -> Assessment:
    row = {"id": "c", "date": "hsct+30d", "kind": "chimerism", "value": text}
    return Assessment.model_validate(row)


def words(found: dict[str, Judgement]) -> dict[str, str]:
    return {name: judgement.verdict or judgement.outcome for name, judgement in found.items()}


@pytest.mark.parametrize(
    ("value", "over", "from_"),
    [
        ("4.9", "rejection", "rejection"),
        ("5", MIXED, MIXED),
        ("94.9", MIXED, MIXED),
        ("95", MIXED, FULL),
        ("95.1", FULL, FULL),
        (">95", FULL, FULL),
        (">=95", "not assessable", FULL),
        ("<5", "rejection", "rejection"),
        (">90", "not assessable", "not assessable"),
    ],
)
def test_both_limits(value: str, over: str, from_: str) -> None:
    found = words(judged(lab(value)))
    assert found == {"c/chimerism-over-95": over, "c/chimerism-from-95": from_}


def test_at_95_percent_both_say_that_they_disagree() -> None:
    for judgement in judged(lab("95")).values():
        assert any("at 95 % the two disagree" in note for note in judgement.notes)
        assert judgement.provenance == "unverified"


def test_a_lineage_is_named() -> None:
    found = judged(lab("98", analyte="chimerism-cd3"))
    assert found["c/chimerism-over-95"].verdict == f"{FULL}: CD3"
    assert dict(found["c/chimerism-over-95"].details)["lineage"] == "CD3"
    alone = judged(lab("98"))["c/chimerism-over-95"]
    assert any("asks for both" in note for note in alone.notes)
    assert dict(alone.details) == {"day": "day 30 after hsct"}


def test_an_assessment_may_state_several_lineages() -> None:
    found = words(judged(stated("T cells 80 %; myeloid >99 % donor")))
    assert found == {
        "c/chimerism-over-95-t-cells": f"{MIXED}: T cells",
        "c/chimerism-from-95-t-cells": f"{MIXED}: T cells",
        "c/chimerism-over-95-myeloid": f"{FULL}: myeloid",
        "c/chimerism-from-95-myeloid": f"{FULL}: myeloid",
    }


def test_recipient_cells_are_the_rest() -> None:
    found = words(judged(stated("recipient <4 %")))
    assert set(found.values()) == {FULL}
    assert set(words(judged(stated("recipient 5 %"))).values()) == {MIXED, FULL}


def test_a_word_is_a_report() -> None:
    found = judged(stated("full donor"))["c/chimerism-over-95"]
    assert (found.verdict, found.basis) == (FULL, "reported")
    assert found.missing == ("donor chimerism",)


@pytest.mark.parametrize(
    "text", ["120 %", "high", "98 % or 99 %", "98 %, 80 %", "CD3 98 %, CD3 80 %"]
)
def test_what_is_not_understood_is_not_assessable(text: str) -> None:
    for judgement in judged(stated(text)).values():
        assert judgement.outcome == "not assessable"
        assert text not in judgement.reason


def test_two_values_of_one_day_are_not_chosen_from() -> None:
    found = words(judged(lab("99"), lab("80", "d")))
    assert found["c/chimerism-over-95"] == "not assessable"
    agreeing = words(judged(lab("99"), lab("98", "d")))
    assert agreeing["c/chimerism-over-95"] == FULL


def test_only_a_donors_graft_is_judged() -> None:
    own = judged(lab("99"), donor="autologous")
    assert words(own)["c/chimerism-over-95"] == "does not apply"
    early = judged(lab("99", date="hsct-30d"))
    assert words(early)["c/chimerism-over-95"] == "does not apply"
