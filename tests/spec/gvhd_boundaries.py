"""Acute and chronic GVHD at every boundary: MAGIC 2016, Glucksberg 1994, NIH 2014.

Oracles: the printed table of MAGIC (Harris 2016 as in NCI PDQ) with its gaps closed as its rules
say; the overall rules as NBK12966 Table 69-3 and the NIH consensus print them. Not the code.
"""

from __future__ import annotations

from collections.abc import Iterator

from grade_boundaries import Expected, GradeBoundary

Rows = dict[str, Expected]
Base = dict[str, str]

NO_PAIN_NO_BLOOD = {"severe_pain": "no", "gross_blood": "no"}
NONE = {"skin": "0", "liver": "0", "upper_gi": "0", "lower_gi": "0"}
NO_GI = {"skin": "0", "liver": "0", "gi": "0"}
ORGANS = ("skin", "mouth", "eyes", "gi", "liver", "lungs", "joints", "genital")


def m(
    term: str, rules: str, rows: Rows, unit: str = "", base: Base | None = None,
    moved: str = "value",
) -> GradeBoundary:  # fmt: skip
    """A boundary of MAGIC."""
    return GradeBoundary("magic", "2016", term, rules, rows, unit, base or {}, moved)


def g(rules: str, rows: Rows, base: Base, moved: str) -> GradeBoundary:
    """A boundary of Glucksberg."""
    return GradeBoundary("glucksberg", "1994", "acute-gvhd", rules, rows, "", base, moved)


def n(rules: str, rows: Rows, scores: Base, moved: str) -> GradeBoundary:
    """A boundary of the NIH rule; organs that are not named score 0."""
    base = {organ: "0" for organ in ORGANS if organ != moved} | scores
    return GradeBoundary("nih-cgvhd", "2014", "chronic-gvhd", rules, rows, "", base, moved)


SKIN = (
    m("skin", "skin-1", {"0": 0, "0.1": 1, "24.9": 1}, "%"),
    m("skin", "skin-1 skin-2", {"24.9": 1, "25": 2, "25.1": 2}, "%"),
    m("skin", "skin-2 skin-3", {"49.9": 2, "50": 2, "50.1": 3}, "%", {"bullae": "no"}),
    m("skin", "skin-3 skin-4", {"49.9": 2, "50": 2, "50.1": (3, 4)}, "%"),
    m("skin", "skin-4", {"4.9": 3, "5": 3, "5.1": 4}, "%",
      {"value": "60", "bullae": "yes"}, "desquamation"),
    m("skin", "skin-4", {"no": 3, "yes": 4}, "%", {"value": "60", "desquamation": "10"}, "bullae"),
    m("skin", "skin-4", {"no": 2, "yes": 2}, "%", {"value": "50", "desquamation": "10"}, "bullae"),
)  # fmt: skip

LIVER = (
    m("liver", "liver-1", {"1.99": 0, "2": 1, "2.01": 1}, "mg/dL"),
    m("liver", "liver-1 liver-2", {"2.99": 1, "3": 1, "3.01": 2, "3.1": 2}, "mg/dL"),
    m("liver", "liver-2 liver-3", {"5.99": 2, "6": 2, "6.01": 3, "6.1": 3}, "mg/dL"),
    m("liver", "liver-3 liver-4", {"14.99": 3, "15": 3, "15.01": 4}, "mg/dL"),
    m("liver", "liver-1", {"34": 0, "34.2": 1, "34.3": 1}, "umol/L"),
    m("liver", "liver-1 liver-2", {"51.2": 1, "51.3": 1, "51.4": 2}, "umol/L"),
    m("liver", "liver-2 liver-3", {"102.5": 2, "102.6": 2, "102.7": 3}, "umol/L"),
    m("liver", "liver-3 liver-4", {"256.4": 3, "256.5": 3, "256.6": 4}, "umol/L"),
)

UPPER_GI = (
    m("upper-gi", "upper-gi-1", {"none": 0, "intermittent": 0, "persistent": 1}, moved="symptoms"),
)


def _stool(patient: str, unit: str, rules: str, rows: Rows) -> GradeBoundary:
    return m("lower-gi", rules, rows, unit, {"patient": patient, **NO_PAIN_NO_BLOOD})


def _column(
    column: str, patient: str, unit: str, cuts: tuple[Rows, Rows, Rows]
) -> Iterator[GradeBoundary]:
    one, two, three = (f"lower-gi-{column}-{patient}-{stage}" for stage in (1, 2, 3))
    yield _stool(patient, unit, one, cuts[0])
    yield _stool(patient, unit, f"{one} {two}", cuts[1])
    yield _stool(patient, unit, f"{two} {three}", cuts[2])


