"""Oracle: the rows of the exports below, translated by hand."""

import csv
import os
from pathlib import Path

import pytest

from residua.errors import InputError
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.main.import_table import import_table, suggest_map
from residua.main.new import new_folder
from residua.readers.case import read_case

LONG = """Patient;Entnahme;Zeit;Parameter;Ergebnis;Einheit;Untere;Obere
A;14.02.2019;08:30;Leukozyten;26,98;G/l;4,0;10,0
A;14.02.2019;08:30;Hämoglobin;7,9;g/dl;12;16
B;14.02.2019;08:30;Hämoglobin;9,9;g/dl;12;16
A;15.02.2019;;Thrombozyten;1,234;G/l;;
A;15.02.2019;;Bemerkung;s. Text;;;
"""
LONG_MAP = """kind = "residua.import-map"
version = "1.0"
checked = true
layout = "long"
date_format = "%d.%m.%Y"
decimal = ","
ignore = ["Bemerkung"]
[columns]
date = "Entnahme"
time = "Zeit"
analyte = "Parameter"
value = "Ergebnis"
unit = "Einheit"
lower = "Untere"
upper = "Obere"
[names]
"Leukozyten" = "wbc"
"Hämoglobin" = "hemoglobin"
"Thrombozyten" = "platelets"
[units]
"G/l" = "10*9/L"
"g/dl" = "g/dL"
[only]
Patient = "A"
"""
LONG_ROWS = [
    ["2019-02-14", "08:30", "wbc", "26.98", "10*9/L", "4.0", "10.0", "", "export.csv:2"],
    ["2019-02-14", "08:30", "hemoglobin", "7.9", "g/dL", "12", "16", "", "export.csv:3"],
    ["2019-02-15", "", "platelets", "1.234", "10*9/L", "", "", "", "export.csv:5"],
]


