"""The files: the same bytes each time, vector words, honest words at the foot."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from made_courses import course_of, flow_samples, plain_course, stress_course

from residua import NOTICE
from residua.facts.mrd import MrdReading
from residua.views.course_figure import draw_course
from residua.views.write_figure import write_course

_SCRIPT = """
import sys
from pathlib import Path
from made_courses import flow_samples, plain_course
from residua.views.course_figure import draw_course
from residua.views.write_figure import write_course
write_course(draw_course(*plain_course(), flow_samples(events=2000)), Path(sys.argv[1]))
"""


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def words(svg: str) -> str:
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", svg))


def test_fresh_processes_write_the_same_bytes(tmp_path):
    found = []
    for number in ("1", "2"):
        folder = tmp_path / number
        folder.mkdir()
        paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
        env = os.environ | {"PYTHONHASHSEED": number, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", _SCRIPT, str(folder)], check=True, env=env)
        found.append(digests(folder))
    assert found[0] == found[1]
    assert set(found[0]) == {"course.svg", "course.png", "course.pdf"}


def test_writing_twice_gives_the_same_bytes(tmp_path):
    figure = draw_course(*plain_course())
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write_course(figure, tmp_path / name)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


@pytest.fixture
def svg(tmp_path):
    def drawn(*args, **options):
        write_course(draw_course(*args, **options), tmp_path)
        return (tmp_path / "course.svg").read_text("utf-8")

    return drawn


def test_words_are_words(svg):
    text = svg(*plain_course())
    assert NOTICE in words(text)
    assert "Induction 1: hyper-CVAD" in words(text)
    assert "DejaVu Sans" in text
    assert "<dc:date>" not in text


def test_simulated_data_are_named_on_each_panel_and_at_the_foot(svg):
    """Oracle: hand count; panels C and F, then the foot."""
    text = words(svg(*stress_course()))
    assert text.count("simulated data") == 3
    assert "Contains simulated data." in text


def test_only_the_simulated_panel_says_so(svg):
    text = words(svg(*plain_course(), flow_samples(events=500)))
    assert text.count("simulated data") == 3  # D, E and the foot
    assert "simulated" not in words(svg(*plain_course()))


def test_one_simulated_reading_marks_its_panel(svg):
    reading = MrdReading(id="m1", date="2020-01-01", method="flow", fraction="1e-3", simulated=True)
    assert words(svg(course_of(reading), ())).count("simulated data") == 2


def test_hostile_words_are_drawn_as_they_are(svg):
    """Dollar signs start no formula, markup is escaped, unknown glyphs are shown as such."""
    reading = MrdReading(
        id="m1", date="2020-01-01", method="$x^2$ <b>&", target="\u767d", fraction="1e-3"
    )
    text = words(svg(course_of(reading), ()))
    assert "$x^2$ &lt;b&gt;&amp;" in text
    assert "\ufffd" in text
