"""What another program had counted, as its own file says, by the names of the gates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from residua.readers.flowjo import read_counts


def read_stored_counts(
    path: Path, tube: str | None, gates: Sequence[tuple[str, ...]]
) -> dict[str, int]:
    """{name of a gate: events that FlowJo had counted} for one sample of a workspace.

    `gates` are the names of each gate from the top of the tree to its own. Empty for other
    files than workspaces.
    """
    if path.suffix.lower() != ".wsp" or tube is None:
        return {}
    stored = read_counts(path, name=str(path)).get(tube, {})
    return _by_gate(stored, gates)


def _by_gate(stored: Mapping[str, int], gates: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """A gate's name may begin with those of its parents, where it alone would not be unique."""
    found = {}
    for names in gates:
        path = ""
        for name in names:
            ends = [path[at:] for at in range(len(path)) if at == 0 or path[at - 1] == "/"]
            plain = next((name[len(e) + 1 :] for e in ends if name.startswith(f"{e}/")), name)
            path = f"{path}/{plain}" if path else plain
        if path in stored:
            found[names[-1]] = stored[path]
    return found
