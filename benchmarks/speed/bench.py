"""Speed and memory of Residua beside its peers, as ratios within one run.

    python benchmarks/speed/bench.py [--events 1000000 5000000] [--page docs/reference/speed.md]
                                     [--only WORD] [--repeats 3] [--small]

Each side runs in a process of its own: one unmeasured run, then the best of several. Fails where
the sides find different numbers; a target that is missed is shown, and no failure. --small is for
tests: 20 000 events and one run.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import commands
from comparisons import COMPARISONS, MEMORY, Timed, compare, one_side
from flow_files import dyes, write_floats, write_integers
from six_gates import write_strategy
from speed_page import Row, page, table

SMALL = 20_000
LARGE = ((5_000_000, 12, 6.0, 1.5), (10_000_000, 16, 10.0, 3.0))  # events, channels, s, GB


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
        f"{name} {_seconds(seconds)} ({seconds / ours:.2g} x)"
        for name, seconds in timed.seconds.items()
        if name != "Residua"
    )
    measured = f"{timed.ratio:.2g} x {timed.comparison.against}"
    if not timed.comparison.slower:
        measured = f"{timed.comparison.against} takes {timed.ratio:.2g} x"
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


def memory_row(folder: Path, warm: Path, events: int) -> Row:
    """Peak memory of reading and gating, as multiple of the file."""
    size = (folder / "float.fcs").stat().st_size / 1e9
    told = {name: one_side(side, folder, 1, warm) for name, side in MEMORY.items()}
    if told["Residua"]["found"] != told["FlowKit"]["found"]:
        raise RuntimeError("read and gate: FlowKit and Residua count differently")
    times = {name: one["added"] / size for name, one in told.items()}
    ours = f"{told['Residua']['added']:.2f} GB ({told['Residua']['peak']:.2f} in all)"
    other = f"FlowKit {told['FlowKit']['added']:.2f} GB ({times['FlowKit']:.2g} x the file)"
    name = f"memory added by read and six gates, {_millions(events)}"
    measured = f"{times['Residua']:.2f} x the file"
    return Row(name, ours, other, "at most 2.5 x the file", measured, times["Residua"] <= 2.5)


def mrd_row(folder: Path, events: int, channels: int, limits: tuple[float, float]) -> Row:
    """`residua mrd` over one large file."""
    ran, counts = commands.mrd(folder, repeats=2)
    theirs = one_side("gates_flowkit", folder, 1) if channels == 12 else None
    if theirs and [theirs["found"][-1], theirs["found"][1]] != counts:
        raise RuntimeError("residua mrd and FlowKit count differently")
    measured = f"{ran.seconds:.2f} s, {ran.peak:.2f} GB"
    met = ran.seconds <= limits[0] and ran.peak <= limits[1]
    name = f"`residua mrd`, six gates, {_millions(events)} x {channels}"
    found = f"{counts[0]} blasts of {counts[1]}, as FlowKit" if theirs else ""
    return Row(name, measured, found, f"{limits[0]:g} s, {limits[1]:g} GB", measured, met)


def command_rows(folder: Path) -> Iterator[Row]:
    """Start-up times, imports and compilation."""
    took = commands.run(["-m", "residua", "--help"], repeats=5).seconds
    yield Row("`residua --help`", _seconds(took), "", "under 0.5 s", _seconds(took), took < 0.5)
    words: list[str | Path] = ["-m", "residua", "fcs", folder / "float.fcs"]
    took = commands.run(words, repeats=5).seconds
    name = f"`residua fcs`, {SMALL} events"
    yield Row(name, _seconds(took), "", "under 1 s", _seconds(took), took < 1)
    heavy = commands.imports(words)
    name = "`residua fcs` imports none of " + ", ".join(commands.HEAVY)
    said = ", ".join(heavy) or "none"
    yield Row(name, said, "", "none", said, not heavy)
    took = commands.compile_afresh().seconds
    name = "compiling with an empty cache, once"
    yield Row(name, _seconds(took), "", "at most 20 s", _seconds(took), took <= 20)


def rows(root: Path, options: argparse.Namespace) -> Iterator[Row]:
    """Every line of the table, as it is measured."""
    warm = make(root / "warm", SMALL)
    for events in options.events:
        folder = make(root / str(events), events)
        for comparison in COMPARISONS:
            if options.only in comparison.name:
                timed = compare(comparison, folder, events, options.repeats)
                yield comparison_row(timed)
                if comparison.ours == "picture_ours":
                    yield picture_row(timed)
        if options.only in "memory":
            yield memory_row(folder, warm, events)
    if options.only in "commands":
        for events, channels, seconds, memory in LARGE:
            size = SMALL if options.small else events
            folder = make(root / f"{size}x{channels}", size, channels)
            yield mrd_row(folder, size, channels, (seconds, memory))
            (folder / "float.fcs").unlink()
        yield from command_rows(warm)


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def _millions(events: int) -> str:
    return f"{events / 1e6:g}M" if events >= 1e6 else str(events)


def main() -> None:
    """Measure, print line by line, write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", default="", help="a word of the comparison, memory or commands")
    parser.add_argument("--page", type=Path)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    if options.small:
        options.events, options.repeats = [SMALL], 1
    found = []
    with tempfile.TemporaryDirectory() as name:
        for row in rows(Path(name), options):
            print(row.line(), flush=True)
            found.append(row)
    print("\n" + table(found))
    if options.page:
        options.page.write_text(page(found, channels=4 + len(dyes(12))))


if __name__ == "__main__":
    main()
