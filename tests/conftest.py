"""Fixtures of every test."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def test_data() -> Path:
    """The folder of outside test data; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("RESIDUA_TEST_DATA", Path(__file__).parent / "data"))
    if not folder.is_dir():
        pytest.skip("no outside test data (set RESIDUA_TEST_DATA)")
    return folder
