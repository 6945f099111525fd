"""Worked courses: a folder each with its facts, and the verdicts that the standards' texts give.

The oracle is `expected.toml`, read off the standards' definitions by hand.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from residua.course.course import arrange
from residua.judgements.families import judge_families
from residua.judgements.judge import judge
from residua.judgements.judgement import Judgement
from residua.readers.case import read_case

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/expected.toml"))


def expected(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "expected.toml").read_text("utf-8"))


def judgements(folder: Path) -> dict[str, Judgement]:
    return {j.id: j for j in judge(arrange(read_case(folder)))}


def of_families(folder: Path) -> dict[str, Judgement]:
    """Every judgement of every family."""
    families = judge_families(arrange(read_case(folder)))
    return {j.id: j for said in families.values() for j in said}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_verdicts(folder: Path) -> None:
    found = judgements(folder)
    wanted = expected(folder).get("verdicts", {})
    assert {name: found[name].verdict or found[name].outcome for name in wanted} == wanted


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_basis(folder: Path) -> None:
    """What is not named as reported is computed."""
    found = judgements(folder)
    told = expected(folder)
    wanted = {
        name: told.get("basis", {}).get(name, "computed")
        for name in told.get("verdicts", {})
        if found[name].outcome == "verdict"
    }
    assert {name: found[name].basis for name in wanted} == wanted


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_not_judged(folder: Path) -> None:
    found, told = judgements(folder), expected(folder)
    assert not {j.subject for j in found.values()} & set(told.get("absent", ()))
    assert not set(found) & set(told.get("none", {}).get("ids", ()))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_said_beside_the_verdict(folder: Path) -> None:
    """Reasons and notes contain the words, and exactly the named inputs are missing."""
    found, told = judgements(folder), expected(folder)
    for name, words in told.get("reason", {}).items():
        assert words in found[name].reason
    for name, words in told.get("notes", {}).items():
        assert words in "; ".join(found[name].notes)
    missing = told.get("missing", {})
    assert {name: sorted(found[name].missing) for name in missing} == {
        name: sorted(inputs) for name, inputs in missing.items()
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_judgement_names_its_clause_and_source(folder: Path) -> None:
    for judgement in judgements(folder).values():
        assert judgement.clause
        assert judgement.cite
        assert judgement.provenance
        assert judgement.reason
        assert (judgement.verdict is not None) == (judgement.outcome == "verdict")


FAMILIES = [folder for folder in FOLDERS if "families" in expected(folder)]


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda folder: folder.name)
def test_families(folder: Path) -> None:
    """``[families]``: id -> verdict or outcome, "(reported)" behind what is not computed."""
    found = of_families(folder)
    wanted = expected(folder)["families"]
    words = {
        name: f"{found[name].verdict or found[name].outcome}"
        + (" (reported)" if found[name].basis == "reported" else "")
        for name in wanted
    }
    assert words == wanted


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda folder: folder.name)
def test_what_is_said_beside_the_families(folder: Path) -> None:
    """Reasons, notes and details contain the words; ``families_none`` ids are not judged."""
    found, told = of_families(folder), expected(folder)
    for name, words in told.get("families_reason", {}).items():
        assert words in found[name].reason
    for name, words in told.get("families_notes", {}).items():
        assert words in "; ".join(found[name].notes)
    for name, details in told.get("families_details", {}).items():
        assert dict(found[name].details).items() >= details.items()
    assert not set(found) & set(told.get("families_none", {}).get("ids", ()))
