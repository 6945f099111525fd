"""CRS, ICANS, ICAHT, severity of SOS/VOD, GVHD against a second transcription of the fact sheets.

Oracle: `treatment.md` sections C, D2, D3, E1, E2 and `verified.md` 2.4 to 2.7, 2.12, 2.13 and 3.2
to 3.7; nothing here reads a rule file.
"""

from __future__ import annotations

from itertools import product

import pytest

from residua.facts.quantity import Quantity
from residua.main.graders import grader_of
from residua.standards.grade_inputs import GradeInputs
from residua.standards.ice import ice_score

Grades = int | tuple[int, ...]


def grade(standard: str, said: str, *, term: str = "", version: str = "") -> Grades:
    """The grade of ``ice=8 consciousness=awake``, or those that stay possible."""
    findings = dict(pair.split("=") for pair in said.split())
    findings = {name: word.replace("~", " ") for name, word in findings.items()}
    value = findings.pop("value", None)
    read = Quantity.parse(value) if value else None
    found = grader_of(standard, version)(term, GradeInputs(value=read, findings=findings))
    return found.possible if found.grade is None else found.grade


# 3.2: by hypotension (rows) and hypoxia (columns), with fever: the worse of the two.
HYPOTENSION = {"none": 1, "no-vasopressor": 2, "vasopressor": 3, "multiple-vasopressors": 4}
HYPOXIA = {"none": 1, "low-flow": 2, "high-flow": 3, "positive-pressure": 4}


@pytest.mark.parametrize(("pressure", "oxygen"), list(product(HYPOTENSION, HYPOXIA)))
def test_crs(pressure: str, oxygen: str) -> None:
    signs = f"hypotension={pressure} hypoxia={oxygen}"
    worse = max(HYPOTENSION[pressure], HYPOXIA[oxygen])
    assert grade("astct-crs", f"fever=yes anticytokine=no {signs}") == worse
    # fever never documented and no anticytokine therapy: 0 (C1)
    assert grade("astct-crs", f"fever=no anticytokine=no {signs}") == 0
    # after anticytokine therapy fever is no longer required
    after = grade("astct-crs", f"fever=no anticytokine=yes {signs}")
    assert after == (0 if worse == 1 else worse)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("fever=yes", (1, 2, 3, 4)),
        ("fever=yes hypotension=none", (1, 2, 3, 4)),
        ("temperature=38 anticytokine=no hypotension=none hypoxia=none", 1),
        ("temperature=37.9 anticytokine=no hypotension=none hypoxia=none", 0),
        ("fever=yes hypotension=none oxygen_flow=6", 2),
        ("fever=yes hypotension=none oxygen_flow=6.1", 3),
        ("fever=yes hypotension=vasopressor-and-vasopressin hypoxia=none", 3),
        ("hypotension=vasopressor hypoxia=none", (0, 3)),
        ("fever=yes hypotension=none hypoxia=none death=yes", 5),
    ],
)
def test_crs_boundaries(said: str, expected: Grades) -> None:
    """C1: what is missing may change the grade; vasopressin is not counted."""
    assert grade("astct-crs", said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        *[(f"ice={n} consciousness=awake", g) for n, g in
          {10: 0, 9: 1, 8: 1, 7: 1, 6: 2, 4: 2, 3: 2, 2: 3, 1: 3, 0: 3}.items()],
        ("ice=0 consciousness=unarousable", 4),
        ("ice=0", (3, 4)),
        ("ice=8", (1, 2, 3, 4)),
        ("ice=9 consciousness=to-voice", 2),
        ("ice=9 consciousness=tactile", 3),
        ("ice=9 consciousness=unarousable", 4),
        ("ice=9 consciousness=unarousable sedated=yes", 1),
        ("ice=10 consciousness=awake seizure=brief", 3),
        ("ice=10 consciousness=awake seizure=prolonged", 4),
        ("ice=10 consciousness=awake motor=weakness", 4),
        ("ice=10 consciousness=awake edema=focal", 3),
        ("ice=10 consciousness=awake edema=diffuse", 4),
        ("ice=10 consciousness=awake edema=papilloedema", 4),
        ("age=11.9 capd=8 consciousness=awake", 1),
        ("age=11.9 capd=0 consciousness=awake", 1),
        ("age=11.9 capd=8 consciousness=to-voice", 2),
        ("age=11.9 capd=9 consciousness=awake", 3),
        ("age=11.9 capd=5 consciousness=tactile", 3),
        ("age=11.9 capd=unable consciousness=awake", 4),
        ("age=11.9 capd=5 consciousness=unarousable", 4),
        ("developmental_delay=yes capd=9 consciousness=awake", 3),
        ("age=12 ice=6 consciousness=awake", 2),
    ],
)  # fmt: skip
def test_icans(said: str, expected: Grades) -> None:
    """3.3 and 2.4: the worst domain; ICE 0 while awake is G3; CAPD below 12 years."""
    assert grade("astct-icans", said) == expected


