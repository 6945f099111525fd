"""Suggested maps for exports as hospitals make them, in four languages, long and wide, xlsx too.

Oracle: the meaning of the headings, names and units, stated by hand; what has none there must be
listed and not guessed.
"""

import tomllib
import zipfile

import pytest

from residua.readers.export_table import read_export
from residua.readers.import_suggestion import suggestion

GERMAN = """Fallnr;Entnahmedatum;Uhrzeit;Parameter;Ergebnis;Einheit;Ref. unterer;Ref. oberer;Bem.
123;13.02.2023;08:15;Leukozyten;12,4;G/l;4,0;10,0;
123;13.02.2023;08:15;GPT (ALAT);45;U/l;;50;
123;13.02.2023;08:15;Neutrophile abs.;0,4;Gpt/l;;;kontrolliert
123;13.02.2023;08:15;Bilirubin indirekt;0,4;mg/dl;;;
123;13.02.2023;08:15;Präalbumin;0,4;Zquux;;;
123;14.02.2023;08:15;Präalbumin;0,4;Zquux;;;
"""
FRENCH = """IPP;Date prélèvement;Analyse;Résultat;Unité;Borne inf;Borne sup
A12;21/03/2019 08:30;Leucocytes;3,2;G/L;4,0;10,0
A12;21/03/2019 08:30;Hémoglobine;8,5;g/dL;12;16
A12;21/03/2019 08:30;Polynucléaires neutrophiles;0,6;G/L;1,8;7
A12;21/03/2019 08:30;ASAT (TGO);30;UI/L;;35
A12;21/03/2019 08:30;Cellules anormales;3;%;;
"""
CHINESE = """病历号,采样日期,检验项目,结果,单位,参考下限,参考上限,备注
001,2019/03/01,白细胞计数,3.2,10^9/L,3.5,9.5,
001,2019/03/01,血红蛋白,85,g/L,115,150,
001,2019/03/01,肌酐,52,μmol/L,41,73,
001,2019/03/01,未知项目,1,g/L,,,
"""
WIDE = """Datum;Zeit;Leukozyten (G/l);Hb (g/dl);Thrombozyten [G/l];Neutrophile_percent;GPT;Kommentar
13.02.2023;08:30;3,2;8,5;45;60;38;
14.02.2023;07:50;2,9;8,1;40;;;vom Vortag
"""
LONG = {
    "german.csv": (
        GERMAN.encode("cp1252"),
        {"date": "Entnahmedatum", "time": "Uhrzeit", "analyte": "Parameter", "value": "Ergebnis",
         "unit": "Einheit", "lower": "Ref. unterer", "upper": "Ref. oberer"},
        ("%d.%m.%Y", ","),
        {"Leukozyten": "wbc", "GPT (ALAT)": "alt", "Neutrophile abs.": "neutrophils"},
        {"G/l": "10*9/L", "U/l": "U/L", "Gpt/l": "10*9/L", "mg/dl": "mg/dL"},
        {"Bilirubin indirekt": 1, "Präalbumin": 2, "Zquux": 2},
    ),
    "french.csv": (
        FRENCH.encode("utf-8-sig"),
        {"date": "Date prélèvement", "analyte": "Analyse", "value": "Résultat", "unit": "Unité",
         "lower": "Borne inf", "upper": "Borne sup"},
        ("%d/%m/%Y %H:%M", ","),
        {"Leucocytes": "wbc", "Hémoglobine": "hemoglobin", "ASAT (TGO)": "ast",
         "Polynucléaires neutrophiles": "neutrophils"},
        {"G/L": "10*9/L", "g/dL": "g/dL", "UI/L": "U/L", "%": "%"},
        {"Cellules anormales": 1},
    ),
    "chinese.csv": (
        CHINESE.encode(),
        {"date": "采样日期", "analyte": "检验项目", "value": "结果", "unit": "单位",
         "lower": "参考下限", "upper": "参考上限"},
        ("%Y/%m/%d", "."),
        {"白细胞计数": "wbc", "血红蛋白": "hemoglobin", "肌酐": "creatinine"},
        {"10^9/L": "10*9/L", "g/L": "g/L", "μmol/L": "umol/L"},
        {"未知项目": 1},
    ),
}  # fmt: skip


def suggested(tmp_path, name, raw):
    path = tmp_path / name
    path.write_bytes(raw)
    text = suggestion(read_export(path), kind="labs")
    return text, tomllib.loads(text)


