"""What goes with a drug in any regimen: caps, vials, rescue, intervals; see drug_rules.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from residua.errors import Fault, InputError
from residua.standards.regimen import RegimenRule
from residua.standards.regimen_file import read_records, read_rule

_FILE = "drug_rules.toml"


@dataclass(frozen=True)
class DrugRules:
    """All rules, under the name of a standard."""

    standard: str
    version: str
    rules: tuple[RegimenRule, ...]

    def of(self, drug: str, kind: str | None = None) -> tuple[RegimenRule, ...]:
        """The rules of a drug, of one kind or of all."""
        return tuple(r for r in self.rules if r.drug == drug and kind in (None, r.kind))

    @property
    def rounding(self) -> RegimenRule:
        """By how much of itself a dose may be rounded."""
        return next(r for r in self.rules if r.kind == "rounding" and not r.drug)


@cache
def drug_rules() -> DrugRules:
    """The rules of the file."""
    return parse_drug_rules(files("residua.standards").joinpath(_FILE).read_text("utf-8"))


def parse_drug_rules(text: str) -> DrugRules:
    """Read the rules; raises `InputError` with all faults, a rule without a citation included."""
    data = tomllib.loads(text, parse_float=Decimal)
    faults: list[Fault] = []
    rules = read_records(data["rule"], "rule", read_rule, file=_FILE, faults=faults)
    if faults:
        raise InputError(faults)
    return DrugRules(data["standard"], data["version"], rules)