def test_ice() -> None:
    """3.3: 4 + 3 + 1 + 1 + 1."""
    assert ice_score(orientation=4, naming=3, command=1, sentence=1, attention=1) == 10


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("constitutional=yes oxygen=none hypotension=none", 1),
        ("constitutional=yes oxygen=below-40-percent hypotension=none", 2),
        ("constitutional=yes oxygen=none hypotension=fluids", 2),
        ("constitutional=yes oxygen=none hypotension=low-dose-pressor", 2),
        ("constitutional=yes oxygen=at-least-40-percent hypotension=none", 3),
        ("constitutional=yes oxygen=none hypotension=high-dose-pressor", 3),
        ("constitutional=yes oxygen=none hypotension=multiple-pressors", 3),
        ("constitutional=yes oxygen=ventilator hypotension=none", 4),
    ],
)
def test_lee_2014(said: str, expected: int) -> None:
    """C3: the low dose of one pressor is still G2 (ASTCT: 3)."""
    assert grade("lee", f"{said} organ_toxicity=none transaminitis=none") == expected


@pytest.mark.parametrize(
    ("organs", "liver", "expected"),
    [("2", "none", 2), ("3", "none", 3), ("4", "none", 4),
     ("none", "2", 2), ("none", "3", 3), ("none", "4", 3)],
)  # fmt: skip
def test_lee_2014_organs(organs: str, liver: str, expected: int) -> None:
    """C3: grade 4 transaminitis is G3, any other grade 4 organ toxicity G4."""
    signs = "constitutional=yes oxygen=none hypotension=none"
    assert grade("lee", f"{signs} organ_toxicity={organs} transaminitis={liver}") == expected


def test_penn() -> None:
    """C3 and 0.11: multiple boluses or a low-dose pressor are G3; anything else is not encoded."""
    assert grade("penn", "hypotension=multiple-boluses") == 3
    assert grade("penn", "hypotension=low-dose-pressor") == 3
    for word in ("none", "untreated", "single-bolus", "high-dose-pressor", "yes"):
        assert isinstance(grade("penn", f"hypotension={word}"), tuple)


EARLY = [(0, 0, 0), (1, 0, 1), (6, 0, 1), (6, 6, 1), (7, 0, 2), (13, 6, 2), (14, 0, 3), (30, 6, 3),
         (7, 7, 3), (13, 13, 3), (30, 13, 3), (31, 0, 4), (14, 14, 4), (30, 14, 4)]  # fmt: skip


@pytest.mark.parametrize(("at_500", "at_100", "expected"), EARLY)
def test_icaht_early(at_500: int, at_100: int, expected: int) -> None:
    """2.5: G1 1-6 d, G2 7-13 d, G3 14-30 d at <=500 or 7-13 d at <=100, G4 31 d or >=14 d."""
    said = f"days_at_or_below_500={at_500} days_at_or_below_100={at_100}"
    assert grade("icaht", said, term="early") == expected
    assert grade("icaht", f"{said} open_since_start=yes", term="early") == 4


LATE = {1501: 0, 1500: 1, 1001: 1, 1000: 2, 501: 2, 500: 3, 101: 3, 100: 4, 0: 4}


@pytest.mark.parametrize(("nadir", "expected"), LATE.items())
def test_icaht_late(nadir: int, expected: int) -> None:
    """2.5: by nadir; a second value must be <=1500; one value only is graded by itself."""
    value = f"value={nadir}~/uL"
    assert grade("icaht", f"{value} counts=one", term="late") == expected
    if nadir <= 1500:
        assert grade("icaht", f"{value} second_value=1500", term="late") == expected
        assert grade("icaht", f"{value} second_value=1501", term="late") == 0