@pytest.fixture
def bring(tmp_path):
    folder = tmp_path / "p"
    new_folder(folder)

    def run(export, mapping, kind="labs", name="export.csv"):
        raw = export if isinstance(export, bytes) else export.encode()
        (tmp_path / name).write_bytes(raw)
        (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
        return import_table(
            tmp_path / name, map_file=tmp_path / "map.toml", kind=kind, folder=folder
        )

    run.folder = folder
    return run


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def refused(bring, export, mapping, **options):
    before = {path: path.read_bytes() for path in bring.folder.rglob("*") if path.is_file()}
    with pytest.raises(InputError) as caught:
        bring(export, mapping, **options)
    assert before == {path: path.read_bytes() for path in bring.folder.rglob("*") if path.is_file()}
    return caught.value.faults


def test_a_long_export(bring):
    report = bring(LONG, LONG_MAP)
    assert rows(bring.folder / "labs.csv") == LONG_ROWS
    assert (report.written, report.duplicates, report.left_out) == (3, 0, 2)
    assert len(read_case(bring.folder).of(Lab)) == 3


def test_the_same_export_again_adds_nothing(bring):
    bring(LONG, LONG_MAP)
    before = (bring.folder / "labs.csv").read_bytes()
    report = bring(LONG, LONG_MAP)
    assert (report.written, report.duplicates) == (0, 3)
    assert (bring.folder / "labs.csv").read_bytes() == before


def test_rows_that_stand_there_are_kept(bring):
    own = "date,analyte,value,unit,note\n2019-01-01,crp,5,mg/L,mine\n"
    (bring.folder / "labs.csv").write_text(own)
    bring(LONG, LONG_MAP)
    found = rows(bring.folder / "labs.csv")
    assert found[0][:5] == ["2019-01-01", "crp", "5", "mg/L", "mine"]
    assert len(read_case(bring.folder).of(Lab)) == 4


def test_a_file_that_rewriting_would_spoil_is_refused(bring):
    (bring.folder / "labs.csv").write_text("date;analyte;value;unit\n2019;crp;1,5;mg/L\n")
    assert refused(bring, LONG, LONG_MAP)[0].expected == "comma-separated UTF-8"


def test_a_wide_export(bring):
    mapping = """checked = true
layout = "wide"
ignore = ["Station"]
[columns]
date = "Datum"
[wide.wbc]
column = "Leuko"
unit = "10*9/L"
[[wide.neutrophils]]
column = "Neutro %"
unit = "%"
[[wide.neutrophils]]
column = "Neutro"
unit = "10*9/L"
"""
    bring(
        "Datum,Station,Leuko,Neutro %,Neutro\n2019-02-14,M3,2.5,40,1.0\n2019-02-15,M3,,,<0.1\n",
        mapping,
    )
    assert [row[:5] for row in rows(bring.folder / "labs.csv")] == [
        ["2019-02-14", "", "wbc", "2.5", "10*9/L"],
        ["2019-02-14", "", "neutrophils", "40", "%"],
        ["2019-02-14", "", "neutrophils", "1.0", "10*9/L"],
        ["2019-02-15", "", "neutrophils", "<0.1", "10*9/L"],
    ]


def test_names_and_units_that_the_map_lacks_are_all_listed(bring):
    mapping = LONG_MAP.replace('"Leukozyten" = "wbc"\n', "").replace('"G/l" = "10*9/L"\n', "")
    found = {(fault.where, fault.received) for fault in refused(bring, LONG, mapping)}
    assert found == {
        ("names", "'Leukozyten' 1 time (line 2)"),
        ("units", "'G/l' 2 times (lines 2, 5)"),
    }


def test_columns_that_the_map_lacks_are_listed(bring):
    faults = refused(bring, LONG, LONG_MAP.replace('[only]\nPatient = "A"\n', ""))
    assert "column 'Patient'" in {fault.received for fault in faults}


def test_a_known_alias_is_not_guessed(bring):
    """`Hb` is an alias of Residua's own files; the map of an export must still name it."""
    faults = refused(
        bring,
        "date,analyte,value,unit\n2019-02-14,Hb,79,g/L\n",
        'checked = true\n[columns]\ndate = "date"\nanalyte = "analyte"\n'
        'value = "value"\nunit = "unit"\n',
    )
    assert [fault.where for fault in faults] == ["names"]


def test_cells_that_cannot_be_are_named_by_the_line_of_the_export(bring):
    export = LONG + "A;2019-02-15;;Leukozyten;1.5;G/l;;\nA;16.02.2019;;Leukozyten;viel;G/l;;\n"
    faults = refused(bring, export, LONG_MAP)
    assert [(fault.line, fault.where) for fault in faults] == [
        (7, "Entnahme"), (7, "Ergebnis"), (8, "Ergebnis"),
    ]  # fmt: skip
    assert all("viel" not in str(fault) for fault in faults)


def test_values_that_the_case_refuses_are_named_by_the_line_of_the_export(bring):
    export = LONG.replace("7,9;g/dl", "7,9;G/l")
    assert [(f.line, f.where) for f in refused(bring, export, LONG_MAP)] == [(3, "unit")]


def test_mrd_before_the_diagnosis_is_refused_and_blood_counts_are_not(bring):
    case = bring.folder / "case.toml"
    case.write_text(case.read_text().replace('# date = "2019-02"', 'date = "2020-02"', 1))
    assert bring(LONG, LONG_MAP).written == 3
    mapping = 'checked = true\n[columns]\ndate = "D"\nfraction = "F"\n'
    faults = refused(bring, "D;F\n2019-03-01;0.1\n", mapping, kind="mrd")
    assert [fault.where for fault in faults] == ["date"]


def test_mrd_by_words(bring):
    mapping = """checked = true
date_format = "%d.%m.%Y"
decimal = ","
[columns]
date = "Datum"
tissue = "Material"
status = "Befund"
fraction = "MRD"
[fixed]
method = "flow"
[words]
"KM" = "marrow"
"neg" = "not detected"
"pos" = "quantified"
"""
    bring(
        "Datum;Material;Befund;MRD\n14.02.2019;KM;pos;0,00012\n01.04.2019;KM;neg;\n",
        mapping,
        kind="mrd",
    )
    found = read_case(bring.folder).of(MrdReading)
    assert [(m.tissue, m.status, m.method, m.level) for m in found] == [
        ("marrow", "quantified", "flow", 1.2e-4),
        ("marrow", "not detected", "flow", None),
    ]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("checked = true", "checked = false"), "checked"),
        (("checked = true\n", ""), "checked"),
        (('"wbc"', '"wbcc"'), "names.Leukozyten"),
        (('"10*9/L"', '"10*9/LL"'), "units.G/l"),
        (('layout = "long"', 'layout = "tall"'), "layout"),
        (("[names]", "[name]"), "name"),
        (('value = "Ergebnis"\n', ""), "columns"),
        (('value = "Ergebnis"', 'valeur = "Ergebnis"'), "columns.valeur"),
        (('decimal = ","', 'decimal = ";"'), "decimal"),
        (("import-map", "case"), "kind"),
        (('"1.0"', '"2.0"'), "version"),
        (("[columns]", "[columns"), "the syntax"),
    ],
)
def test_faults_of_the_map(bring, change, where):
    faults = refused(bring, LONG, LONG_MAP.replace(*change))
    assert where in {fault.where for fault in faults}


