"""Oracle: a workbook written by hand, cell by cell (ECMA-376 part 1, section 18)."""

import io
import zipfile

import pytest

from residua.errors import InputError
from residua.main.import_table import import_table
from residua.main.new import new_folder
from residua.readers.cytokines import read_cytokines
from residua.readers.export_table import read_export

TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml"
ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
</Types>"""
RELS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
{}</Relationships>"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STYLES = f"""<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><cellXfs count="3"><xf numFmtId="0"/>
<xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>"""


def cell(place, value):
    """A text, a number, or ("date", serial) / ("moment", serial)."""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    if isinstance(value, tuple):
        return f'<c r="{place}" s="{1 if value[0] == "date" else 2}"><v>{value[1]}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>' if value is not None else ""


def workbook(*sheets):
    stream = io.BytesIO()
    names = [f"sheet{number}" for number in range(1, len(sheets) + 1)]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr(
            "_rels/.rels",
            RELS.format(
                f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            ),
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            + "".join(
                f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>'
                for n, name in enumerate(names, 1)
            )
            + "</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            RELS.format(
                "".join(
                    f'<Relationship Id="r{n}" Type="{OFFICE}/worksheet" '
                    f'Target="worksheets/{name}.xml"/>'
                    for n, name in enumerate(names, 1)
                )
                + f'<Relationship Id="r99" Type="{OFFICE}/styles" Target="styles.xml"/>'
            ),
        )
        archive.writestr("xl/styles.xml", STYLES)
        for name, rows in zip(names, sheets, strict=True):
            lines = "".join(
                f'<row r="{r}">'
                + "".join(cell(f"{'ABCDEFGH'[c]}{r}", value) for c, value in enumerate(row))
                + "</row>"
                for r, row in enumerate(rows, 1)
            )
            archive.writestr(
                f"xl/worksheets/{name}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>',
            )
    return stream.getvalue()


# 43510 is 14 February 2019 in the 1900 date system; .25 is six in the morning.
ROWS = [
    ["Datum", "Wert", "Name", "Einheit"],
    [("date", 43510), 26.98, "Leuko", "G/l"],
    [("moment", 43510.25), 7, "Hb", "g/l"],
    ["15.02.2019", "1,5", "Leuko", "G/l"],
]


@pytest.fixture
def write(tmp_path):
    def make(raw, name="export.xlsx"):
        path = tmp_path / name
        path.write_bytes(raw)
        return path

    return make


def test_numbers_and_dates_are_real_ones(write):
    table = read_export(write(workbook(ROWS)))
    assert table.columns == ("Datum", "Wert", "Name", "Einheit")
    assert [(row.line, row.cells["Datum"], row.cells["Wert"]) for row in table.rows] == [
        (2, "2019-02-14", "26.98"), (3, "2019-02-14T06:00:00", "7"), (4, "15.02.2019", "1,5"),
    ]  # fmt: skip
    assert [sorted(row.typed) for row in table.rows] == [["Datum", "Wert"]] * 2 + [[]]


def test_a_workbook_is_imported(write, tmp_path):
    new_folder(tmp_path / "p")
    (tmp_path / "m.toml").write_text(
        'checked = true\ndate_format = "%d.%m.%Y"\ndecimal = ","\n[columns]\ndate = "Datum"\n'
        'value = "Wert"\nanalyte = "Name"\nunit = "Einheit"\n[names]\nLeuko = "wbc"\n'
        'Hb = "hemoglobin"\n[units]\n"G/l" = "10*9/L"\n"g/l" = "g/L"\n'
    )
    import_table(
        write(workbook(ROWS)), map_file=tmp_path / "m.toml", kind="labs", folder=tmp_path / "p"
    )
    lines = (tmp_path / "p" / "labs.csv").read_text().splitlines()[1:]
    assert [line.split(",")[:5] for line in lines] == [
        ["2019-02-14", "", "wbc", "26.98", "10*9/L"],
        ["2019-02-14", "06:00", "hemoglobin", "7", "g/L"],
        ["2019-02-15", "", "wbc", "1.5", "10*9/L"],
    ]


def test_the_sheet_must_be_named_where_there_are_several(write):
    path = write(workbook(ROWS, [["a"], [1]]))
    with pytest.raises(InputError) as caught:
        read_export(path)
    assert "'sheet1', 'sheet2'" in caught.value.faults[0].do
    assert read_export(path, sheet="sheet2").columns == ("a",)


def test_an_archive_that_grows_more_than_100_fold_is_refused(write):
    stream = io.BytesIO(workbook(ROWS))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big", b"0" * 5_000_000)
    with pytest.raises(InputError) as caught:
        read_export(write(stream.getvalue()))
    assert "100-fold" in caught.value.faults[0].expected


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"not a zip", "a.xlsx"),
        (workbook(ROWS)[:-30], "a.xlsx"),
        (workbook([]), "a.xlsx"),
        (b"date\n", "a.ods"),
        (workbook(ROWS), "a.csv"),
    ],
)
def test_other_files_are_refused_by_name(write, raw, name):
    with pytest.raises(InputError) as caught:
        read_export(write(raw, name))
    assert caught.value.faults[0].file.endswith(name)


def test_a_missing_file(tmp_path):
    for name in ("a.xlsx", "a.csv"):
        with pytest.raises(InputError):
            read_export(tmp_path / name)


def test_a_table_of_cytokines_in_a_workbook_is_read_by_its_sheet(tmp_path):
    """Numbers of the sheet and texts such as <0.51 stand side by side in an export."""
    path = tmp_path / "results.xlsx"
    table = [["Sample Name", "IL-6 (B4)", "TNF-α (A7)"], ["", "pg/mL", "pg/mL"],
             ["day 0", "&lt;0.51", 12.5]]  # fmt: skip
    path.write_bytes(workbook([["notes"]], table))
    plate = read_cytokines(path, sheet="sheet2")
    assert plate.form == "LEGENDplex"
    told = [(w.reading.comparator, float(w.reading.number), w.unit) for w in plate.wells]
    assert told == [("<", 0.51, "pg/mL"), ("", 12.5, "pg/mL")]
    with pytest.raises(InputError, match="name one of them: 'sheet1', 'sheet2'"):
        read_cytokines(path)
