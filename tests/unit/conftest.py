"""What tests of the command line share."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest


@pytest.fixture
def spent() -> Callable[[], float]:
    """Processor seconds of all child processes so far: other work on the machine does not count."""

    def seconds() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    return seconds
