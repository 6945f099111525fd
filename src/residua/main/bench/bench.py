"""From a suite, a folder of labelled files or a table of real cells to a page of scores."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from residua.errors import UsageError
from residua.main.bench.ball_cytof import real_scores
from residua.main.bench.labelled_files import labelled_scores
from residua.main.bench.readers import UNALIGNED, reader_called, tool_called
from residua.main.bench.run import WHOLE, Place, Share, run_cases, suite_key
from residua.main.bench.store import Lines
from residua.progress import Progress, silent
from residua.simulate.bench.suite import cases_of, scenarios
from residua.views.bench_page import BenchHead, bench_page, cells_page
from residua.views.whole_file import write_whole

_REAL = (
    "One healthy donor, one patient, mass cytometry: twelve parts of that donor stand for normals, "
    "so nothing differs between people. It says that real cells can be read, and no more."
)
_LABELLED = "Labels are those of the gates of each centre. Blasts that preparation left out count."


@dataclass(frozen=True)
class BenchAsked:
    """What of the simulated marrows is run: tiers and scenarios, all where none is named."""

    suite: str
    reader: str
    reviewed: bool = False
    tiers: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()


def bench_suite(
    asked: BenchAsked,
    *,
    out: Path | None = None,
    share: Share = WHOLE,
    progress: Progress = silent,
) -> str:
    """The page of a suite, as far as its cases have been read; written to `out` too.

    Lines of every case stay in `out`, and are not read again. Raises `UsageError` for names that
    there are not.
    """
    every = cases_of(asked.suite)
    place = Place(out, suite_key(asked.suite, every), asked.reader, asked.reviewed)
    cases = [
        case
        for case in every
        if (not asked.tiers or case.tier in asked.tiers)
        and (not asked.scenarios or case.scenario.name in asked.scenarios)
    ]
    if not cases:
        raise UsageError("no case of this suite has such clones and scenarios")
    reader = reader_called(asked.reader)
    records = run_cases(cases, reader, place=place, share=share, progress=progress)
    head = BenchHead(asked.suite, asked.reader, asked.reviewed, len(cases))
    intact = {one.name: one.intact for one in scenarios().values() if one.intact}
    return _kept(bench_page(records, head, intact), out, f"{asked.suite}-{_name(asked)}.md")


def bench_labelled(
    folder: Path,
    *,
    reader: str,
    reviewed: bool = False,
    out: Path | None = None,
    progress: Progress = silent,
) -> str:
    """The page of a folder of labelled FCS files, such as FR-FCM-ZYVT."""
    lines = Lines(None if out is None else out / "cases" / "labelled" / f"{reader}.jsonl")
    tool = tool_called(reader)
    scores = labelled_scores(folder, tool, kept=lines, reviewed=reviewed, progress=progress)
    title = f"Labelled files of {folder.name}, reader {reader}"
    page = cells_page(scores, title=title, note=_LABELLED, group="centre")
    return _kept(page, out, f"labelled-{reader}.md")


def bench_real_cells(
    file: Path,
    *,
    reader: str,
    reviewed: bool = False,
    out: Path | None = None,
    progress: Progress = silent,
) -> str:
    """The page of the real cells of `ball_cytof`."""
    tool = tool_called(reader, UNALIGNED)
    scores = real_scores(file, tool, reviewed=reviewed, progress=progress)
    title = f"Real cells by mass cytometry, reader {reader}"
    page = cells_page(scores, title=title, note=_REAL, group="level")
    return _kept(page, out, f"real-cells-{reader}.md")


def _name(asked: BenchAsked) -> str:
    return asked.reader + ("-reviewed" if asked.reviewed else "")


def _kept(page: str, out: Path | None, name: str) -> str:
    if out is not None:
        try:
            out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"{out.name}: cannot be made ({error.strerror})") from error
        write_whole(out / name, page.encode())
    return page
