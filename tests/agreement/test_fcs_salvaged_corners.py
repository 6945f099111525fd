"""Corner files that state more events than they hold. Oracle: the complete events written."""

import pytest

from corners import listed
from residua.errors import InputError
from residua.readers.fcs import read_fcs

BROKEN = [corner for corner in listed() if corner.salvaged is not None]


@pytest.mark.parametrize("corner", BROKEN, ids=lambda corner: corner.name)
def test_the_complete_events_are_salvaged(corner, tmp_path):
    path = corner.write(tmp_path)
    if corner.salvaged == 0:
        with pytest.raises(InputError):
            read_fcs(path, salvage=True)
        return
    read = read_fcs(path, salvage=True)
    assert len(read.events) == corner.salvaged
    assert any(flag.startswith(f"salvaged: {corner.salvaged} of ") for flag in read.flags)
