"""Oracle: faults planted by hand, each at a line counted by hand."""

import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from residua.errors import InputError
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.patient import Patient
from residua.facts.treatment import Treatment
from residua.readers.case import gather_case, read_case

HEAD = 'kind = "residua.case"\nversion = "1.0"\n'
PLANTED = tomllib.loads(Path(__file__).with_name("planted_faults.toml").read_text())
DIAGNOSIS = '[diagnosis]\ndate = "2019-02"\ndisease = "B-ALL"\n'  # lines 3 to 5


@pytest.fixture
def folder(tmp_path):
    def make(toml="", head=HEAD + DIAGNOSIS, **tables):
        (tmp_path / "case.toml").write_text(head + toml, encoding="utf-8")
        for name, text in tables.items():
            raw = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{name}.csv").write_bytes(raw)
        return tmp_path

    return make


def faults_of(folder):
    return [
        (fault.file.removeprefix(f"{folder}/"), fault.line, fault.where)
        for fault in gather_case(folder).faults
    ]


def only_fault(folder):
    faults = gather_case(folder).faults
    assert len(faults) == 1, [str(fault) for fault in faults]
    return faults[0]


# ---- what is read


def test_facts_ids_sources_and_inputs(folder):
    path = folder(
        '[patient]\nid = "p-017"\n[[mrd]]\nfraction = 2.68e-5\n[[treatment]]\nid = "ino"\n'
        'drugs = [{ name = "InO", dose = "0.8 mg/m2", days = "1-3,8" }]\n',
        mrd="date;fraction;source\r\nino+30d;1,5e-5;page 3\r\n2019;1,6 %;\r\n",
        labs="\ufeffdate,analyte,value,unit\n2019-03-01,WBC,<0.1,10*9/L\n",
    )
    case = read_case(path)
    assert [fact.id for fact in case.facts] == [
        "diagnosis", "p-017", "mrd-1", "ino", "labs-1", "mrd-2", "mrd-3",
    ]  # fmt: skip
    assert case.patient == case.of(Patient)[0]
    assert [fact.source for fact in case.of(MrdReading)] == ["case.toml:8", "page 3", "mrd.csv:3"]
    assert [fact.fraction.number for fact in case.of(MrdReading)] == [2.68e-5, 1.5e-5, 0.016]
    assert case.of(Treatment)[0].drugs[0].days == (1, 2, 3, 8)
    lab = case.of(Lab)[0]
    assert (lab.analyte, lab.value.comparator, lab.value.value) == ("wbc", "<", Decimal("0.1"))
    digests = {entry.file: entry.sha256 for entry in case.inputs}
    assert set(digests) == {"case.toml", "mrd.csv", "labs.csv"}
    assert digests["mrd.csv"] == hashlib.sha256((path / "mrd.csv").read_bytes()).hexdigest()


def test_a_simulated_case_marks_every_fact(folder):
    path = folder(
        "[[mrd]]\nsimulated = false\n", head=HEAD + "simulated = true\n" + DIAGNOSIS,
        labs="date,analyte,value,unit\n2019-03,wbc,1,10*9/L\n",
    )  # fmt: skip
    case = read_case(path)
    assert case.simulated
    assert [fact.simulated for fact in case.facts] == [True] * 3


def test_unknown_files_are_listed_and_left_alone(folder):
    path = folder()
    for name in ("lab.csv", "clonotypes.tsv", "local.map.toml", "flow.toml", ".hidden"):
        (path / name).write_text("mine")
    for name in ("flow", "qpcr", "beads", "scans"):
        (path / name).mkdir()
    gathered = gather_case(path)
    assert gathered.case.unknown_files == ("lab.csv", "scans/")
    assert any("lab.csv" in note and "labs.csv" in note for note in gathered.notes)
    assert (path / "lab.csv").read_text() == "mine"


def test_fraction_within_the_rounding_of_its_digits(folder):
    """27 of 1 007 463 is 2.67999e-5, printed 2.68e-5; 1.47 % of 10 000 is 147."""
    path = folder(
        "[[mrd]]\nfraction = 2.68e-5\nnumerator = 27\ndenominator = 1007463\n"
        '[[mrd]]\nfraction = "1.47 %"\nnumerator = 147\ndenominator = 10000\n'
        '[[mrd]]\nfraction = "<1e-4"\nnumerator = 0\ndenominator = 100000\n'
        "[[mrd]]\nfraction = 0\nnumerator = 0\ndenominator = 100000\n"
    )
    assert gather_case(path).faults == ()


def test_footnotes_and_encoding_are_noted(folder):
    path = folder(
        labs="date,analyte,value,unit\n2019-03,wbc,1,10*9/L\n\nQuelle: Höhe\n".encode("latin-1")
    )
    gathered = gather_case(path)
    assert gathered.faults == ()
    assert len(gathered.notes) == 2
    assert len(gathered.case.of(Lab)) == 1


def test_what_is_drawn_before_the_diagnosis_is_no_fault(folder):
    """The blood that leads to a diagnosis is drawn before it; so are marrow and genetics."""
    path = folder(
        '[[specimen]]\ndate = "2019-01-30"\ntissue = "marrow"\n'
        '[[genetics]]\ndate = "2019-01-30"\nmethod = "fish"\n'
        '[[finding]]\ndate = "2018-12"\nterm = "fever"\n'
        '[[support]]\ndate = "2019-01-28"\nkind = "platelets"\n',
        labs="date,analyte,value,unit\n2019-01-28,wbc,90,10*9/L\n",
        vitals="date,item,value,unit\n2019-01-28,weight,70,kg\n",
        cytokines="date,analyte,value,unit\n2019-01-28,il-6,5,pg/mL\n",
    )
    assert faults_of(path) == []


