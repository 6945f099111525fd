"""One name per cytokine. Oracle: the spellings of plates, panels and papers, listed by hand."""

import tomllib
from collections import Counter
from importlib import resources

import pytest

from residua.facts.cytokine_names import canonical_cytokine, laboratory_name
from residua.facts.laboratory import Cytokine, canonical_analyte

SAME = {
    "IL-6": ["IL6", "il-6", "Interleukin-6", "Human IL-6", "IL-6 (B4)", "Hu IL-6 (19)"],
    "IFN-γ": ["IFNg", "IFN-gamma", "IFN gamma", "IFN-g", "Interferon-gamma", "IFN-γ (A6)"],
    "TNF-α": ["TNF", "TNFa", "TNF-alpha", "Human TNF"],
    "sIL-2Rα": ["sCD25", "CD25", "sIL-2R", "sIL2Ra", "sIL-2Rα/CD25", "soluble IL-2 receptor"],
    "IL-8": ["CXCL8", "IL-8 (CXCL8)", "IL-8 (A7)"],
    "IL-12p70": ["IL-12 (p70)", "IL-12p70 (A10)", "il-12P70"],
    "IL-1β": ["IL-1b", "IL1B", "IL-1 beta"],
    "MCP-1": ["CCL2", "MCP-1 (CCL2)"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "spellings"), SAME.items())
def test_spellings_of_one_cytokine_meet(name, spellings):
    assert {canonical_cytokine(word) for word in (name, *spellings)} == {name}


@pytest.mark.parametrize("name", ["IL-17", "IFN-α", "TNFR", "Etramp5_ag1", "IL-1", "IL-12"])
def test_a_name_that_is_unknown_or_may_mean_several_keeps_itself(name):
    assert canonical_cytokine(f" {name} ") == name


def test_ferritin_is_a_laboratory_value():
    assert laboratory_name("Ferritin") == "ferritin"
    assert laboratory_name("C-reactive protein") == "crp"
    assert laboratory_name("IL-6") is None


def test_laboratory_values_have_the_names_of_the_laboratory():
    for name in ("ferritin", "crp", "albumin"):
        assert laboratory_name(name) == canonical_analyte(name)


def test_no_spelling_means_two():
    """Read from the table itself, with the plain rule that case and signs do not matter."""
    text = resources.files("residua.facts").joinpath("cytokine_names.toml").read_text("utf-8")
    table = tomllib.loads(text)
    words = [
        "".join(c for c in word.casefold() if c.isalnum())
        for part in table.values()
        for name, others in part.items()
        for word in {name, *others}
    ]
    named = {n: canonical_cytokine(n) for n in table["names"]}
    assert all(name == found for name, found in named.items())
    twice = [word for word, times in Counter(words).items() if times > 1]
    assert twice == []


def test_a_fact_carries_the_common_name():
    fact = Cytokine.model_validate({"id": "c", "analyte": "il6", "value": "5 pg/mL"})
    assert fact.analyte == "IL-6"
