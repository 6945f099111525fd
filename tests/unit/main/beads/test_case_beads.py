"""Tables of cytokines in a case become facts. Oracle: the cells written here, read by eye."""

import csv
import hashlib
import io
import json
import random

import pytest

from residua.errors import InputError, UsageError
from residua.facts.laboratory import Cytokine
from residua.main.beads.concentrations import tabulate_cytokines, write_cytokines
from residua.main.check import check_folder
from residua.main.evaluate import evaluate_case
from residua.main.run import run_case
from residua.views.cytokines_export import cytokines_document, cytokines_text

CASE = """kind = "residua.case"
version = "1.0"
[patient]
id = "made-up"
[diagnosis]
date = "2022-01-10"
disease = "B-ALL"
[[cell_infusion]]
id = "car-t"
date = "2023-06-01"
kind = "car-t"
[[specimen]]
id = "blood-day-7"
date = "2023-06-08"
tissue = "blood"
"""
TOML = 'kind = "residua.beads"\nversion = "1.0"\n'
FILE = '[[file]]\npath = "plate.csv"\nassay = "cytokines"\n'
DAY3 = '[[sample]]\nname = "S 3"\ndate = "car-t+3d"\ntime = "08:00"\n'
PLATE = """Sample,IL6 (pg/mL),IFN-g (pg/mL),IL-1a (pg/mL),IL-1b (pg/mL),Ferritin (ng/mL)
S 3,10,<0.5,1,2,900
S 3,30,<0.5,1,2,900
blood-day-7,> 10000,7,ND,2,3000
other patient,1,1,1,1,1
Standard1,1,1,1,1,1
"""


@pytest.fixture
def case(tmp_path):
    def make(toml=TOML + FILE + DAY3, plate=PLATE, **more):
        (tmp_path / "case.toml").write_text(CASE)
        (tmp_path / "beads").mkdir(exist_ok=True)
        if toml is not None:
            (tmp_path / "beads" / "beads.toml").write_text(toml)
        for name, content in {"plate": plate, **more}.items():
            (tmp_path / "beads" / f"{name}.csv").write_text(content)
        return tmp_path

    return make


def facts(folder):
    return {fact.id: fact for _, fact in evaluate_case(folder).course.of(Cytokine)}


def told(folder):
    return [(fault.where, fault.received, fault.line) for fault in check_folder(folder).faults]


def test_values_and_bounds_come_on_the_day_of_their_sample(case):
    """Two wells of 10 and 30 are 20, and their CV is 71 %; the days are those of beads.toml."""
    found = facts(case())
    assert set(found) == {
        "beads-car-t-3d-il-6", "beads-car-t-3d-ifn-gamma", "beads-car-t-3d-il-1alpha",
        "beads-car-t-3d-il-1beta", "beads-blood-day-7-il-6", "beads-blood-day-7-ifn-gamma",
        "beads-blood-day-7-il-1beta",
    }  # fmt: skip
    first, last = found["beads-car-t-3d-il-6"], found["beads-blood-day-7-il-6"]
    assert (first.analyte, str(first.value), str(first.date)) == ("IL-6", "20 pg/mL", "car-t+3d")
    assert (first.time, first.note) == ("08:00", "2 wells; replicates differ: CV 71%")
    assert str(found["beads-car-t-3d-ifn-gamma"].value) == "<0.5 pg/mL"
    assert (str(last.value), str(last.date)) == (">10000 pg/mL", "2023-06-08")
    assert last.note == "specimen blood-day-7"
    assert last.source == "beads/plate.csv"


def test_what_makes_no_fact_says_why(case):
    notes = evaluate_case(case()).notes
    why = sorted(n.partition("plate.csv: ")[2] for n in notes if "not assessable" in n)
    lab = "ferritin: not assessable: a laboratory value, no cytokine: write it in labs.csv"
    assert why == [
        "blood-day-7, IL-1α: not assessable: ND in the file: not determined or not detected",
        f"blood-day-7, {lab}",
        f"car-t+3d, {lab}",
    ]
    (others,) = [note for note in notes if "left alone" in note]
    assert others.endswith("1 sample of no [[sample]] and no [[specimen]], left alone")
    assert "other patient" not in " ".join(notes)


def test_the_files_stand_among_the_inputs_with_their_hashes(case):
    folder = case()
    hashes = {one.file: one.sha256 for one in evaluate_case(folder).course.case.inputs}
    raw = (folder / "beads" / "plate.csv").read_bytes()
    assert hashes["beads/plate.csv"] == hashlib.sha256(raw).hexdigest()
    assert "beads/beads.toml" in hashes


def test_a_run_writes_them_and_simulated_ones_say_so(case, tmp_path):
    folder = case(TOML + FILE + "simulated = true\n" + DAY3)
    run_case(folder, tmp_path / "out")
    course = json.loads((tmp_path / "out" / "course.json").read_text())
    made = [fact for fact in course["facts"] if fact["id"].startswith("beads-")]
    assert len(made) == 7
    assert all(fact["simulated"] for fact in made)
    bound = next(fact for fact in made if fact["id"] == "beads-blood-day-7-il-6")
    assert (bound["value"], bound["comparator"]) == (10000, ">")


def test_a_folder_without_its_file_is_left_alone_with_a_note(case):
    report = check_folder(case(None))
    assert report.faults == ()
    assert any("no beads.toml, so nothing in it is read" in note for note in report.notes)


