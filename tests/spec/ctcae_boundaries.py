"""CTCAE 5.0 and 6.0 at every boundary.

The expected grades follow from the printed cells and from how they meet: of a fall the lower
bound of a cell is inclusive, of a rise the upper bound; equality never belongs to the worse
grade. Oracle: those cells, not the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from grade_boundaries import Expected, GradeBoundary

Rows = dict[str, Expected]
G9 = "10*9/L"
BOTH = ("5.0", "6.0")


def _around(cut: str, step: str, below: Expected, at: Expected, above: Expected) -> Rows:
    middle, width = Decimal(cut), Decimal(step)
    return {str(middle - width): below, str(middle): at, str(middle + width): above}


def falls(cut: str, step: str, milder: int, worse: int) -> Rows:
    """Below the cut the worse grade; at it still the milder one."""
    return _around(cut, step, worse, milder, milder)


def rises(cut: str, step: str, milder: int, worse: int) -> Rows:
    """Above the cut the worse grade; at it still the milder one."""
    return _around(cut, step, milder, milder, worse)


def starts(cut: str, step: str, before: int, grade: int) -> Rows:
    """A cell that begins at the cut, inclusive."""
    return _around(cut, step, before, grade, grade)


def b(
    version: str, term: str, rules: str, rows: Rows, unit: str = "",
    base: dict[str, str] | None = None, moved: str = "value",
) -> GradeBoundary:  # fmt: skip
    """A boundary of one version."""
    ids = " ".join(f"{term}-{rule}" for rule in rules.split())
    return GradeBoundary("ctcae", version, term, ids, rows, unit, base or {}, moved)


def counts(
    version: str, term: str, unit: str, lln: str, step: str, cuts: Iterable[str]
) -> Iterator[GradeBoundary]:
    """A count whose grade 1 begins below the lower limit of normal."""
    base = {"lln": lln}
    yield b(version, term, "1", falls(lln, step, 0, 1), unit, base)
    for grade, cut in enumerate(cuts, 1):
        rules = f"{grade} {grade + 1}"
        yield b(version, term, rules, falls(cut, step, grade, grade + 1), unit, base)


def multiples(
    version: str, term: str, suffix: str, unit: str, cuts: Iterable[str], step: str,
    base: dict[str, str], inclusive: bool = False,
) -> Iterator[GradeBoundary]:  # fmt: skip
    """A value that rises over cuts (here as numbers); `inclusive`: the first belongs to grade 1."""
    for grade, cut in enumerate(cuts, 1):
        first = grade == 1
        rows = (starts if first and inclusive else rises)(cut, step, grade - 1, grade)
        rules = f"1{suffix}" if first else f"{grade - 1}{suffix} {grade}{suffix}"
        yield b(version, term, rules, rows, unit, base)


def _counts() -> Iterator[GradeBoundary]:
    yield from counts("5.0", "platelets", G9, "150", "1", ("75", "50", "25"))
    yield from counts("6.0", "platelets", G9, "150", "1", ("75", "50", "10"))
    yield from counts("5.0", "neutrophils", G9, "2.0", "0.01", ("1.5", "1.0", "0.5"))
    yield b("6.0", "neutrophils", "1", falls("1.5", "0.01", 0, 1), G9)
    for grade, cut in enumerate(("1.0", "0.5", "0.1"), 1):
        rows = falls(cut, "0.01", grade, grade + 1)
        yield b("6.0", "neutrophils", f"{grade} {grade + 1}", rows, G9)
    yield from counts("5.0", "lymphocytes", G9, "1.0", "0.01", ("0.8", "0.5", "0.2"))
    yield b("6.0", "lymphocytes", "1", falls("1.0", "0.01", 0, 1) | {"0.1": 1}, G9, {"lln": "1.0"})
    for v in BOTH:
        yield from counts(v, "wbc", G9, "4.0", "0.01", ("3.0", "2.0", "1.0"))
        yield from counts(v, "cd4", G9, "0.6", "0.001", ("0.5", "0.2", "0.05"))
        yield from counts(v, "hemoglobin", "g/L", "120", "1", ("100", "80"))
        yield b(v, "hemoglobin", "3", {"10": 3, "79": 3}, "g/L")
        yield b(v, "lymphocytes-high", "2", rises("4", "0.1", 0, 2), G9)
        yield b(v, "lymphocytes-high", "2 3", rises("20", "0.1", 2, 3), G9)
        yield b(v, "leukocytosis", "3", rises("100", "1", 0, 3), G9)
    # the same count, two versions; without the limit of normal the absolute cells still grade
    yield b("5.0", "platelets", "3 4", {"12": 4, "60": 2, "75": (0, 1), "200": (0, 1)}, G9)
    yield b("6.0", "platelets", "2 3", {"12": 3, "60": 2, "75": (0, 1), "200": (0, 1)}, G9)


def _liver() -> Iterator[GradeBoundary]:
    normal, high = {"uln": "40", "baseline": "30"}, {"uln": "40", "baseline": "100"}
    u = "U/L"
    for term in ("alt", "ast"):
        for v in BOTH:
            yield from multiples(v, term, "", u, ("40", "120", "200", "800"), "1", normal)
        five, six = ("150", "300", "500", "2000"), ("100", "150", "200", "400")
        yield from multiples("5.0", term, "-high-baseline", u, five, "1", high, True)
        yield from multiples("6.0", term, "-high-baseline", u, six, "1", high, True)
    for term in ("alp", "ggt"):
        versions = BOTH if term == "ggt" else ("5.0",)
        for v in versions:
            yield from multiples(v, term, "", u, ("40", "100", "200", "800"), "1", normal)
        five = ("200", "250", "500", "2000")
        yield from multiples("5.0", term, "-high-baseline", u, five, "1", high, True)
    six = ("100", "150", "300", "1000")
    yield from multiples("6.0", "ggt", "-high-baseline", u, six, "1", high, True)
    yield b("6.0", "alp", "1", rises("40", "1", 0, 1), u, normal)
    yield b("6.0", "alp", "1", rises("100", "1", 0, 1), u, high)
    # bilirubin in mg/dL, upper limit 1.0, and with a baseline of 2.0
    low, raised, mg = {"uln": "1.0", "baseline": "0.8"}, {"uln": "1.0", "baseline": "2.0"}, "mg/dL"
    for v in BOTH:
        yield from multiples(v, "bilirubin", "", mg, ("1.0", "1.5", "3.0", "10.0"), "0.1", low)
    five, six = ("2.0", "3.0", "6.0", "20.0"), ("2.0", "3.0", "5.0", "20.0")
    yield from multiples("5.0", "bilirubin", "-high-baseline", mg, five, "0.1", raised)
    yield from multiples("6.0", "bilirubin", "-high-baseline", mg, six, "0.1", raised, True)
    # where the baseline alone decides which column counts
    yield b("5.0", "alt", "1 1-high-baseline", {"40": 1, "41": 0}, u,
            {"value": "60", "uln": "40"}, "baseline")  # fmt: skip
    yield b("5.0", "alt", "1 1-high-baseline", {"normal": 1, "none": 1, "high": (0, 1)}, u,
            {"value": "100", "uln": "40"}, "baseline")  # fmt: skip
    # 6.0 prints grade 3 for a baseline up to 5 x ULN: above it no other cell fits
    yield b("6.0", "alt", "3-high-baseline", {"600": 2, "601": 3}, u,
            {"uln": "40", "baseline": "300"})  # fmt: skip


def _kidney() -> Iterator[GradeBoundary]:
    mg = "mg/dL"
    quiet = {"lln": "0.5", "uln": "1.0", "baseline": "1.0"}
    low = {"lln": "0.5", "uln": "1.0", "baseline": "0.4"}
    for v in BOTH:
        yield b(v, "creatinine", "1", rises("1.0", "0.01", 0, 1), mg, quiet)
        yield b(v, "creatinine", "1 2", rises("1.5", "0.01", 1, 2), mg, quiet)
        yield b(v, "creatinine", "2 3", rises("3.0", "0.01", 2, 3), mg, quiet)
        yield b(v, "creatinine", "3 4", rises("6.0", "0.01", 3, 4), mg, quiet)
        yield b(v, "creatinine", "2-baseline", rises("0.6", "0.01", 0, 2), mg, low)
        yield b(v, "creatinine", "2-baseline 3-baseline", rises("1.2", "0.01", 2, 3), mg, low)
    # a low-normal baseline counts in 5.0 and not in 6.0
    some = {"lln": "0.5", "uln": "1.0", "baseline": "0.5"}
    yield b("5.0", "creatinine", "2-baseline", {"0.75": 0, "0.76": 2}, mg, some)
    yield b("6.0", "creatinine", "2-baseline", {"0.75": 0, "0.76": 0}, mg, some)
    yield b("6.0", "crcl", "2", _around("49", "1", 2, 2, 0), "mL/min")
    yield b("6.0", "crcl", "2 3", _around("25", "1", 3, 3, 2) | {"25.5": 2}, "mL/min")
    yield b("6.0", "crcl", "3 elsewhere", _around("10", "1", (), 3, 3), "mL/min")


def _fibrinogen() -> Iterator[GradeBoundary]:
    same = {"lln": "2.0", "baseline": "2.0"}  # a baseline that is normal
    fallen = {"lln": "4.0", "baseline": "4.8"}
    low = {"lln": "4.0", "baseline": "3.6", "fibrinogen_pct_rule": "baseline"}
    gl = "g/L"
    for v in BOTH:
        yield b(v, "fibrinogen", "1", falls("2.0", "0.01", 0, 1), gl, same)
        yield b(v, "fibrinogen", "1 2", {"1.51": 1, "1.5": 2, "1.49": 2}, gl, same)
        yield b(v, "fibrinogen", "2 3", {"1.01": 2, "1.0": 3, "0.99": 3}, gl, same)
        yield b(v, "fibrinogen", "4-absolute", {"0.51": 3, "0.5": 4, "0.49": 4}, gl, same)
        yield b(v, "fibrinogen", "4-absolute", {"0.5": (0, 1, 2, 3, 4), "0.49": 4}, gl)
        # the fall from the baseline: 25, 50 and 75 % of 4.8 are 3.6, 2.4 and 1.2
        yield b(v, "fibrinogen", "1-fall", {"4.0": 0, "3.99": 1}, gl, fallen)
        yield b(v, "fibrinogen", "1-fall 2-fall", {"3.61": 1, "3.6": 2, "3.59": 2}, gl, fallen)
        yield b(v, "fibrinogen", "2-fall 3-fall", {"2.41": 2, "2.4": 3, "2.39": 3}, gl, fallen)
        yield b(v, "fibrinogen", "3-fall 4-fall", {"1.21": 3, "1.2": 4, "1.19": 4}, gl, fallen)
        yield b(v, "fibrinogen", "3 4", falls("1.0", "0.01", 3, 4), gl,
                {"lln": "4.0", "baseline": "none"})  # fmt: skip
        # read of the baseline: 25, 50 and 75 % of 3.6 are 2.7, 1.8 and 0.9
        drops: dict[str, Rows] = {
            "1": {"3.6": 0, "3.59": 1}, "1 2": {"2.71": 1, "2.7": 2},
            "2 3": {"1.81": 2, "1.8": 3}, "3 4": {"0.91": 3, "0.9": 4},
        }  # fmt: skip
        for rules, rows in drops.items():
            ids = " ".join(f"{rule}-fall-low-baseline" for rule in rules.split())
            yield b(v, "fibrinogen", ids, rows, gl, low)
        for rules, cut in (("1", "4.0"), ("1 2", "3.0"), ("2 3", "2.0"), ("3 4", "1.0")):
            ids = " ".join(f"{rule}-normal-baseline" for rule in rules.split())
            worse = int(rules[-1])
            rows = falls(cut, "0.01", worse - 1, worse)
            yield b(v, "fibrinogen", ids, rows, gl, fallen | {"fibrinogen_pct_rule": "baseline"})
        yield b(v, "fibrinogen", "2-fall 1-normal-baseline", {"current": 2, "baseline": 1}, gl,
                {"lln": "4.0", "baseline": "4.8", "value": "3.5"},
                "fibrinogen_pct_rule")  # fmt: skip


def _pancreas() -> Iterator[GradeBoundary]:
    u = "U/L"
    middle = {("5.0", "lipase"): "200", ("6.0", "lipase"): "300",
              ("5.0", "amylase"): "200", ("6.0", "amylase"): "200"}  # fmt: skip
    for (v, term), cut in middle.items():
        base = {"uln": "100"}
        none, severe = base | {"symptoms": "none"}, base | {"symptoms": "severe"}
        yield b(v, term, "1", rises("100", "1", 0, 1), u, base)
        yield b(v, term, "1 2", rises("150", "1", 1, 2), u, base)
        above = str(int(cut) + 1)
        yield b(v, term, "2 2-asymptomatic 3-symptomatic", {cut: 2, above: (2, 3)}, u, base)
        yield b(v, term, "2-asymptomatic 3-asymptomatic", rises("500", "1", 2, 3), u, none)
        yield b(v, term, "3-symptomatic 4", rises("500", "1", 3, 4), u, severe)
        yield b(v, term, "3-asymptomatic 4", {"500": (2, 3), "501": (3, 4)}, u, base)
    words: Rows = {"none": 2, "mild": 3, "moderate": 3, "severe": 3, "yes": 3}
    for v, term, value in (("5.0", "lipase", "400"), ("6.0", "lipase", "400"),
                           ("5.0", "amylase", "400")):  # fmt: skip
        yield b(v, term, "2-asymptomatic 3-symptomatic", words, u,
                {"uln": "100", "value": value}, "symptoms")  # fmt: skip
    yield b("6.0", "amylase", "2-asymptomatic 3-symptomatic", words | {"mild": 2, "yes": (2, 3)},
            u, {"uln": "100", "value": "400"}, "symptoms")  # fmt: skip


def _coagulation() -> Iterator[GradeBoundary]:
    off = {"anticoagulation": "no"}
    on = {"anticoagulation": "yes", "baseline": "0.8"}
    for v in BOTH:
        for rules, cut, low, high in (("1", "1.2", 0, 1), ("1 2", "1.5", 1, 2),
                                      ("2 3", "2.5", 2, 3)):  # fmt: skip
            yield b(v, "inr", rules, rises(cut, "0.01", low, high), "{INR}", off)
        yield b(v, "inr", "1-anticoagulated", rises("0.8", "0.01", 0, 1), "{INR}", on)
        yield b(v, "inr", "1-anticoagulated 2-anticoagulated", rises("1.2", "0.01", 1, 2),
                "{INR}", on)  # fmt: skip
        yield b(v, "inr", "2-anticoagulated 3-anticoagulated", rises("2.0", "0.01", 2, 3),
                "{INR}", on)  # fmt: skip
        for rules, cut, low, high in (("1", "40", 0, 1), ("1 2", "60", 1, 2),
                                      ("2 3", "100", 2, 3)):  # fmt: skip
            yield b(v, "aptt", rules, rises(cut, "1", low, high), "s", {"uln": "40"})
        yield b(v, "aptt", "3-bleeding", {"no": 0, "yes": 3}, "s",
                {"uln": "40", "value": "35"}, "bleeding")  # fmt: skip
        yield b(v, "inr", "3-bleeding", {"no": 0, "yes": 3}, "{INR}",
                off | {"value": "1.0"}, "bleeding")  # fmt: skip


def _heart() -> Iterator[GradeBoundary]:
    base = {"baseline": "445"}
    for v in BOTH:
        yield b(v, "qtc", "1", starts("450", "1", 0, 1), "ms", base)
        yield b(v, "qtc", "1 2", {"480": 1, "480.4": 1, "480.5": 2, "481": 2}, "ms", base)
        yield b(v, "qtc", "2 3", {"500": 2, "500.4": 2, "500.5": 3, "501": 3}, "ms", base)
        yield b(v, "qtc", "3-change", rises("440", "1", 0, 3), "ms", {"baseline": "380"})
        words: Rows = {"none": 0, "torsade": 4, "polymorphic-vt": 4}
        words |= {"serious": 4} if v == "5.0" else {}
        yield b(v, "qtc", "4", words, "ms", base | {"value": "440"}, "arrhythmia")
    yield b("6.0", "qtc", "4-life-threatening", {"no": 0, "yes": 4}, "ms",
            base | {"value": "440"}, "life_threatening")  # fmt: skip


def _fever() -> Iterator[GradeBoundary]:
    short, long = {"over_24_h": "no"}, {"over_24_h": "yes"}
    low, hot = {"value": "0.5"}, {"temperature": "38.4", "sustained": "no"}
    for v in BOTH:
        yield b(v, "fever", "1", starts("38.0", "0.1", 0, 1), "Cel")
        yield b(v, "fever", "1 2", rises("39.0", "0.1", 1, 2), "Cel")
        yield b(v, "fever", "2 3", rises("40.0", "0.1", 2, 3), "Cel", short)
        yield b(v, "fever", "2 4", rises("40.0", "0.1", 2, 4), "Cel", long)
        yield b(v, "febrile-neutropenia", "3", falls("1.0", "0.01", 0, 3), G9, hot)
        yield b(v, "febrile-neutropenia", "3", rises("38.3", "0.1", 0, 3), G9,
                low | {"sustained": "no"}, "temperature")  # fmt: skip
        yield b(v, "febrile-neutropenia", "3-sustained", starts("38.0", "0.1", 0, 3), G9,
                low | {"sustained": "yes"}, "temperature")  # fmt: skip


def _findings() -> Iterator[GradeBoundary]:
    yes: Rows = {"no": 0, "yes": 4}
    died: Rows = {"no": 0, "yes": 5}
    well = {"value": "160", "lln": "120"}
    cool = {"value": "5.0", "temperature": "37.0", "sustained": "no"}
    counts_ = {"value": "50"}
    for v in BOTH:
        for term, unit, base in (("hemoglobin", "g/L", well), ("febrile-neutropenia", G9, cool)):
            yield b(v, term, "4", yes, unit, base, "life_threatening")
            yield b(v, term, "5", died, unit, base, "death")
        yield b(v, "hemoglobin", "3-transfusion", {"no": 0, "yes": 3}, "g/L", well,
                "transfusion_indicated")  # fmt: skip
        yield b(v, "leukocytosis", "4", yes, G9, counts_, "leucostasis")
        yield b(v, "leukocytosis", "5", died, G9, counts_, "death")
    full = {"value": "200", "lln": "150"}
    yield b("6.0", "platelets", "3-transfusion", {"no": 0, "yes": 3}, G9, full,
            "transfusion_indicated")  # fmt: skip
    yield b("6.0", "platelets", "4-life-threatening", yes, G9, full, "life_threatening")
    yield b("6.0", "platelets", "5", died, G9, full, "death")


def _texts() -> Iterator[GradeBoundary]:
    none, bad, dead = {"description": "none"}, {"no": 0, "yes": 4}, {"no": 0, "yes": 5}
    reaction = {"mild-transient": 1, "interrupted-prompt-response": 2, "prolonged": 3,
                "recurrent": 3, "hospitalised": 3, "none": 0}  # fmt: skip
    eating = {"eating-unchanged": 1, "intake-decreased": 2, "intake-inadequate": 3, "none": 0}
    for v in BOTH:
        term = "infusion-related-reaction"
        yield b(v, term, "1 2 3", dict(reaction), moved="description")
        yield b(v, term, "4", dict(bad), base=none, moved="life_threatening")
        yield b(v, term, "5", dict(dead), base=none, moved="death")
        words: Rows = {"culture-positive-without-signs": 2, "none": 0}
        yield b(v, "bacteremia", "2", words, moved="description")
        yield b(v, "nausea", "1 2 3", dict(eating), moved="description")
        yield from _crs(v)
    ladders: dict[str, tuple[str, Rows]] = {
        "sepsis": ("3", {"iv-intervention": 3, "none": 0}),
        "infections-other": ("1 2 3", {"mild": 1, "moderate": 2, "severe": 3, "none": 0}),
        "secondary-hlh": ("1 2 3", {"mild": 1, "intervention": 2, "severe": 3, "none": 0}),
        "sinusoidal-obstruction-syndrome": (
            "2 3 4", {"bilirubin-2-to-5": 2, "minor-interventions": 2, "bilirubin-above-5": 3,
                      "coagulation-modifier": 3, "reversed-flow": 3, "ventilator": 4,
                      "dialysis": 4, "none": 0},
        ),
    }  # fmt: skip
    for term, (rules, rows) in ladders.items():
        yield b("6.0", term, rules, rows, moved="description")
        rule = "4-life-threatening" if term.startswith("sinusoidal") else "4"
        yield b("6.0", term, rule, dict(bad), base=none, moved="life_threatening")
        yield b("6.0", term, "5", dict(dead), base=none, moved="death")


def _crs(v: str) -> Iterator[GradeBoundary]:
    term, plain = "cytokine-release-syndrome", {"hypotension": "none", "hypoxia": "none"}
    fever = plain | {"fever": "yes"}
    mild, more = (
        ("oxygen-below-40-percent", "oxygen-at-least-40-percent") if v == "5.0"
        else ("low-flow", "high-flow")
    )  # fmt: skip
    yield b(v, term, "1", {"no": 0, "yes": 1}, base=plain, moved="fever")
    yield b(v, term, "2-hypotension 3-hypotension", {"none": 1, "fluids": 2, "vasopressor": 3},
            base=fever, moved="hypotension")  # fmt: skip
    yield b(v, term, "2-hypoxia 3-hypoxia", {"none": 1, mild: 2, more: 3}, base=fever,
            moved="hypoxia")  # fmt: skip
    yield b(v, term, "4", {"no": 1, "yes": 4}, base=fever, moved="life_threatening")


CTCAE_BOUNDARIES: tuple[GradeBoundary, ...] = (
    *_counts(), *_liver(), *_kidney(), *_fibrinogen(), *_pancreas(), *_coagulation(), *_heart(),
    *_fever(), *_findings(), *_texts(),
)  # fmt: skip
