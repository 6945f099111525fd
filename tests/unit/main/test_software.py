"""The record of the software. Oracle: the installed packages."""

import platform

import numpy

from residua.main.software import software


def test_it_names_versions_and_no_time():
    made = software().document()
    assert list(made) == ["name", "version", "python", "libraries"]
    assert made["python"] == platform.python_version()
    assert made["libraries"]["numpy"] == numpy.__version__
