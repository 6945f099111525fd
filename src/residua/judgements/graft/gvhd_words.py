"""Which findings speak of GVHD: a closed table of words, and the numbers that they carry.

A term names GVHD ("GVHD", "graft-versus-host disease", "aGVHD", "cGVHD") and what it is about:
nothing more (the disease as a whole), a stage ("skin GVHD stage"), a score ("mouth chronic GVHD
score") or something observed ("acute GVHD stool volume"). Other terms are not understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from residua.facts.finding import Finding
from residua.standards.nih_cgvhd import OTHER_CAUSE, SEVERITY

Kind = Literal["acute", "chronic", "either"]
What = Literal["whole", "stage", "score", "observed"]

_LONG = re.compile(r"graft[- ](?:versus|vs\.?)[- ]host[- ]disease")
_FILLERS = frozenset({"of", "the", "for", "and", "or"})
_WHOLE = ("", "grade", "overall grade", "maximum grade", "severity", "global severity")
_STAGED = {
    "skin": "skin", "cutaneous": "skin", "liver": "liver", "hepatic": "liver",
    "upper gi": "upper_gi", "upper gastrointestinal": "upper_gi",
    "lower gi": "lower_gi", "lower gastrointestinal": "lower_gi",
    "gi": "gi", "gut": "gi", "gastrointestinal": "gi", "intestinal": "gi",
}  # fmt: skip
_SCORED = {
    "skin": "skin", "skin bsa": "skin_bsa", "skin features": "skin_features", "mouth": "mouth",
    "oral": "mouth", "eyes": "eyes", "eye": "eyes", "ocular": "eyes", "gi": "gi", "gut": "gi",
    "gastrointestinal": "gi", "liver": "liver", "lungs": "lungs", "lung": "lungs",
    "lung fev1": "lungs", "joints": "joints", "joint": "joints", "joints fascia": "joints",
    "genital": "genital",
}  # fmt: skip
_OBSERVED = {
    "skin": ("skin", "value"), "skin bsa": ("skin", "value"),
    "skin body surface": ("skin", "value"), "skin bullae": ("skin", "bullae"),
    "skin desquamation": ("skin", "desquamation"),
    "liver": ("liver", "value"), "liver bilirubin": ("liver", "value"),
    "upper gi": ("upper_gi", "symptoms"), "upper gi symptoms": ("upper_gi", "symptoms"),
    "lower gi": ("lower_gi", ""), "stool volume": ("lower_gi", "volume"),
    "lower gi stool volume": ("lower_gi", "volume"),
    "stool episodes": ("lower_gi", "episodes"),
    "lower gi stool episodes": ("lower_gi", "episodes"),
    "severe abdominal pain": ("lower_gi", "severe_pain"),
    "grossly bloody stool": ("lower_gi", "gross_blood"),
}  # fmt: skip
_SCALES = {
    "magic": "magic", "glucksberg": "glucksberg", "modified glucksberg": "glucksberg",
    "keystone": "glucksberg", "nih": "nih-cgvhd", "nih-cgvhd": "nih-cgvhd",
    "nih cgvhd": "nih-cgvhd",
}  # fmt: skip
_NUMBER = re.compile(r"(?:(?:overall )?(?:grade|stage|score)\s*)?([0-4]|i{1,3}|iv)\Z")
_AT_END = re.compile(r"(grade|stage|score) ([0-4]|i{1,3}|iv)\Z")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Said:
    """What a finding speaks of.

    ``name`` is the input of a stage that was observed, ``number`` a grade in the term itself.
    """

    kind: Kind
    what: What
    organ: str = ""
    name: str = ""
    number: int | None = None
    denied: bool = False


def said_of(finding: Finding) -> Said | None:
    """What the finding says of GVHD; None where it says nothing that is understood."""
    text = _LONG.sub("gvhd", finding.term.lower())
    text = re.sub(r"\b([ac])gvhd\b", lambda m: f"{_LETTER[m[1]]} gvhd", text)
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    if "gvhd" not in words:
        return None
    negated = words[0] == "no"
    if negated and finding.present is False:
        return None  # "no GVHD: false" may mean either
    named = [word for word in ("acute", "chronic") if word in words]
    dropped = {"gvhd", "no", *named} | _FILLERS
    rest = " ".join(word for word in words if word not in dropped)
    kind: Kind = _KIND[named[0]] if len(named) == 1 else "either"
    number = _AT_END.search(rest)
    said = _about(kind, _AT_END.sub(r"\1", rest), negated or finding.present is False)
    return replace(said, number=_read(number[2])) if said and number else said


_LETTER = {"a": "acute", "c": "chronic"}
_KIND: dict[str, Kind] = {"acute": "acute", "chronic": "chronic"}


def _about(kind: Kind, rest: str, denied: bool) -> Said | None:
    if rest in _WHOLE:
        return Said(kind, "whole", denied=denied)
    organ = rest.removesuffix(" stage").removeprefix("stage ")
    if organ != rest and organ in _STAGED and kind != "chronic":
        return Said("acute", "stage", _STAGED[organ], denied=denied)
    organ = rest.removesuffix(" score").removeprefix("score ")
    if organ != rest and organ in _SCORED and kind != "acute":
        return Said("chronic", "score", _SCORED[organ], denied=denied)
    if kind != "chronic" and rest in _OBSERVED:
        return Said(kind, "observed", *_OBSERVED[rest], denied=denied)
    if kind == "chronic" and rest in _SCORED and denied:
        return Said(kind, "score", _SCORED[rest], denied=True)
    return None


def scale_of(finding: Finding) -> str | None:
    """The standard that the finding names, by its name here; None where it names none."""
    if finding.standard is None:
        return None
    name = " ".join(finding.standard.lower().split())
    name = re.sub(r"\s*\(?(19|20)\d\d\)?\Z", "", name)
    return _SCALES.get(name, name)


def number_of(finding: Finding, said: Said) -> int | None:
    """The grade, stage or score of a finding: a number or a Roman one."""
    if finding.grade_reported is not None:
        return finding.grade_reported
    match = _NUMBER.match((finding.value or "").strip().lower())
    return said.number if match is None else _read(match[1])


def _read(text: str) -> int:
    return _ROMAN.get(text) or int(text)


def grade_of(finding: Finding, said: Said) -> int | None:
    """The grade of the disease as a whole; of chronic GVHD also by its word of severity."""
    number = number_of(finding, said)
    if number is not None or said.kind != "chronic":
        return number
    severity = {word: grade for grade, word in SEVERITY.items()}
    return severity.get((finding.value or "").strip().lower())


def left_out(finding: Finding) -> bool:
    """Whether the finding lays an organ to another cause alone."""
    text = " ".join((finding.value or "").lower().replace("-", " ").split())
    return text == OTHER_CAUSE.replace("-", " ")
