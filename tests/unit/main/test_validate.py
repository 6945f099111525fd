"""A validation from simulated files to its policy, against what the simulation was told.

Oracle: the law by which blasts were drawn (Poisson; `made_series`), or a count by hand.
"""

import json
import tomllib

import pytest
from made_series import CELLS, HEADER, write_file, write_series

from residua.errors import InputError
from residua.main.mrd import measure_mrd
from residua.main.validate.control import keep_chart
from residua.main.validate.validate import validate_assay
from residua.measures.limits import events_for
from residua.readers.digest import sha256_of

LEVELS = (5e-5, 1.2e-4, 2e-4, 4e-4, 2e-3, 1e-2)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    series = write_series(folder, runs=4, replicates=3, levels=LEVELS, seed=4)
    found = validate_assay(series, gates=folder / "flow.toml", out=folder / "out")
    return folder, found


@pytest.fixture
def small(tmp_path):
    """A series of one level in four files; `rows` replaces its rows."""
    write_series(tmp_path, blanks=2, runs=2, replicates=1, levels=(1e-2,))

    def write(rows, header=HEADER):
        (tmp_path / "series.csv").write_text(header + "\n".join(rows) + "\n")
        return tmp_path / "series.csv"

    return write


def _faults(series):
    with pytest.raises(InputError) as caught:
        validate_assay(series, gates=series.parent / "flow.toml", out=series.parent / "out")
    assert not (series.parent / "out").exists()
    return caught.value.faults


def test_the_limits_hold_what_was_simulated(made):
    """Oracle: 3 events are seen with 95 % probability where 6.30 are expected (Poisson)."""
    _, found = made
    detection = found.study.detection
    assert detection.interval.low <= events_for(3) / CELLS <= detection.interval.high
    assert found.study.claimed_lod == max(detection.level, found.study.blank.nonparametric)
    assert found.study.claimed_lloq in LEVELS
    slope = found.study.linearity.slope_interval
    assert slope.low <= 1 <= slope.high
    assert found.study.linearity.linear
    assert found.simulated
    # Poisson at 2e-3: 40 events, CV 15.8 %, and 12 % of the runs beside it
    level = next(one for one in found.study.levels if one.expected == 2e-3)
    assert level.cv_interval.low <= 0.158 <= level.cv_interval.high


def test_the_document_names_every_file_with_its_hash(made):
    """Oracle: the bytes of the files."""
    folder, found = made
    document = json.loads((folder / "out" / "validation.json").read_text())
    assert document["kind"] == "residua.validation"
    inputs = {one["file"]: one["sha256"] for one in document["inputs"]}
    for name in ("series.csv", "flow.toml", *(r.row.file for r in found.results)):
        assert inputs[name] == sha256_of(folder / name)
    assert document["date"] == "2024-03-04"
    pictures = ("linearity", "probit", "cv-by-level", "blanks", "bland-altman")
    assert all((folder / "out" / f"{name}.png").stat().st_size > 10_000 for name in pictures)


def test_the_report_stands_alone_and_says_what_it_is(made):
    """Oracle: no address, every file's hash, the notice."""
    folder, found = made
    page = (folder / "out" / "validation.html").read_text()
    assert "http" not in page.replace("https://doi.org", "").replace("http-equiv", "")
    assert "Research use only" in page
    assert "Simulated data" in page
    assert all(result.sha256 in page for result in found.results)


def test_a_rerun_gives_the_same_bytes(made):
    """Oracle: the first run."""
    folder, _ = made
    first = {p.name: p.read_bytes() for p in (folder / "out").iterdir()}
    validate_assay(folder / "series.csv", gates=folder / "flow.toml", out=folder / "out")
    assert {p.name: p.read_bytes() for p in (folder / "out").iterdir()} == first