@pytest.mark.parametrize("name", LONG)
def test_long_exports(tmp_path, name):
    raw, columns, forms, names, units, unknown = LONG[name]
    text, guess = suggested(tmp_path, name, raw)
    assert (guess["layout"], guess["checked"], guess["columns"]) == ("long", False, columns)
    assert (guess["date_format"], guess["decimal"]) == forms
    assert (guess["names"], guess["units"]) == (names, units)
    for word, count in unknown.items():
        line = next(line for line in text.splitlines() if word in line)
        assert line.startswith("# ")
        assert f"({count} row{'' if count == 1 else 's'})" in line


def test_a_wide_export(tmp_path):
    text, guess = suggested(tmp_path, "wide.csv", WIDE.encode())
    assert guess["columns"] == {"date": "Datum", "time": "Zeit"}
    wide = guess["wide"]
    units = {name: column.get("unit") for name, column in wide.items()}
    assert units == {
        "wbc": "10*9/L", "hemoglobin": "g/dL", "platelets": "10*9/L", "neutrophils": "%",
        "alt": None,
    }  # fmt: skip
    assert '# unit = "..." # name it' in text, "the unit of GPT is not guessed"
    assert "Kommentar" in guess["ignore"]


def test_a_workbook_gives_the_same_map(tmp_path):
    rows = [line.split(";") for line in WIDE.splitlines()]
    write_xlsx(tmp_path / "wide.xlsx", rows)
    guess = tomllib.loads(suggestion(read_export(tmp_path / "wide.xlsx"), kind="labs"))
    _, plain = suggested(tmp_path, "wide.csv", WIDE.encode())
    assert guess == plain


def test_headings_of_no_known_language_are_asked_for(tmp_path):
    raw = "päivä,koe,tulos\n2019-03-01,zz,1\n".encode()
    text, guess = suggested(tmp_path, "finnish.csv", raw)
    assert guess["layout"] == "long"
    assert guess["columns"] == {}
    for role in ("date", "analyte", "value", "unit"):
        assert f'# {role} = "..."' in text


def write_xlsx(path, rows):
    """A workbook of texts, by its parts as ECMA-376 has them."""
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    base = "http://schemas.openxmlformats.org"
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    main = f'xmlns="{base}/spreadsheetml/2006/main"'
    links = f"{base}/officeDocument/2006/relationships"
    packed = f"{base}/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{packed}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{packed}/relationships"><Relationship Id="r1" '
        f'Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{links}"><sheets>'
        '<sheet name="Labor" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{packed}/relationships">'
        f'<Relationship Id="r1" Type="{links}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def suggested_of(tmp_path, text, kind):
    (tmp_path / "export.csv").write_text(text, encoding="utf-8")
    return suggestion(read_export(tmp_path / "export.csv"), kind=kind)


def test_cytokines_are_called_by_their_common_names(tmp_path):
    text = """Datum;Parameter;Ergebnis;Einheit
01.09.2023;Interleukin-6;5,2;pg/ml
01.09.2023;IFNg;5,2;pg/ml
01.09.2023;CXCL99;5,2;pg/ml
01.09.2023;Ferritin;800;ng/ml
"""
    made = suggested_of(tmp_path, text, "cytokines")
    names = tomllib.loads(made)["names"]
    assert names == {"Interleukin-6": "IL-6", "IFNg": "IFN-γ", "CXCL99": "CXCL99"}
    assert "# Ferritin: a laboratory value" in made


def test_columns_of_a_wide_table_that_are_no_cytokine_are_left_to_the_person(tmp_path):
    text = "Datum;IL-6 (pg/ml);Ferritin;Kommentar\n01.09.2023;5,2;800;-\n"
    made = tomllib.loads(suggested_of(tmp_path, text, "cytokines"))
    assert made["wide"] == {"IL-6": {"column": "IL-6 (pg/ml)", "unit": "pg/mL"}}
    assert made["ignore"] == ["Ferritin", "Kommentar"]


def test_copies_of_the_transgene_are_its_value(tmp_path):
    text = "Datum;CAR-Kopien;Einheit\n08.09.2023;17000;Kopien/µg\n"
    made = tomllib.loads(suggested_of(tmp_path, text, "transgene"))
    assert made["columns"]["value"] == "CAR-Kopien"
    assert made["units"] == {"Kopien/µg": "copies/ug"}
