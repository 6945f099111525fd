"""CRS and ICANS by findings, each cell beside the milder one.

The expected grades follow from the printed tables: ASTCT takes the worse of hypotension and
hypoxia (CRS) and the worst domain (ICANS), Lee 2014 the worst cell, Penn its hypotension rule
alone. Oracle: those tables, not the code.
"""

from __future__ import annotations

from grade_boundaries import Expected, GradeBoundary

Rows = dict[str, Expected]
CALM = {"fever": "yes", "hypotension": "none", "hypoxia": "none"}
TREATED = {"fever": "no", "anticytokine": "yes", "hypotension": "none", "hypoxia": "none"}
WELL = {"ice": "10", "consciousness": "awake"}
CHILD = {"capd": "8", "consciousness": "awake"}
LEE = {
    "constitutional": "yes", "hypotension": "none", "oxygen": "none", "organ_toxicity": "none",
    "transaminitis": "none",
}  # fmt: skip


def crs(rules: str, moved: str, rows: Rows, base: dict[str, str] = CALM) -> GradeBoundary:
    """One finding of ASTCT CRS moved, the others held."""
    rest = {name: word for name, word in base.items() if name != moved}
    ids = " ".join(f"crs-{rule}" for rule in rules.split())
    return GradeBoundary("astct-crs", "2019", "crs", ids, rows, "", rest, moved)


def without(base: dict[str, str], name: str) -> dict[str, str]:
    return {key: word for key, word in base.items() if key != name}


HYPOTENSION = "2-hypotension 3-hypotension 4-hypotension"
HYPOXIA = "2-hypoxia 3-hypoxia 4-hypoxia"
AFTER = "-after-therapy"
PRESSURE: Rows = {"no-vasopressor": 2, "vasopressor": 3, "multiple-vasopressors": 4}
OXYGEN: Rows = {"low-flow": 2, "high-flow": 3, "positive-pressure": 4}

CRS_BOUNDARIES: tuple[GradeBoundary, ...] = (
    crs("1-fever", "temperature", {"37.9": 0, "38.0": 1, "38.1": 1}, without(CALM, "fever")),
    crs("1-fever", "fever", {"no": 0, "yes": 1}),
    crs(HYPOTENSION, "hypotension", {"none": 1, **PRESSURE, "vasopressor-and-vasopressin": 3}),
    crs("3-hypotension 4-hypotension", "hypotension", {"any-vasopressor": (3, 4)}),
    crs(HYPOXIA, "hypoxia", {"none": 1, **OXYGEN}),
    crs("2-hypoxia 3-hypoxia", "oxygen_flow", {"5.9": 2, "6": 2, "6.1": 3},
        without(CALM, "hypoxia")),
    crs("2-hypotension 3-hypotension 4-hypoxia", "hypotension",
        {"none": 4, "vasopressor": 4}, CALM | {"hypoxia": "positive-pressure"}),
    crs("2-hypoxia 3-hypotension", "hypoxia", {"none": 3, "low-flow": 3, "high-flow": 3},
        CALM | {"hypotension": "vasopressor"}),
    crs(HYPOTENSION.replace(" ", f"{AFTER} ") + AFTER, "hypotension", {"none": 0, **PRESSURE},
        TREATED),
    crs(HYPOXIA.replace(" ", f"{AFTER} ") + AFTER, "hypoxia", {"none": 0, **OXYGEN}, TREATED),
    crs("3-hypotension-after-therapy", "anticytokine", {"no": 0, "yes": 3},
        {"fever": "no", "hypotension": "vasopressor", "hypoxia": "none"}),
    crs("3-hypotension 3-hypotension-after-therapy", "fever", {"no": (0, 3), "yes": 3},
        {"hypotension": "vasopressor", "hypoxia": "none"}),
    crs(f"1-fever {HYPOXIA}", "hypotension", {"none": (1, 2, 3, 4), "no-vasopressor": (2, 3, 4),
        "multiple-vasopressors": 4}, {"fever": "yes"}),
    crs("5", "death", {"no": 4, "yes": 5}, CALM | {"hypotension": "multiple-vasopressors"}),
)  # fmt: skip


def icans(rules: str, moved: str, rows: Rows, base: dict[str, str] = WELL) -> GradeBoundary:
    """One domain of ICANS moved, the others held."""
    term = "icans-capd" if "capd" in (moved, *base) else "icans"
    rest = {name: word for name, word in base.items() if name != moved}
    ids = " ".join(f"{term}-{rule}" for rule in rules.split())
    return GradeBoundary("astct-icans", "2019", "", ids, rows, "", rest, moved)


