"""Every rule has its clause, citation and provenance, and none rests on the simulator.

Oracle: the design's record of a rule and its closed list of provenance words.
"""

import tomllib
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "residua"
STANDARDS = SOURCE / "standards"
PROVENANCE = {"read", "abstract", "secondary", "unverified", "computed", "choice", "reported"}
LIMITS = {"at", "at_least", "at_most", "above", "below"}
DECIDES = LIMITS | {"clause", "provenance", "verdict", "grade"}
UNREAD = ("from memory", "general knowledge", "source not read")
FILES = sorted(STANDARDS.rglob("*.toml"))


def _rules(value, place=""):
    """Every table of the file that decides something or says where a decision comes from.

    An exclusion only names verdicts, each with the clause of its own definition.
    """
    if isinstance(value, dict):
        if DECIDES & value.keys() and "excludes" not in value:
            yield place, value
        for key, inner in value.items():
            yield from _rules(inner, f"{place}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _rules(inner, f"{place}[{number}]")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(STANDARDS).as_posix())
def test_every_rule_is_cited(file):
    wrong = [
        f"{place} {rule.get('id', '')}: {key}"
        for place, rule in _rules(tomllib.loads(file.read_text(encoding="utf-8")))
        for key in ("clause", "cite", "provenance")
        if not str(rule.get(key, "")).strip()
    ]
    assert wrong == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(STANDARDS).as_posix())
def test_provenance_is_one_of_the_known_words(file):
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    found = {rule["provenance"] for _, rule in _rules(table) if "provenance" in rule}
    assert found <= PROVENANCE


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(STANDARDS).as_posix())
def test_what_counts_as_read_does_not_say_that_nobody_read_it(file):
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    wrong = [
        f"{place} {rule.get('id', '')}"
        for place, rule in _rules(table)
        if rule.get("provenance") in {"read", "abstract", "secondary"}
        and any(words in str(rule.get("cite", "")) for words in UNREAD)
    ]
    assert wrong == []


def test_no_rule_and_no_judgement_uses_an_assumption_of_the_simulator():
    places = [
        path
        for folder in (STANDARDS, SOURCE / "judgements")
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".py", ".toml"}
    ]
    text = {path: path.read_text(encoding="utf-8") for path in places}
    wrong = [p.name for p, t in text.items() if "residua.simulate" in t or "assumptions.toml" in t]
    assert wrong == []