def test_a_name_that_no_table_holds_is_a_fault(case):
    (fault,) = told(case(TOML + FILE + DAY3.replace("S 3", "S3")))
    assert fault == ("sample, name", "another one", 6)


def test_one_analyte_of_one_sample_in_two_units_is_a_fault(case):
    second = "Sample,IL-6 (IU/mL)\nS 3,4\n"
    toml = TOML + FILE + FILE.replace("plate", "second") + DAY3
    (fault,) = told(case(toml, second=second))
    assert fault[:2] == ("second.csv, IL-6", "unit '[IU]/mL'")


def test_units_that_convert_are_none(case):
    second = "Sample,IL-6 (ng/mL)\nS 3,0.02\n"
    toml = TOML + FILE + FILE.replace("plate", "second") + DAY3
    assert "beads-car-t-3d-il-6-2" in facts(case(toml, second=second))


CONFLICTS = {"40000": False, "9000": True, "<20000": False, "<9000": True, ">500": False}


@pytest.mark.parametrize(("again", "contradicts"), CONFLICTS.items())
def test_a_bound_contradicts_only_what_it_excludes(case, again, contradicts):
    """The plate says > 10000; a second one, perhaps of the diluted sample, says `again`."""
    second = f"Sample,IL-6 (pg/mL)\nblood-day-7,{again}\n"
    folder = case(TOML + FILE + FILE.replace("plate", "second") + DAY3, second=second)
    course = evaluate_case(folder).course
    assert bool(course.conflicts_of("beads-blood-day-7-il-6")) is contradicts


UNREAD = {
    "no unit": ("", "Sample,IL-6\nS 3,4\n", ("IL-6", "none", 1)),
    "an unknown unit": ('unit = "MFI"\n', PLATE, ("plate.csv, unit", "another unit", 3)),
    "no table": ("", "nothing\n", ("the table", "none of these", None)),
}


@pytest.mark.parametrize(("key", "plate", "fault"), UNREAD.values(), ids=UNREAD.keys())
def test_a_table_that_cannot_be_read_is_a_fault(case, key, plate, fault):
    assert told(case(TOML + FILE + key + DAY3, plate)) == [fault]


def test_a_file_twice_is_a_fault(case):
    toml = TOML + FILE + FILE + 'target = "IL-6"\n' + DAY3
    assert told(case(toml)) == [("file, path", "one again", 6)]


def test_the_unit_of_beads_toml_stands_where_the_file_names_none(case):
    folder = case(TOML + FILE + 'unit = "pg/mL"\n' + DAY3, "Sample,IL-6\nS 3,4\n")
    assert str(facts(folder)["beads-car-t-3d-il-6"].value) == "4 pg/mL"


def test_events_of_beads_are_left_to_others(case):
    folder = case(TOML + FILE + FILE.replace("plate.csv", "well.fcs") + DAY3)
    (folder / "beads" / "well.fcs").write_bytes(b"FCS3.0")
    report = check_folder(folder)
    assert report.faults == ()
    assert any("events of beads" in note for note in report.notes)


# ---- the command


def test_what_is_written_is_a_cytokines_csv_of_a_case(case):
    """`check` takes it as it is; the dates are to be filled in."""
    folder = case(None)
    table = tabulate_cytokines(folder / "beads" / "plate.csv")
    write_cytokines(table, folder / "cytokines.csv", read=folder / "plate.csv")
    assert check_folder(folder).faults == ()
    rows = list(csv.DictReader(io.StringIO((folder / "cytokines.csv").read_text())))
    assert rows[1] | {"note": ""} == {
        "date": "", "time": "", "analyte": "IFN-γ", "value": "<0.5", "unit": "pg/mL",
        "lloq": "", "uloq": "", "source": "plate.csv:2", "note": "",
    }  # fmt: skip
    assert rows[1]["note"].startswith("sample S 3")
    assert "ferritin" not in {row["analyte"] for row in rows}, "it belongs in labs.csv"


def test_the_document_tells_every_cell(case):
    table = tabulate_cytokines(case(None) / "beads" / "plate.csv", wells=True)
    document = cytokines_document(table)
    assert len(document["results"]) == 20
    assert json.loads(json.dumps(document)) == document
    assert document["left_out"] == ["Standard1"]
    assert "no value: ND in the file" in cytokines_text(table)


def test_only_a_csv_is_written(case):
    table = tabulate_cytokines(case(None) / "beads" / "plate.csv")
    with pytest.raises(UsageError):
        write_cytokines(table, "table.xlsx", read="plate.csv")
    with pytest.raises(UsageError, match="--unit"):
        tabulate_cytokines("plate.csv", unit="MFI")


def test_a_damaged_table_is_read_or_refused_and_never_breaks(case):
    """Bytes exchanged, cut out and put in, by a fixed seed: a table or faults, nothing else."""
    draw = random.Random(7)
    path = case(None) / "beads" / "plate.csv"
    whole = path.read_bytes()
    added = (b'"', b";", b"<", b"*", b"1e999", b"OOR", b"\0", b"\n", b"DataType:,Result\n")
    read = 0
    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(raw))
            raw[place : place + draw.choice((0, 1, 20))] = draw.choice((b"", *added))
        path.write_bytes(raw)
        try:
            cytokines_document(tabulate_cytokines(path))
        except InputError:
            continue
        read += 1
    assert 0 < read < 300