LOWER_GI = (
    *_column("volume", "adult", "mL/d", (
        {"499": 0, "500": 1, "501": 1}, {"999": 1, "999.5": 1, "1000": 2, "1001": 2},
        {"1499": 2, "1500": 2, "1501": 3})),
    *_column("episodes", "adult", "/d", (
        {"2": 0, "3": 1, "4": 1}, {"4": 1, "5": 2, "6": 2}, {"6": 2, "7": 2, "8": 3})),
    *_column("episodes", "child", "/d", (
        {"3": 0, "4": 1, "5": 1}, {"6": 1, "7": 2, "8": 2}, {"9": 2, "10": 2, "11": 3})),
    m("lower-gi", "lower-gi-volume-child-1", {"9.9": 0, "10": 1, "10.1": 1}, "mL/kg/d",
      {"patient": "child", "weight": "20", **NO_PAIN_NO_BLOOD}),
    m("lower-gi", "lower-gi-volume-child-1 lower-gi-volume-child-2",
      {"19.9": 1, "20": 2, "20.1": 2}, "mL/kg/d",
      {"patient": "child", "weight": "20", **NO_PAIN_NO_BLOOD}),
    m("lower-gi", "lower-gi-volume-child-2 lower-gi-volume-child-3",
      {"29.9": 2, "30": 2, "30.1": 3}, "mL/kg/d",
      {"patient": "child", "weight": "20", **NO_PAIN_NO_BLOOD}),
    # 600 mL/d of a child is 20 mL/kg/d at 30 kg; above 50 kg it counts by the adult volume.
    m("lower-gi", "lower-gi-volume-child-1 lower-gi-volume-adult-1",
      {"29": 2, "30": 2, "31": 1, "50": 1, "51": 1}, "mL/d",
      {"value": "600", "patient": "child", **NO_PAIN_NO_BLOOD}, "weight"),
    m("lower-gi", "lower-gi-volume-child-2 lower-gi-volume-adult-1",
      {"49": 2, "50": 1, "51": 1}, "mL/d",
      {"value": "980", "patient": "child", **NO_PAIN_NO_BLOOD}, "weight"),
    m("lower-gi", "lower-gi-4-pain", {"no": 1, "yes": 4}, "mL/d",
      {"value": "500", "patient": "adult", "gross_blood": "no"}, "severe_pain"),
    m("lower-gi", "lower-gi-4-blood", {"no": 0, "yes": 4}, "mL/d",
      {"value": "0", "patient": "adult", "severe_pain": "no"}, "gross_blood"),
    m("lower-gi", "lower-gi-volume-adult-1 lower-gi-episodes-adult-2",
      {"2": (0, 1), "3": 1, "4": 1, "5": (1, 2), "8": (1, 3)}, "mL/d",
      {"value": "900", "patient": "adult", **NO_PAIN_NO_BLOOD}, "episodes"),
)  # fmt: skip

MAGIC = (
    m("acute-gvhd", "overall-1-skin overall-2-skin overall-4-skin",
      {"0": 0, "1": 1, "2": 1, "3": 2, "4": 4}, "", NONE, "skin"),
    m("acute-gvhd", "overall-2-liver overall-3-liver overall-4-liver",
      {"0": 0, "1": 2, "2": 3, "3": 3, "4": 4}, "", NONE, "liver"),
    m("acute-gvhd", "overall-2-upper-gi", {"0": 0, "1": 2}, "", NONE, "upper_gi"),
    m("acute-gvhd", "overall-2-lower-gi overall-3-lower-gi overall-4-lower-gi",
      {"0": 0, "1": 2, "2": 3, "3": 3, "4": 4}, "", NONE, "lower_gi"),
    m("acute-gvhd", "overall-1-skin overall-4-skin",
      {"0": (0, 2, 3, 4), "2": (1, 2, 3, 4), "3": (2, 3, 4), "4": 4}, moved="skin"),
)  # fmt: skip

GLUCKSBERG = (
    g("overall-1-skin overall-2-skin overall-4-skin", {"0": 0, "1": 1, "2": 1, "3": 2, "4": 4},
      NO_GI, "skin"),
    g("overall-2-liver overall-3-liver overall-4-liver", {"0": 0, "1": 2, "2": 3, "3": 3, "4": 4},
      NO_GI, "liver"),
    g("overall-2-gi overall-3-gi overall-3-gi-4 overall-4-gi",
      {"0": 0, "1": 2, "2": 3, "3": 3, "4": (3, 4)}, NO_GI, "gi"),
    g("overall-3-gi-4 overall-4-gi", {"III": 3, "IV": 4}, {**NO_GI, "gi": "4"}, "gi4"),
    g("overall-4-performance-skin", {"kept": 1, "extreme-fall": (1, 4)}, {**NO_GI, "skin": "1"},
      "performance"),
    g("overall-4-performance-skin", {"no": 1, "yes": 4},
      {**NO_GI, "skin": "1", "performance": "extreme-fall"}, "raised"),
    g("overall-4-performance-liver", {"no": 2, "yes": 4},
      {**NO_GI, "liver": "1", "performance": "extreme-fall"}, "raised"),
    g("overall-4-performance-gi", {"no": 2, "yes": 4},
      {**NO_GI, "gi": "1", "performance": "extreme-fall"}, "raised"),
)  # fmt: skip

NIH = (
    n("mild moderate-organ severe-organ", {"0": 0, "1": 1, "2": 2, "3": 3}, {}, "mouth"),
    n("moderate-lungs severe-lungs", {"0": 0, "1": 2, "2": 3, "3": 3}, {}, "lungs"),
    n("mild moderate-organs", {"0": 1, "1": 2}, {"skin": "1", "mouth": "1"}, "eyes"),
    n("mild", {"0": 1, "1": 1, "other-cause": 1}, {"skin": "1"}, "eyes"),
    n("moderate-organs", {"1": 2, "other-cause": 1}, {"skin": "1", "mouth": "1"}, "eyes"),
)

GVHD_BOUNDARIES: tuple[GradeBoundary, ...] = (
    *SKIN, *LIVER, *UPPER_GI, *LOWER_GI, *MAGIC, *GLUCKSBERG, *NIH,
)  # fmt: skip
