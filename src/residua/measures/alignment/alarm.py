"""Whether an alignment is to be believed, in words.

Two channels exchanged may leave a few landmarks that agree by chance; most cells then belong to
no population of the references, so that the index alone would be silent.
"""

from __future__ import annotations

from collections.abc import Sequence

from residua.measures.alignment.align import Alignment
from residua.measures.alignment.misfit import misfit_limit

STRANGERS = 0.1  # share of events: normals have 0.01 to 0.02; 10 % is a population of its own
LOST = 0.5  # of the landmarks that may be used: treatment empties some populations, never half


def alarms(
    found: Alignment, normals: Sequence[float], *, names: Sequence[str] = ()
) -> tuple[str, ...]:
    """What speaks against a map, beside `normals`, the misfit indices of the laboratory's normals.

    `names` (d,) are what channels are called, else their places. None where nothing does.
    Raises `ValueFault` as `misfit_limit` does.
    """
    limit = misfit_limit(normals)
    index, strangers = found.misfit.index, found.outliers
    said = []
    if not index <= limit:
        place = found.misfit.worst
        worst = names[place] if names else f"channel {place}"
        said.append(f"misfit index {index:.2f} above {limit:.2f}; {worst} fits worst")
    if strangers > STRANGERS:
        said.append(f"{strangers:.0%} of events belong to no population of the references")
    there, usable = int(found.used.sum()), int(found.usable.sum())
    if there < LOST * usable:
        words = f"{there} of {usable} populations of the references found"
        said.append(f"{words}: blood, a diluted marrow, or another kind of sample?")
    return tuple(said)