@pytest.mark.parametrize(
    ("term", "days", "expected"),
    [
        ("early", (0, 0), 0), ("early", (1, 0), 1), ("early", (6, 0), 1), ("early", (7, 0), 2),
        ("early", (31, 0), 2), ("early", (1, 1), 3), ("early", (13, 13), 3),
        ("early", (14, 14), 4),
        ("late", (1, 0, 0), 1), ("late", (70, 0, 0), 1), ("late", (1, 1, 0), 2),
        ("late", (1, 1, 1), 3), ("late", (13, 13, 13), 3), ("late", (14, 14, 14), 4),
    ],
)  # fmt: skip
def test_t_icaht(term: str, days: tuple[int, ...], expected: int) -> None:
    """3.4: cumulative days below 50 and 20 (early), 100, 50 and 20 (late)."""
    names = ("50", "20") if term == "early" else ("100", "50", "20")
    said = " ".join(f"days_below_{n}={d}" for n, d in zip(names, days, strict=True))
    said += "" if term == "early" else " confirmed=yes"
    assert grade("t-icaht", said, term=term) == expected


MILD = ("days=8", "bilirubin=2", "transaminases=2", "weight_gain=4.9", "creatinine=1.19")
CELLS = {
    "days": {8: 1, 7: 2, 5: 2, 4: 3, 1: 3},
    "bilirubin": {2: 1, 2.99: 1, 3: 2, 4.99: 2, 5: 3, 7.99: 3, 8: 4},
    "transaminases": {2: 1, 2.01: 2, 5: 2, 5.01: 3, 8: 3, 8.01: 4},
    "creatinine": {1.19: 1, 1.2: 2, 1.49: 2, 1.5: 3, 1.99: 3, 2: 4},
}


@pytest.mark.parametrize("version", ["2016", "2023"])
@pytest.mark.parametrize("name", CELLS)
def test_adult_severity(version: str, name: str) -> None:
    """D2: two criteria of a category make it; each boundary beside a second one of its category."""
    beside = {1: "weight_gain=1", 2: "transaminases=3", 3: "transaminases=6", 4: "weight_gain=10"}
    if name == "transaminases":
        beside |= {2: "creatinine=1.3", 3: "creatinine=1.6"}
    for value, category in CELLS[name].items():
        rest = "doubling=no mod=no risk_factors=0"
        others = {n: v for n, v in (p.split("=") for p in MILD) if n not in (name,)}
        extra = dict([beside[category].split("=")])
        said = {**others, **extra, name: str(value)}
        words = " ".join(f"{n}={v}" for n, v in said.items())
        assert grade("ebmt-vod", f"{words} {rest}", version=version) == category, (name, value)


@pytest.mark.parametrize("version", ["2016", "2023"])
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("", 1),
        ("weight_gain=5", 1),  # moderate by itself, four others mild
        ("weight_gain=5 bilirubin=3", 2),  # no other severe criterion: moderate
        ("weight_gain=9.9 bilirubin=5", 3),  # beside a severe one it is severe
        ("weight_gain=10 bilirubin=8", 4),
        ("doubling=yes bilirubin=5", 3),
        ("risk_factors=2", 2),
        ("risk_factors=2 bilirubin=3 transaminases=3", 3),
        ("risk_factors=2 bilirubin=5 transaminases=6", 3),  # severe is not raised
        ("risk_factors=1", 1),
        ("mod=yes", 4),
    ],
)
def test_adult_severity_rules(version: str, change: str, expected: int) -> None:
    """D2: 5 to <10 % counts as severe or moderate; >=2 risk factors raise; MOD is very severe."""
    said = dict(pair.split("=") for pair in (*MILD, "doubling=no", "mod=no", "risk_factors=0"))
    said |= dict(pair.split("=") for pair in change.split())
    words = " ".join(f"{n}={v}" for n, v in said.items())
    assert grade("ebmt-vod", words, version=version) == expected


