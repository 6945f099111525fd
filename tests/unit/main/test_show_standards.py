"""The standards in words. Oracle: the fact sheet's rules, and the files of the standards."""

from __future__ import annotations

from pathlib import Path

import pytest

from residua.errors import UsageError
from residua.judgements.judge import standard_names
from residua.main.show_standards import show_standards


def test_every_standard_stands_on_the_shelf() -> None:
    text = show_standards()
    assert all(name in text for name in standard_names())


def test_a_standard_shows_its_limit_clause_citation_and_provenance() -> None:
    """ELN 2024: marrow blasts below 5 %, neutrophils above 1.0, failure at MRD of 1 %."""
    text = show_standards("eln-all")
    assert text == show_standards("eln-all 2024")
    assert "marrow blasts below 5 %" in text
    assert "neutrophils above 1.0 10*9/L" in text
    assert "10.1182/blood.2023020794" in text
    assert "read]" in text


PROMISED = (
    "eln-all 2024", "nci 2010", "cibmtr current", "nccn current", "ino-vate 2016",
    "ponte-di-legno 2022", "mrd-terms 2010", "ctcae 5.0", "ctcae 6.0", "astct-crs 2019",
    "astct-icans 2019", "lee 2014", "penn 2018", "icaht 2023", "t-icaht 2025", "ebmt-vod 2016",
    "ebmt-vod 2023", "ebmt-vod-paediatric 2018", "baltimore", "seattle", "magic 2016",
    "glucksberg 1994", "nih-cgvhd 2014", "astct-engraftment 2024", "cibmtr-engraftment current",
    "chimerism current", "clinical-risk current", "nccn-genetics current", "eln-genetics 2024",
    "relapse-mechanism 1.0",
)  # fmt: skip
PAGES = Path(__file__).parents[3] / "docs" / "reference" / "rulebook"


@pytest.mark.parametrize("name", PROMISED)
def test_every_promised_standard_is_listed_shown_and_has_its_page_by_example(name: str) -> None:
    standard, _, version = name.partition(" ")
    assert name in " ".join(show_standards().split())
    assert version in show_standards(name)
    page = (PAGES / f"{standard}.md").read_text(encoding="utf-8")
    assert f"{standard} {version}".strip() in page
    assert page.count("\n| ") >= 2


def test_a_standard_that_is_not_encoded_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="eln-all"):
        show_standards("eln")


def test_trials_stand_on_the_shelf_and_are_shown_by_their_id() -> None:
    """INO-VATE final: OS 7.7 vs 6.2 months, HR 0.75 at 97.5 %, one-sided P .0105."""
    assert "trials" in show_standards().splitlines()[-1]
    assert "ino-vate-2019" in show_standards("trials")
    text = " ".join(show_standards("ino-vate-2019").split())
    assert "HR 0.75 (97.5 % CI .57-.99, two-sided); p .0105 (one-sided)" in text
    assert "10.1002/cncr.32116" in text


def test_a_citing_paper_is_shown_beside_its_sources() -> None:
    text = " ".join(show_standards("huang-2023").split())
    assert "says: CR 73.8 vs 30.9 %" in text
    assert "The source: 80.7 vs 29.4 %" in text


def test_a_misspelt_trial_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="ino-vate-2019"):
        show_standards("ino-vate-2091")


@pytest.mark.parametrize("name", ["drug-rules", "ino-label", "ino-label 2024", "icaht 2023"])
def test_what_a_judgement_names_as_its_standard_is_shown(name: str) -> None:
    """Doses are judged under the regimen that a treatment names, or under drug-rules."""
    assert name.partition(" ")[0] in show_standards(name).splitlines()[0]


def test_the_interval_of_inotuzumab_stands_among_the_drug_rules() -> None:
    """At least 6 days between doses, by the label."""
    text = show_standards("drug-rules")
    assert "at least 6 days apart" in text
    assert "read]" in text


def test_a_name_like_none_is_not_answered_by_a_list_of_a_hundred() -> None:
    with pytest.raises(UsageError, match="residua standards lists what is") as told:
        show_standards("qqqq")
    assert "astct" not in str(told.value)


def test_numbers_among_findings_are_called_so() -> None:
    """ICE is a whole number from 0 to 10, without a unit."""
    assert "ice (a number)" in show_standards("astct-icans")
