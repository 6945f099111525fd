"""The words of a record that are understood as signs of CRS and ICANS; no other text is read.

A term or value is understood as a whole, never in part: of "fever, hypotension; resolved" no
sign is taken. Words stand for those of the standards (``no-vasopressor``, ``low-flow``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards.rulebook import load


@dataclass(frozen=True)
class Meaning:
    """What a term says where it is present or absent, or with a value that is understood."""

    domain: str
    present: str
    absent: str
    values: Mapping[str, str] = field(default_factory=dict)


SYNDROMES = {
    "crs": "crs",
    "cytokine release syndrome": "crs",
    "icans": "icans",
    "immune effector cell associated neurotoxicity syndrome": "icans",
}
EXCLUDED = {
    "tremor", "myoclonus", "intracranial haemorrhage", "intracranial hemorrhage",
}  # fmt: skip
"""Terms that ICANS leaves out."""

_PRESSORS = {
    "vasopressor": "vasopressor",
    "one vasopressor": "vasopressor",
    "vasopressor and vasopressin": "vasopressor-and-vasopressin",
    "multiple vasopressors": "multiple-vasopressors",
    "several vasopressors": "multiple-vasopressors",
    "low dose vasopressor": "low-dose-pressor",
    "low dose pressor": "low-dose-pressor",
    "high dose vasopressor": "high-dose-pressor",
    "high dose pressor": "high-dose-pressor",
}
_HYPOTENSION = _PRESSORS | {
    "none": "none",
    "no vasopressor": "no-vasopressor",
    "no treatment": "untreated",
    "untreated": "untreated",
    "fluids": "fluids",
    "intravenous fluids": "fluids",
    "responsive to fluids": "fluids",
    "one bolus": "single-bolus",
    "single bolus": "single-bolus",
    "multiple boluses": "multiple-boluses",
    "multiple fluid boluses": "multiple-boluses",
}
_DEVICES = {
    "none": "none",
    "low flow": "low-flow",
    "blow by": "low-flow",
    "nasal cannula": "low-flow",
    "high flow": "high-flow",
    "high flow nasal cannula": "high-flow",
    "hfnc": "high-flow",
    "mask": "high-flow",
    "face mask": "high-flow",
    "facemask": "high-flow",
    "non rebreather": "high-flow",
    "non rebreather mask": "high-flow",
    "venturi": "high-flow",
    "venturi mask": "high-flow",
    "positive pressure": "positive-pressure",
    "cpap": "positive-pressure",
    "bipap": "positive-pressure",
    "intubation": "ventilator",
    "intubated": "ventilator",
    "ventilator": "ventilator",
    "mechanical ventilation": "ventilator",
}
_CONSCIOUSNESS = {
    "awake": "awake",
    "alert": "awake",
    "normal": "awake",
    "to voice": "to-voice",
    "voice": "to-voice",
    "tactile": "tactile",
    "unarousable": "unarousable",
    "stupor": "unarousable",
    "coma": "unarousable",
}
_SEIZURE = {"none": "none", "brief": "brief", "prolonged": "prolonged"}
_EDEMA = {"none": "none", "focal": "focal", "diffuse": "diffuse"}
_GRADES = {"none": "none"} | {f"grade {n}": str(n) for n in range(5)}

_FEVER = Meaning("fever", "yes", "no")
_LOW_PRESSURE = Meaning("hypotension", "yes", "none", _HYPOTENSION)
_LOW_OXYGEN = Meaning("hypoxia", "yes", "none", _DEVICES)
_THERAPY = Meaning("anticytokine", "yes", "")
_SEIZED = Meaning("seizure", "yes", "none", _SEIZURE)
_WEAK = Meaning("motor", "weakness", "none")
_SWOLLEN = Meaning("edema", "yes", "none", _EDEMA)
_PRESSED = Meaning("edema", "diffuse", "")
MEANINGS: dict[str, Meaning] = {
    "fever": _FEVER,
    "pyrexia": _FEVER,
    "hypotension": _LOW_PRESSURE,
    "vasopressor": Meaning("vasopressor", "any-vasopressor", "no", _PRESSORS),
    "vasopressors": Meaning("vasopressor", "any-vasopressor", "no", _PRESSORS),
    "hypoxia": _LOW_OXYGEN,
    "hypoxaemia": _LOW_OXYGEN,
    "hypoxemia": _LOW_OXYGEN,
    "oxygen": _LOW_OXYGEN,
    "supplemental oxygen": _LOW_OXYGEN,
    "tocilizumab": _THERAPY,
    "steroid": _THERAPY,
    "steroids": _THERAPY,
    "antipyretic": _THERAPY,
    "antipyretics": _THERAPY,
    "anticytokine therapy": _THERAPY,
    "constitutional symptoms": Meaning("constitutional", "yes", "no"),
    "organ toxicity": Meaning("organ_toxicity", "yes", "none", _GRADES),
    "transaminitis": Meaning("transaminitis", "yes", "none", _GRADES),
    "consciousness": Meaning("consciousness", "", "", _CONSCIOUSNESS),
    "level of consciousness": Meaning("consciousness", "", "", _CONSCIOUSNESS),
    "stupor": Meaning("consciousness", "unarousable", ""),
    "coma": Meaning("consciousness", "unarousable", ""),
    "sedation": Meaning("sedated", "yes", "no"),
    "ice": Meaning("ice", "", ""),
    "ice score": Meaning("ice", "", ""),
    "capd": Meaning("capd", "", "", {"unable": "unable"}),
    "capd score": Meaning("capd", "", "", {"unable": "unable"}),
    "seizure": _SEIZED,
    "seizures": _SEIZED,
    "hemiparesis": _WEAK,
    "hemiplegia": _WEAK,
    "paraparesis": _WEAK,
    "deep focal motor weakness": _WEAK,
    "cerebral oedema": _SWOLLEN,
    "cerebral edema": _SWOLLEN,
    "papilloedema": _PRESSED,
    "papilledema": _PRESSED,
    "decerebrate posturing": _PRESSED,
    "decorticate posturing": _PRESSED,
}
"""Term of a finding -> what it says. An empty word says nothing."""

SCORES = {"ice": 10, "capd": None}
"""Domains whose value is a whole number, with the highest where the source read gives one."""
_FLOW = re.compile(r"(\d+(?:\.\d+)?) ?l/min(?: (?:by |via |of )?(.+))?\Z")


def plain(text: str) -> str:
    """Lower case, hyphens and underscores as spaces, single spaces."""
    return " ".join(re.sub(r"[-_]", " ", text.lower()).split())


def syndrome_of(term: str) -> str | None:
    """``crs`` or ``icans`` where the whole term names one, perhaps with its abbreviation."""
    name = re.sub(r" \((?:crs|icans)\)\Z", "", plain(term))
    return SYNDROMES.get(name)


def word_of(meaning: Meaning, present: bool | None, value: str | None) -> str:
    """The word of a finding; empty where it says nothing that is understood."""
    if present is False:
        return meaning.absent
    said = plain(value) if value else ""
    if meaning.domain in SCORES and said not in meaning.values:
        return _score(said, SCORES[meaning.domain])
    understood = meaning.values.get(said)
    if understood is None and meaning.values is _DEVICES and said:
        understood = oxygen_word(said)
    if understood is not None:
        return understood
    return meaning.present if present else ""


def oxygen_word(text: str) -> str | None:
    """What oxygen written as ``nasal cannula`` or ``8 L/min by mask`` is; None for other texts."""
    said = plain(text)
    if said in _DEVICES:
        return _DEVICES[said]
    match = _FLOW.match(said)
    if match is None:
        return None
    device = _DEVICES.get(match[2] or "nasal cannula")
    return flow_word(Quantity(Decimal(match[1]), "L/min")) if device == "low-flow" else device


def flow_word(flow: Quantity) -> str:
    """What a flow by nasal cannula is."""
    if flow.value == 0:
        return "none"
    return "low-flow" if load("astct_signs")["low-flow"].holds(flow) else "high-flow"


def score_word(value: Quantity, domain: str) -> str:
    """A score as its whole number; empty where it is none."""
    return "" if value.censored else _score(str(value.value), SCORES[domain])


def _score(text: str, most: int | None) -> str:
    try:
        number = Quantity.parse(text, default_unit="1").value if text else None
    except ValueFault:
        return ""
    if number is None or number != number.to_integral_value() or number < 0:
        return ""
    return str(int(number)) if most is None or number <= most else ""
