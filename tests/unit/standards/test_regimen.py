"""A regimen loads whole or is refused by name. Oracle: the form of a regimen's file."""

from __future__ import annotations

import pytest

from residua.errors import InputError, ValueFault
from residua.standards.drug_rules import drug_rules, parse_drug_rules
from residua.standards.regimen_file import parse_regimen
from residua.standards.regimen_shelf import load_regimen, regimen_names, regimens_called

HEAD = "".join(
    f'{key} = "x"\n' for key in ("regimen", "version", "title", "published", "cite", "doi")
)
SOURCE = 'clause = "c"\ncite = "p"\nprovenance = "read"\n'
CYCLE = f'[[cycle]]\nnumbers = "1"\nlength = "21 d"\n{SOURCE}'


def file(dose: str, source: str = SOURCE, more: str = "") -> str:
    return f'{HEAD}checked_by = ""\n{more}[[dose]]\ndrug = "vincristine"\n{dose}\n{source}'


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        parse_regimen(text, file="x.toml")
    return str(caught.value)


@pytest.mark.parametrize("key", ["clause", "cite", "provenance"])
def test_a_dose_without_its_source_does_not_load(key: str) -> None:
    lines = [line for line in SOURCE.splitlines() if not line.startswith(key)]
    assert f"dose vincristine: {key}" in refused(file('dose = "2 mg"', "\n".join(lines)))
    emptied = SOURCE.replace(f'{key} = "', f'{key} = " " # "')
    assert f"dose vincristine: {key}" in refused(file('dose = "2 mg"', emptied))


@pytest.mark.parametrize(
    ("days", "fits"), [("1", True), ("21", True), ("22", False), ("0", False), ("-1", False)]
)
def test_a_day_beyond_its_cycle_is_refused(days: str, fits: bool) -> None:
    text = file(f'dose = "2 mg"\ndays = "{days}"', more=CYCLE)
    if fits:
        assert parse_regimen(text, file="x.toml").doses[0].days == (int(days),)
    else:
        assert "dose vincristine: days" in refused(text)


@pytest.mark.parametrize(
    ("dose", "named"),
    [
        ('dose = "2 mg/L"', "unit 'mg/L'"),
        ('dose = "2"', "a number without a unit"),
        ('dose = "2 mgg"', "table of units"),
        ('dose = "2 mg"\ncap = "2 Cel"', "unit 'Cel'"),
        ('dose = "2 mg"\nup_to = "1 mg"', "up_to"),
        ('dose = "2 mg"\nevery = "7 h"', "every"),
        ('dose = "2 mg"\nwhen = { age = ">60 kg" }', "when.age"),
        ('dose = "2 mg"\ndosis = "1"', "key 'dosis'"),
        ('dose = "2 mg"\ndays = "first"', "days such as"),
    ],
)
def test_a_dose_that_is_none_is_refused(dose: str, named: str) -> None:
    assert named in refused(file(dose))


def test_a_rule_of_a_drug_without_citation_does_not_load() -> None:
    rule = '[[rule]]\nid = "r"\nkind = "cap"\ntext = "t"\nclause = "c"\nprovenance = "read"\n'
    with pytest.raises(InputError, match="rule r: cite"):
        parse_drug_rules(f'standard = "x"\nversion = "1"\n{rule}')


def test_every_regimen_loads_with_its_sources() -> None:
    for name in regimen_names():
        regimen = load_regimen(name)
        assert regimen.name == name
        assert regimen.doses
        assert all(r.clause and r.cite for r in (*regimen.doses, *regimen.rules, *regimen.cycles))
    assert all(rule.cite for rule in drug_rules().rules)


def test_no_dose_of_the_case_is_filled_in() -> None:
    """What the published case does not state: conditioning, GVHD prophylaxis, IT, depletion."""
    names = ("mbucy-huang-2023", "csa-mmf-mtx-huang-2023", "it-mtx-huang-2023")
    assert all(dose.dose is None for name in names for dose in load_regimen(name).doses)
    depletion = load_regimen("cd19-car-t-huang-2023").doses[1]
    assert (depletion.drug, depletion.dose) == ("lymphodepletion", None)
    assert {d.provenance for n in names for d in load_regimen(n).doses} == {"reported"}


def test_what_no_source_bears_out_is_marked() -> None:
    names = (
        "mbucy-beijing",
        "csa-mmf-mtx-beijing",
        "dli-therapeutic",
        "lymphodepletion-flu-cy-china",
    )
    assert {d.provenance for n in names for d in load_regimen(n).doses} == {"unverified"}


def test_a_name_may_fit_several() -> None:
    assert [r.name for r in regimens_called("Hyper CVAD")] == ["hyper-cvad-a", "hyper-cvad-b"]
    assert [r.name for r in regimens_called("INO-Label")] == ["ino-label"]
    with pytest.raises(ValueFault, match="hdac"):
        load_regimen("hdca")
