"""ICAHT 2023 and T-ICAHT 2025 at every boundary.

The expected grades are those of the printed tables: early ICAHT by the longest run (1-6, 7-13,
14-30 days at or below 500; 7-13 and 14 days at or below 100; 31 days are "never above 500"),
late by the lowest value with a second one of at most 1500; T-ICAHT by cumulative days.
"""

from __future__ import annotations

from grade_boundaries import Expected, GradeBoundary

Rows = dict[str, Expected]
AT_500, AT_100 = "days_at_or_below_500", "days_at_or_below_100"
BELOW_20, BELOW_50, BELOW_100 = "days_below_20", "days_below_50", "days_below_100"


def n(
    term: str,
    rules: str,
    moved: str,
    rows: Rows,
    base: dict[str, str] | None = None,
    unit: str = "",
) -> GradeBoundary:
    """A boundary of ICAHT."""
    ids = " ".join(f"{term}-{rule}" for rule in rules.split())
    return GradeBoundary("icaht", "2023", term, ids, rows, unit, base or {}, moved)


def t(term: str, rules: str, moved: str, rows: Rows, base: dict[str, str]) -> GradeBoundary:
    """A boundary of T-ICAHT."""
    ids = " ".join(f"{term}-{rule}" for rule in rules.split())
    return GradeBoundary("t-icaht", "2025", term, ids, rows, "", base, moved)


ICAHT_BOUNDARIES = (
    n("early", "1", AT_500, {"0": 0, "1": 1}, {AT_100: "0"}),
    n("early", "1 2", AT_500, {"6": 1, "7": 2, "8": 2}, {AT_100: "0"}),
    n("early", "2 3-500", AT_500, {"13": 2, "14": 3, "15": 3}, {AT_100: "0"}),
    n("early", "3-500 4-never", AT_500, {"29": 3, "30": 3, "31": 4}, {AT_100: "0"}),
    n("early", "3-100", AT_100, {"0": 2, "6": 2, "7": 3, "8": 3}, {AT_500: "10"}),
    n("early", "3-100 4-100", AT_100, {"13": 3, "14": 4, "15": 4}, {AT_500: "20"}),
    n("early", "4-open", "open_since_start", {"no": 3, "yes": 4}, {AT_500: "17", AT_100: "0"}),
    # one run not stated: at most (at 100), or at least (at 500), as long as the other
    n("early", "1 2 3-100", AT_500, {"6": 1, "7": (2, 3), "13": (2, 3), "14": (3, 4)}),
    n("early", "3-100 4-100", AT_100, {"6": (1, 2, 3, 4), "13": (3, 4), "14": 4}),
    n("late", "1-alone", "value", {"1499": 1, "1500": 1, "1501": 0}, {"counts": "one"}, "/uL"),
    n("late", "2-alone", "value", {"999": 2, "1000": 2, "1001": 1}, {"counts": "one"}, "/uL"),
    n("late", "3-alone", "value", {"499": 3, "500": 3, "501": 2}, {"counts": "one"}, "/uL"),
    n("late", "4-alone", "value", {"99": 4, "100": 4, "101": 3}, {"counts": "one"}, "/uL"),
    n("late", "1", "second_value", {"1499": 1, "1500": 1, "1501": 0}, {"value": "1200"}, "/uL"),
    n("late", "2", "second_value", {"1499": 2, "1500": 2, "1501": 0}, {"value": "1000"}, "/uL"),
    n("late", "3", "second_value", {"1499": 3, "1500": 3, "1501": 0}, {"value": "500"}, "/uL"),
    n("late", "4", "second_value", {"1499": 4, "1500": 4, "1501": 0}, {"value": "100"}, "/uL"),
    # whether there was a second count is not stated
    n("late", "3", "value", {"0.4": (0, 3), "1.6": 0}, {}, "10*9/L"),
)

T_ICAHT_BOUNDARIES = (
    t("early", "1", BELOW_50, {"0": 0, "1": 1, "2": 1}, {BELOW_20: "0"}),
    t("early", "1 2", BELOW_50, {"6": 1, "7": 2, "8": 2}, {BELOW_20: "0"}),
    t("early", "2", BELOW_50, {"13": 2, "14": 2, "30": 2, "31": 2}, {BELOW_20: "0"}),
    t("early", "3", BELOW_20, {"0": 2, "1": 3, "2": 3}, {BELOW_50: "20"}),
    t("early", "3 4", BELOW_20, {"13": 3, "14": 4, "15": 4}, {BELOW_50: "20"}),
    # days below 20 not stated: at most as many as below 50
    t("early", "3 4", BELOW_50, {"0": 0, "1": (1, 2, 3), "14": (2, 3, 4)}, {}),
    t("late", "1", BELOW_100, {"0": 0, "1": 1, "2": 1},
      {BELOW_50: "0", BELOW_20: "0", "confirmed": "yes"}),
    t("late", "2", BELOW_50, {"0": 1, "1": 2, "2": 2},
      {BELOW_100: "30", BELOW_20: "0", "confirmed": "yes"}),
    t("late", "3", BELOW_20, {"0": 2, "1": 3, "2": 3},
      {BELOW_100: "30", BELOW_50: "20", "confirmed": "yes"}),
    t("late", "3 4", BELOW_20, {"13": 3, "14": 4, "15": 4},
      {BELOW_100: "30", BELOW_50: "20", "confirmed": "yes"}),
    t("late", "1 2 3 4", "confirmed", {"no": 0, "yes": 4},
      {BELOW_100: "30", BELOW_50: "20", BELOW_20: "14"}),
)  # fmt: skip
