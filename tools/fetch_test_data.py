"""Fetch the outside test data that tools/test_data.toml names into tests/data/.

Every file is checked against its SHA-256 before it takes its place; a file that is already
right is kept. What could not be fetched is listed at the end, and the exit status is 1.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import tomllib
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import real_marrow
import vendor_files

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "tools" / "test_data.toml"
DESTINATION = ROOT / "tests" / "data"
MARROW = "real_marrow/real-ball-marrow.fcs"


class UnreachableError(real_marrow.FetchError):
    """The host cannot be reached: its other files need not be tried."""


@dataclass(frozen=True)
class Wanted:
    """One file: its place below tests/data, its hash, its address and, maybe, place in it."""

    path: str
    sha256: str
    url: str
    member: str | None = None


def read_manifest(path: Path) -> Iterator[Wanted]:
    """Every wanted file of the manifest; paths stay below the destination."""
    with path.open("rb") as file:
        sources = tomllib.load(file)["source"]
    for source in sources:
        for name, sha256 in source["sha256"].items():
            target = source["into"] + name
            if target.startswith("/") or ".." in Path(target).parts:
                raise ValueError(f"{path.name}: {target} leaves the destination folder")
            if "archive" in source:
                yield Wanted(target, sha256, source["archive"], source["base"] + name)
            else:
                yield Wanted(target, sha256, source["base"] + urllib.parse.quote(name))


def download(url: str) -> bytes:
    """The bytes at `url`; raises FetchError where it cannot be reached."""
    request = urllib.request.Request(url, headers={"User-Agent": "residua make test-data"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        raise real_marrow.FetchError(f"{url}: the server answers {error.code}") from error
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise UnreachableError(f"{urllib.parse.urlsplit(url).hostname}: {reason}") from error


def member_of(archive: bytes, name: str) -> bytes:
    """One file of a tar archive."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        file = tar.extractfile(name)
        if file is None:
            raise KeyError(name)
        return file.read()


def check(content: bytes, wanted: Wanted) -> bytes:
    """`content` where its hash is the wanted one; else raises FetchError."""
    found = hashlib.sha256(content).hexdigest()
    if found != wanted.sha256:
        raise real_marrow.FetchError(
            f"{wanted.path}: SHA-256 {found}, expected {wanted.sha256}; not kept"
        )
    return content


def content_of(wanted: Wanted, archives: dict[str, bytes]) -> bytes:
    """The checked bytes of one file; an archive is downloaded once for all its files."""
    if wanted.member is None:
        return check(download(wanted.url), wanted)
    if wanted.url not in archives:
        archives[wanted.url] = download(wanted.url)
    try:
        return check(member_of(archives[wanted.url], wanted.member), wanted)
    except (KeyError, tarfile.TarError) as error:
        raise real_marrow.FetchError(f"{wanted.path}: not in {wanted.url}") from error


def fetch_all(wanted: list[Wanted], destination: Path) -> tuple[int, int, list[str]]:
    """Fetch what is absent or wrong: how many were kept, how many fetched, and the failures."""
    kept = fetched = 0
    failures: list[str] = []
    archives: dict[str, bytes] = {}
    unreachable: set[str | None] = set()
    for item in wanted:
        target = destination / item.path
        host = urllib.parse.urlsplit(item.url).hostname
        if target.is_file() and real_marrow.sha256(target) == item.sha256:
            kept += 1
        elif host not in unreachable:
            try:
                real_marrow.write_whole(target, content_of(item, archives))
                fetched += 1
            except UnreachableError as error:
                unreachable.add(host)
                failures.append(f"cannot reach {error}; none of its files was fetched")
            except real_marrow.FetchError as error:
                failures.append(str(error))
    return kept, fetched, failures


def main() -> int:
    """Fetch everything into tests/data/: 0 when all of it is there, else 1."""
    kept, fetched, failures = fetch_all(list(read_manifest(MANIFEST)), DESTINATION)
    for fetch, target in (
        (real_marrow.fetch, DESTINATION / MARROW),
        (vendor_files.fetch, DESTINATION),
    ):
        try:
            fresh = fetch(target)
            kept, fetched = kept + (not fresh), fetched + fresh
        except real_marrow.FetchError as error:
            failures.append(str(error))
    print(f"tests/data: {fetched} files fetched, {kept} already there")
    if failures:
        print("not fetched (tests that need these are skipped):", file=sys.stderr)
        print(*(f"  {failure}" for failure in failures), sep="\n", file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
