"""`residua qpcr`: what is refused, what is bounded, what is flagged. Oracles: hand-made plates."""

import io
import json
import math
import zipfile

import pytest

from residua.errors import InputError, UsageError
from residua.main.plates.transgene import quantify
from residua.views.qpcr_export import qpcr_document, qpcr_text

HEAD = "well,sample,target,role,quantity,ct,dna_ng"


def ct(copies):
    """A curve of 100 % efficiency with its intercept at 38."""
    return 38 - math.log10(copies) / math.log10(2)


def plate(unknown=(), *, levels=(10, 100, 1000, 10000), shift=None, extra=()):
    """A CSV: two wells a standard, then the unknown's Ct values as they are written."""
    away = shift or {}
    rows = [
        f"{'ABCDEFGH'[n]}{r},std,CAR,standard,{c},{ct(c) + 0.05 * (r - 1.5) + away.get(c, 0)},"
        for n, c in enumerate(levels)
        for r in (1, 2)
    ]
    rows += [f"U{n},d7,CAR,unknown,,{value},200" for n, value in enumerate(unknown)]
    return "\n".join([HEAD, *rows, *extra]) + "\n"


@pytest.fixture
def run(tmp_path):
    def run(text, **options):
        path = tmp_path / "plate.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return quantify(path, **options)

    return run


def test_copies_per_ug_are_copies_over_the_dna(run):
    found = qpcr_document(run(plate([ct(1000)] * 3)))
    (sample,) = found["samples"]
    assert sample["status"] == "quantified"
    assert sample["copies"] == pytest.approx(1000, rel=1e-5)
    assert sample["copies_per_ug"] == pytest.approx(5000, rel=1e-5)
    assert sample["low"] < 1000 < sample["high"]
    assert sample["low_per_ug"] == pytest.approx(5 * sample["low"], rel=1e-5)
    assert found["curves"][0]["accepted"]
    assert json.loads(json.dumps(found)) == found


def test_below_the_lowest_standard_is_a_bound(run):
    (sample,) = run(plate([ct(4)] * 3)).samples
    assert (sample.status, sample.copies, sample.low) == ("detected below LLOQ", None, None)
    assert sample.high == 10
    assert sample.estimate == pytest.approx(4)


@pytest.mark.parametrize(("copies", "status"), [(49, "detected below LLOQ"), (51, "quantified")])
def test_a_stated_lloq_stands_above_the_lowest_standard(run, copies, status):
    assert run(plate([ct(copies)] * 3), lloq=50).samples[0].status == status


def test_a_stated_lloq_below_the_standards_changes_nothing(run):
    assert run(plate([ct(4)] * 3), lloq=1).samples[0].high == 10


def test_above_the_top_standard_is_a_bound_and_no_number(run):
    (sample,) = run(plate([ct(30000)] * 3)).samples
    assert (sample.status, sample.copies, sample.low) == ("not assessable", None, 10000)
    assert "above the top standard" in sample.reason


def test_no_amplification_is_a_bound_and_never_zero(run):
    (sample,) = run(plate(["undetermined"] * 3)).samples
    assert (sample.status, sample.copies, sample.high) == ("not detected", None, 10)


def test_replicates_that_disagree_above_the_lloq_are_not_averaged(run):
    (sample,) = run(plate([ct(1000), ct(1000), "undetermined"])).samples
    assert sample.status == "not assessable"
    assert "1 of 3" in sample.reason


def test_an_empty_ct_is_not_stated_rather_than_negative(run):
    (sample,) = run(plate(["", ""])).samples
    assert (sample.status, sample.reason) == ("not assessable", "no Ct stated")


def test_an_outlier_is_flagged_and_kept(run):
    cts = [ct(1000), ct(1000) + 0.01, ct(1000) - 0.01, ct(1000) + 2]
    (sample,) = run(plate(cts)).samples
    assert any("kept: U3" in flag for flag in sample.flags)
    assert sample.ct_mean == pytest.approx(sum(cts) / 4)