def test_a_missing_folder_names_the_remedy(tmp_path):
    (tmp_path / "e.csv").write_text(LONG)
    (tmp_path / "m.toml").write_text(LONG_MAP)
    with pytest.raises(InputError) as caught:
        import_table(
            tmp_path / "e.csv", map_file=tmp_path / "m.toml", kind="labs", folder=tmp_path / "x"
        )
    assert caught.value.faults[0].do == f"run residua new {tmp_path / 'x'}"


def test_a_suggestion_is_refused_until_a_person_has_checked_it(bring, tmp_path):
    export = LONG.replace("A;15.02.2019;;Bemerkung;s. Text;;;\n", "")
    (tmp_path / "s.csv").write_text(export, encoding="utf-8")
    text = suggest_map(tmp_path / "s.csv", kind="labs")
    assert [fault.where for fault in refused(bring, export, text)] == ["checked"]
    bring(export, text.replace("checked = false", "checked = true"))
    found = [row[:5] for row in rows(bring.folder / "labs.csv")]
    assert [row[:5] for row in LONG_ROWS] == [row for row in found if row[3] != "9.9"]


def test_every_guess_is_marked(tmp_path):
    (tmp_path / "s.csv").write_text(LONG, encoding="utf-8")
    lines = suggest_map(tmp_path / "s.csv", kind="labs").splitlines()
    guesses = [line for line in lines[4:] if line and not line.startswith(("#", "["))]
    assert all("# check" in line for line in guesses)
    assert any(line.startswith('# Bemerkung = ""') for line in lines)


@pytest.mark.data
def test_a_real_wide_table(bring, tmp_path):
    """Oracle: 1 410 patients, counted with `wc -l`; the first row read by eye."""
    path = (
        Path(os.environ.get("RESIDUA_TEST_DATA", "tests/data")) / "labs/aipal_presentation_labs.csv"
    )
    if not path.exists():
        pytest.skip("outside data absent")
    text = suggest_map(path, kind="labs")
    assert '[wide.wbc] # check\ncolumn = "WBC_G_L"\nunit = "10*9/L" # check' in text
    mapping = """checked = true
layout = "wide"
ignore = ["centre", "Response", "age", "MCV_fL", "MCHC_g_L", "ANC_percent", "ANC_G_L",
  "Lymphocytes_percent", "Lymphocytes_G_L", "Monocytes_percent", "Monocytes_G_L", "PT_percent",
  "Fibrinogen_g_L", "LDH_UI_L"]
[columns]
[fixed]
date = "2020"
[wide.wbc]
column = "WBC_G_L"
unit = "10*9/L"
[wide.platelets]
column = "Platelets_G_L"
unit = "10*9/L"
"""
    raw = path.read_bytes()
    report = bring(raw, mapping)
    found = rows(bring.folder / "labs.csv")
    assert found[0][:5] == ["2020", "", "wbc", "317.82", "10*9/L"]
    filled = sum(
        bool(row[key]) and row[key] != "NA"
        for row in csv.DictReader(raw.decode().splitlines())
        for key in ("WBC_G_L", "Platelets_G_L")
    )
    assert report.written + report.duplicates == filled
