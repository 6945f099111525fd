"""The words by which findings speak of the liver, and what they say of a sign."""

from __future__ import annotations

import re

from residua.errors import ValueFault
from residua.facts.finding import Finding
from residua.facts.quantity import Quantity

SIGNS: dict[str, str] = {
    "painful_hepatomegaly": r"(painful|tender) (hepato(spleno)?megaly|liver)",
    "hepatomegaly": r"hepato(spleno)?megaly|(enlarged|tender) liver|liver enlarge",
    "ruq_pain": r"\bruq\b|right[- ]upper[- ]quadrant",
    "ascites": r"\bascites\b",
    "ultrasound": r"ultraso|sonograph|doppler|(hepatofugal|reversed|reversal of) portal flow",
    "elastography": r"elastogra",
    "haemodynamic": r"ha?emodynamic evidence|hvpg|hepatic venous pressure gradient",
    "hvpg": r"hvpg|hepatic venous pressure gradient",
    "histology": r"liver biops|liver histolog|(histolog|biops).*(sos|vod|sinusoidal|occlusive)",
    "refractory_thrombocytopenia": r"refractory thrombocytopenia|platelet refractor",
    "weight_gain": r"weight gain",
    "mod": r"multi-?\s?organ (dysfunction|failure)|\bmod\b|\bmof\b",
    "risk_factors": r"(sos|vod).*risk factors?|risk factors? (of|for) (sos|vod|veno|sinus)",
    "diuretics": r"diuretic",
    "coagulation": r"coagul",
    "ventilation": r"ventilat|\bcpap\b",
    "cognitive_impairment": r"cognitive impairment",
}
"""Sign -> the words of a finding's term that mean it."""

DISEASE = re.compile(r"\b(sos|vod)\b|veno-?\s?occlusive|sinusoidal obstruction")
_OTHER = re.compile(r"\brisk\b|prophyla|histolog|biops|ultraso|doppler|elastogra|evidence")
_DENIES = re.compile(r"^(no|without|absent|absence of)\b")
_ABOVE = re.compile(r"above (the )?baseline|increas|new\b|worse")
DIURETICS = frozenset({"furosemide", "frusemide", "torasemide", "bumetanide", "spironolactone"})


def signs_of(finding: Finding) -> tuple[str, ...]:
    """The signs that a finding's term names; a term that denies itself names none."""
    term = _plain(finding.term)
    if _DENIES.match(term) or says_disease(finding):
        return ()
    found = tuple(sign for sign, words in SIGNS.items() if re.search(words, term))
    return tuple(s for s in found if s != "hepatomegaly" or "painful_hepatomegaly" not in found)


def says_disease(finding: Finding) -> bool:
    """Whether a finding speaks of SOS/VOD itself and not of a sign, a test or a risk."""
    term = _plain(finding.term)
    return bool(DISEASE.search(term)) and not _OTHER.search(term)


def is_present(finding: Finding) -> bool | None:
    """Whether the finding was there; None where the record does not say."""
    if finding.present is not None:
        return finding.present
    return finding.grade_reported > 0 if finding.grade_reported is not None else None


def above_baseline(finding: Finding) -> bool:
    """Whether it says itself that it is new or above what was there before."""
    return bool(_ABOVE.search(_plain(f"{finding.term} {finding.value or ''}")))


def number_of(finding: Finding, unit: str) -> Quantity | None:
    """The value of a finding as a quantity; None where it is no number of that kind."""
    text = (finding.value or "").replace("mmHg", "mm[Hg]").strip()
    try:
        return Quantity.parse(text, default_unit=unit).to(unit)
    except ValueFault:
        return None


def _plain(text: str) -> str:
    return " ".join(text.lower().split())