def test_a_control_that_amplifies_is_flagged_and_later_samples_are_not_assessable(run):
    ntc = ["N1,,CAR,ntc,,30,"]
    early, late = (run(plate([c] * 3, extra=ntc)) for c in (29, 31))
    assert early.samples[0].status == "quantified"
    assert "a no-template control amplified" in early.samples[0].flags
    assert late.samples[0].reason == "no earlier than a no-template control"
    assert "no-template control amplified: N1" in late.curves[0].flags


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (plate([25], shift={100: -4, 1000: 4}), "not monotone"),
        (plate([25], levels=(10, 100)), "fewer than 3"),
        (f"{HEAD}\nU1,d7,CAR,unknown,,25,200\n", "no standards"),
        (plate([25], shift={10: 3, 100: 1.5}), "slope"),
        (plate([25], shift={100: 2, 1000: -1}), "R2"),
    ],
)
def test_a_curve_that_is_not_accepted_measures_nothing(run, text, reason):
    result = run(text)
    assert not result.curves[0].accepted
    assert reason in result.curves[0].reason
    assert {(s.status, s.copies) for s in result.samples} == {("not assessable", None)}


def test_a_line_that_does_not_fall_has_no_efficiency(run):
    """A rising and a flat line, which no growth of a reaction gives."""
    for cts in ((20, 25, 30), (25, 26, 25), (25.001, 25, 25)):
        rows = [f"A{n},s,CAR,standard,{10**n},{ct},1" for n, ct in enumerate(cts, 1)]
        result = run("\n".join([HEAD, *rows, "B1,x,CAR,unknown,,25,100"]))
        assert qpcr_document(result)["curves"][0]["efficiency"] is None
        assert "efficiency none" in qpcr_text(result)
        assert result.samples[0].status == "not assessable"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_marks_change_nothing(run, separator):
    plain = plate([f"{ct(1000):.2f}"] * 3)
    other = plain.replace(",", separator).replace(".", ",")
    expected = qpcr_document(run(plain))
    assert qpcr_document(run(b"\xef\xbb\xbf" + other.encode())) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEAD}\nA1,x,CAR,standard,10 ng,30,\n", "plate.csv:2: quantity"),
        (f"{HEAD}\nA1,x,CAR,standard,,30,\n", "plate.csv:2: quantity"),
        (f"{HEAD}\nA1,x,CAR,standrad,10,30,\n", "write 'standard'"),
        (f"{HEAD}\nA1,x,CAR,unknown,,-3,\n", "plate.csv:2: ct"),
        (f"{HEAD}\nA1,x,CAR,unknown,,soon,\n", "received a text"),
        (f"{HEAD}\nA1,x,CAR,unknown,,30,\na1,y,CAR,unknown,,30,\n", "plate.csv:3: well"),
        ("well,sample,target,role\nA1,x,CAR,unknown\n", "column 'ct'"),
        (f"{HEAD}\n", "at least one well"),
        ("", "an empty file"),
        (f"{HEAD}\nA1,x,CAR,ntc,,,\n", "other wells only"),
    ],
)
def test_faults_name_their_place(run, text, words):
    with pytest.raises(InputError) as caught:
        run(text)
    assert words in str(caught.value)


def test_options_that_do_not_fit_are_wrong_use(run):
    for options in ({"lloq": 0.0}, {"lloq": math.nan}, {"reference": "ALBB"}):
        with pytest.raises(UsageError):
            run(plate([25]), **options)


def rdml(version="1.2", *, body="", unit="cop", units=None):
    samples = "".join(
        f"<sample id='s{c}'><type>std</type><quantity><value>{c}</value>"
        f"<unit>{(units or {}).get(c, unit)}</unit></quantity></sample>"
        for c in (10, 100, 1000)
    )
    reacts = "".join(
        f"<react id='{n}'><sample id='s{c}'/><data><tar id='T'/><cq>{ct(c)}</cq></data></react>"
        for n, c in enumerate((10, 100, 1000), 1)
    )
    return (
        f"<rdml xmlns='http://www.rdml.org' version='{version}'>{samples}"
        "<sample id='u'><type>unkn</type></sample><experiment id='e'><run id='r'><pcrFormat>"
        "<rows>8</rows><columns>12</columns><rowLabel>ABC</rowLabel><columnLabel>123</columnLabel>"
        f"</pcrFormat>{reacts}<react id='14'><sample id='u'/><data><tar id='T'/>{body}"
        f"<cq>{ct(200)}</cq></data></react></run></experiment></rdml>"
    )


TWO = (
    rdml()
    .replace("<experiment", "<sample id='v'><type>unkn</type></sample><experiment")
    .replace(
        "</run>",
        "<react id='15'><sample id='v'/><data><tar id='T'/><cq>26</cq></data></react></run>",
    )
)
"""Two unknowns, of neither of which the DNA is stated."""


