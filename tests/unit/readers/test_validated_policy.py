"""The policy of a validation as a file. Oracle: the keys that its page names."""

import pytest

from residua.errors import InputError, UsageError
from residua.main.mrd import measure_mrd
from residua.readers.validated_policy import read_validated_policy

TEXT = """kind = "residua.policy"
version = "1.0"
name = "own"
disease = "B-ALL"
lod = 10
lloq = 40
[validated]
lod = 3e-5
lloq = 1e-4
limit_of_blank = 0.0
date = 2024-03-04
series = "ab"
gates = "cd"
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "policy.toml"
        path.write_text(text)
        return path

    return write


def test_a_policy_is_read_as_written(written):
    found = read_validated_policy(written(TEXT))
    assert (found.name, found.lod, found.lloq) == ("own", 10, 40)
    assert (found.validated_lod, found.validated_lloq, found.limit_of_blank) == (3e-5, 1e-4, 0)
    assert (found.date, found.series, found.gates) == ("2024-03-04", "ab", "cd")
    assert len(found.sha256) == 64


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("lod = 10", 'lod = "ten"', "a whole number"),
        ("lod = 3e-5", "lod = 3", "fractions between 0 and 1"),
        ("lod = 3e-5", "lod = 3e-4", "at most the lloq"),
        ('kind = "residua.policy"', 'kind = "residua.mrd"', "a known word"),
        ("[validated]", "[valid]", "[validated]"),
        ("series =", "serie =", "series"),
        ('name = "own"', "", "name"),
        ("lod = 10", "lod = ", "policy.toml"),
    ],
)
def test_a_wrong_policy_is_a_fault_with_its_place(written, old, new, said):
    with pytest.raises(InputError) as caught:
        read_validated_policy(written(TEXT.replace(old, new, 1)))
    assert any(said in str(fault) for fault in caught.value.faults)


def test_a_policy_that_is_not_there_and_a_name_that_no_policy_has(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        measure_mrd([], gates=tmp_path / "flow.toml", policy=str(tmp_path / "gone.toml"))
    with pytest.raises(UsageError, match="counting policy"):
        measure_mrd([], gates=tmp_path / "flow.toml", policy="no-such")
