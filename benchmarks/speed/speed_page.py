"""The table of the speed benchmarks and its page, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from machine import describe

HEAD = """# Speed and memory, with the peers beside us

Made by `make bench-page`; do not edit. Every side ran in processes of its own, the sides in turns,
in one run of the benchmark, over the same files of {channels} channels: one unmeasured run, then
the best of at least {runs}. Imports and compilation are not counted, but for the whole commands.
Values and counts of the sides were compared and are equal (scales to 3 in a million of their
span). Ratios hold to about a third on another machine; the seconds are those of this one:
{machine}.

"""


@dataclass(frozen=True)
class Row:
    """One measurement: its target, what was measured, whether that meets the target."""

    name: str
    ours: str
    peers: str
    target: str
    measured: str
    met: bool

    @property
    def verdict(self) -> str:
        """The verdict in a word."""
        return "met" if self.met else "**missed**"

    def line(self) -> str:
        """The row for a terminal."""
        peers = f"; {self.peers}" if self.peers else ""
        verdict = "met" if self.met else "MISSED"
        return f"{self.name}: {self.ours}{peers}; target {self.target}: {self.measured}, {verdict}"


def table(rows: Sequence[Row]) -> str:
    """All rows as a Markdown table."""
    lines = [
        "| what | Residua | peers | target | measured | verdict |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        cells = (row.name, row.ours, row.peers, row.target, row.measured, row.verdict)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def page(rows: Sequence[Row], *, channels: int, runs: int) -> str:
    """The whole page."""
    return HEAD.format(channels=channels, runs=runs, machine=describe()) + table(rows)
