"""Speed and memory of Residua beside its peers, as ratios within one run.

    python benchmarks/speed/bench.py [--events 1000000 5000000] [--page docs/reference/speed.md]
                                     [--only WORD] [--repeats 2] [--rounds 2] [--small]

Each side runs in processes of its own, the sides in turns: one unmeasured run, then the best of
several. Fails where the sides find different numbers; a target that is missed is shown, and no
failure. --small is for tests: 20 000 events, one run, all sides in this process.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import commands
from comparisons import COMPARISONS, MEMORY, Measure, Timed, Turns, compare, one_side
from flow_files import dyes, write_floats, write_integers
from one_side import measure
from six_gates import write_strategy
from speed_page import Row, page, table

SMALL = 20_000


@dataclass(frozen=True)
class Large:
    """A file for `residua mrd`, with the seconds and the GB that it may take."""

    events: int
    channels: int
    seconds: float
    memory: float


LARGE = (Large(5_000_000, 12, 6.0, 1.5), Large(10_000_000, 16, 10.0, 3.0))


@dataclass(frozen=True)
class Plan:
    """What the command line asks for."""

    events: tuple[int, ...]
    turns: Turns
    only: str
    page: Path | None
    small: bool

    @property
    def side_of(self) -> Measure:
        """How a side is measured: in a process of its own, but for tests."""
        return measure if self.small else one_side


def make(folder: Path, events: int, channels: int = 12) -> Path:
    """A folder of benchmark files."""
    folder.mkdir(exist_ok=True)
    write_floats(folder / "float.fcs", events=events, channels=channels)
    if channels == 12:
        write_integers(folder / "masked.fcs", events=events)
    write_strategy(folder, channels)
    return folder


def comparison_row(timed: Timed) -> Row:
    """One comparison as a line of the table."""
    ours = timed.seconds["Residua"]
    others = ", ".join(
        f"{name} {_seconds(seconds)} ({_times(seconds / ours)})"
        for name, seconds in timed.seconds.items()
        if name != "Residua"
    )
    measured = f"{_times(timed.ratio)} {timed.comparison.against}"
    if not timed.comparison.slower:
        measured = f"{timed.comparison.against} takes {_times(timed.ratio)}"
    events = _millions(timed.events)
    name = f"{timed.comparison.name}, {events}"
    return Row(name, f"{_seconds(ours)}", others, timed.comparison.target, measured, timed.met)


def picture_row(timed: Timed) -> Row:
    """The picture has a target in seconds, too."""
    took = timed.seconds["Residua"]
    limit = 0.05 * timed.events / 1e6
    name = f"density picture, {_millions(timed.events)}"
    target = f"at most {limit:.3g} s"
    return Row(name, _seconds(took), "", target, _seconds(took), took <= limit)


def memory_row(folder: Path, warm: Path, events: int, side_of: Measure) -> Row:
    """Peak memory of reading and gating, as multiple of the file."""
    size = (folder / "float.fcs").stat().st_size / 1e9
    told = {name: side_of(side, folder, 1, warm) for name, side in MEMORY.items()}
    if told["Residua"]["found"] != told["FlowKit"]["found"]:
        raise RuntimeError("read and gate: FlowKit and Residua count differently")
    times = {name: one["added"] / size for name, one in told.items()}
    ours = f"{told['Residua']['added']:.2f} GB ({told['Residua']['peak']:.2f} in all)"
    other = f"FlowKit {told['FlowKit']['added']:.2f} GB ({times['FlowKit']:.2g} x the file)"
    name = f"memory added by read and six gates, {_millions(events)}"
    measured = f"{times['Residua']:.2f} x the file"
    return Row(name, ours, other, "at most 2.5 x the file", measured, times["Residua"] <= 2.5)


def mrd_row(folder: Path, events: int, large: Large, plan: Plan) -> Row:
    """`residua mrd` over one large file."""
    ran, counts = commands.mrd(folder, repeats=plan.turns.rounds)
    peer = large.channels == 12
    if peer:
        theirs = plan.side_of("gates_flowkit", folder, 1)["found"]
        if [theirs[-1], theirs[1]] != counts:
            raise RuntimeError("residua mrd and FlowKit count differently")
    measured = f"{ran.seconds:.2f} s, {ran.peak:.2f} GB"
    met = ran.seconds <= large.seconds and ran.peak <= large.memory
    name = f"`residua mrd`, six gates, {_millions(events)} x {large.channels}"
    found = f"{counts[0]} blasts of {counts[1]}" + ", as FlowKit" * peer
    target = f"{large.seconds:g} s, {large.memory:g} GB"
    return Row(name, measured, found, target, measured, met)


def command_rows(folder: Path, plan: Plan) -> Iterator[Row]:
    """Start-up times, imports and compilation."""
    repeats = 1 if plan.small else 5
    took = commands.run(["-m", "residua", "--help"], repeats=repeats).seconds
    yield Row("`residua --help`", _seconds(took), "", "under 0.5 s", _seconds(took), took < 0.5)
    words: list[str | Path] = ["-m", "residua", "fcs", folder / "float.fcs"]
    took = commands.run(words, repeats=repeats).seconds
    name = f"`residua fcs`, {SMALL} events"
    yield Row(name, _seconds(took), "", "under 1 s", _seconds(took), took < 1)
    heavy = commands.imports(words)
    name = "`residua fcs` imports none of " + ", ".join(commands.HEAVY)
    said = ", ".join(heavy) or "none"
    yield Row(name, said, "", "none", said, not heavy)
    if not plan.small:
        took = commands.compile_afresh().seconds
        name = "compiling with an empty cache, once"
        yield Row(name, _seconds(took), "", "at most 20 s", _seconds(took), took <= 20)


def rows(root: Path, plan: Plan) -> Iterator[Row]:
    """Every line of the table, as it is measured."""
    warm = make(root / "warm", SMALL)
    for events in plan.events:
        folder = make(root / str(events), events)
        for comparison in COMPARISONS:
            if plan.only in comparison.name:
                timed = compare(comparison, folder, events, turns=plan.turns, measure=plan.side_of)
                yield comparison_row(timed)
                if comparison.ours == "picture_ours":
                    yield picture_row(timed)
        if plan.only in "memory":
            yield memory_row(folder, warm, events, plan.side_of)
    if plan.only in "commands":
        for large in LARGE:
            size = SMALL if plan.small else large.events
            folder = make(root / f"{size}x{large.channels}", size, large.channels)
            yield mrd_row(folder, size, large, plan)
            (folder / "float.fcs").unlink()
        yield from command_rows(warm, plan)


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _times(ratio: float) -> str:
    return f"{ratio:.0f} x" if ratio >= 10 else f"{ratio:.2g} x"


def _millions(events: int) -> str:
    return f"{events / 1e6:g}M" if events >= 1e6 else str(events)


def _plan() -> Plan:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", default="", help="a word of the comparison, memory or commands")
    parser.add_argument("--page", type=Path)
    parser.add_argument("--small", action="store_true")
    told = parser.parse_args()
    if told.small:
        return Plan((SMALL,), Turns(1, 1), told.only, told.page, small=True)
    turns = Turns(told.rounds, told.repeats)
    return Plan(tuple(told.events), turns, told.only, told.page, small=False)


def main() -> None:
    """Measure, print line by line, write the page."""
    plan = _plan()
    found = []
    with tempfile.TemporaryDirectory() as name:
        for row in rows(Path(name), plan):
            print(row.line(), flush=True)
            found.append(row)
    print("\n" + table(found))
    if plan.page:
        plan.page.write_text(
            page(found, channels=4 + len(dyes(12)), runs=plan.turns.rounds * plan.turns.repeats)
        )


if __name__ == "__main__":
    main()
