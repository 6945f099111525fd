"""The files that show an automatic reading; oracle: what was put in, and their own bytes again."""

import tomllib
from dataclasses import replace

import pytest
from made_reading import cells, level, shown

from residua.facts.gating import FileEntry
from residua.facts.interval import Interval
from residua.views.automatic.antigen_panel import antigen_rows
from residua.views.automatic.files import automatic_files, write_automatic
from residua.views.automatic.ladder_panel import rungs_of
from residua.views.automatic.page_figures import draw_aberrancies, draw_reading
from residua.views.automatic.words import interval_text, level_line, limits_line, reached_lod, short


def words_of(figure) -> str:
    return " ".join(text.get_text() for text in figure.texts)


def test_every_file_is_there_and_the_same_each_time():
    one, other = automatic_files(shown()), automatic_files(shown())
    assert set(one) == {
        *("mrd.png", "aberrancies.png", "blasts.svg", "blasts.png", "blasts.pdf", "gates.toml")
    }
    assert one == other
    assert one["blasts.png"].startswith(b"\x89PNG")
    gates = tomllib.loads(one["gates.toml"].decode())
    assert gates["mrd"][0]["numerator"] == "blasts"


def test_several_files_have_numbers(tmp_path):
    paths = write_automatic(shown(files=(cells(20), replace(cells(0), strategy=None))), tmp_path)
    names = {path.name for path in paths}
    assert {"blasts-1.png", "blasts-2.png", "gates-1.toml", "mrd.png"} <= names
    assert "gates-2.toml" not in names
    assert all(path.is_file() for path in paths)


def test_gates_name_their_file_as_seen_from_their_folder(tmp_path):
    own = cells()
    file = tmp_path / "flow" / "follow-up.fcs"
    strategy = replace(own.strategy, files=(FileEntry(str(file)),))
    reading = shown(files=(replace(own, strategy=strategy),))
    made = automatic_files(reading, tmp_path / "out" / "day-28")
    entry = tomllib.loads(made["gates.toml"].decode())["file"][0]
    assert entry["path"] == "../../flow/follow-up.fcs"


def test_a_reading_without_cells_or_diagnosis_is_only_a_page():
    bare = shown(files=(), aberrancies=(), antigens=(), before=(), changes=())
    assert set(automatic_files(bare)) == {"mrd.png"}


def test_the_page_says_level_limits_antigens_and_every_flag():
    text = words_of(draw_reading(shown()))
    for part in (
        *("MRD 1.2×10⁻³ (0.12 %), quantified", "marrow of day 28", "simulated data"),
        *("limit of blank", "LoD predicted for these blasts", "95 % interval, total"),
        *("98 % (94.0 to 99.5 %)", "−0.30 decades (−0.40 to −0.20)", "0.5 times the light"),
        *("positive, quantity uncertain", "the reference is simulated"),
        *("Research use only", "Contains simulated data"),
    ):
        assert part in text


def test_bars_say_standard_deviations_and_decades():
    figure = draw_aberrancies(shown())
    assert figure is not None
    text = words_of(figure)
    assert "+4.0 SD, +0.80 decades" in text
    assert "−3.0 SD, −0.60 decades" in text
    assert draw_aberrancies(shown(aberrancies=())) is None


def test_antigens_are_told_beside_the_diagnosis():
    rows = antigen_rows(shown())
    assert rows[0][:3] == ("CD19", "98 % (94.0 to 99.5 %)", "99 % (98.0 to 99.5 %)")
    assert rows[1] == ("CD22", "not in panel", "not known", "not known")


def test_the_reached_limit_is_the_higher_of_both():
    assert reached_lod(level()) == 1e-4
    assert reached_lod(replace(level(), predicted_lod=3e-4)) == 3e-4
    assert "LoD 1.0×10⁻⁴" in limits_line(level())


@pytest.mark.parametrize(
    ("status", "numerator", "reason", "said"),
    [
        ("not detected", 0, "", "MRD not detected: 0 of 100"),
        ("not assessable", 3, "no reason", "MRD not assessable: no reason (3 of"),
        ("detected below LLOQ", 12, "", "MRD 1.2×10⁻⁴ (0.012 %), detected below LLOQ: 12 of"),
    ],
)
def test_every_status_is_said(status, numerator, reason, said):
    assert level_line(level(status, numerator, reason=reason)).startswith(said)


def test_a_refusal_without_a_number_can_be_shown():
    refused = level("not assessable", 0, reason="uncompensated", interval=None, lod=None, lloq=None)
    refused = replace(refused, total_interval=None, limit_of_blank=None, predicted_lod=None)
    refused = replace(refused, level=replace(refused.level, lod95=None))
    assert rungs_of(refused) == ()
    assert "uncompensated" in words_of(draw_reading(shown(level=refused)))


def test_letters_follow_each_other_where_a_part_is_missing():
    text = words_of(draw_reading(shown(antigens=())))
    assert "A Limits and reading" in text
    assert "B Flags" in text


def test_what_stands_in_the_table_is_not_said_again():
    assert words_of(draw_reading(shown())).count("not in panel") == 1


def test_numbers_are_short():
    assert [short(x) for x in (0.0, 1e-5, 1.24e-3, 0.0123, 0.37, 1.0)] == [
        *("0", "1.0×10⁻⁵", "1.2×10⁻³", "1.2 %", "37 %", "100 %")
    ]
    assert interval_text(Interval(0.95, 0.0, 2e-5, "exact")) == "below 2.0×10⁻⁵"
