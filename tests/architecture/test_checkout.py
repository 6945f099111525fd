"""What is tracked works anywhere: no path or address of one workplace, no outside data."""

import re
import tomllib
from pathlib import Path

import real_marrow

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".toml", ".md", ".lock", ".sh", ".cfg", ".json", ".csv", ".yml", ".html", ".txt", ""}
MACHINE = "|".join(["work", "root", "home", "Users", "opt"])
PLACES = re.compile(rf"(?<![\w.])/(?:{MACHINE})/\w")
INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|https?://|(?<!\S)-[if]\s")


def test_no_tracked_file_names_a_place_of_one_machine(tracked):
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked
        if path.suffix in TEXT and path.is_file()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if PLACES.search(line)
    ]
    assert wrong == []


def test_the_locks_name_no_address_and_hash_every_package():
    for name in ("run.lock", "dev.lock"):
        text = (ROOT / "requirements" / name).read_text()
        assert not INDEX.search(text)
        pins = text.split("\n")
        starts = [i for i, line in enumerate(pins) if "==" in line]
        assert starts
        assert all("--hash=sha256:" in pins[i + 1] for i in starts)


def test_the_two_locks_pin_different_packages():
    """Each package stands in one of them, so the two can never ask for different versions."""
    run, dev = (
        set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements" / name).read_text(), re.M))
        for name in ("run.lock", "dev.lock")
    )
    assert run
    assert dev
    assert not run & dev


def test_no_outside_file_is_tracked(tracked):
    """Outside data are fetched by hash, never committed: no tracked file has such a hash."""
    sources = tomllib.loads((ROOT / "tools" / "test_data.toml").read_text())["source"]
    outside = {sha256 for source in sources for sha256 in source["sha256"].values()}
    outside.add(real_marrow.SHA256)
    files = [path for path in tracked if path.is_file()]
    assert [path.name for path in files if real_marrow.sha256(path) in outside] == []
