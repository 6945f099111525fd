"""`residua dpcr`, from a file. Oracle: the closed form -ln(1 - k/n), by hand."""

import json
import math

import pytest

from residua.errors import InputError, UsageError
from residua.main.plates.digital import measure_digital_file
from residua.measures.digital_pcr import DigitalAssay
from residua.views.molecular_levels_export import levels_document, levels_text

TABLE = """well;sample;target;role;positive;partitions
A1;d28;IGH;unknown;8;20000
A1;d28;ALB;unknown;10000;20000
B1;d56;IGH;unknown;0;20000
B1;d56;ALB;unknown;19900;20000
"""
ASSAY = DigitalAssay("IGH", "ALB")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "droplets.csv"
    path.write_text(TABLE)
    return path


def test_a_semicolon_table_to_json_and_words(file):
    levels = measure_digital_file(file, ASSAY)
    document = json.loads(json.dumps(levels_document(levels)))
    assert [s["status"] for s in document["levels"]] == ["quantified", "not detected"]
    expected = -math.log1p(-8 / 20000) / (math.log(2) / 2)
    assert document["levels"][0]["fraction"] == pytest.approx(expected, rel=1e-5)
    words = levels_text(levels)
    assert "of genomes, by digital PCR" in words
    assert ": 0 positive partitions" in words


def test_a_target_that_the_file_lacks_names_the_nearest(file):
    with pytest.raises(UsageError, match=r"--target.*IGH"):
        measure_digital_file(file, DigitalAssay("IGX", "ALB"))


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="check the path"):
        measure_digital_file(tmp_path / "none.csv", ASSAY)
