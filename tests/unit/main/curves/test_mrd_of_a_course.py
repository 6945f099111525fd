"""MRD kinetics of a folder with mrd.csv.

Oracles: ``scipy.stats.linregress`` with Student's interval; log10(2) / slope; the days of lead
time that the sheet prints for 2.68e-5; laws (order of rows, facts that do not concern MRD).
"""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import linregress, t

from residua.course.course import arrange
from residua.course.mrd_curve import MrdCurve
from residua.main.curves.mrd import mrd_curves
from residua.main.run import run_case
from residua.readers.case import read_case

HEAD = """\
kind = "residua.case"
version = "1.0"
simulated = true
title = "Made up"
[diagnosis]
date = "2023-01-03"
disease = "B-cell acute lymphoblastic leukaemia"
"""
INDUCTION = '[[treatment]]\nid = "induction"\nstart = "2023-01-05"\nend = "2023-02-05"\n'
HSCT = '[[transplant]]\nid = "hsct"\ndate = "2023-04-10"\n'
COLUMNS = "date,tissue,method,target,status,fraction,denominator_kind,lod,lloq"
LIMITS = "nucleated,1e-5,4e-5"


def number(day: str, fraction: float, *, method: str = "flow", rest: str = LIMITS) -> str:
    return f"{day},marrow,{method},,quantified,{fraction},{rest}"


def none_seen(day: str, *, rest: str = LIMITS) -> str:
    return f"{day},marrow,flow,,not detected,,{rest}"


def folder_of(place: Path, therapies: str, rows: list[str]) -> Path:
    place.mkdir(exist_ok=True)
    (place / "case.toml").write_text(HEAD + therapies, "utf-8")
    (place / "mrd.csv").write_text("\n".join([COLUMNS, *rows]) + "\n", "utf-8")
    return place


def curves_of(place: Path, therapies: str, rows: list[str]) -> tuple[MrdCurve, ...]:
    return mrd_curves(arrange(read_case(folder_of(place, therapies, rows))))


FALL = [("2023-01-04", 0.81), ("2023-01-19", 6.1e-2), ("2023-02-02", 7e-3), ("2023-02-14", 8e-4)]
RISE = [("2023-10-04", 3e-5), ("2023-11-08", 1.3e-4), ("2023-12-06", 6e-4), ("2024-01-03", 2.1e-3)]


def days_of(pairs: list[tuple[str, float]]) -> np.ndarray:
    first = date.fromisoformat(pairs[0][0])
    return np.array([(date.fromisoformat(day) - first).days for day, _ in pairs], dtype=float)


def test_the_fall_under_a_therapy_is_the_regression_of_its_values(tmp_path: Path) -> None:
    """From the day before it to the first value after its last day; not the next one."""
    rows = [number(*pair) for pair in FALL] + [number("2023-03-20", 5e-4)]
    under = curves_of(tmp_path, INDUCTION + HSCT, rows)[0]
    known = linregress(days_of(FALL), [math.log10(value) for _, value in FALL])
    reach = t.ppf(0.975, 2) * known.stderr
    assert (under.after, under.phase, under.origin) == ("induction", "under", "2023-01-04")
    assert under.facts == ("mrd-1", "mrd-2", "mrd-3", "mrd-4")
    assert under.trend.outcome == "fall"
    assert under.trend.slope == pytest.approx(known.slope, rel=1e-5)
    assert under.trend.slope_interval.low == pytest.approx(known.slope - reach, rel=1e-3)
    assert under.trend.halving == pytest.approx(-math.log10(2) / known.slope, rel=1e-5)
    [(level, ahead)] = under.projections
    assert level == 1e-4
    assert ahead.day == pytest.approx((-4 - known.intercept) / known.slope, rel=1e-4)


def test_the_rise_off_therapy_begins_after_the_transplant(tmp_path: Path) -> None:
    """The last value before the transplant is no part of it."""
    rows = [
        number("2023-04-03", 9e-3),
        *(number(*pair, rest="nucleated,1e-6,1e-5") for pair in RISE),
    ]
    rise = curves_of(tmp_path, INDUCTION + HSCT, rows)[-1]
    known = linregress(days_of(RISE), [math.log10(value) for _, value in RISE])
    assert (rise.after, rise.phase, len(rise.facts)) == ("hsct", "after", 4)
    assert rise.trend.outcome == "rise"
    assert rise.trend.doubling == pytest.approx(math.log10(2) / known.slope, rel=1e-5)
    (_, passed), (five, ahead) = rise.projections
    assert "passed" in passed
    assert five == 0.05
    assert ahead.day == pytest.approx((math.log10(0.05) - known.intercept) / known.slope, rel=1e-4)
    assert rise.assumed is None