HEALTHY = {
    "transaminases": "1", "refractory_days": "1", "bilirubin": "1", "doubling": "no",
    "ascites": "minimal", "coagulation": "normal", "gfr": "80", "oxygen": "1",
    "ventilation": "no", "cognitive_impairment": "no", "mod": "no",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("", 1), ("transaminases=2.1", 2), ("transaminases=5", 2), ("transaminases=5.1", 3),
        ("refractory_days=2", 1), ("refractory_days=3", 2), ("refractory_days=7", 2),
        ("refractory_days=8", 3), ("bilirubin=1.99", 1), ("bilirubin=2", 3),
        ("ascites=moderate", 2), ("ascites=paracentesis", 3), ("coagulation=impaired", 3),
        ("coagulation=replacement", 4), ("gfr=60", 1), ("gfr=59", 2), ("gfr=30", 2), ("gfr=29", 3),
        ("gfr=15", 3), ("gfr=14", 4), ("oxygen=2.1", 2), ("ventilation=yes", 3),
        ("cognitive_impairment=yes", 4), ("doubling=yes", 3), ("mod=yes", 4),
        ("bilirubin=2 ascites=paracentesis", 4), ("bilirubin=2 coagulation=impaired", 3),
        ("transaminases=6 refractory_days=8", 4),
    ],
)  # fmt: skip
def test_paediatric_severity(change: str, expected: int) -> None:
    """D3 with 2.7: the worst category; two starred criteria in the severe range are very severe."""
    said = HEALTHY | dict(pair.split("=") for pair in change.split())
    words = " ".join(f"{n}={v}" for n, v in said.items())
    assert grade("ebmt-vod-paediatric", words) == expected


@pytest.mark.parametrize(
    ("skin", "liver", "upper", "lower"), list(product(range(5), range(5), range(2), range(5)))
)
def test_magic(skin: int, liver: int, upper: int, lower: int) -> None:
    """3.6: not a maximum."""
    said = f"skin={skin} liver={liver} upper_gi={upper} lower_gi={lower}"
    if 4 in (skin, liver, lower):
        expected = 4
    elif liver in (2, 3) or lower in (2, 3):
        expected = 3
    elif skin == 3 or 1 in (liver, upper, lower):
        expected = 2
    else:
        expected = 1 if skin else 0
    assert grade("magic", said) == expected


STAGES = [
    ("skin", "%", "", {"0": 0, "1": 1, "24.9": 1, "25": 2, "50": 2}),
    ("skin", "%", "bullae=no", {"50.1": 3, "100": 3}),
    ("skin", "%", "bullae=yes desquamation=5", {"50.1": 3}),
    ("skin", "%", "bullae=yes desquamation=5.1", {"50": 2, "50.1": 4}),
    ("liver", "mg/dL", "", {"1.9": 0, "2": 1, "3": 1, "3.05": 2, "6": 2, "6.05": 3, "15": 3,
                            "15.1": 4}),
    ("liver", "umol/L", "", {"34.1": 0, "34.2": 1}),
    ("lower-gi", "mL/d", "patient=adult weight=60 severe_pain=no gross_blood=no",
     {"499": 0, "500": 1, "999": 1, "1000": 2, "1500": 2, "1501": 3}),
    ("lower-gi", "/d", "patient=adult severe_pain=no gross_blood=no",
     {"2": 0, "3": 1, "4": 1, "5": 2, "7": 2, "8": 3}),
    ("lower-gi", "mL/kg/d", "patient=child weight=20 severe_pain=no gross_blood=no",
     {"9.9": 0, "10": 1, "19.9": 1, "20": 2, "30": 2, "30.1": 3}),
    ("lower-gi", "/d", "patient=child severe_pain=no gross_blood=no",
     {"3": 0, "4": 1, "6": 1, "7": 2, "10": 2, "11": 3}),
    ("lower-gi", "mL/d", "patient=adult weight=60 severe_pain=yes", {"100": 4}),
    ("lower-gi", "mL/d", "patient=adult weight=60 gross_blood=yes", {"100": 4}),
    ("lower-gi", "mL/d", "patient=adult weight=60 severe_pain=no gross_blood=no episodes=8",
     {"600": (1, 3)}),
    ("lower-gi", "mL/d", "patient=adult weight=60", {"600": (1, 4)}),
]  # fmt: skip


@pytest.mark.parametrize(("term", "unit", "beside", "stages"), STAGES)
def test_magic_stages(term: str, unit: str, beside: str, stages: dict[str, Grades]) -> None:
    """3.6: volume and episodes that disagree leave both; stage 4 has any volume."""
    for value, expected in stages.items():
        assert grade("magic", f"value={value}~{unit} {beside}", term=term) == expected, value