# ---- what is refused: case.toml


@pytest.mark.parametrize("planted", PLANTED["case"], ids=lambda fault: fault["name"])
def test_every_planted_fault_is_found_alone_at_its_line(folder, planted):
    path = folder(planted["text"])
    assert faults_of(path) == [("case.toml", planted["line"], planted["where"])]


@pytest.mark.parametrize(
    ("head", "where"),
    [
        ('version = "1.0"\n', "kind"),
        ('kind = "residua.mrd"\nversion = "1.0"\n', "kind"),
        ('kind = "residua.case"\n', "version"),
        ('kind = "residua.case"\nversion = "2.0"\n', "version"),
        ('kind = "residua.case"\nversion = 1\n', "version"),
        (HEAD + 'simulated = "no"\n', "simulated"),
        (HEAD + "title = 3\n", "title"),
        (HEAD + 'titel = "x"\n', "titel"),
    ],
)
def test_the_head(folder, head, where):
    assert only_fault(folder(head=head + DIAGNOSIS)).where == where


def test_an_empty_case(folder):
    assert only_fault(folder(head=HEAD)).received == "an empty case"


def test_a_missing_folder_and_a_missing_file_name_the_remedy(tmp_path):
    for path in (tmp_path / "none", tmp_path):
        fault = only_fault(path)
        assert fault.file == f"{path}/case.toml"
        assert fault.do == f"run residua new {path}"


def test_advice_names_the_nearest_known_word(folder):
    cases = {
        '[[assesment]]\nid = "a"\n': "write 'assessment'",
        '[[assessment]]\nblast = "1 %"\n': "write 'blasts'",
        '[[event]]\nkind = "relaps reported"\n': "write 'relapse reported'",
        '[[treatment]]\nid = "car-t"\n[[mrd]]\nafter = "cart"\n': "write 'car-t'",
    }
    for toml, advice in cases.items():
        assert only_fault(folder(toml)).do == advice


def test_advice_knows_the_usual_slips_of_a_half_filled_template(folder):
    """A header that was left as a comment, and a row that would be advised to name itself."""
    lost = only_fault(folder('[[event]]\nkind = "death"\nfraction = 0.1\n'))
    assert lost.do.startswith("put it under [[mrd]], or use one of: after,")
    own = only_fault(folder('[[assessment]]\nid = "after-induction"\nafter = "induction"\n'))
    assert own.do == "give that row this id, or leave the link out"


def test_several_faults_of_one_row_are_all_found(folder):
    """A wrong word hides neither the wrong date of its row nor its broken link."""
    path = folder('[[mrd]]\ndate = "2018"\nfraction = 7\nafter = "zz"\nstatus = "no"\n')
    assert [where for _, _, where in faults_of(path)] == [
        "mrd[0].date", "mrd[0].fraction", "mrd[0].after", "mrd[0].status",
    ]  # fmt: skip


def test_a_syntax_error_in_the_toml_does_not_hide_the_tables(folder):
    path = folder("[[mrd]\n", labs="date,analyte,value,unit\n2019-13,wbc,1,10*9/L\n")
    assert faults_of(path) == [("case.toml", 6, "the syntax"), ("labs.csv", 2, "date")]


def test_read_case_raises_all_faults_at_once(folder):
    with pytest.raises(InputError) as caught:
        read_case(folder("[[mrd]]\nfraction = 2\n", labs="date,zz\n2019,1\n"))
    assert len(caught.value.faults) == 3


# ---- what is refused: the tables


@pytest.mark.parametrize("planted", PLANTED["table"], ids=lambda fault: fault["name"])
def test_every_planted_fault_of_a_table(folder, planted):
    path = folder(**{planted["file"]: planted["text"]})
    found = (f"{planted['file']}.csv", planted["line"], planted["where"])
    assert faults_of(path) == [found]


def test_blood_in_mrd_csv_from_a_marrow_specimen(folder):
    path = folder(
        '[[specimen]]\nid = "s"\ntissue = "marrow"\n',
        mrd="date,specimen,tissue\n2019-03,s,blood\n",
    )
    assert faults_of(path) == [("mrd.csv", 2, "tissue")]


def test_transgene_in_blood_without_a_specimen_row(folder):
    path = folder(transgene="date,value,unit,specimen\n2019-03,5,copies/ug,blood\n")
    assert faults_of(path) == []


# ---- height and weight


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("weight,70,kg", None),
        ("weight,650,kg", None),
        ("weight,700,kg", "a weight from 0.2 to 650 kg"),
        ("weight,70000,kg", "a weight from 0.2 to 650 kg"),
        ("height,3,m", "a height from 20 to 280 cm"),
        ("height,2.8,m", None),
    ],
)
def test_a_height_or_weight_that_no_human_has_is_a_fault(folder, row, fault):
    """The bounds are Residua's choice: 650 kg and 2.8 m."""
    found = gather_case(folder(vitals=f"date,item,value,unit\n2019-03-01,{row}\n")).faults
    assert [(f.line, f.expected) for f in found] == ([(2, fault)] if fault else [])


def test_two_weights_of_one_day_are_a_fault_unless_their_times_differ(folder):
    head = "date,time,item,value,unit\n2019-03-01,,weight,70,kg\n"
    for second, faults in (
        ("2019-03-01,,weight,71,kg", 1),
        ("2019-03-01,,weight,70000,g", 0),
        ("2019-03-01,18:00,weight,71,kg", 0),
        ("2019-03-02,,weight,71,kg", 0),
    ):
        found = gather_case(folder(vitals=f"{head}{second}\n")).faults
        assert len(found) == faults, second
        assert all("two weights on one day" in str(fault) for fault in found)
