"""The wheel of vendor files is taken by hash or not at all. Oracle: wheels built here."""

import hashlib
import zipfile

import pytest
import real_marrow
import vendor_files


@pytest.fixture
def local_wheel(tmp_path, monkeypatch):
    """A small wheel of the wanted name in a folder that is all pip sees."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", folder.as_uri())
    path = folder / "fcsparser-0.2.8-py3-none-any.whl"
    info = "fcsparser-0.2.8.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            f"{info}/METADATA", "Metadata-Version: 2.1\nName: fcsparser\nVersion: 0.2.8\n"
        )
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return path


def test_a_wheel_of_another_hash_is_refused_and_nothing_is_written(local_wheel, tmp_path):
    with pytest.raises(real_marrow.FetchError, match="nothing was written"):
        vendor_files.fetch(tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_wheel_of_the_right_hash_is_fetched_once(local_wheel, tmp_path, monkeypatch):
    content = local_wheel.read_bytes()
    monkeypatch.setattr(vendor_files, "SHA256", hashlib.sha256(content).hexdigest())
    assert vendor_files.fetch(tmp_path / "data")
    assert (tmp_path / "data" / vendor_files.WHEEL).read_bytes() == content
    local_wheel.unlink()
    assert not vendor_files.fetch(tmp_path / "data")


def test_an_index_that_cannot_be_reached_is_said_and_exits_1(local_wheel, tmp_path, capsys):
    local_wheel.unlink()
    assert vendor_files.main([str(tmp_path / "data")]) == 1
    assert "check that the package index" in capsys.readouterr().err
