"""Fetching by hash from a real origin: a web server on this machine, with files made here."""

import functools
import hashlib
import http.server
import io
import socket
import tarfile
import threading
import tomllib
from pathlib import Path

import fetch_test_data
import pytest
from fetch_test_data import Wanted, fetch_all, read_manifest

GOOD = b"good content"


def sha(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def origin(tmp_path):
    """Folder and address of a web server that serves it."""
    folder = tmp_path / "origin"
    folder.mkdir()
    handler = functools.partial(QuietHandler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format, *args):
        pass


def test_a_file_of_the_right_hash_is_fetched_once(origin, tmp_path):
    folder, url = origin
    (folder / "a b.fcs").write_bytes(GOOD)
    wanted = [Wanted("x/a b.fcs", sha(GOOD), url + "a%20b.fcs")]
    assert fetch_all(wanted, tmp_path / "data") == (0, 1, [])
    assert (tmp_path / "data/x/a b.fcs").read_bytes() == GOOD
    (folder / "a b.fcs").unlink()
    assert fetch_all(wanted, tmp_path / "data") == (1, 0, [])


def test_a_file_of_another_hash_is_not_kept_and_the_rest_goes_on(origin, tmp_path):
    folder, url = origin
    (folder / "bad").write_bytes(b"changed at the origin")
    (folder / "good").write_bytes(GOOD)
    wanted = [
        Wanted("bad", sha(b"as it was"), url + "bad"),
        Wanted("absent", sha(GOOD), url + "absent"),
        Wanted("good", sha(GOOD), url + "good"),
    ]
    kept, fetched, failures = fetch_all(wanted, tmp_path / "data")
    assert (kept, fetched) == (0, 1)
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["good"]
    assert "bad: SHA-256" in failures[0]
    assert "answers 404" in failures[1]


def test_a_damaged_file_is_replaced(origin, tmp_path):
    folder, url = origin
    (folder / "a").write_bytes(GOOD)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a").write_bytes(GOOD[:3])
    assert fetch_all([Wanted("a", sha(GOOD), url + "a")], tmp_path / "data") == (0, 1, [])
    assert (tmp_path / "data/a").read_bytes() == GOOD


def test_files_of_an_archive_are_taken_from_one_download(origin, tmp_path):
    folder, url = origin
    with tarfile.open(folder / "p.tgz", "w:gz") as tar:
        for name in ("package/one", "package/two"):
            entry = tarfile.TarInfo(name)
            entry.size = len(GOOD)
            tar.addfile(entry, io.BytesIO(GOOD))
    wanted = [Wanted(n, sha(GOOD), url + "p.tgz", f"package/{n}") for n in ("one", "two", "three")]
    kept, fetched, failures = fetch_all(wanted, tmp_path / "data")
    assert (kept, fetched) == (0, 2)
    assert failures == [f"three: not in {url}p.tgz"]


def test_an_unreachable_host_is_named_once(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    wanted = [Wanted(n, sha(GOOD), url + n) for n in ("a", "b")]
    kept, fetched, failures = fetch_all(wanted, tmp_path / "data")
    assert (kept, fetched, len(failures)) == (0, 0, 1)
    assert failures[0].startswith("cannot reach 127.0.0.1")


def test_the_manifest_names_public_addresses_licences_and_hashes():
    """The manifest itself: https, a licence for every source, 64 hex digits, no path twice."""
    sources = tomllib.loads(Path(fetch_test_data.MANIFEST).read_text())["source"]
    assert all(source["licence"] and source["title"] for source in sources)
    wanted = list(read_manifest(fetch_test_data.MANIFEST))
    assert all(w.url.startswith("https://") and " " not in w.url for w in wanted)
    assert all(len(w.sha256) == 64 and int(w.sha256, 16) for w in wanted)
    assert len({w.path for w in wanted}) == len(wanted)


def test_a_manifest_cannot_write_outside_the_folder(tmp_path):
    manifest = tmp_path / "m.toml"
    manifest.write_text('[[source]]\nbase="https://x/"\ninto="../"\n[source.sha256]\n"a"="00"\n')
    with pytest.raises(ValueError, match="leaves the destination"):
        list(read_manifest(manifest))


def test_the_data_at_hand_have_the_hashes_of_the_manifest(test_data):
    """Oracle: the files themselves, where RESIDUA_TEST_DATA or tests/data/ holds them."""
    root = Path(str(test_data))
    held = [w for w in read_manifest(fetch_test_data.MANIFEST) if (root / w.path).is_file()]
    assert held
    found = {w.path: sha((root / w.path).read_bytes()) for w in held}
    assert found == {w.path: w.sha256 for w in held}