def test_the_next_therapy_and_a_relapse_end_a_line(tmp_path: Path) -> None:
    ino = '[[treatment]]\nid = "ino"\nstart = "2024-01-10"\n'
    event = '[[event]]\nid = "back"\ndate = "2023-12-06"\nkind = "relapse reported"\n'
    rows = [*(number(*pair) for pair in RISE), number("2024-02-10", 1e-5)]
    first, after_relapse, under_ino = curves_of(tmp_path, HSCT + ino + event, rows)
    assert first.facts == ("mrd-1", "mrd-2", "mrd-3")
    assert (after_relapse.relapse, after_relapse.facts) == ("back", ("mrd-4",))
    assert (under_ino.after, under_ino.phase) == ("ino", "from the start of")
    assert under_ino.facts == ("mrd-4", "mrd-5")


def test_cycles_of_one_regimen_are_one_therapy_and_other_drugs_are_not(tmp_path: Path) -> None:
    def cycle(name: str, start: str, drug: str) -> str:
        return (
            f'[[treatment]]\nid = "{name}"\nstart = "{start}"\n'
            f'[[treatment.drugs]]\nname = "{drug}"\ndays = "1-28"\n'
        )

    rows = [number(*pair) for pair in FALL]
    alike = cycle("one", "2023-01-05", "blinatumomab") + cycle("two", "2023-02-01", "blinatumomab")
    other = cycle("one", "2023-01-05", "blinatumomab") + cycle("two", "2023-02-01", "inotuzumab")
    [whole] = curves_of(tmp_path / "a", alike, rows)
    assert (whole.after, len(whole.facts)) == ("one", 4)
    assert [c.after for c in curves_of(tmp_path / "b", other, rows)][-1] == "two"


def test_methods_and_denominators_make_lines_of_their_own(tmp_path: Path) -> None:
    pcr = [number(day, value, method="pcr", rest="dna,1e-5,5e-5") for day, value in RISE]
    flow = [number(day, 2 * value) for day, value in RISE]
    found = curves_of(tmp_path, HSCT, [*pcr, *flow])
    assert {(c.method, c.denominator, len(c.facts)) for c in found} == {
        ("pcr", "dna", 4), ("flow", "nucleated", 4),
    }  # fmt: skip
    assert all(c.trend.flags == () for c in found)


def test_values_below_a_limit_are_bounds_a_silent_negative_nothing(tmp_path: Path) -> None:
    rows = [
        none_seen("2023-05-10"),
        none_seen("2023-07-12", rest="nucleated,,"),
        *(number(*pair) for pair in RISE),
    ]
    [curve] = curves_of(tmp_path, HSCT, rows)
    bounds = [(o.low, o.high) for o in curve.trend.observations if not o.quantified]
    assert bounds == [(0.0, 1e-5), (1e-5, 4e-5)]
    assert any("mrd-2" in note and "limit of detection" in note for note in curve.notes)
    assert "mrd-2" not in curve.facts


def test_a_partial_date_is_not_used_and_named(tmp_path: Path) -> None:
    rows = [*(number(*pair) for pair in RISE), number("2024-01", 4e-3)]
    [curve] = curves_of(tmp_path, HSCT, rows)
    assert "mrd-5" not in curve.facts
    assert any("mrd-5" in note for note in curve.notes)


def test_values_that_turn_round_are_told_no_trend(tmp_path: Path) -> None:
    rows = [number(*p) for p in (("2023-05-10", 1e-2), ("2023-06-10", 1e-4), ("2023-07-10", 5e-3))]
    [curve] = curves_of(tmp_path, HSCT, rows)
    assert curve.trend.outcome == "not assessable"
    assert "turn round" in curve.trend.reason
    assert curve.projections == ()


@pytest.mark.parametrize(
    ("doubling", "positive", "relapse"), [(5, 9.5, 54), (7, 13, 76), (10, 19, 109), (14, 27, 152)]
)
def test_one_value_has_days_at_assumed_doubling_times(
    doubling: int, positive: float, relapse: int
) -> None:
    """The published case and the days that the sheet prints for it."""
    folder = Path(__file__).parents[4] / "examples" / "huang-2023"
    [curve] = mrd_curves(arrange(read_case(folder)))
    assert curve.trend.outcome == "not assessable"
    assert curve.assumed.fact == "mrd-ino-day-30"
    assert "assumption" in curve.assumed.clause
    days = dict(curve.assumed.rows)[doubling]
    assert days[0] == pytest.approx(positive, abs=0.5)
    assert round(days[1]) == relapse


def test_nothing_is_assumed_where_a_therapy_came_after(tmp_path: Path) -> None:
    ino = '[[treatment]]\nid = "ino"\nstart = "2023-06-10"\n'
    rows = [number("2023-05-10", 1e-3), number("2023-05-20", 1e-3)]
    assert [c.assumed for c in curves_of(tmp_path / "a", HSCT + ino, rows)] == [None]
    assert curves_of(tmp_path / "b", HSCT, rows)[0].assumed.levels == (0.05,)