def test_the_policy_raises_the_limits_of_a_sample(made):
    """Oracle: the larger of events / cells and the validated fraction."""
    folder, found = made
    path = folder / "out" / "policy.toml"
    stated = tomllib.loads(path.read_text())["validated"]
    assert stated["lod"] == pytest.approx(found.study.claimed_lod, rel=1e-3)
    sample = folder / write_file(folder, "patient", 8, seed=99)
    plain = measure_mrd([sample], gates=folder / "flow.toml")
    bound = measure_mrd([sample], gates=folder / "flow.toml", policy=str(path))
    assert plain.level.lod == 3 / CELLS
    assert bound.level.lod == max(3 / CELLS, stated["lod"])
    assert bound.level.lloq == max(10 / CELLS, stated["lloq"])
    assert bound.level.policy.name == found.policy_name
    assert any(one.sha256 == sha256_of(path) for one in bound.inputs)
    assert "validated by the laboratory" in " ".join(bound.notes)


def test_other_gates_than_the_validated_ones_are_flagged(made):
    """Oracle: the hash of the gates."""
    folder, _ = made
    other = folder / "other.toml"
    other.write_text((folder / "flow.toml").read_text() + "\n# changed\n")
    found = measure_mrd(
        [folder / "blank-0.fcs"], gates=other, policy=folder / "out" / "policy.toml"
    )
    assert any("validated with other gates" in flag for flag in found.flags)


def test_one_level_and_no_blanks_are_not_assessable(small):
    """Oracle: what one level can tell."""
    series = small([f"run{n}-level0-0.fcs,0.01,{n},,,,," for n in (0, 1)])
    found = validate_assay(series, gates=series.parent / "flow.toml", out=series.parent / "out")
    assert found.study.claimed_lod is None
    assert "no blank" in found.study.blank.reason
    assert "1 levels" in found.study.linearity.reason
    policy = (series.parent / "out" / "policy.toml").read_text()
    assert "# lod: not assessable" in policy
    assert measure_mrd(
        [series.parent / "blank-0.fcs"], gates=series.parent / "flow.toml",
        policy=series.parent / "out" / "policy.toml",
    ).level.lod == 3 / CELLS  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "where", "said"),
    [
        (["gone.fcs,1e-2,1,,,,,"], "file", "no such file"),
        (["blank-0.fcs,much,1,,,,,"], "expected", "a text"),
        (["blank-0.fcs,0,1,,,,,"], "expected", "received 0"),
        (["blank-0.fcs,3,1,,,,,"], "expected", "no fraction"),
        (["blank-0.fcs,,1,,,,,"], "expected", "an empty cell"),
        (["blank-0.fcs,blank,,,,,,"], "run", "an empty cell"),
        (["blank-0.fcs,blank,1,,,,,", "blank-0.fcs,blank,2,,,,,"], "file", "one twice"),
        (["blank-0.fcs,blank,1,,,,1,", "blank-1.fcs,blank,1,,,,1,"], "replicate", "one twice"),
        (["blank-0.fcs,blank,1,,,car-t+3d,,"], "date", "another event"),
        (["blank-0.fcs,blank,1,,,2024-13,,"], "date", "month 13"),
    ],
)
def test_bad_rows_are_faults_with_their_line(small, rows, where, said):
    """Oracle: the row that is wrong."""
    (fault,) = _faults(small(rows))
    assert fault.where == where
    assert fault.line == len(rows) + 1
    assert said in str(fault)


def test_a_copy_is_no_replicate_and_no_fcs_file_is_a_fault(small):
    """Oracle: the same bytes under another name; a text named .fcs."""
    series = small(["blank-0.fcs,blank,1,,,,,", "copy.fcs,blank,2,,,,,", "text.fcs,blank,3,,,,,"])
    folder = series.parent
    (folder / "copy.fcs").write_bytes((folder / "blank-0.fcs").read_bytes())
    (folder / "text.fcs").write_text("no cytometry")
    faults = [str(fault) for fault in _faults(series)]
    assert any("a copy is no replicate" in fault for fault in faults)
    assert any("text.fcs" in fault for fault in faults)