def domains(base: dict[str, str], mild: int) -> tuple[GradeBoundary, ...]:
    """The domains that adults and children share."""
    return (
        icans("2-consciousness 3-consciousness 4-consciousness", "consciousness",
              {"awake": mild, "to-voice": 2, "tactile": 3, "unarousable": 4}, base),
        icans("4-consciousness", "sedated", {"no": 4, "yes": mild},
              base | {"consciousness": "unarousable"}),
        icans("3-seizure 4-seizure", "seizure",
              {"none": mild, "brief": 3, "prolonged": 4, "yes": (3, 4)}, base),
        icans("4-motor", "motor", {"none": mild, "weakness": 4}, base),
        icans("3-edema 4-edema", "edema", {"none": mild, "focal": 3, "diffuse": 4}, base),
    )  # fmt: skip


ICANS_BOUNDARIES: tuple[GradeBoundary, ...] = (
    icans("1-ice", "ice", {"10": 0, "9": 1, "8": 1}),
    icans("1-ice 2-ice", "ice", {"7": 1, "6": 2, "5": 2}),
    icans("2-ice 3-ice", "ice", {"3": 2, "2": 3, "1": 3}),
    icans("3-ice 4-consciousness", "ice", {"1": 4, "0": 4},
          WELL | {"consciousness": "unarousable"}),
    icans("3-ice 4-consciousness", "consciousness", {"awake": 3, "unarousable": 4},
          WELL | {"ice": "0"}),
    icans("3-ice 4-consciousness", "ice", {"7": (1, 2, 3, 4), "0": (3, 4)}, {}),
    icans("4-consciousness", "consciousness", {"awake": (0, 1, 2, 3), "unarousable": 4}, {}),
    icans("2-ice 3-seizure", "ice", {"7": 3, "3": 3}, WELL | {"seizure": "brief"}),
    *domains(WELL, 0),
    icans("1 2-consciousness", "consciousness", {"awake": 1, "to-voice": 2}, CHILD),
    icans("1 3", "capd", {"0": 1, "8": 1, "9": 3, "10": 3}, CHILD),
    icans("4", "capd", {"9": 3, "unable": 4}, CHILD),
    icans("1 3", "age", {"11": 1, "11.9": 1}, CHILD),
    *domains(CHILD, 1),
)  # fmt: skip


def lee(rules: str, moved: str, rows: Rows, base: dict[str, str] = LEE) -> GradeBoundary:
    """One finding of Lee 2014 moved, the others held."""
    rest = {name: word for name, word in base.items() if name != moved}
    ids = " ".join(f"lee-{rule}" for rule in rules.split())
    return GradeBoundary("lee", "2014", "crs", ids, rows, "", rest, moved)


LEE_BOUNDARIES: tuple[GradeBoundary, ...] = (
    lee("1", "constitutional", {"no": 0, "yes": 1}),
    lee("2-oxygen 3-oxygen 4-oxygen", "oxygen",
        {"none": 1, "below-40-percent": 2, "at-least-40-percent": 3, "ventilator": 4}),
    lee("2-hypotension 3-hypotension", "hypotension",
        {"none": 1, "fluids": 2, "low-dose-pressor": 2, "high-dose-pressor": 3,
         "multiple-pressors": 3, "vasopressor": (2, 3)}),
    lee("2-organ 3-organ 4-organ", "organ_toxicity", {"1": 1, "2": 2, "3": 3, "4": 4}),
    lee("2-transaminitis 3-transaminitis", "transaminitis", {"1": 1, "2": 2, "3": 3, "4": 3}),
    lee("2-organ 3-organ 4-organ", "hypotension", {"fluids": (2, 3, 4)},
        without(LEE, "organ_toxicity")),
)  # fmt: skip

PENN_BOUNDARIES: tuple[GradeBoundary, ...] = (
    GradeBoundary(
        "penn", "2018", "crs", "penn-3-hypotension penn-other",
        {"none": tuple(range(6)), "single-bolus": tuple(range(6)), "multiple-boluses": 3,
         "low-dose-pressor": 3, "high-dose-pressor": tuple(range(6)),
         "fluids": tuple(range(6)), "yes": tuple(range(6))},
        moved="hypotension",
    ),
)  # fmt: skip

EFFECTOR_BOUNDARIES = (
    *CRS_BOUNDARIES, *ICANS_BOUNDARIES, *LEE_BOUNDARIES, *PENN_BOUNDARIES,
)  # fmt: skip