@pytest.mark.parametrize(
    ("standard", "version", "term", "said", "expected"),
    [
        ("astct-crs", "", "", "fever=yes hypotension=none hypoxia=none", "read"),
        ("astct-icans", "", "", "ice=8 consciousness=awake", "read"),
        ("astct-icans", "", "", "age=5 capd=9 consciousness=awake", "secondary"),
        ("icaht", "", "early", "days_at_or_below_500=7 days_at_or_below_100=0", "secondary"),
        ("t-icaht", "", "early", "days_below_50=7 days_below_20=0", "read"),
        ("ebmt-vod", "2016", "", "bilirubin=9 creatinine=3", "read"),
        ("ebmt-vod", "2016", "", "bilirubin=9 weight_gain=10", "unverified"),
        ("ebmt-vod", "2023", "", "bilirubin=9 creatinine=3", "unverified"),
        ("ebmt-vod-paediatric", "", "", "bilirubin=2", "read"),
        ("magic", "", "", "skin=3 liver=0 upper_gi=0 lower_gi=0", "read"),
        ("glucksberg", "", "", "skin=3 liver=0 gi=0", "unverified"),
        ("glucksberg", "", "", "skin=0 liver=0 gi=4 gi4=iv", "read"),
        ("glucksberg", "", "", "skin=0 liver=0 gi=4 gi4=iii", "unverified"),
        ("nih-cgvhd", "", "", "lungs=2", "secondary"),
    ],
)
def test_provenance(standard: str, version: str, term: str, said: str, expected: str) -> None:
    """verified.md 1: rows 21, 23, 30, 31, 47 and 48, and the brackets of the sections."""
    findings = dict(pair.split("=") for pair in said.split())
    found = grader_of(standard, version)(term, GradeInputs(findings=findings))
    assert found.provenance == expected


def test_seven_days_of_refractory_thrombocytopenia_are_flagged() -> None:
    """D3: moderate in one source and severe in the other; read as moderate and said so."""
    given = GradeInputs(findings={**HEALTHY, "refractory_days": "7"})
    found = grader_of("ebmt-vod-paediatric", "")("", given)
    assert found.grade == 2
    assert any("sources differ" in reading for reading in found.readings)


def test_glucksberg() -> None:
    """2.12: GI stage 4 is III or IV as the sources differ; GI 1 is II here."""
    for said, expected in {
        "skin=2 liver=0 gi=0": 1, "skin=3 liver=0 gi=0": 2, "skin=0 liver=1 gi=0": 2,
        "skin=0 liver=0 gi=1": 2, "skin=0 liver=2 gi=0": 3, "skin=0 liver=0 gi=3": 3,
        "skin=4 liver=0 gi=0": 4, "skin=0 liver=4 gi=0": 4, "skin=0 liver=0 gi=4": (3, 4),
        "skin=0 liver=0 gi=4 gi4=iii": 3, "skin=0 liver=0 gi=4 gi4=iv": 4,
        "skin=1 liver=0 gi=0 performance=extreme-fall": (1, 4),
    }.items():  # fmt: skip
        assert grade("glucksberg", said) == expected, said


ORGANS = ("skin", "mouth", "eyes", "gi", "liver", "lungs", "joints", "genital")


@pytest.mark.parametrize(
    ("scores", "expected"),
    [({}, 0), ({"skin": 1}, 1), ({"skin": 1, "eyes": 1}, 1), ({"skin": 1, "eyes": 1, "gi": 1}, 2),
     ({"mouth": 2}, 2), ({"lungs": 1}, 2), ({"lungs": 2}, 3), ({"genital": 3}, 3)],
)  # fmt: skip
def test_nih(scores: dict[str, int], expected: int) -> None:
    """3.7 and 2.13: lung 1 is moderate and lung 2 severe by themselves; not assessed is not 0."""
    full = {organ: scores.get(organ, 0) for organ in ORGANS}
    assert grade("nih-cgvhd", " ".join(f"{o}={s}" for o, s in full.items())) == expected
    if scores and expected < 3:
        part = " ".join(f"{o}={s}" for o, s in scores.items())
        assert isinstance(grade("nih-cgvhd", part), tuple)
    parts = " ".join(f"{o}={s}" for o, s in full.items() if o != "skin")
    assert grade("nih-cgvhd", f"{parts} skin_bsa=0 skin_features={full['skin']}") == expected