def test_faults_of_the_table_itself(small):
    """Oracle: its header."""
    assert "column 'run'" in str(_faults(small(["a,b,c"], header="file,expected,operator\n"))[0])
    (fault,) = _faults(small([]))
    assert "at least one file" in str(fault)


def test_a_table_of_a_german_spreadsheet(small):
    """Oracle: 0,01 as 0.01 and 1 % likewise."""
    header = "file;expected;run;operator;instrument\n"
    rows = ["run0-level0-0.fcs;0,01;1;A;X", "run1-level0-0.fcs;1 %;2;A;X"]
    series = small(rows, header=header)
    found = validate_assay(series, gates=series.parent / "flow.toml")
    assert [level.expected for level in found.study.levels] == [0.01]


CONTROLS = "file,expected,run,operator,instrument,date,sample,target,sd\n"


def _controls(folder, name, counts, *, first=0, stated="0.01,0.05"):
    rows = []
    for n, count in enumerate(counts, start=first):
        file = write_file(folder, f"{name}-{n}", count, seed=500 + n, cells=2000)
        rows.append(f"{file},0.01,{n},A,X,2024-04-{n + 1:02d},high,{stated}")
    (folder / f"{name}.csv").write_text(CONTROLS + "\n".join(rows) + "\n")
    return folder / f"{name}.csv"


def test_a_control_chart_grows_and_never_changes(small):
    """Oracle: 20, 20, 31 of 2000 about 0.01 with SD 0.05 log10: the third is 3.8 SD above."""
    folder = small([]).parent
    out, gates = folder / "chart", folder / "flow.toml"
    first = keep_chart(_controls(folder, "may", [20, 20]), gates=gates, out=out)
    kept = json.loads((out / "control.json").read_text())["points"]
    second = keep_chart(_controls(folder, "june", [31], first=2), gates=gates, out=out)
    points = json.loads((out / "control.json").read_text())["points"]
    assert points[:2] == kept
    assert points[2]["rules"] == ["1-2s", "1-3s"]
    assert (first.added, second.added) == (2, 1)
    again = keep_chart(folder / "june.csv", gates=gates, out=out)
    assert again.added == 0
    assert json.loads((out / "control.json").read_text())["points"] == points


def test_a_changed_history_is_refused(small):
    """Oracle: one count changed by hand, one row taken away, one row that says another run."""
    folder = small([]).parent
    out, gates = folder / "chart", folder / "flow.toml"
    table = _controls(folder, "may", [20, 20])
    keep_chart(table, gates=gates, out=out)
    written = (out / "control.json").read_text()
    for changed in (
        written.replace('"numerator": 20', '"numerator": 21', 1),
        json.dumps(json.loads(written) | {"points": json.loads(written)["points"][1:]}),
        "[]",
        "no JSON",
    ):
        (out / "control.json").write_text(changed)
        with pytest.raises(InputError, match="restore control"):
            keep_chart(table, gates=gates, out=out)
        assert (out / "control.json").read_text() == changed
    (out / "control.json").write_text(written)
    table.write_text(table.read_text().replace(",0.01,1,A,", ",0.01,9,A,"))
    with pytest.raises(InputError, match="as the chart holds it"):
        keep_chart(table, gates=gates, out=out)


def test_a_target_from_the_first_twenty(small):
    """Oracle: 19 results set no target; the first 20 are never judged."""
    folder = small([]).parent
    out, gates = folder / "chart", folder / "flow.toml"
    counts = [18, 22, 20, 19, 21] * 4
    few = keep_chart(_controls(folder, "a", counts[:19], stated=","), gates=gates, out=out)
    assert few.targets == {}
    assert few.missing == {"high": 1}
    more = _controls(folder, "b", [20, 60], first=19, stated=",")
    chart = keep_chart(more, gates=gates, out=out)
    assert chart.targets["high"].points == 20
    assert not any(point.rules for point in chart.points[:20])
    assert chart.points[20].rules[:2] == ("1-2s", "1-3s")