def zipped(text, name="rdml_data.xml"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return stream.getvalue()


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
def test_rdml_is_read_zipped_and_plain(run, version):
    for raw in (rdml(version), zipped(rdml(version))):
        result = run(raw)
        assert result.curves[0].accepted
        assert result.samples[0].copies == pytest.approx(200)
        assert result.plate.wells[-1].well == "B2"


def test_samples_that_a_file_numbers_go_by_their_description(run):
    """By hand: the id is a UUID as a LightCycler 96 writes it, the description what was typed."""
    uuid = "0399d8d4-14b8-4173-b2ef-01eb37764a0d"
    text = rdml().replace("<sample id='u'>", f"<sample id='{uuid}'><description>d7</description>")
    text = text.replace("<sample id='u'/>", f"<sample id='{uuid}'/>")
    assert [one.sample for one in run(text).samples] == ["d7"]
    twice = text.replace(
        "<experiment", f"<sample id='1{uuid[1:]}'><description>d7</description></sample><experiment"
    )
    assert [one.sample for one in run(twice).samples] == [uuid]
    plain = rdml().replace("<sample id='u'>", "<sample id='u'><description>d7</description>")
    assert [one.sample for one in run(plain).samples] == ["u"]


def test_what_all_samples_share_is_said_once(run):
    text = qpcr_text(run(TWO))
    assert "(run r)" not in text
    assert text.count("DNA in the reaction not stated") == 1


def test_what_rdml_excludes_is_left_out(run):
    result = run(rdml(body="<excl>bubble</excl>"))
    assert result.samples == ()
    assert "excludes" in result.plate.notes[0]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (rdml("2.0"), "version 2.0"),
        (zipped(rdml("1.9")), "version 1.9"),
        (zipped(b"<rdml>" + b" " * 5_000_000 + b"</rdml>"), "grows more"),
        (zipped(rdml())[:-40], "damaged"),
        (zipped(rdml())[60:].join([b"PK\x03\x04", b""]), "damaged"),
        (zipped("x", "a.txt"), "0 documents"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><rdml version='1.1'>&b;</rdml>", "document type"),
        ("<other/>", "<rdml>"),
        ("<rdml version='1.1'/>", "reactions"),
        (rdml().replace("<cq>", "<cq>x", 1), "a number"),
        (rdml().replace("<unit>cop", "<unit>bushel", 1), "quantity above 0"),
        (rdml().replace("<sample id='u'/>", "<sample id='v'/>"), "a sample that the file lists"),
    ],
)
def test_rdml_that_cannot_be_read_is_refused_by_name(run, raw, words):
    with pytest.raises(InputError) as caught:
        run(raw)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("options", "reason"),
    [({"units": {10: "ng"}}, "mixed units: cop, ng"), ({"unit": "dil"}, "in dil, not in copies")],
)
def test_standards_that_are_no_copies_are_not_assessable(run, options, reason):
    result = run(rdml(**options))
    assert reason in result.curves[0].reason
    assert result.samples[0].status == "not assessable"


def test_a_limit_and_the_list_say_how_their_source_is_known(run):
    plate_of_a_bad_slope = run(plate([25], shift={10: 3, 100: 1.5}))
    marks = {name: c.mark for name, c in plate_of_a_bad_slope.rules.clauses.items()}
    assert f"({marks['slope']} limits)" in plate_of_a_bad_slope.curves[0].reason
    assert f"(MIQE, {marks['miqe']} list)" in qpcr_text(plate_of_a_bad_slope)
    assert {marks[name] for name in ("slope", "r2", "miqe")} == {"second-hand"}


def test_what_miqe_asks_for_and_the_file_lacks_is_listed(run):
    full = plate([ct(1000)] * 3, extra=["N1,,CAR,ntc,,undetermined,"])
    missing = {item["id"] for item in qpcr_document(run(full))["miqe_missing"]}
    assert {"lod", "specificity", "instrument", "cycling", "cq-method", "software"} == missing


def test_the_text_has_curve_sample_bound_and_notice(run):
    text = qpcr_text(run(plate([ct(4)] * 3), reference=None))
    for words in ("accepted", "(< 10)", "efficiency 100", "Research use only"):
        assert words in text


def test_a_copy_number_without_its_reference_says_so(run):
    extra = ["R1,other,ALB,unknown,,25,200"]
    (found,) = run(plate([25], extra=extra), reference="ALB").copy_numbers
    assert "not measured" in found.reason