def test_log_reductions_cross_therapies_and_flag_methods(tmp_path: Path) -> None:
    rows = [
        number("2023-01-04", 1e-1, method="pcr", rest="dna,1e-5,5e-5"),
        number("2023-02-14", 1e-3),
        number("2023-05-10", 1e-4),
        none_seen("2023-06-10"),
    ]
    steps = [s for c in curves_of(tmp_path, INDUCTION + HSCT, rows) for s in c.steps]
    told = [(s.earlier, s.later, s.days, s.reduction.value, s.reduction.flags) for s in steps]
    assert told[0] == ("mrd-1", "mrd-2", 41, pytest.approx(2.0), ("cross-method",))
    assert told[1] == ("mrd-2", "mrd-3", 85, pytest.approx(1.0), ())
    assert told[2][3] is None
    assert (steps[2].reduction.low, steps[2].reduction.high) == (pytest.approx(1.0), math.inf)


def test_simulated_rises_are_recovered(tmp_path: Path) -> None:
    """Truth: doubling in 14 d, scatter 0.15 log10. At 95 % at least 6 of 8 intervals hold it
    (fewer has a chance below 1 %)."""
    random = np.random.default_rng(7)
    start, held = date(2023, 5, 1), 0
    for one in range(8):
        logs = -4.2 + math.log10(2) / 14 * np.arange(0, 84, 14) + random.normal(0, 0.15, 6)
        days = [(start + timedelta(days=14 * n)).isoformat() for n in range(6)]
        rows = [number(d, float(f"{10**y:.3g}")) for d, y in zip(days, logs, strict=True)]
        [curve] = curves_of(tmp_path / str(one), HSCT, rows)
        interval = curve.trend.doubling_interval
        held += interval is not None and interval.low <= 14 <= interval.high
    assert held >= 6


def test_order_of_rows_and_unrelated_facts_change_nothing(tmp_path: Path) -> None:
    rows = [number(*pair) for pair in (*FALL, *RISE)]
    labs = "date,analyte,value,unit\n2023-05-05,platelets,90,10*9/L\n"
    plain = curves_of(tmp_path / "a", INDUCTION + HSCT, rows)
    folder = folder_of(tmp_path / "b", HSCT + INDUCTION, rows[::-1])
    (folder / "labs.csv").write_text(labs, "utf-8")
    turned = mrd_curves(arrange(read_case(folder)))

    def told(curves: tuple[MrdCurve, ...]) -> list[object]:
        return [(c.after, c.phase, c.trend.slope, len(c.facts), len(c.steps)) for c in curves]

    assert told(plain) == told(turned)


def test_course_json_and_report_tell_the_curves(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "case", INDUCTION + HSCT, [number(*p) for p in (*FALL, *RISE)])
    run_case(folder, tmp_path / "out")
    document = json.loads((tmp_path / "out" / "course.json").read_text("utf-8"))
    found = [m for m in document["measures"] if m["kind"] == "residua.mrd-kinetics"]
    assert [m["outcome"] for m in found][:1] == ["fall"]
    assert found[0]["slope_interval"]["level"] == 0.95
    assert found[0]["version"] == "1.0"
    assert found[0]["simulated"] is True
    report = (tmp_path / "out" / "report.html").read_text("utf-8")
    for words in ("Halving time", "Doubling time", "if the trend goes on", "log10 lower"):
        assert words in report


def test_what_overtakes_a_projection_is_named(tmp_path):
    """The therapy is of 2024-01-11, 8 d after the last value; 5 % from 2.1e-3 takes longer."""
    later = '[[treatment]]\nid = "ino"\nstart = "2024-01-11"\n'
    rows = [number(*one) for one in RISE]
    (plain,) = curves_of(tmp_path / "plain", INDUCTION, rows)
    assert not any("projections" in note for note in plain.notes)
    (curve,) = curves_of(tmp_path / "later", INDUCTION + later, rows)
    (note,) = (note for note in curve.notes if "projections" in note)
    assert note.startswith("ino came 8 d after the last value")


def test_an_undated_infusion_is_over_when_the_record_puts_a_reading_after_it(tmp_path):
    """An infusion lasts one day: by order alone the reading is after it, never "under" it."""
    cells = '[[cell_infusion]]\nid = "car-t"\nkind = "car-t"\nafter = "first-look"\n'
    looks = (
        '[[assessment]]\nid = "first-look"\ndate = "2023-06-01"\nkind = "morphology"\n'
        '[[assessment]]\nid = "second-look"\ndate = "2023-09-20"\nafter = "car-t"\nkind = "flow"\n'
    )
    folder = folder_of(tmp_path, looks + cells, [])
    columns = f"assessment,{COLUMNS}"
    row = f"second-look,,marrow,flow,,quantified,3e-4,{LIMITS}"
    (folder / "mrd.csv").write_text(f"{columns}\n{row}\n")
    (curve,) = mrd_curves(arrange(read_case(folder)))
    assert curve.after == "car-t"
    assert not any("not used" in note for note in curve.notes)
