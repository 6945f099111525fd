"""Outside test data for every test, and a closing line that says what was skipped for want of it.

The data lie in the folder that RESIDUA_TEST_DATA names, else in the git-ignored tests/data/,
which `make test-data` fills. A test takes the fixture `test_data` (the folder) and is skipped,
saying why, where the folder or the file `test_data / "flowkit/100715.fcs"` is absent.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# On a server the same examples every time: a run says something of the change, not of luck.
# The machine may be busy: how long one example takes says nothing of the code.
settings.register_profile("default", deadline=None)
settings.register_profile("server", derandomize=True, deadline=None)
settings.load_profile("default")
if os.environ.get("CI"):
    settings.load_profile("server")

NO_DATA = "no test data: run make test-data"


def data_folder() -> Path | None:
    """The folder of outside test data, or None where there is none."""
    named = os.environ.get("RESIDUA_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parent / "data"
    return folder if folder.is_dir() else None


class DataFolder(type(Path())):  # type: ignore[misc]
    """A folder of the test data: `folder / "a/b.fcs"` skips the test where that is absent.

    So a folder that holds only part of the data skips what it lacks, as no folder does.
    """

    def __truediv__(self, name: str) -> Path:
        path: Path = super().__truediv__(name)
        if not path.exists():
            pytest.skip(f"{NO_DATA} ({name} is absent)")
        return path


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of outside test data; the test is skipped where it, or the file, is absent."""
    folder = data_folder()
    if folder is None:
        pytest.skip(NO_DATA)
    return DataFolder(folder)


def pytest_configure() -> None:
    """Refuse a RESIDUA_TEST_DATA that names no folder: every test of it would be skipped."""
    named = os.environ.get("RESIDUA_TEST_DATA")
    if named and not Path(named).is_dir():
        raise pytest.UsageError("RESIDUA_TEST_DATA does not name a folder")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests were skipped for want of outside data."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and NO_DATA in report.longrepr[2]
    ]
    terminalreporter.write_line(f"tests skipped for want of test data: {len(skipped)}")
