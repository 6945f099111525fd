"""A made-up patient's folder. Oracle: the promises of docs/reference/simulate-course.md."""

import json
import re
from pathlib import Path

import pytest

from residua.errors import InputError, UsageError
from residua.facts.case import CSV_TABLES
from residua.facts.cytokine_names import canonical_cytokine
from residua.facts.laboratory import Cytokine, Transgene
from residua.main.check import check_folder
from residua.main.evaluate import evaluate_case
from residua.main.run import run_case
from residua.main.simulate_course import simulate_course
from residua.simulate.course.course import make_course
from residua.simulate.course.cytokines import DAYS
from residua.simulate.course.spec import read_course_spec

PAGE = Path(__file__).parents[3] / "docs/reference/simulate-course.md"
SPEC = re.search(r"```toml\n(.*?)```", PAGE.read_text(), re.S).group(1)
EVENTS = 6000


def contents(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("course") / "patient"
    simulate_course(place, seed=4, events=60_000)
    return place


def test_the_same_seed_gives_the_same_bytes_and_another_another_patient(tmp_path):
    for name, seed in (("a", 2), ("b", 2), ("c", 3)):
        simulate_course(tmp_path / name, seed=seed, events=EVENTS)
    first, again, other = (contents(tmp_path / name) for name in "abc")
    assert first == again
    assert first.keys() == other.keys()
    same = {name for name in first if first[name] == other[name]}
    assert same <= {"flow/flow.toml", "qpcr/qpcr.toml", "beads/beads.toml"}


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_every_seed_gives_a_folder_without_faults_that_is_evaluated(tmp_path, seed):
    place = tmp_path / "patient"
    simulate_course(place, seed=seed, events=EVENTS)
    assert check_folder(place).faults == ()
    evaluation = evaluate_case(place)
    assert all(item.fact.simulated for item in evaluation.course.placed)


def test_the_folder_is_run_to_its_figure_and_report(folder, tmp_path):
    assert check_folder(folder).faults == ()
    written = {path.name for path in run_case(folder, tmp_path / "out")}
    assert {"course.png", "report.html", "course.json"} <= written


def test_the_folder_holds_every_kind_of_file(folder):
    names = set(contents(folder))
    assert {"case.toml", "truth.json", "labs.csv", "vitals.csv", "mrd.csv"} <= names
    assert {"flow/before-ino.fcs", "flow/after-ino.fcs", "qpcr/plate-1.csv"} <= names
    assert {"beads/beads.toml", "beads/cytokines.csv"} <= names
    assert set(CSV_TABLES) >= {name for name in names if "/" not in name and name.endswith(".csv")}


def test_blasts_in_the_gates_are_those_of_the_truth(folder):
    """The true cells of the file, but for the few that the edges of the gates leave out."""
    truth = json.loads((folder / "truth.json").read_text())["flow"]
    for file, measured in zip(truth, evaluate_case(folder).flow, strict=True):
        level = measured.result.level
        assert level.numerator == pytest.approx(file["blasts"], rel=0.03, abs=2)
        if file["blasts"]:
            interval = level.interval
            assert interval.low * 0.9 <= file["true_level"] <= interval.high * 1.1


def test_plates_and_beads_become_the_facts_of_the_course(folder):
    """CAR-T copies at their peak and the highest cytokines, as near the truth as the assays are.

    Three standard deviations: 5 % of log10 for extraction, 7 % of a well over two wells.
    """
    truth = json.loads((folder / "truth.json").read_text())
    facts = [item.fact for item in evaluate_case(folder).course.placed]
    copies = [f for f in facts if isinstance(f, Transgene) and not f.value.censored]
    best = max(copies, key=lambda fact: fact.value.number)
    highest = max(truth["car_t"]["copies"])
    assert 10**-0.2 < float(best.value.to("copies/ug").value) / highest < 10**0.2
    for cytokine in truth["cytokines"]:
        name = canonical_cytokine(cytokine["analyte"])
        found = [f.value for f in facts if isinstance(f, Cytokine) and f.analyte == name]
        level = cytokine["highest_sampled"]["level"]
        assert len(found) == len(DAYS)
        if level > cytokine["uloq"]:
            assert any(value.censored and ">" in value.comparator for value in found)
        else:
            top = max(float(v.to("pg/mL").value) for v in found if not v.censored)
            assert top == pytest.approx(level, rel=0.2)


def test_the_spec_of_the_page_is_read_and_kept_to(tmp_path):
    (tmp_path / "spec.toml").write_text(SPEC)
    spec = read_course_spec(tmp_path / "spec.toml")
    made = make_course(spec)
    assert (made.person.sex, made.person.age, made.person.weight) == ("female", 27, 58)
    assert made.burden.doubling_second == 8
    assert made.when.date(0) == "2024-01-15"


def test_faults_of_a_spec_are_said_by_line_and_nothing_is_written(tmp_path):
    text = SPEC.replace("age = 27", 'age = "old"').replace("seed = 7", "seeds = 7")
    (tmp_path / "spec.toml").write_text(text)
    with pytest.raises(InputError) as caught:
        simulate_course(tmp_path / "made", spec=tmp_path / "spec.toml")
    lines = {fault.line for fault in caught.value.faults}
    assert {text.splitlines().index(row) + 1 for row in text.splitlines()
            if row.startswith(("seeds", "age"))} <= lines  # fmt: skip
    assert not (tmp_path / "made").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"):
        simulate_course(tmp_path)
    assert contents(tmp_path) == {"notes.txt": b"mine"}


@pytest.mark.parametrize("given", [{"events": 10}, {"seed": -1}])
def test_numbers_out_of_range_are_refused(tmp_path, given):
    with pytest.raises(UsageError):
        simulate_course(tmp_path / "made", **given)
    assert not (tmp_path / "made").exists()
