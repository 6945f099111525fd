"""Plates of a case become transgene facts. Oracle: Ct values of one known line, by hand."""

import json
import math
import zipfile

import pytest

from residua.errors import InputError, UsageError
from residua.facts.laboratory import Transgene
from residua.facts.mrd import MrdReading
from residua.main.check import check_folder
from residua.main.evaluate import evaluate_case
from residua.main.plates.answer import PlateQuestion, answer_plate
from residua.main.run import run_case

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
target = ["CD19"]
[[specimen]]
id = "blood-day-7"
date = "2023-06-08"
tissue = "blood"
"""
TOML = 'kind = "residua.qpcr"\nversion = "1.0"\n'
FILE = '[[file]]\npath = "plate-1.csv"\nassay = "transgene"\ntarget = "CAR"\nreference = "ALB"\n'
HEAD = "well,sample,target,role,quantity,ct,dna_ng"


def ct(copies):
    """A curve of 100 % efficiency with its intercept at 38."""
    return 38 - math.log10(copies) / math.log10(2)


def plate(samples, *, targets=("CAR", "ALB"), dna="200"):
    """Standards of 10 to 1e5 copies in pairs, then (sample, target, Ct) in pairs."""
    rows = [
        f"{t}{n}{r},std,{t},standard,{10**n},{ct(10**n) + 0.05 * (r - 1.5)},"
        for t in targets
        for n in range(1, 6)
        for r in (1, 2)
    ]
    rows += [
        f"U{n}{r},{name},{target},unknown,,{value},{dna}"
        for n, (name, target, value) in enumerate(samples)
        for r in (1, 2)
    ]
    return "\n".join([HEAD, *rows]) + "\n"


@pytest.fixture
def case(tmp_path):
    def make(toml, **plates):
        (tmp_path / "case.toml").write_text(CASE)
        (tmp_path / "qpcr").mkdir(exist_ok=True)
        if toml is not None:
            (tmp_path / "qpcr" / "qpcr.toml").write_text(toml)
        for name, text in plates.items():
            (tmp_path / "qpcr" / f"{name.replace('_', '-')}.csv").write_text(text)
        return tmp_path

    return make


def transgenes(evaluation):
    return {placed.id: (placed, fact) for placed, fact in evaluation.course.of(Transgene)}


def test_a_specimen_has_its_copies_per_ug_and_its_day(case):
    """1000 copies in 200 ng are 5000 copies/ug; the lowest standard, 10, is 50 copies/ug."""
    folder = case(TOML + FILE, plate_1=plate([("blood-day-7", "CAR", ct(1000))]))
    ((name, (placed, fact)),) = transgenes(evaluate_case(folder)).items()
    assert name == "qpcr-blood-day-7-car"
    assert fact.value.number == pytest.approx(5000, rel=1e-5)
    assert (str(fact.lloq), fact.detected) == ("50 copies/ug", True)
    assert fact.source == "qpcr/plate-1.csv"
    assert placed.span.earliest.isoformat() == "2023-06-08"
    assert not fact.simulated


def test_below_the_limit_is_a_bound_and_no_amplification_no_value(case):
    samples = [("S1", "CAR", ct(4)), ("S2", "CAR", "undetermined")]
    entries = '[[sample]]\nname = "S1"\ndate = "car-t+14d"\ntime = "08:00"\n'
    entries += '[[sample]]\nname = "S2"\ndate = "2023-07-01"\n'
    text = TOML + FILE + "lloq = 20\nsimulated = true\n" + entries
    found = transgenes(evaluate_case(case(text, plate_1=plate(samples))))
    low, none = (found[f"qpcr-{day}-car"][1] for day in ("car-t-14d", "2023-07-01"))
    assert (str(low.value), low.detected, low.simulated) == ("<100 copies/ug", True, True)
    assert "at 08:00" in low.note
    assert (none.value, none.detected, str(none.lloq)) == (None, False, "100 copies/ug")
    assert found["qpcr-car-t-14d-car"][0].span.earliest.isoformat() == "2023-06-15"


def test_what_is_not_assessable_is_told_and_is_no_value(case, tmp_path):
    """Above the top standard of 1e5 copies; and a plate without any standard."""
    samples = [("blood-day-7", "CAR", ct(1e6))]
    alone = plate(samples, targets=())
    toml = TOML + FILE + FILE.replace("plate-1", "plate-2").replace('reference = "ALB"\n', "")
    folder = case(toml, plate_1=plate(samples), plate_2=alone)
    evaluation = evaluate_case(folder)
    assert transgenes(evaluation) == {}
    above, without = evaluation.notes[-2:]
    assert "blood-day-7, CAR: not assessable: above the top standard" in above
    assert "plate-2.csv: blood-day-7, CAR: not assessable: curve not accepted: no st" in without


def test_the_dna_of_the_entry_stands_in_for_that_of_the_wells(case):
    """Without either no copies per ug are told; 500 ng make 2000 copies/ug of 1000 copies."""
    bare = plate([("blood-day-7", "CAR", ct(1000))], dna="")
    evaluation = evaluate_case(case(TOML + FILE, plate_1=bare))
    assert transgenes(evaluation) == {}
    assert "the DNA in the reaction is not stated" in evaluation.notes[-1]
    found = transgenes(evaluate_case(case(TOML + FILE + "dna_ng = 500\n")))
    assert found["qpcr-blood-day-7-car"][1].value.number == pytest.approx(2000, rel=1e-5)


def test_samples_of_others_are_counted_and_never_named(case, tmp_path):
    samples = [("blood-day-7", "CAR", ct(1000)), ("Li Hua", "CAR", ct(500))]
    folder = case(TOML + FILE, plate_1=plate(samples))
    report = check_folder(folder)
    assert report.faults == ()
    assert [n for n in report.notes if "1 sample of no [[sample]]" in n]
    run_case(folder, tmp_path / "out")
    for file in ("course.json", "report.html"):
        assert "Li Hua" not in (tmp_path / "out" / file).read_text()


def test_two_plates_of_one_specimen_make_two_facts(case):
    one, two = (plate([("blood-day-7", "CAR", ct(n))]) for n in (1000, 1010))
    toml = TOML + FILE + FILE.replace("plate-1", "plate-2")
    found = transgenes(evaluate_case(case(toml, plate_1=one, plate_2=two)))
    assert set(found) == {"qpcr-blood-day-7-car", "qpcr-blood-day-7-car-2"}


def test_the_course_tells_the_curve_its_limits_and_the_hashes(case, tmp_path):
    samples = [("blood-day-7", "CAR", ct(1000)), ("blood-day-7", "ALB", ct(2000))]
    folder = case(TOML + FILE, plate_1=plate(samples))
    run_case(folder, tmp_path / "out")
    course = json.loads((tmp_path / "out" / "course.json").read_text())
    (document,) = [m for m in course["measures"] if m["kind"] == "residua.qpcr"]
    car = next(curve for curve in document["curves"] if curve["target"] == "CAR")
    assert (document["file"], document["assay"]) == ("qpcr/plate-1.csv", "transgene")
    assert document["facts"] == ["qpcr-blood-day-7-car"]
    assert car["accepted"]
    assert car["efficiency"] == pytest.approx(1, abs=1e-6)
    assert document["vector_copy_numbers"][0]["copies_per_cell"] == pytest.approx(1, rel=1e-5)
    assert {item["id"] for item in document["miqe_missing"]} >= {"ntc", "instrument"}
    files = {entry["file"] for entry in course["inputs"]}
    assert files >= {"qpcr/qpcr.toml", "qpcr/plate-1.csv"}
    report = (tmp_path / "out" / "report.html").read_text()
    assert "efficiency 100.0%" in report
    assert "results for no-template controls" in report


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (FILE.replace('"CAR"', '"CART"'), "qpcr.toml:3: plate-1.csv, target: expected a target"),
        (FILE.replace('"ALB"', '"ABL"'), "use one of: ALB, CAR"),
        (FILE.replace('"ALB"', '"CAR"'), "received the same"),
        (FILE.replace("plate-1", "plate-9"), "qpcr.toml:4: file 1, path"),
        (FILE + '[[sample]]\nname = "S"\nspecimen = "blood"\n', "the id of a specimen"),
    ],
)
def test_faults_are_told_by_check_and_nothing_is_written(case, tmp_path, toml, told):
    folder = case(TOML + toml, plate_1=plate([("blood-day-7", "CAR", ct(1000))]))
    (fault,) = check_folder(folder).faults
    assert told in str(fault)
    with pytest.raises(InputError):
        run_case(folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_faults_of_a_plate_carry_its_path_and_line(case):
    text = f"{HEAD}\nA1,blood-day-7,CAR,unknown,,x,200\n"
    (fault,) = check_folder(case(TOML + FILE, plate_1=text)).faults
    assert str(fault).startswith(f"{case(None)}/qpcr/plate-1.csv:2: ct")


def test_files_that_nothing_names_are_left_alone_with_a_note(case):
    folder = case(None, plate_1="no table")
    report = check_folder(folder)
    assert report.faults == ()
    assert "no qpcr.toml, so nothing in it is measured" in report.notes[-1]
    folder = case(TOML)
    assert "no [[file]] of qpcr.toml names it" in check_folder(folder).notes[-1]


def rq(samples, target="IGH"):
    """Dilutions of one line of doubling, a silent background, then (sample, Ct) in triplicate."""
    rows = [
        f"S{n}{r},dx,{target},standard,{10.0**-n},{22 + n / math.log10(2) + 0.1 * (r - 2)},600"
        for n in range(1, 6)
        for r in (1, 2, 3)
    ]
    rows += [f"B{n},NMNC,{target},background,,undetermined,600" for n in range(6)]
    rows += [
        f"U{n}{r},{name},{target},unknown,,{value},600"
        for n, (name, value) in enumerate(samples)
        for r in (1, 2, 3)
    ]
    return "\n".join([HEAD, *rows]) + "\n"


IG = '[[file]]\npath = "igh.csv"\nassay = "ig-tr"\ntarget = "IGH"\n'


def readings(evaluation):
    return {placed.id: fact for placed, fact in evaluation.course.of(MrdReading)}


def test_rq_pcr_becomes_an_mrd_reading_beside_the_flow(case):
    """2e-3 of diagnostic DNA; the dilutions from 0.1 to 1e-5 are all in range."""
    level = 22 - math.log10(2e-3) / math.log10(2)
    samples = [("blood-day-7", level), ("S9", "undetermined"), ("other", level)]
    toml = TOML + IG + '[[sample]]\nname = "S9"\ndate = "car-t+28d"\n'
    found = readings(evaluate_case(case(toml, igh=rq(samples))))
    assert set(found) == {"pcr-blood-day-7-igh", "pcr-car-t-28d-igh"}
    one, none = found.values()
    assert (one.status, one.tissue, one.denominator_kind) == ("quantified", "blood", "dna")
    assert one.fraction.number == pytest.approx(2e-3, rel=1e-5)
    assert one.interval[0] < 2e-3 < one.interval[1]
    assert one.measured_from == ("qpcr/igh.csv",)
    assert (none.status, none.fraction, none.lod.number) == ("not detected", None, 1e-5)


def test_a_level_that_is_not_assessable_is_a_reading_that_says_so(case, tmp_path):
    folder = case(TOML + IG, igh=rq([("blood-day-7", 22.0)]))
    evaluation = evaluate_case(folder)
    (reading,) = readings(evaluation).values()
    assert (reading.status, reading.fraction) == ("not assessable", None)
    assert "above the top dilution" in reading.note
    assert "above the top dilution" in evaluation.notes[-1]
    run_case(folder, tmp_path / "out")
    course = json.loads((tmp_path / "out" / "course.json").read_text())
    (document,) = [m for m in course["measures"] if m["kind"] == "residua.qpcr"]
    assert (document["assay"], document["intent"]) == ("ig-tr", "reduction")
    assert document["levels"][0]["sample"] == "blood-day-7"
    assert "positive above the top dilution" in (tmp_path / "out" / "report.html").read_text()


def test_a_fusion_becomes_a_ratio_to_abl1(case, tmp_path):
    """100 copies over 1e5 of ABL1; the default reference is ABL1."""
    samples = [("blood-day-7", "p190", ct(100)), ("blood-day-7", "ABL1", ct(1e5) + 0.2)]
    toml = TOML + '[[file]]\npath = "f.csv"\nassay = "fusion"\ntranscript = "e1a2"\n'
    folder = case(toml, f=plate(samples, targets=("p190", "ABL1")))
    (reading,) = readings(evaluate_case(folder)).values()
    assert (reading.method, reading.denominator_kind) == ("pcr", "abl1")
    assert reading.fraction.number == pytest.approx(1e-3 * 2**0.2, rel=1e-5)
    assert "without International Scale" in reading.note
    run_case(folder, tmp_path / "out")
    assert "Ct of the plate only" in (tmp_path / "out" / "report.html").read_text()
    bare = case(toml, f=plate(samples[:1], targets=("p190",)))
    (fault,) = check_folder(bare).faults
    assert "f.csv, reference: expected a target of the file" in str(fault)


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (IG + "lloq = 10\n", "igh.csv, lloq: expected no lloq"),
        (IG + 'background = "normal"\n', "igh.csv, background: expected a sample of the file"),
        (IG + 'intent = "both"\n', "qpcr.toml:7: file 1, intent"),
    ],
)
def test_keys_that_do_not_fit_rq_pcr_are_faults(case, toml, told):
    (fault,) = check_folder(case(TOML + toml, igh=rq([("blood-day-7", 30)]))).faults
    assert told in str(fault)


def test_rdml_of_another_version_and_an_archive_that_grows_are_faults(case, tmp_path):
    toml = TOML + FILE.replace("plate-1.csv", "a.rdml") + FILE.replace("plate-1.csv", "b.rdml")
    folder = case(toml)
    (folder / "qpcr" / "a.rdml").write_text("<rdml version='2.0'/>")
    with zipfile.ZipFile(folder / "qpcr" / "b.rdml", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rdml_data.xml", b"<rdml>" + b" " * 3_000_000 + b"</rdml>")
    one, two = map(str, check_folder(folder).faults)
    assert "qpcr/a.rdml:1: <rdml version>" in one
    assert "qpcr/b.rdml: the archive: expected one that grows at most 100-fold" in two


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"assay": "ig-tr", "lloq": 10.0}, "--lloq is no option of --assay ig-tr"),
        ({"assay": "fusion", "intent": "reduction"}, "--intent is no option"),
        ({"assay": "ig-tr", "reference": "IGH"}, "--reference is no target"),
        ({"assay": "ig-tr", "background": "x"}, "--background is no sample"),
        ({"assay": "fusion"}, "--reference is no target"),
        ({"assay": "transgene", "dna_ng": 0.0}, "--dna-ng is a number above 0"),
    ],
)
def test_options_that_do_not_fit_the_plate_are_wrong_use(case, options, told):
    path = case(None, plate_1=plate([("a", "CAR", 30)])) / "qpcr" / "plate-1.csv"
    with pytest.raises(UsageError, match=told):
        answer_plate(path, PlateQuestion(**options))


def test_the_command_line_tells_what_a_case_tells(case):
    """The same plate: level, status and limits of both are those of one line."""
    samples = [("blood-day-7", 22 - math.log10(2e-3) / math.log10(2))]
    folder = case(TOML + IG, igh=rq(samples))
    answer = answer_plate(folder / "qpcr" / "igh.csv", PlateQuestion(assay="ig-tr"))
    (reading,) = readings(evaluate_case(folder)).values()
    (level,) = answer.document["levels"]
    assert level["fraction"] == pytest.approx(reading.fraction.number)
    assert (level["lod"], level["lloq"]) == (reading.lod.number, reading.lloq.number)
    assert "2.00e-03 (" in answer.text
    assert json.loads(json.dumps(answer.document)) == answer.document


def test_a_named_sample_is_the_background(case):
    """As roles of RDML have no word for it."""
    text = rq([("blood-day-7", "undetermined")]).replace(",background,", ",unknown,")
    found = readings(evaluate_case(case(TOML + IG + 'background = "NMNC"\n', igh=text)))
    assert found["pcr-blood-day-7-igh"].status == "not detected"
    found = readings(evaluate_case(case(TOML + IG, igh=text)))
    assert "no background" in found["pcr-blood-day-7-igh"].note


@pytest.mark.parametrize("value", ["1e-300", "1e300"])
def test_numbers_beyond_all_size_are_faults(case, value):
    """Copies per ug of such DNA would be no number."""
    text = plate([("blood-day-7", "CAR", ct(1000))], dna=value)
    (*_, fault) = check_folder(case(TOML + FILE, plate_1=text)).faults
    assert "dna_ng: expected a number above 0" in str(fault)
    (fault,) = check_folder(case(TOML + FILE + f"dna_ng = {value}\n", plate_1=plate([]))).faults
    assert "dna_ng: expected a number above 0" in str(fault)
